// Lists the commands and the kinds of values that options take.

import type { Day } from '../../spec/index.ts'
import type { ApiAddress, ReportFile } from './read.ts'

/** Commands, in the order in which help lists them. */
export const commandNames = [
  'serve',
  'check',
  'proxy',
  'fuzz',
  'diff',
  'validator',
  'seed',
  'report',
  'mask',
  'lint',
  'roles',
  'resources',
  'init',
  'export-examples',
] as const
export type CommandName = (typeof commandNames)[number]

/** What the value of an option may be. `value` names it in help: `<number>`. */
export type OptionKind =
  | { readonly is: 'switch' }
  | { readonly is: 'text'; readonly value: string }
  | { readonly is: 'integer'; readonly value: string; readonly least: number; readonly most: number }
  | { readonly is: 'choice'; readonly value: string; readonly words: readonly string[] }
  | { readonly is: 'day'; readonly value: string }
  | { readonly is: 'seed'; readonly value: string }
  | { readonly is: 'rate'; readonly value: string }
  | { readonly is: 'list'; readonly value: string }
  | { readonly is: 'shard'; readonly value: string }
  | { readonly is: 'address'; readonly value: string }
  | { readonly is: 'pair'; readonly value: string; readonly separator: ':' | '='; readonly example: string }
  | { readonly is: 'percentages'; readonly value: string; readonly words: readonly string[] }
  | {
      readonly is: 'report'
      readonly value: string
      readonly words: readonly string[]
      readonly printed: readonly string[]
    }

/** What a value of each kind is once it has been read. */
interface Read<Word extends string> {
  readonly switch: boolean
  readonly text: string
  readonly integer: number
  readonly choice: Word
  readonly day: Day
  readonly seed: number | string
  /** A second. */
  readonly rate: number
  readonly list: readonly string[]
  readonly shard: { readonly number: number; readonly of: number }
  readonly address: ApiAddress
  readonly pair: Readonly<Record<string, string>>
  readonly percentages: Readonly<Partial<Record<Word, number>>>
  readonly report: ReportFile<Word>
}

/** The value of a kind. */
export type ValueOf<K extends OptionKind> = Read<
  K extends { readonly words: readonly (infer W extends string)[] } ? W : never
>[K['is']]

/** Returns the kinds of values that options take, by name. */
export const optionKinds = {
  /** On or off; one whose name begins with `no-` is on unless it is stated. */
  flag: { is: 'switch' },
  /** Any text but an empty one. */
  text: <const V extends string>(value: V) => ({ is: 'text', value }) as const,
  /** An integer within bounds, both included. */
  integer: (least: number, most: number, value = 'number') => ({ is: 'integer', value, least, most }) as const,
  /** One of some words. */
  choice: <const W extends string>(words: readonly W[], value = 'name') => ({ is: 'choice', value, words }) as const,
  /** `now`, or a day like 2026-01-15. */
  day: { is: 'day', value: 'day' },
  /** A number where it looks like one, else a word. */
  seed: { is: 'seed', value: 'seed' },
  /** `5/s`, `100/m`, `1000/h`; a number alone is per second. */
  rate: { is: 'rate', value: 'rate' },
  /** Names with commas between them. */
  list: { is: 'list', value: 'names' },
  /** `2/8`; `job/8` takes the number from `JOB_COMPLETION_INDEX`, which Kubernetes sets. */
  shard: { is: 'shard', value: 'i/n' },
  /** An absolute http or https URL without query. */
  address: <const V extends string>(value: V) => ({ is: 'address', value }) as const,
  /** A name and a value. */
  pair: (value: string, separator: ':' | '=', example: string) => ({ is: 'pair', value, separator, example }) as const,
  /** `operations=100,fields=80`. */
  percentages: <const W extends string>(words: readonly W[]) =>
    ({ is: 'percentages', value: 'figures', words }) as const,
  /** A form of report with `=file`; some can do without a file. */
  report: <const W extends string>(words: readonly W[], printed: readonly W[]) =>
    ({ is: 'report', value: 'form', words, printed }) as const,
} as const

/** One option. */
export interface CommandOption {
  /** Without dashes: `max-bytes`. */
  readonly name: string
  /** One letter. */
  readonly short?: string
  readonly kind: OptionKind
  /** As it would be typed. What has a default is never missing. */
  readonly default?: string | number
  /** What holds where it is not stated, for those without a default. */
  readonly otherwise?: string
  readonly says: string
  readonly commands: readonly CommandName[]
  readonly isRequired?: true
  readonly isRepeatable?: true
  /** Several values follow one flag. */
  readonly isVariadic?: true
  /** The value may be left out. */
  readonly isBare?: true
  /** An environment variable that says it where the command line does not. */
  readonly env?: string
  /** A key of the configuration file: its name in camel case, or this one. */
  readonly config?: true | string
  /** `false` leaves it out of the command that repeats a failure. */
  readonly again?: false
}

/** Declares an option; its type keeps name, kind and commands. */
export const option = <const O extends CommandOption>(entry: O): O => entry
