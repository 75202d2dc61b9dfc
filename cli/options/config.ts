import { isObject } from '../../spec/index.ts'
import type { Kind, Option } from './kinds.ts'
import { nounOf } from './readers.ts'
import { configKeyOf, options } from './table.ts'
import type { Camel } from './values.ts'

type Entry = (typeof options)[number]
type Configurable<E = Entry> = E extends { readonly config: true | string } ? E : never
type ConfigKey<E> = E extends { readonly config: infer K extends string }
  ? K
  : E extends { readonly name: infer N extends string }
    ? Camel<N>
    : never
type ConfigValue<E> = E extends { readonly kind: { readonly is: infer I } }
  ? I extends 'whole'
    ? number
    : I extends 'pair'
      ? Readonly<Record<string, string>>
      : I extends 'percents'
        ? Readonly<Record<string, number>>
        : E extends { readonly isRepeatable: true }
          ? readonly string[]
          : string
  : never

/** Keys of a configuration that are no options. */
const others = {
  /** Weight of laws and rules, by code. */
  laws: {
    says: 'weight of a law or rule by its code: off, warn (reported, fails nothing) or error',
    expected: 'off, warn or error by code',
    schema: { type: 'object', additionalProperties: { enum: ['off', 'warn', 'error'] } },
  },
  mode: {
    says: 'documented; strict: fields that are not documented are violations; lenient: they pass even where the document forbids them',
    expected: 'documented, strict or lenient',
    schema: { enum: ['documented', 'strict', 'lenient'] },
  },
} as const

/** What a configuration file says of one API; the command line wins. */
export type ApiConfig = { readonly [E in Configurable as ConfigKey<E>]?: ConfigValue<E> } & {
  readonly laws?: Readonly<Record<string, 'off' | 'warn' | 'error'>>
  readonly mode?: 'documented' | 'strict' | 'lenient'
}

/** JSON Schema, as far as values of a configuration need it. */
interface ConfigSchema {
  readonly type?: 'string' | 'integer' | 'number' | 'array' | 'object'
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: ConfigSchema
  readonly additionalProperties?: ConfigSchema
}

/** One key of a configuration file. */
interface ConfigForm {
  readonly says: string
  /** Completes "expected …". */
  readonly expected: string
  readonly schema: ConfigSchema
}

/** What a configuration file may say of an API, by key. */
export const configForms = Object.fromEntries([
  ...(options as readonly Option[]).flatMap((option) => {
    const key = configKeyOf(option)
    if (key === undefined) return []
    const schema = schemaOf(option.kind, option.isRepeatable)
    return [[key, { says: option.says, expected: expectedOf(option.kind, schema), schema }]]
  }),
  ...Object.entries(others),
]) as Readonly<Record<keyof ApiConfig, ConfigForm>>

function schemaOf(kind: Kind, isRepeatable = false): ConfigSchema {
  switch (kind.is) {
    case 'whole':
      return { type: 'integer', minimum: kind.least, maximum: kind.most }
    case 'pair':
      return { type: 'object', additionalProperties: { type: 'string' } }
    case 'percents':
      return { type: 'object', additionalProperties: { type: 'number', minimum: 0, maximum: 100 } }
    default:
      return isRepeatable ? { type: 'array', items: { type: 'string' } } : { type: 'string' }
  }
}

function expectedOf(kind: Kind, { type }: ConfigSchema): string {
  if (kind.is === 'whole') return nounOf(kind)
  if (kind.is === 'percents') return 'percentages by kind'
  if (kind.is === 'rate') return 'a text like 5/s'
  return type === 'object' ? 'texts by name' : type === 'array' ? 'a list of texts' : 'a text'
}

/** Tells whether a value of a configuration is what its schema says. */
export function fitsConfig(schema: ConfigSchema, value: unknown): boolean {
  const { type, enum: words, minimum = -Infinity, maximum = Infinity, items = {}, additionalProperties = {} } = schema
  if (words) return typeof value === 'string' && words.includes(value)
  if (type === 'array') return Array.isArray(value) && value.every((item) => fitsConfig(items, item))
  if (type === 'object')
    return isObject(value) && Object.values(value).every((item) => fitsConfig(additionalProperties, item))
  if (type === 'string') return typeof value === 'string'
  return (
    typeof value === 'number' && (type === 'number' || Number.isInteger(value)) && value >= minimum && value <= maximum
  )
}
