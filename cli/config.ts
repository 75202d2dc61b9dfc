// Finds, reads and validates the configuration file.

import { existsSync } from 'node:fs'
import { failure, isObject, suggest } from '../spec/index.ts'
import { importData } from './import-module.ts'
import { readTextFile } from './read-file.ts'
import type { CommandOption, OptionKind } from './options/kinds.ts'
import { describeKind } from './options/read.ts'
import { configKeyOf, options } from './options/table.ts'
import type { Camel } from './options/table.ts'
import { warnLine } from './output.ts'

const usual = ['proforma.config.json', 'proforma.config.js', 'proforma.config.mjs']

/**
 * Returns what the configuration file says of an API, nothing where there is no file or it does not name the API; where it names
 * only others, that is said on standard error.
 * @throws Failure for a file that cannot be read, an unknown key (with a suggestion), or a value of another form.
 */
export async function configFor(
  api: string,
  file: string | undefined = usual.find((name) => existsSync(name)),
): Promise<ApiConfig> {
  if (file === undefined) return {}
  const value = file.endsWith('.json')
    ? parse(file)
    : await importData(file, { what: `read ${file}`, expected: 'a module that exports an object of data as default' })
  if (!isObject(value))
    throw failure(`read ${file}`, { expected: 'an object', received: JSON.stringify(value) ?? 'nothing' })
  known(Object.keys(value), ['$schema', 'apis'], file, '')
  const apis = value.apis ?? {}
  if (!isObject(apis)) throw failure(`read ${file}`, { expected: 'an object at apis', received: JSON.stringify(apis) })
  for (const [name, stated] of Object.entries(apis)) vet(stated, file, `apis.${name}`)
  if (Object.hasOwn(apis, api)) return apis[api] as ApiConfig
  const others = Object.keys(apis)
  if (others.length > 0) warnLine(`${file} says nothing of ${JSON.stringify(api)}. ${suggest(api, others)}`)
  return {}
}

function vet(stated: unknown, file: string, where: string): void {
  if (!isObject(stated))
    throw failure(`read ${file}`, { expected: `an object at ${where}`, received: JSON.stringify(stated) })
  known(Object.keys(stated), Object.keys(configForms), file, ` at ${where}`)
  for (const [key, value] of Object.entries(stated)) {
    const { expected, schema } = configForms[key as keyof ApiConfig]
    // Headers are not shown: they may be secret.
    if (!fitsConfig(schema, value))
      throw failure(`read ${file}`, {
        expected: `${expected} at ${where}.${key}`,
        received: key === 'headers' ? 'something else' : (JSON.stringify(value) ?? 'nothing'),
      })
  }
}

function known(keys: readonly string[], names: readonly string[], file: string, where: string): void {
  const stranger = keys.find((key) => !names.includes(key))
  if (stranger !== undefined)
    throw failure(`read ${file}`, {
      expected: `keys that exist${where}`,
      received: JSON.stringify(stranger),
      cure: suggest(stranger, names),
    })
}

function parse(file: string): unknown {
  const text = readTextFile(file, 'a readable JSON file')
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw failure(`read ${file}`, { expected: 'a readable JSON file', received: (error as Error).message })
  }
}

type Entry = (typeof options)[number]
type Configurable<E = Entry> = E extends { readonly config: true | string } ? E : never
type ConfigKey<E> = E extends { readonly config: infer K extends string }
  ? K
  : E extends { readonly name: infer N extends string }
    ? Camel<N>
    : never
type ConfigValue<E> = E extends { readonly kind: { readonly is: infer I } }
  ? I extends 'integer'
    ? number
    : I extends 'pair'
      ? Readonly<Record<string, string>>
      : I extends 'percentages'
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
  ...(options as readonly CommandOption[]).flatMap((option) => {
    const key = configKeyOf(option)
    if (key === undefined) return []
    const schema = schemaOf(option.kind, option.isRepeatable)
    return [[key, { says: option.says, expected: expectedOf(option.kind, schema), schema }]]
  }),
  ...Object.entries(others),
]) as Readonly<Record<keyof ApiConfig, ConfigForm>>

function schemaOf(kind: OptionKind, isRepeatable = false): ConfigSchema {
  switch (kind.is) {
    case 'integer':
      return { type: 'integer', minimum: kind.least, maximum: kind.most }
    case 'pair':
      return { type: 'object', additionalProperties: { type: 'string' } }
    case 'percentages':
      return { type: 'object', additionalProperties: { type: 'number', minimum: 0, maximum: 100 } }
    default:
      return isRepeatable ? { type: 'array', items: { type: 'string' } } : { type: 'string' }
  }
}

function expectedOf(kind: OptionKind, { type }: ConfigSchema): string {
  if (kind.is === 'integer') return describeKind(kind)
  if (kind.is === 'percentages') return 'percentages by kind'
  if (kind.is === 'rate') return 'a text like 5/s'
  return type === 'object' ? 'texts by name' : type === 'array' ? 'a list of texts' : 'a text'
}

/** Tells whether a value of a configuration is what its schema says. */
function fitsConfig(schema: ConfigSchema, value: unknown): boolean {
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
