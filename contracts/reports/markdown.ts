// Writes a report as Markdown.

import { printableData } from '../../spec/index.ts'
import { causesOf, scopeOf, violationCount } from '../causes.ts'
import type { Cause } from '../causes.ts'
import { holds } from '../report.ts'
import type { Report } from '../report.ts'
import { driftKinds, isLacking, often } from './drift.ts'
import { foundText, counted, skipParts } from './groups.ts'

/** Groups of findings and drift that are shown; a step summary may not be longer than a megabyte. */
const most = 50

/** Returns a report as Markdown, as GitHub's step summaries and merge requests show it. */
export function markdownReport(found: Report): string {
  const report = printableData(found)
  const { title, baseUrl, today, counts } = report
  return (
    [
      `## ${holds(report) ? '✅' : '❌'} ${escapeMarkdown(title)}: ${counts.errors === 0 ? 'all holds' : violationCount(counts.errors, report.violations)}`,
      `${codeSpan(baseUrl)}${today === undefined ? '' : `, today ${today}`} · ${counted(counts.requests, 'request')} · ${counted(counts.invoices, 'invoice')} seen${counts.warnings > 0 ? ` · ${counted(counts.warnings, 'warning')}` : ''}`,
      findings(report),
      table(
        ['operation', 'requests', 'answers', 'found'],
        report.operations.map(({ id, requests, statuses, ...counts }) => [
          cell(id),
          String(requests),
          Object.entries(statuses)
            .map(([status, count]) => `${status} ×${count}`)
            .join(', '),
          foundText(counts),
        ]),
      ),
      table(
        ['law', 'says', 'judged', 'found'],
        report.laws.map(({ code: law, says, applied, ...counts }) => [
          cell(law),
          escapeMarkdown(says),
          String(applied),
          foundText(counts),
        ]),
      ),
      table(
        ['coverage', 'covered', 'of', '%'],
        report.coverage.map(({ kind, covered, of, percent }) => [kind, String(covered), String(of), String(percent)]),
      ),
      drift(report),
      ...skipParts(report.skipped).map(([title, list]) =>
        foldedPart(
          `${title}: ${list.length}`,
          list
            .map(
              ({ what, reason, count }) =>
                `- ${codeSpan(what)}: ${escapeMarkdown(reason)}${count ? ` (${count} times)` : ''}`,
            )
            .join('\n'),
        ),
      ),
    ]
      .filter((part) => part !== '')
      .join('\n\n') + '\n'
  )
}

function findings({ violations }: Report): string {
  const groups = causesOf(violations)
  return [
    ...groups.slice(0, most).map(finding),
    ...(groups.length > most ? [`… and ${groups.length - most} more.`] : []),
  ].join('\n\n')
}

function finding(cause: Cause): string {
  const { first, count } = cause
  const { severity, code: law, says, request, pointer, expected, received, place, replay } = first
  return foldedPart(
    `${severity === 'warning' ? '⚠️' : '❌'} <b>${html(law)}</b> ${html(says)}${count > 1 ? ` ×${count}` : ''}`,
    [
      ...(request === ''
        ? pointer === ''
          ? []
          : [`- at ${codeSpan(pointer)}`]
        : [`- request ${codeSpan(request)}${pointer === '' ? '' : ` at ${codeSpan(pointer)}`}`]),
      `- expected ${codeSpan(expected)}`,
      `- received ${codeSpan(received)}`,
      ...(place ? [`- documented in ${codeSpan(`${place.file}:${place.line}`)}`] : []),
      ...(replay === '' ? [] : [`- replay ${codeSpan(replay)}`]),
      ...scopeOf(cause).map((line) => `- ${escapeMarkdown(line)}`),
    ].join('\n'),
  )
}

function drift({ drift: items }: Report): string {
  const lacking = items.filter(isLacking)
  if (lacking.length === 0) return ''
  const rows = lacking
    .slice(0, most)
    .map(
      (item) => `- ${driftKinds[item.kind]}: ${escapeMarkdown(item.says)} at ${codeSpan(item.schema)} (${often(item)})`,
    )
  return foldedPart(
    `Drift: ${counted(lacking.length, 'difference')} that the document lacks`,
    [...rows, ...(lacking.length > most ? [`- … and ${lacking.length - most} more`] : [])].join('\n'),
  )
}

/** Returns a part that is folded away. */
export const foldedPart = (summary: string, body: string): string =>
  `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const html = (value: string): string => oneLine(value).replace(/[&<>"]/g, (character) => entities[character] as string)

const oneLine = (value: string): string => value.replace(/\s+/g, ' ')

/** Returns a text in which nothing is markup. */
export const escapeMarkdown = (value: string): string =>
  html(value).replace(/[\\`*_{}[\]()#!~@|]/g, (character) => `&#${character.charCodeAt(0)};`)

/** Returns code for a cell of a table, which any vertical line would end, even in code (GFM, Tables). */
const cell = (value: string): string =>
  value.includes('|') ? `<code>${escapeMarkdown(value)}</code>` : codeSpan(value)

/** Returns code in a fence longer than any run of backticks inside it (CommonMark, Code spans). */
export function codeSpan(value: string): string {
  const shown = oneLine(value)
  const fence = '`'.repeat(Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length)) + 1)
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}
