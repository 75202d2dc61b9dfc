import { html } from './markup.ts'
import type { Markup } from './markup.ts'
import { script, scriptDigest, style } from './style.ts'

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
