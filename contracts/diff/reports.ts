// Writes changes as Markdown, JUnit, SARIF, HTML and GitHub annotations.

import { printableJson } from '../../spec/index.ts'
import { changesWith, changePlaces, changeCounts } from './change.ts'
import type { DocumentChange, DocumentComparison, Impact } from './change.ts'
import { escapeMessage, escapeProperty } from '../reports/github.ts'
import { counted } from '../reports/groups.ts'
import { html, page } from '../reports/html-page.ts'
import type { Markup } from '../reports/html-page.ts'
import { codeSpan, foldedPart, escapeMarkdown } from '../reports/markdown.ts'
import { withoutLinks, uriOf } from '../reports/sarif.ts'
import { escapeXml } from '../reports/tests.ts'

/** Returns changes as Markdown: what breaks, what may break, and, folded away, what does not. */
export function changesMarkdown({ title, before, after, changes }: DocumentComparison): string {
  const [breaking, risky, safe] = [
    changesWith(changes, 'breaking'),
    changesWith(changes, 'risky'),
    changesWith(changes, 'safe'),
  ]
  return (
    [
      `## ${breaking.length > 0 ? '❌' : '✅'} ${escapeMarkdown(title)}: ${changeCounts(changes)}`,
      `${codeSpan(before)} → ${codeSpan(after)}`,
      ...(breaking.length > 0 ? [`### Breaking\n\n${breaking.map(changeItem).join('\n')}`] : []),
      ...(risky.length > 0 ? [`### Risky\n\n${risky.map(changeItem).join('\n')}`] : []),
      ...(safe.length > 0 ? [foldedPart(`Safe: ${safe.length}`, safe.map(changeItem).join('\n'))] : []),
    ].join('\n\n') + '\n'
  )
}

const changeItem = (change: DocumentChange): string =>
  `- ${change.request === undefined ? '' : `${codeSpan(change.request)} `}${escapeMarkdown(change.says)} (${[change.code, ...changePlaces(change)].map(codeSpan).join(', ')})`

/** Returns changes as JUnit XML: a test for each operation and one for what the documents mean; what breaks fails it, what is risky is told in it. */
export function changesJunit({ title, changes, requests }: DocumentComparison): string {
  const meaning = 'servers, roles and laws'
  const cases = [...requests, meaning].map((name) => ({
    name,
    own: changes.filter(({ request, impact }) => (request ?? meaning) === name && impact !== 'safe'),
  }))
  const failures = cases.filter(({ own }) => changesWith(own, 'breaking').length > 0).length
  const suite = escapeXml(`${title}: changes`)
  const tests = cases.map(({ name, own }) => {
    const open = `    <testcase classname="${suite}" name="${escapeXml(name)}"`
    const [first] = changesWith(own, 'breaking')
    if (own.length === 0) return `${open}/>`
    const told = escapeXml(
      own
        .map((change) => [`${change.impact} ${change.code} ${change.says}`, ...changePlaces(change)].join('\n'))
        .join('\n'),
    )
    return `${open}>\n      ${first ? `<failure type="${escapeXml(first.code)}" message="${escapeXml(first.says)}">${told}</failure>` : `<system-out>${told}</system-out>`}\n    </testcase>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="proforma diff">',
    `  <testsuite name="${suite}" tests="${cases.length}" failures="${failures}" skipped="0">`,
    ...tests,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

/** Returns changes as workflow commands of GitHub Actions, beside the new document where they stand in it. */
export const changesGithub = ({ changes }: DocumentComparison): string =>
  changes
    .filter(({ impact }) => impact !== 'safe')
    .map((change) => {
      const { impact, code: name, says, request, after, before } = change
      const place = after ?? before
      const properties = [
        ...(place
          ? [
              ['file', place.file.replaceAll('\\', '/')],
              ['line', String(place.line)],
              ['col', String(place.column)],
            ]
          : []),
        ['title', `${impact}: ${name}`],
      ]
      const message = [`${request === undefined ? '' : `${request}: `}${says}`, ...changePlaces(change)].join('\n')
      return `::${impact === 'breaking' ? 'error' : 'warning'} ${properties.map(([key, value = '']) => `${key}=${escapeProperty(value)}`).join(',')}::${escapeMessage(message)}\n`
    })
    .join('')

/** Returns changes as SARIF 2.1.0 (OASIS): a rule for each sort of change, a result for each change that breaks or may break. */
export function changesSarif({ changes }: DocumentComparison): string {
  const told = changes.filter(({ impact }) => impact !== 'safe')
  const ids = [...new Set(told.map(({ code: id }) => id))]
  const run = {
    tool: {
      driver: {
        name: 'proforma',
        rules: ids.map((id) => ({ id, shortDescription: { text: id.replaceAll('-', ' ') } })),
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: true }],
    results: told.map(({ impact, code: ruleId, says, request, pointer, before, after }) => {
      const place = after ?? before
      return {
        ruleId,
        ruleIndex: ids.indexOf(ruleId),
        level: impact === 'breaking' ? 'error' : 'warning',
        message: { text: withoutLinks(`${request === undefined ? '' : `${request}: `}${says}`) },
        ...(place && {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(place.file) },
                region: { startLine: place.line, startColumn: place.column },
              },
            },
          ],
        }),
        partialFingerprints: { 'change/v1': `${ruleId} ${request ?? ''} ${says}` },
        properties: { impact, pointer },
      }
    }),
  }
  return `${printableJson({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] })}\n`
}

const headings = { breaking: 'Breaking', risky: 'Risky', safe: 'Safe' } as const satisfies Record<Impact, string>
const tones = { breaking: 'bad', risky: 'warn', safe: 'good' } as const satisfies Record<Impact, string>

/** Returns changes as one HTML file that loads nothing, what breaks first. */
export function changesHtml({ title, before, after, changes }: DocumentComparison): string {
  const breaking = changesWith(changes, 'breaking').length
  const parts = (Object.keys(headings) as Impact[]).map((impact) => impactPart(impact, changesWith(changes, impact)))
  return page(
    `${title}: ${changeCounts(changes)}`,
    html`<header><div><h1>${title}</h1><p><code>${before}</code> → <code>${after}</code></p></div>
<div class="verdict ${breaking > 0 ? 'bad' : 'good'}">${breaking > 0 ? counted(breaking, 'breaking change') : 'Nothing breaks'}</div></header>
${parts}
<footer>Made by proforma diff.</footer>`,
  )
}

function impactPart(impact: Impact, changes: readonly DocumentChange[]): Markup {
  if (changes.length === 0) return html``
  const rows = changes.map(
    (change) =>
      html`<tr><td class="code"><span class="${tones[impact]}">${change.code}</span></td><td>${change.says}${change.request !== undefined && html`<br><code class="faint">${change.request}</code>`}</td><td>${changePlaces(change).map((place, index) => html`${index > 0 && html`<br>`}<code class="faint">${place}</code>`)}</td></tr>`,
  )
  return html`<section><h2>${headings[impact]}<small>${changes.length}</small></h2><div class="scroll"><table><tbody>${rows}</tbody></table></div></section>`
}
