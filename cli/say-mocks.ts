import { styleText } from 'node:util'
import { printable } from '../spec/index.ts'
import { size } from './say.ts'

const out = (style: Parameters<typeof styleText>[0], text: string): string =>
  styleText(style, text, { stream: process.stdout })
const err = (style: Parameters<typeof styleText>[0], text: string): string =>
  styleText(style, text, { stream: process.stderr })

/** What an export tells about itself. */
export interface ExportedText {
  readonly api: string
  readonly to: string
  readonly bytes: number
  readonly seed: string | number
  readonly today: string
}

/** Returns what was exported. */
export const sayExported = ({ api, to, bytes, seed, today }: ExportedText): string =>
  `${err('green', 'Wrote')} the document of ${api} with examples (${size(bytes)}) to ${to === '-' ? 'standard output' : to} ${err('dim', `· seed ${seed} · today ${today}`)}`

/** Returns what Prism does by itself, and what it cannot do. */
export const sayPrism = (): string =>
  [
    'Prism checks each request and each answer. It keeps no state: invoices, and what happens to them, are kept by proforma behind it.',
    "Prefer: code=, example= or dynamic= (or ?__code=, ?__example=, ?__dynamic=) is answered by Prism alone, from the examples of the document: nothing that has happened shows there. scenario=, seed= and delay= are proforma's.",
  ]
    .map((line) => out('dim', line))
    .join('\n') + '\n\n'

/** Returns that files were read again. */
export const sayReloaded = (): string => out('dim', 'Files have changed, and are served as they are now.\n')

/** What was put into a project. */
export interface StartedText {
  readonly written: readonly string[]
  readonly kept: readonly string[]
  readonly steps: readonly Step[]
}

/** Something left to do, and the lines to do it with. */
export interface Step {
  readonly says: string
  readonly lines: readonly string[]
}

/** Returns what was written, and what to add where. */
export const sayStarted = ({ written, kept, steps }: StartedText): string =>
  [
    ...written.map((file) => `${out('green', 'Wrote')} ${file}`),
    ...kept.map((file) => `${out('dim', 'Kept')} ${file}, which is up to date`),
    ...steps.map(
      ({ says, lines }) =>
        `\n${printable(says)}${lines.length > 0 ? `\n\n${lines.map((line) => (line === '' ? '' : `    ${printable(line)}`)).join('\n')}` : ''}`,
    ),
  ].join('\n') + '\n'
