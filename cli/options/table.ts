// Joins all options into one table and derives their names, help texts and types.

import { documentOptions } from './documents.ts'
import { invoiceOptions } from './invoices.ts'
import type { CommandName, CommandOption, OptionKind, ValueOf } from './kinds.ts'
import { limitOptions, servingOptions } from './serving.ts'
import { outputOptions, seedingOptions } from './output.ts'
import { requestOptions } from './requests.ts'

/** Every option of every command, in the order in which help lists them. */
export const options = [
  ...requestOptions,
  ...outputOptions,
  ...servingOptions,
  ...limitOptions,
  ...invoiceOptions,
  ...seedingOptions,
  ...documentOptions,
] as const

/** Returns the options of a command. */
export const optionsOf = (command: CommandName): readonly CommandOption[] =>
  (options as readonly CommandOption[]).filter(({ commands }) => commands.includes(command))

/** `max-bytes` is `maxBytes`, `no-watch` is `watch`. */
export const optionKey = (name: string): string =>
  name.replace(/^no-/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Returns the key of an option in a configuration file, `undefined` where it has none. */
export const configKeyOf = ({ name, config }: CommandOption): string | undefined =>
  config === true ? optionKey(name) : config

/** Returns an option as help writes it: `-n, --invoices <number>`. */
export function optionSyntax({ name, short, kind, isBare, isVariadic }: CommandOption): string {
  const value = kind.is === 'switch' ? '' : isBare ? ` [${kind.value}]` : ` <${kind.value}${isVariadic ? '...' : ''}>`
  return `${short === undefined ? '' : `-${short}, `}--${name}${value}`
}

/** Returns what help says of an option. */
export function optionHelp({ says, isRepeatable, default: usual, otherwise, env }: CommandOption): string {
  const preset = otherwise ?? usual
  const notes = [...(preset === undefined ? [] : [`default: ${preset}`]), ...(env === undefined ? [] : [`env: ${env}`])]
  return `${says}${isRepeatable ? '; repeatable' : ''}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`
}

type Entry = (typeof options)[number]

/** The options of a command. */
type EntryOf<C extends CommandName, E = Entry> = E extends { readonly commands: readonly (infer N)[] }
  ? C extends N
    ? E
    : never
  : never

export type Camel<N extends string> = N extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : N
type Key<E> = E extends { readonly name: infer N extends string }
  ? N extends `no-${infer R}`
    ? Camel<R>
    : Camel<N>
  : never

type Many<E, T> = E extends { readonly isRepeatable: true } | { readonly isVariadic: true } ? readonly T[] : T
type Bare<E> = E extends { readonly isBare: true } ? true : never

/** As commander hands an option over. */
type Raw<E> = E extends { readonly kind: { readonly is: 'switch' } } ? boolean : Many<E, string> | Bare<E>

/** As {@link readOptions} returns it. Pairs make one table, however often the option is repeated. */
type Value<E> = E extends { readonly kind: infer K extends OptionKind }
  ? (K['is'] extends 'pair' ? ValueOf<K> : Many<E, ValueOf<K>>) | Bare<E>
  : never

type IsThere<E> = E extends
  | { readonly default: unknown }
  | { readonly isRequired: true }
  | { readonly kind: { readonly is: 'switch' } }
  ? E
  : never

/** The options of a command as the command line has them: texts. */
export type Flags<C extends CommandName> = { readonly [E in EntryOf<C> as Key<E>]?: Raw<E> }

/** The options of a command, read; what is not stated and has no default is missing. */
export type OptionValues<C extends CommandName> = {
  readonly [E in IsThere<EntryOf<C>> as Key<E>]: Value<E>
} & { readonly [E in Exclude<EntryOf<C>, IsThere<EntryOf<C>>> as Key<E>]?: Value<E> }
