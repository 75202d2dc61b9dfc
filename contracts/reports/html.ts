// Writes a report as a page of HTML.

import { printableData } from '../../spec/index.ts'
import { violationCount } from '../causes.ts'
import type { Drift } from '../drift.ts'
import { holds } from '../report.ts'
import type { Report, ReportedViolation, OperationReport } from '../report.ts'
import { driftKinds, often } from './drift.ts'
import { counted, groupFindings, foundText, skipParts } from './groups.ts'
import type { FindingGroup } from './groups.ts'
import { html, page } from './html-page.ts'
import type { Markup } from './html-page.ts'

/** Returns a report as one self-contained HTML page. */
export function htmlReport(found: Report): string {
  const report = printableData(found)
  const { title, baseUrl, today, counts } = report
  return page(
    `${title}: ${counts.errors === 0 ? 'all holds' : violationCount(counts.errors, report.violations)}`,
    html`<header><div><h1>${title}</h1><p><code>${baseUrl}</code>${today !== undefined && ` · today ${today}`}</p></div>${stamp(report)}</header>
${tiles(report)}
${findingSection(report)}
${operationSection(report)}
${lawSection(report)}
${coverageSection(report)}
${driftSection(report)}
${skippedSection(report)}
<footer>Made by proforma check. Codes of laws cite the arithmetic of EN 16931; they claim no compliance with it.</footer>`,
  )
}

const stamp = (report: Report): Markup =>
  holds(report)
    ? html`<div class="verdict good">All holds</div>`
    : html`<div class="verdict bad">${violationCount(report.counts.errors, report.violations)}</div>`

function tiles({ counts: { requests, invoices, errors, warnings }, operations, laws, coverage }: Report): Markup {
  const fields = coverage.find(({ kind }) => kind === 'fields')
  const figures: readonly (readonly [string, string | number, string])[] = [
    ['Requests', requests, ''],
    ['Operations', `${operations.filter((operation) => operation.requests > 0).length} of ${operations.length}`, ''],
    ['Invoices seen', invoices, ''],
    ['Laws applied', `${laws.filter(({ applied }) => applied > 0).length} of ${laws.length}`, ''],
    ...(fields ? [['Fields seen', `${fields.percent} %`, ''] as const] : []),
    ['Violations', errors, errors > 0 ? 'bad' : 'good'],
    ...(warnings > 0 ? [['Warnings', warnings, 'warn'] as const] : []),
  ]
  return html`<dl class="tiles">${figures.map(([name, figure, tone]) => html`<div><dt>${name}</dt><dd class="${tone}">${figure}</dd></div>`)}</dl>`
}

/** Findings of one operation that are shown; a page with more of them helps nobody. */
const mostFindings = 100
/** Findings that stand open at first. */
const openAtFirst = 3

/** Returns every finding, operation by operation. */
function findingSection({ operations, violations }: Report): Markup {
  if (violations.length === 0) return html``
  const byOperation = Map.groupBy(violations, ({ operation }) => operation)
  const sections = operations
    .filter(({ id }) => byOperation.has(id))
    .map((operation, index) =>
      operationFindings(operation, byOperation.get(operation.id) ?? [], index === 0 && !byOperation.has('')),
    )
  const own = byOperation.get('')
  return html`<section><h2>Findings</h2>${own && operationFindings({ id: 'document', method: '', path: '' }, own, true)}${sections}</section>`
}

function operationFindings(
  { id, method, path }: Pick<OperationReport, 'id' | 'method' | 'path'>,
  findings: readonly ReportedViolation[],
  isFirst: boolean,
): Markup {
  const groups = groupFindings(findings)
  const shown = groups.slice(0, mostFindings).map((group, index) => findingItem(group, isFirst && index < openAtFirst))
  return html`<h3 id="${id}">${id}<small>${method !== '' && html`<code>${method} ${path}</code> · `}${counted(findings.length, 'finding')}${groups.length < findings.length && `, ${groups.length} kinds`}</small></h3>${shown}${groups.length > mostFindings && html`<p class="faint">and ${groups.length - mostFindings} more kinds</p>`}`
}

function findingItem({ first, count }: FindingGroup, isOpen: boolean): Markup {
  const { severity, code, says, request, pointer, expected, received, parameter, place, status, replay } = first
  return html`<details class="${severity}"${isOpen && html` open`}><summary><b class="${severity === 'warning' ? 'warn' : 'bad'}">${code}</b>${says}${count > 1 && html` <span class="faint">× ${count}</span>`}<span class="where"><code>${request}${pointer !== '' && `${request === '' ? '' : ' → '}${pointer}`}</code></span></summary>
<div class="inside"><div class="pair"><div><span>expected</span><code>${expected}</code></div><div><span>received</span><code>${received}</code></div></div>
<dl class="facts">${parameter !== undefined && html`<dt>parameter</dt><dd><code>${parameter}</code></dd>`}${pointer !== '' && html`<dt>${request === '' ? 'at' : 'in the body'}</dt><dd><code>${pointer}</code></dd>`}${status !== undefined && html`<dt>answer</dt><dd>${status}</dd>`}${place && html`<dt>documented in</dt><dd><code>${place.file}:${place.line}:${place.column}</code></dd>`}</dl>${
    replay !== '' &&
    html`
<div class="replay"><code>${replay}</code><button type="button">Copy</button></div>`
  }</div></details>`
}

/** Rows of drift of one kind that are shown. */
const mostRows = 200
/** Rows that stand open at first. */
const few = 12

const table = (head: readonly Markup[], rows: readonly Markup[]): Markup =>
  html`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`

const th = (text: string): Markup => html`<th>${text}</th>`
const thn = (text: string): Markup => html`<th class="number">${text}</th>`

const verdictCell = (counts: Parameters<typeof foundText>[0], isTried: boolean): Markup =>
  foundText(counts) !== ''
    ? html`<span class="${counts.violations > 0 ? 'bad' : 'warn'}">${foundText(counts)}</span>`
    : isTried
      ? html`<span class="good">holds</span>`
      : html`<span class="faint">not tried</span>`

/** Returns what was asked of each operation. */
function operationSection({ operations, skipped }: Report): Markup {
  const rows = operations.map(({ id, method, path, requests, statuses, ...counts }) => {
    const reason = skipped.find(({ what }) => what === id)?.reason
    const answers = Object.entries(statuses)
      .map(([status, count]) => `${status} × ${count}`)
      .join(', ')
    return html`<tr><td class="code">${foundText(counts) !== '' ? html`<a href="#${id}">${id}</a>` : id}</td><td><code>${method} ${path}</code></td><td class="number">${requests}</td><td>${answers || html`<span class="faint">${reason ?? 'not asked'}</span>`}</td><td>${verdictCell(counts, requests > 0)}</td></tr>`
  })
  return html`<section><h2>Operations</h2>${table([th('Operation'), th('Request'), thn('Requests'), th('Answers'), th('')], rows)}</section>`
}

/** Returns what became of each law. */
function lawSection({ laws }: Report): Markup {
  if (laws.length === 0) return html``
  const rows = laws.map(
    ({ code, says, applied, ...counts }) =>
      html`<tr><td class="code"><code>${code}</code></td><td>${says}</td><td class="number">${applied}</td><td>${verdictCell(counts, applied > 0)}</td></tr>`,
  )
  return html`<section><h2>Laws</h2>${table([th('Law'), th('Says'), thn('Judged'), th('')], rows)}</section>`
}

/** Returns a figure for each kind of coverage, and what was left out. */
function coverageSection({ coverage }: Report): Markup {
  if (coverage.length === 0) return html``
  const rows = coverage.map(
    ({ kind, covered, of, percent, missing }) =>
      html`<tr><td>${kind}</td><td class="number">${covered} of ${of}</td><td class="number">${percent} %</td><td><span class="share"><i style="width:${percent}%"></i></span>${missing.length > 0 && left(missing)}</td></tr>`,
  )
  return html`<section><h2>Coverage</h2>${table([th('Kind'), thn('Exercised'), thn(''), th('')], rows)}</section>`
}

const left = (missing: readonly string[]): Markup =>
  html`<details class="plain"><summary class="faint">${missing.length} left out</summary><div class="inside"><ul>${missing.slice(0, mostRows).map((name) => html`<li><code>${name}</code></li>`)}${missing.length > mostRows && html`<li class="faint">and ${missing.length - mostRows} more</li>`}</ul></div></details>`

/** Returns how document and answers differ; what may just not have come yet is folded away. */
function driftSection({ drift }: Report): Markup {
  if (drift.length === 0) return html``
  const kinds = (Object.keys(driftKinds) as Drift['kind'][]).flatMap((kind) => {
    const items = drift.filter((item) => item.kind === kind)
    return items.length > 0 ? [part(driftKinds[kind], items)] : []
  })
  return html`<section><h2>Drift<small>how the document and real answers differ; no violation</small></h2>${kinds}</section>`
}

function part(title: string, items: readonly Drift[]): Markup {
  const rows = items
    .slice(0, mostRows)
    .map(
      (item) =>
        html`<tr><td>${item.says}<br><code class="faint">${item.schema}${item.place && `  ${item.place.file}:${item.place.line}`}</code></td><td class="number">${often(item)}</td><td><code>${item.example.pointer || 'the body'}</code><br><code class="faint">${item.example.request}</code></td></tr>`,
    )
  const isPlain = items[0]?.count === 0 || items.length > few
  return html`<details class="plain"${!isPlain && html` open`}><summary>${title} <span class="faint">${items.length}</span></summary><div class="inside">${table([th('What'), thn('How often'), th(items[0]?.count === 0 ? 'Could have come at' : 'First seen at')], rows)}${items.length > mostRows && html`<p class="faint">and ${items.length - mostRows} more</p>`}</div></details>`
}

/** Returns what was not judged or not asked, and why. */
const skippedSection = ({ skipped }: Report): Markup =>
  html`${skipParts(skipped).map(
    ([title, list]) =>
      html`<section><h2>${title}<small>${list.length}</small></h2><ul>${list.map(({ what, reason, count }) => html`<li><code>${what}</code>: ${reason}${count !== undefined && ` (${count} times)`}</li>`)}</ul></section>`,
  )}`
