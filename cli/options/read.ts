// Reads the options of a command from its arguments and the configuration.

import type { ApiConfig } from '../config.ts'
import { dayOf, localDay, parseDay, percentDecoded, suggest } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import { usageError } from '../usage-error.ts'
import type { CommandName, CommandOption, OptionKind, ValueOf } from './kinds.ts'
import { configKeyOf, optionKey, optionsOf } from './table.ts'
import type { Flags, OptionValues } from './table.ts'

/**
 * Returns the options of a command: what the command line states, else an environment variable, else the configuration, else
 * the default. Pairs of a configuration (headers, parameters) are left to the command, which adds to them.
 * @throws UsageError for what is stated wrongly, naming the option, the variable or the key.
 */
export function readOptions<C extends CommandName>(
  command: C,
  flags: Flags<C>,
  config: ApiConfig = {},
): OptionValues<C> {
  return Object.fromEntries(
    optionsOf(command).flatMap((option) => {
      const value = readOption(option, (flags as Stated)[optionKey(option.name)], config)
      return value === undefined ? [] : [[optionKey(option.name), value]]
    }),
  ) as OptionValues<C>
}

type Stated = Readonly<Record<string, string | readonly string[] | boolean | undefined>>

function readOption(option: CommandOption, flag: Stated[string], config: ApiConfig): unknown {
  const { name, kind } = option
  if (kind.is === 'switch') return flag ?? name.startsWith('no-')
  if (flag === true) return true
  if (flag !== undefined && flag !== false) return readAll(option, `--${name}`, flag)
  const inEnvironment = option.env === undefined ? undefined : process.env[option.env]
  // A variable that is set to nothing is one that is not set.
  if (inEnvironment) return readAll(option, option.env ?? '', inEnvironment)
  const key = configKeyOf(option)
  const configured = key === undefined || kind.is === 'pair' ? undefined : textOf(kind, config[key as keyof ApiConfig])
  if (configured !== undefined) return readAll(option, `${key} of the configuration`, configured)
  return option.default === undefined ? undefined : readValue(`--${name}`, String(option.default), kind)
}

function readAll(
  { kind, isRepeatable, isVariadic }: CommandOption,
  what: string,
  stated: string | readonly string[],
): unknown {
  const values = [stated].flat().map((text) => readValue(what, text, kind))
  if (kind.is === 'pair') return Object.fromEntries(values.flatMap((value) => Object.entries(value)))
  return isRepeatable || isVariadic ? values : values.at(-1)
}

/** Returns a value of a configuration as it would be typed. */
function textOf(kind: OptionKind, value: unknown): string | readonly string[] | undefined {
  if (value === undefined) return undefined
  if (kind.is === 'percentages')
    return Object.entries(value as Record<string, number>)
      .map(([name, figure]) => `${name}=${figure}`)
      .join(',')
  return Array.isArray(value) ? (value as string[]) : String(value)
}

/** An API's address, and the credentials that stood in it. */
export interface ApiAddress {
  /** Without user, query and slash at the end. */
  readonly baseUrl: string
  /** `Basic …`, where the URL named a user. */
  readonly authorization?: string
}

/** A report to write; without a file, to standard output. */
export interface ReportFile<Form extends string> {
  readonly form: Form
  readonly file?: string
}

type KindOf<I extends OptionKind['is']> = Extract<OptionKind, { readonly is: I }>
type Reader<I extends OptionKind['is']> = (what: string, text: string, kind: KindOf<I>) => ValueOf<KindOf<I>>

/** Reads one value from text, by kind. `what` names it in the sentence of a mistake: `--port`. */
const readers: { readonly [I in Exclude<OptionKind['is'], 'switch'>]: Reader<I> } = {
  text: (_, text) => text,
  integer: readInteger,
  choice: (what, text, { words }) => readChoice(what, text, words),
  day: readDay,
  seed: (_, text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : text),
  rate: readRate,
  list: readList,
  shard: readShard,
  address: readAddress,
  pair: readPair,
  percentages: readPercentages,
  report: readReport,
}

/**
 * Returns the value that a text states.
 * @throws UsageError for an empty text, which is what a shell leaves of a variable that is not set, and for anything that is not of its kind.
 */
export function readValue<K extends OptionKind>(what: string, text: string, kind: K): ValueOf<K> {
  if (text.trim() === '')
    throw usageError(what, {
      expected: describeKind(kind),
      received: 'an empty text',
      cure: 'Is a variable empty that it is taken from?',
    })
  const read = readers[kind.is as keyof typeof readers] as (what: string, text: string, kind: never) => unknown
  return read(what, text, kind as never) as ValueOf<K>
}

/** Returns what a value of a kind is called: `a whole number from 0 to 65535`. */
export function describeKind(kind: OptionKind): string {
  switch (kind.is) {
    case 'integer':
      return `a whole number from ${kind.least} to ${kind.most}`
    case 'choice':
      return oneOf(kind.words)
    case 'day':
      return 'now, or a day like 2026-01-15'
    case 'rate':
      return 'a rate like 5/s or 100/m'
    case 'list':
      return 'names with commas between them'
    case 'shard':
      return 'a share like 2/8, or job/8'
    case 'address':
      return 'an address like https://api.example.com/v2'
    case 'pair':
      return kind.example
    case 'percentages':
      return 'percentages like operations=100,fields=80'
    case 'report':
      return `${oneOf(kind.words)}, or one of them with =file`
    case 'switch':
      return 'true or false'
    case 'seed':
      return 'a number or a word'
    default:
      return `${/^[aeio]/.test(kind.value) ? 'an' : 'a'} ${kind.value}`
  }
}

const oneOf = (words: readonly string[]): string => new Intl.ListFormat('en', { type: 'disjunction' }).format(words)

/** Also `1_000` and `1e3`, as people write what has many zeros. */
function readInteger(what: string, text: string, kind: KindOf<'integer'>): number {
  const value = /^(?:\d{1,15}|\d{1,3}(?:_\d{3}){1,4}|\d{1,3}e\d{1,2})$/.test(text)
    ? Number(text.replaceAll('_', ''))
    : Number.NaN
  if (value >= kind.least && value <= kind.most) return value
  throw usageError(what, { expected: describeKind(kind), received: JSON.stringify(text) })
}

function readChoice(what: string, text: string, words: readonly string[]): string {
  if (!words.includes(text))
    throw usageError(what, { expected: oneOf(words), received: JSON.stringify(text), cure: suggest(text, words) })
  return text
}

/** Books reach back and forth some years from their day; all of them have to be written with four digits. */
const [first, last] = [dayOf(1900, 1, 1), dayOf(2999, 12, 31)]

/** `now` is the calendar day where the command runs. */
function readDay(what: string, text: string): Day {
  if (text === 'now') return localDay(new Date())
  const stated = parseDay(text)
  if (stated === undefined)
    throw usageError(what, { expected: 'now, or a day like 2026-01-15', received: JSON.stringify(text) })
  if (stated < first || stated > last)
    throw usageError(what, { expected: 'a day from 1900-01-01 to 2999-12-31', received: text })
  return stated
}

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 }

function readRate(what: string, text: string): number {
  const [, number, unit = 's'] = /^(\d{1,6}(?:\.\d{1,3})?)(?:\/([smh]))?$/.exec(text) ?? []
  const rate = Number(number ?? 0) / (seconds[unit] ?? 1)
  if (!(rate > 0)) throw usageError(what, { expected: 'a rate like 5/s or 100/m', received: JSON.stringify(text) })
  return rate
}

function readList(what: string, text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim())
  if (names.includes(''))
    throw usageError(what, { expected: 'names with commas between them', received: JSON.stringify(text) })
  return [...new Set(names)]
}

function readShard(what: string, text: string): { number: number; of: number } {
  const [, share = '', total = ''] = /^(\d{1,6}|job)\/(\d{1,6})$/.exec(text) ?? []
  const refuse = (expected: string, received: string, cure?: string): never => {
    throw usageError(what, { expected, received, ...(cure !== undefined && { cure }) })
  }
  const of = Number(total)
  if (share === '' || of === 0) return refuse('a share like 2/8, or job/8', JSON.stringify(text))
  const index = process.env.JOB_COMPLETION_INDEX ?? ''
  if (share === 'job' && !/^\d{1,6}$/.test(index))
    return refuse('JOB_COMPLETION_INDEX to be a number', index === '' ? 'none' : JSON.stringify(index))
  const number = share === 'job' ? Number(index) + 1 : Number(share)
  return number >= 1 && number <= of ? { number, of } : refuse(`a share from 1/${of} to ${of}/${of}`, `${number}/${of}`)
}

function readAddress(what: string, text: string): ApiAddress {
  const expected = 'an address like https://api.example.com/v2'
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    const isBare = /^[\w.-]+(?::\d+)?(?:\/|$)/.test(text)
    throw usageError(what, {
      expected,
      received: url && !isBare ? `an address that begins with ${url.protocol}` : 'something that is no http address',
      ...(isBare && { cure: 'Begin with http:// or https://.' }),
    })
  }
  if (url.search || url.hash)
    throw usageError(what, {
      expected,
      received: 'one with a query or fragment',
      cure: 'Say parameters with --param name=value.',
    })
  const { username, password, origin, pathname } = url
  const baseUrl = origin + pathname.replace(/\/+$/, '')
  if (!username) return { baseUrl }
  const credentials = decode(what, `${username}:${password}`)
  return { baseUrl, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
}

function decode(what: string, encoded: string): string {
  const text = percentDecoded(encoded)
  if (text !== undefined) return text
  throw usageError(what, { expected: 'credentials in percent-encoding', received: 'a % that encodes nothing' })
}

/** Values are not repeated in mistakes: they may be secret. */
function readPair(what: string, text: string, { separator, example }: KindOf<'pair'>): Record<string, string> {
  const at = text.indexOf(separator)
  const name = text.slice(0, at).trim()
  if (at < 0 || name === '')
    throw usageError(what, {
      expected: example,
      received: at < 0 ? `a text without "${separator}"` : 'a text without a name',
    })
  return { [name]: text.slice(at + 1).trim() }
}

const percentage = { is: 'pair', value: '', separator: '=', example: 'operations=100,fields=80' } as const

function readPercentages(what: string, text: string, { words }: KindOf<'percentages'>): Record<string, number> {
  const stated = text.split(',').flatMap((part) => Object.entries(readPair(what, part, percentage)))
  return Object.fromEntries(
    stated.map(([name, figure]) => {
      const percent = /^\d{1,3}(?:\.\d+)?$/.test(figure) ? Number(figure) : Number.NaN
      if (!(percent >= 0 && percent <= 100))
        throw usageError(what, { expected: 'a percentage from 0 to 100', received: JSON.stringify(figure) })
      return [readChoice(what, name, words), percent]
    }),
  )
}

function readReport(what: string, text: string, { words, printed }: KindOf<'report'>): ReportFile<string> {
  const [name = '', ...rest] = text.split('=')
  const form = readChoice(what, name, words)
  const file = rest.join('=')
  if (file !== '') return { form, file }
  if (!printed.includes(form)) throw usageError(what, { expected: `${form}=file`, received: JSON.stringify(text) })
  return { form }
}
