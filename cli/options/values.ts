import type { CommandName, Kind, ValueOf } from './kinds.ts'
import type { options } from './table.ts'

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
type Value<E> = E extends { readonly kind: infer K extends Kind }
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
export type Values<C extends CommandName> = {
  readonly [E in IsThere<EntryOf<C>> as Key<E>]: Value<E>
} & { readonly [E in Exclude<EntryOf<C>, IsThere<EntryOf<C>>> as Key<E>]?: Value<E> }
