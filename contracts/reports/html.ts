import { holds } from '../report.ts'
import type { Report } from '../report.ts'
import { plural } from './groups.ts'
import { findingsOf } from './html/findings.ts'
import { html } from './html/markup.ts'
import type { Markup } from './html/markup.ts'
import { page } from './html/page.ts'
import { coverageOf, driftOf, lawsOf, operationsOf, skippedOf } from './html/tables.ts'

/** Returns a report as one self-contained HTML page. */
export function htmlReport(report: Report): string {
  const { title, baseUrl, today, counts } = report
  return page(
    `${title}: ${counts.errors === 0 ? 'all holds' : plural(counts.errors, 'violation')}`,
    html`<header><div><h1>${title}</h1><p><code>${baseUrl}</code>${today !== undefined && ` · today ${today}`}</p></div>${stamp(report)}</header>
${tiles(report)}
${findingsOf(report)}
${operationsOf(report)}
${lawsOf(report)}
${coverageOf(report)}
${driftOf(report)}
${skippedOf(report)}
<footer>Made by proforma check. Codes of laws cite the arithmetic of EN 16931; they claim no compliance with it.</footer>`,
  )
}

const stamp = (report: Report): Markup =>
  holds(report)
    ? html`<div class="verdict good">All holds</div>`
    : html`<div class="verdict bad">${plural(report.counts.errors, 'violation')}</div>`

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
