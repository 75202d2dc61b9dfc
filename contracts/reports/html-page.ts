// Builds a self-contained HTML page with escaped content.

/** Markup that is already safe. */
export interface Markup {
  readonly markup: string
}

type Part = Markup | string | number | undefined | false | readonly Part[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Characters that browsers do not show or that turn the direction of what follows. */
// oxlint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

function writePart(part: Part): string {
  if (part === undefined || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number')
    return String(part)
      .replace(unseen, '�')
      .replace(/[&<>"']/g, (character) => entities[character] as string)
  return 'markup' in part ? part.markup : part.map(writePart).join('')
}

/** Returns markup; everything put into it is escaped, unless it is markup itself. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: texts.map((text, index) => text + (index < parts.length ? writePart(parts[index]) : '')).join(''),
})

/** The one style sheet of the HTML report: light and dark, wide and narrow, screen and paper. */
const style = `
:root { color-scheme: light dark; --paper: light-dark(#fff, #15181d); --desk: light-dark(#f3f2ee, #0d0f12); --ink: light-dark(#1c1e21, #e4e6ea); --faint: light-dark(#666a70, #9aa0a8);
  --line: light-dark(#e2e0da, #2a2f37); --wash: light-dark(#f8f7f4, #1b1f26); --good: light-dark(#12703f, #5bd08f); --bad: light-dark(#b3261e, #ff8a80); --warn: light-dark(#8a5a00, #f0bb55);
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace }
* { box-sizing: border-box }
body { margin: 0; padding: 2rem 1rem; background: var(--desk); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif }
main { max-width: 68rem; margin: 0 auto; padding: 2.5rem clamp(1rem, 4vw, 3rem); background: var(--paper); border: 1px solid var(--line); border-radius: 6px }
header { display: flex; flex-wrap: wrap; gap: 1rem 2rem; justify-content: space-between; align-items: flex-start; padding-bottom: 1.5rem; border-bottom: 2px solid var(--ink) }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; letter-spacing: -.01em }
h2 { margin: 2.6rem 0 .8rem; font-size: 1.1rem } h3 { margin: 1.4rem 0 .5rem; font-size: .95rem }
h2 small, h3 small { color: var(--faint); font-weight: normal; margin-left: .4em }
header p { margin: .3rem 0 0; color: var(--faint) }
code, pre { font-family: var(--mono); font-size: .86em; overflow-wrap: anywhere }
.verdict { padding: .5rem 1rem; border: 2px solid currentColor; border-radius: 4px; font-weight: 650; font-size: 1.05rem; white-space: nowrap }
a { color: inherit; text-underline-offset: .2em }
.good { color: var(--good) } .bad { color: var(--bad) } .warn { color: var(--warn) } .faint { color: var(--faint) }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .8rem; margin: 1.5rem 0 0; padding: 0 }
.tiles div { padding: .7rem .9rem; background: var(--wash); border-radius: 4px }
.tiles dt { color: var(--faint); font-size: .82rem } .tiles dd { margin: 0; font-size: 1.35rem; font-weight: 600; white-space: nowrap; font-variant-numeric: tabular-nums }
.scroll { overflow-x: auto }
table { width: 100%; border-collapse: collapse; font-size: .93rem }
th { text-align: left; font-weight: 600; color: var(--faint); font-size: .82rem }
th, td { padding: .42rem .8rem .42rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
th:last-child, td:last-child { padding-right: 0 }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
td.code { white-space: nowrap } td:first-child:not(.code) { min-width: 12rem }
details { margin: .5rem 0; border: 1px solid var(--line); border-left: 4px solid var(--bad); border-radius: 4px; background: var(--wash) }
details.warning { border-left-color: var(--warn) } details.plain { border-left-width: 1px; border-left-color: var(--line) }
summary { padding: .55rem .9rem; cursor: pointer } summary b { font-family: var(--mono); font-size: .88em; margin-right: .5em }
summary .where { display: block; margin-left: 1.05rem; color: var(--faint); font-size: .88rem }
.inside { padding: .2rem .9rem .9rem; border-top: 1px solid var(--line); background: var(--paper); border-radius: 0 0 4px 4px }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: .8rem; margin: .8rem 0 }
.pair div { padding: .5rem .8rem; border-radius: 4px; background: var(--wash); border-top: 2px solid var(--good) } .pair div + div { border-top-color: var(--bad) }
.pair span { display: block; color: var(--faint); font-size: .8rem }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; font-size: .92rem } .facts dt { color: var(--faint) } .facts dd { margin: 0; min-width: 0 }
.replay { display: flex; gap: .6rem; align-items: flex-start; margin-top: .8rem } .replay code { flex: 1; min-width: 0; padding: .5rem .7rem; background: var(--wash); border: 1px solid var(--line); border-radius: 4px; user-select: all }
button { font: inherit; font-size: .85rem; padding: .38rem .8rem; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 4px; cursor: pointer } button:hover { border-color: var(--faint) }
.share { display: block; height: .5rem; margin-top: .45rem; min-width: 6rem; background: var(--line); border-radius: 3px; overflow: hidden } .share i { display: block; height: 100%; background: var(--good) }
td details, td .inside { border: 0; background: none } td summary, td .inside { padding: .2rem 0 }
ul { margin: .4rem 0; padding-left: 1.2rem } li { margin: .15rem 0 }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--faint); font-size: .85rem }
:focus-visible { outline: 2px solid var(--faint); outline-offset: 2px }
@media (max-width: 40rem) { body { padding: 0 } main { border: 0; border-radius: 0; padding: 1.5rem 1rem } .replay { flex-direction: column } }
@media print { body { background: none; padding: 0 } main { border: 0; padding: 0; max-width: none } button { display: none } }
`

/** The one script: a button that copies the text beside it. */
const script = `addEventListener('click', async ({ target }) => { if (target instanceof HTMLButtonElement) { try { await navigator.clipboard.writeText(target.previousElementSibling.textContent); target.textContent = 'Copied' } catch { getSelection().selectAllChildren(target.previousElementSibling); target.textContent = 'Selected' } } })`

/** Digest of that script, the only one that the page lets run. */
const scriptDigest = 'sha256-WzqeumFcBZRFXBMwQZbaK7uksqTMOA+KS94Rv5xBxxw='

/** Nothing is loaded, nothing is sent, and no script runs but our own. */
const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src '${scriptDigest}'; base-uri 'none'; form-action 'none'`

/** Returns one self-contained HTML page. */
export const page = (title: string, body: Markup): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<main>
${body}
</main>
<script>${{ markup: script }}</script>
</body>
</html>
`.markup
