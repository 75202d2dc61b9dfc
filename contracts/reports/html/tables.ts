import type { Report } from '../../report.ts'
import type { Drift } from '../../drift.ts'
import { driftKinds, often } from '../drift.ts'
import { found, skipParts } from '../groups.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'

/** Rows of drift of one kind that are shown. */
const most = 200
/** Rows that stand open at first. */
const few = 12

const table = (head: readonly Markup[], rows: readonly Markup[]): Markup =>
  html`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`

const th = (text: string): Markup => html`<th>${text}</th>`
const thn = (text: string): Markup => html`<th class="number">${text}</th>`

const verdict = (counts: Parameters<typeof found>[0], isTried: boolean): Markup =>
  found(counts) !== ''
    ? html`<span class="${counts.violations > 0 ? 'bad' : 'warn'}">${found(counts)}</span>`
    : isTried
      ? html`<span class="good">holds</span>`
      : html`<span class="faint">not tried</span>`

/** Returns what was asked of each operation. */
export function operationsOf({ operations, skipped }: Report): Markup {
  const rows = operations.map(({ id, method, path, requests, statuses, ...counts }) => {
    const reason = skipped.find(({ what }) => what === id)?.reason
    const answers = Object.entries(statuses)
      .map(([status, count]) => `${status} × ${count}`)
      .join(', ')
    return html`<tr><td class="code">${found(counts) !== '' ? html`<a href="#${id}">${id}</a>` : id}</td><td><code>${method} ${path}</code></td><td class="number">${requests}</td><td>${answers || html`<span class="faint">${reason ?? 'not asked'}</span>`}</td><td>${verdict(counts, requests > 0)}</td></tr>`
  })
  return html`<section><h2>Operations</h2>${table([th('Operation'), th('Request'), thn('Requests'), th('Answers'), th('')], rows)}</section>`
}

/** Returns what became of each law. */
export function lawsOf({ laws }: Report): Markup {
  if (laws.length === 0) return html``
  const rows = laws.map(
    ({ code, says, applied, ...counts }) =>
      html`<tr><td class="code"><code>${code}</code></td><td>${says}</td><td class="number">${applied}</td><td>${verdict(counts, applied > 0)}</td></tr>`,
  )
  return html`<section><h2>Laws</h2>${table([th('Law'), th('Says'), thn('Judged'), th('')], rows)}</section>`
}

/** Returns a figure for each kind of coverage, and what was left out. */
export function coverageOf({ coverage }: Report): Markup {
  if (coverage.length === 0) return html``
  const rows = coverage.map(
    ({ kind, covered, of, percent, missing }) =>
      html`<tr><td>${kind}</td><td class="number">${covered} of ${of}</td><td class="number">${percent} %</td><td><span class="share"><i style="width:${percent}%"></i></span>${missing.length > 0 && left(missing)}</td></tr>`,
  )
  return html`<section><h2>Coverage</h2>${table([th('Kind'), thn('Exercised'), thn(''), th('')], rows)}</section>`
}

const left = (missing: readonly string[]): Markup =>
  html`<details class="plain"><summary class="faint">${missing.length} left out</summary><div class="inside"><ul>${missing.slice(0, most).map((name) => html`<li><code>${name}</code></li>`)}${missing.length > most && html`<li class="faint">and ${missing.length - most} more</li>`}</ul></div></details>`

/** Returns how document and answers differ; what may just not have come yet is folded away. */
export function driftOf({ drift }: Report): Markup {
  if (drift.length === 0) return html``
  const kinds = (Object.keys(driftKinds) as Drift['kind'][]).flatMap((kind) => {
    const items = drift.filter((item) => item.kind === kind)
    return items.length > 0 ? [part(driftKinds[kind], items)] : []
  })
  return html`<section><h2>Drift<small>how the document and real answers differ; no violation</small></h2>${kinds}</section>`
}

function part(title: string, items: readonly Drift[]): Markup {
  const rows = items
    .slice(0, most)
    .map(
      (item) =>
        html`<tr><td>${item.says}<br><code class="faint">${item.schema}${item.place && `  ${item.place.file}:${item.place.line}`}</code></td><td class="number">${often(item)}</td><td><code>${item.example.pointer || 'the body'}</code><br><code class="faint">${item.example.request}</code></td></tr>`,
    )
  const isPlain = items[0]?.count === 0 || items.length > few
  return html`<details class="plain"${!isPlain && html` open`}><summary>${title} <span class="faint">${items.length}</span></summary><div class="inside">${table([th('What'), thn('How often'), th(items[0]?.count === 0 ? 'Could have come at' : 'First seen at')], rows)}${items.length > most && html`<p class="faint">and ${items.length - most} more</p>`}</div></details>`
}

/** Returns what was not judged or not asked, and why. */
export const skippedOf = ({ skipped }: Report): Markup =>
  html`${skipParts(skipped).map(
    ([title, list]) =>
      html`<section><h2>${title}<small>${list.length}</small></h2><ul>${list.map(({ what, reason, count }) => html`<li><code>${what}</code>: ${reason}${count !== undefined && ` (${count} times)`}</li>`)}</ul></section>`,
  )}`
