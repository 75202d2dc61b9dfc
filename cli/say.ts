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
export function sayServed({ version, seed, invoices, today, engine, state, desk, apis }: ServedText): string {
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
      table(apis.map(({ name, title, url }) => [out('bold', name), out('cyan', url), out('dim', title)])),
      ...(also.length > 0 ? [out('dim', `The same at ${also.join(', ')}`)] : []),
      ...(curls.length > 0 ? [`Try:\n${curls.map((curl) => `  ${printable(curl)}`).join('\n')}`] : []),
      ...(desk === undefined ? [] : [`Look at it: ${out('cyan', desk)}`]),
      out('dim', 'Ctrl-C stops.'),
    ].join('\n\n') + '\n'
  )
}

/** Returns rows as aligned columns, indented by two; styles do not count. */
export function table(cells: readonly (readonly string[])[]): string {
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
export const section = (heading: string, rows: readonly (readonly string[])[]): string =>
  `${out('bold', heading)}\n${table(rows.map(([first = '', ...rest]) => [first, ...rest.map((cell) => out('dim', cell))]))}`

/** Returns a report of a check with its last line, the verdict, in the colour of what it says. */
export function sayReport(text: string, holds: boolean): string {
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
export const saySeeded = ({ api, to, invoices, bytes, seed, epoch, today }: SeededText): string =>
  `${err('green', 'Wrote')} ${plural(invoices, `${api} invoice`)} (${size(bytes)}) to ${to === '-' ? 'standard output' : to} ${err('dim', `· seed ${seed} · epoch ${epoch} · today ${today}`)}`

/** Returns an error that is the user's to mend. */
export const sayError = (message: string): string => err('red', message)

/** Returns where to read what a command understands. */
export const sayHint = (command?: string): string =>
  err('dim', `See proforma ${command === undefined ? '' : `${command} `}--help.`)

/** Returns an error that is ours to mend. */
export const sayStack = (error: unknown): string =>
  `${printable(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n${err('red', 'This is a mistake in proforma, not in what you asked for: please report it with the lines above.')}`

/** Returns that a signal was understood. */
export const sayStopping = (): string => err('dim', '\nStopping.')
