// Formats numbers, tables and messages for a terminal.

import { stripVTControlCharacters, styleText } from 'node:util'
import { oneLine, printable } from '../spec/index.ts'

type Style = Parameters<typeof styleText>[0]

const out = (style: Style, text: string): string => styleText(style, printable(text), { stream: process.stdout })
const err = (style: Style, text: string): string => styleText(style, printable(text), { stream: process.stderr })

/** Returns a number as people write it: `1,000,000`. */
export const count = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** Returns `1 invoice`, `2 invoices`. */
export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`

/** Returns `2.1 MB`. */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const scaled = bytes / 1000 ** power
  return `${power === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${units[power]}`
}

/** What a server tells about itself. */
export interface ServedText {
  readonly version: string
  readonly seed: string | number
  readonly invoices: number
  readonly today: string
  readonly engine: string
  /** Where browsers see all of it. */
  readonly desk?: string | undefined
  /** Where what happens is kept. */
  readonly state?: string | undefined
  readonly apis: readonly {
    readonly name: string
    readonly title: string
    readonly url: string
    /** Other addresses of the same. */
    readonly also?: readonly string[]
    readonly curl?: string
  }[]
}

/** Returns what is served where, and what to try. */
export function servedText({ version, seed, invoices, today, engine, state, desk, apis }: ServedText): string {
  const facts = [
    `seed ${seed}`,
    plural(invoices, 'invoice'),
    `today ${today}`,
    ...(engine === 'native' ? [] : [`engine ${engine}`]),
    ...(state === undefined ? [] : [`state ${state}`]),
  ]
  const also = apis.flatMap((api) => api.also ?? [])
  const curls = apis.flatMap(({ curl }) => (curl === undefined ? [] : [curl]))
  return (
    [
      `${out('bold', `proforma ${version}`)}  ${out('dim', facts.join(' · '))}`,
      formatTable(apis.map(({ name, title, url }) => [out('bold', name), out('cyan', url), out('dim', title)])),
      ...(also.length > 0 ? [out('dim', `The same at ${also.join(', ')}`)] : []),
      ...(curls.length > 0 ? [`Try:\n${curls.map((curl) => `  ${printable(curl)}`).join('\n')}`] : []),
      ...(desk === undefined ? [] : [`Look at it: ${out('cyan', desk)}`]),
      out('dim', 'Ctrl-C stops.'),
    ].join('\n\n') + '\n'
  )
}

/** Returns rows as aligned columns, indented by two; styles do not count. */
export function formatTable(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(oneLine))
  const length = (text = ''): number => stripVTControlCharacters(text).length
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => length(row[column]))))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] ?? 0) - length(cell)),
      )
      .join('  ')
  return rows.map((row) => `  ${line(row)}`.trimEnd()).join('\n')
}

/** Returns a heading and its rows. */
export const formatSection = (heading: string, rows: readonly (readonly string[])[]): string =>
  `${out('bold', oneLine(heading))}\n${formatTable(rows.map(([first = '', ...rest]) => [first, ...rest.map((cell) => out('dim', cell))]))}`

/** Returns a report of a check with its last line, the verdict, in the colour of what it says. */
export function reportText(text: string, holds: boolean): string {
  const lines = text.trimEnd().split('\n')
  return [...lines.slice(0, -1), out(holds ? 'green' : 'red', lines.at(-1) ?? '')].join('\n') + '\n'
}

/** What a seed tells about itself. */
export interface SeededText {
  readonly api: string
  readonly to: string
  readonly invoices: number
  readonly bytes: number
  readonly seed: string | number
  /** First day of the books. */
  readonly epoch: string
  readonly today: string
}

/** Returns what was written. */
export const seededText = ({ api, to, invoices, bytes, seed, epoch, today }: SeededText): string =>
  `${err('green', 'Wrote')} ${plural(invoices, `${api} invoice`)} (${size(bytes)}) to ${to === '-' ? 'standard output' : to} ${err('dim', `· seed ${seed} · epoch ${epoch} · today ${today}`)}`

/** Returns an error that is the user's to mend. */
export const styledError = (message: string): string => err('red', message)

/** Returns where to read what a command understands. */
export const helpHint = (command?: string): string =>
  err('dim', `See proforma ${command === undefined ? '' : `${command} `}--help.`)

/** Returns an error that is ours to mend. */
export const crashText = (error: unknown): string =>
  `${printable(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n${err('red', 'This is a mistake in proforma, not in what you asked for: please report it with the lines above.')}`

/** Returns that a signal was understood. */
export const stoppingText = (): string => err('dim', '\nStopping.')

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
  readonly steps: readonly NextStep[]
}

/** Something left to do, and the lines to do it with. */
export interface NextStep {
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
