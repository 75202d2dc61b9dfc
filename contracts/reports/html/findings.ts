import type { Finding, OperationReport, Report } from '../../report.ts'
import { groupFindings, plural } from '../groups.ts'
import type { FindingGroup } from '../groups.ts'
import { html } from './markup.ts'
import type { Markup } from './markup.ts'

/** Findings of one operation that are shown; a page with more of them helps nobody. */
const most = 100
/** Findings that stand open at first. */
const open = 3

/** Returns every finding, operation by operation. */
export function findingsOf({ operations, violations }: Report): Markup {
  if (violations.length === 0) return html``
  const byOperation = Map.groupBy(violations, ({ operation }) => operation)
  const sections = operations
    .filter(({ id }) => byOperation.has(id))
    .map((operation, index) =>
      section(operation, byOperation.get(operation.id) ?? [], index === 0 && !byOperation.has('')),
    )
  const own = byOperation.get('')
  return html`<section><h2>Findings</h2>${own && section({ id: 'document', method: '', path: '' }, own, true)}${sections}</section>`
}

function section(
  { id, method, path }: Pick<OperationReport, 'id' | 'method' | 'path'>,
  findings: readonly Finding[],
  isFirst: boolean,
): Markup {
  const groups = groupFindings(findings)
  const shown = groups.slice(0, most).map((group, index) => one(group, isFirst && index < open))
  return html`<h3 id="${id}">${id}<small>${method !== '' && html`<code>${method} ${path}</code> · `}${plural(findings.length, 'finding')}${groups.length < findings.length && `, ${groups.length} kinds`}</small></h3>${shown}${groups.length > most && html`<p class="faint">and ${groups.length - most} more kinds</p>`}`
}

function one({ first, count }: FindingGroup, isOpen: boolean): Markup {
  const { severity, code, says, request, pointer, expected, received, parameter, place, status, replay } = first
  return html`<details class="${severity}"${isOpen && html` open`}><summary><b class="${severity === 'warning' ? 'warn' : 'bad'}">${code}</b>${says}${count > 1 && html` <span class="faint">× ${count}</span>`}<span class="where"><code>${request}${pointer !== '' && `${request === '' ? '' : ' → '}${pointer}`}</code></span></summary>
<div class="inside"><div class="pair"><div><span>expected</span><code>${expected}</code></div><div><span>received</span><code>${received}</code></div></div>
<dl class="facts">${parameter !== undefined && html`<dt>parameter</dt><dd><code>${parameter}</code></dd>`}${pointer !== '' && html`<dt>${request === '' ? 'at' : 'in the body'}</dt><dd><code>${pointer}</code></dd>`}${status !== undefined && html`<dt>answer</dt><dd>${status}</dd>`}${place && html`<dt>documented in</dt><dd><code>${place.file}:${place.line}:${place.column}</code></dd>`}</dl>${
    replay !== '' &&
    html`
<div class="replay"><code>${replay}</code><button type="button">Copy</button></div>`
  }</div></details>`
}
