import { html } from '../reports/html/markup.ts'
import type { Markup } from '../reports/html/markup.ts'
import { page } from '../reports/html/page.ts'
import { plural } from '../reports/groups.ts'
import type { DocumentChange, Impact } from './change.ts'
import { having, placesOf, changeCounts } from './verdict.ts'
import type { DocumentComparison } from './verdict.ts'

const headings = { breaking: 'Breaking', risky: 'Risky', safe: 'Safe' } as const satisfies Record<Impact, string>
const tones = { breaking: 'bad', risky: 'warn', safe: 'good' } as const satisfies Record<Impact, string>

/** Returns changes as one HTML file that loads nothing, what breaks first. */
export function changesHtml({ title, before, after, changes }: DocumentComparison): string {
  const breaking = having(changes, 'breaking').length
  const parts = (Object.keys(headings) as Impact[]).map((impact) => part(impact, having(changes, impact)))
  return page(
    `${title}: ${changeCounts(changes)}`,
    html`<header><div><h1>${title}</h1><p><code>${before}</code> → <code>${after}</code></p></div>
<div class="verdict ${breaking > 0 ? 'bad' : 'good'}">${breaking > 0 ? plural(breaking, 'breaking change') : 'Nothing breaks'}</div></header>
${parts}
<footer>Made by proforma diff.</footer>`,
  )
}

function part(impact: Impact, changes: readonly DocumentChange[]): Markup {
  if (changes.length === 0) return html``
  const rows = changes.map(
    (change) =>
      html`<tr><td class="code"><span class="${tones[impact]}">${change.code}</span></td><td>${change.says}${change.request !== undefined && html`<br><code class="faint">${change.request}</code>`}</td><td>${placesOf(change).map((place, index) => html`${index > 0 && html`<br>`}<code class="faint">${place}</code>`)}</td></tr>`,
  )
  return html`<section><h2>${headings[impact]}<small>${changes.length}</small></h2><div class="scroll"><table><tbody>${rows}</tbody></table></div></section>`
}
