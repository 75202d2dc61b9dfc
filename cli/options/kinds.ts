import type { Day } from '../../spec/index.ts'
import type { Address, ReportFile } from './readers.ts'

/** Commands, in the order in which help lists them. */
export const commandNames = [
  'serve',
  'check',
  'proxy',
  'fuzz',
  'diff',
  'validator',
  'seed',
  'lint',
  'roles',
  'resources',
  'init',
  'export-examples',
] as const
export type CommandName = (typeof commandNames)[number]

/** What the value of an option may be. `value` names it in help: `<number>`. */
export type Kind =
  | { readonly is: 'switch' }
  | { readonly is: 'text'; readonly value: string }
  | { readonly is: 'whole'; readonly value: string; readonly least: number; readonly most: number }
  | { readonly is: 'word'; readonly value: string; readonly words: readonly string[] }
  | { readonly is: 'day'; readonly value: string }
  | { readonly is: 'seed'; readonly value: string }
  | { readonly is: 'rate'; readonly value: string }
  | { readonly is: 'names'; readonly value: string }
  | { readonly is: 'shard'; readonly value: string }
  | { readonly is: 'address'; readonly value: string }
  | { readonly is: 'pair'; readonly value: string; readonly separator: ':' | '='; readonly example: string }
  | { readonly is: 'percents'; readonly value: string; readonly words: readonly string[] }
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
  readonly whole: number
  readonly word: Word
  readonly day: Day
  readonly seed: number | string
  /** A second. */
  readonly rate: number
  readonly names: readonly string[]
  readonly shard: { readonly number: number; readonly of: number }
  readonly address: Address
  readonly pair: Readonly<Record<string, string>>
  readonly percents: Readonly<Partial<Record<Word, number>>>
  readonly report: ReportFile<Word>
}

/** The value of a kind. */
export type ValueOf<K extends Kind> = Read<
  K extends { readonly words: readonly (infer W extends string)[] } ? W : never
>[K['is']]

/** On or off; one whose name begins with `no-` is on unless it is stated. */
export const flag = { is: 'switch' } as const

/** Any text but an empty one. */
export const text = <const V extends string>(value: V) => ({ is: 'text', value }) as const

/** A whole number within bounds, both included. */
export const whole = (least: number, most: number, value = 'number') => ({ is: 'whole', value, least, most }) as const

/** One of some words. */
export const word = <const W extends string>(words: readonly W[], value = 'name') =>
  ({ is: 'word', value, words }) as const

/** `now`, or a day like 2026-01-15. */
export const day = { is: 'day', value: 'day' } as const

/** A number where it looks like one, else a word. */
export const seed = { is: 'seed', value: 'seed' } as const

/** `5/s`, `100/m`, `1000/h`; a number alone is a second's. */
export const rate = { is: 'rate', value: 'rate' } as const

/** Names with commas between them. */
export const names = { is: 'names', value: 'names' } as const

/** `2/8`; `job/8` takes the number from `JOB_COMPLETION_INDEX`, which Kubernetes sets. */
export const shard = { is: 'shard', value: 'i/n' } as const

/** An absolute http or https URL without query. */
export const address = <const V extends string>(value: V) => ({ is: 'address', value }) as const

/** A name and a value. */
export const pair = (value: string, separator: ':' | '=', example: string) =>
  ({ is: 'pair', value, separator, example }) as const

/** `operations=100,fields=80`. */
export const percents = <const W extends string>(words: readonly W[]) =>
  ({ is: 'percents', value: 'figures', words }) as const

/** A form of report with `=file`; some can do without a file. */
export const report = <const W extends string>(words: readonly W[], printed: readonly W[]) =>
  ({ is: 'report', value: 'form', words, printed }) as const

/** One option. */
export interface Option {
  /** Without dashes: `max-bytes`. */
  readonly name: string
  /** One letter. */
  readonly short?: string
  readonly kind: Kind
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
export const option = <const O extends Option>(entry: O): O => entry
