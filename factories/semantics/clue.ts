// Reads from a name and a schema all that tells which value belongs there.

import { isObject } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import type { NamedSchema } from '../sample/sampler.ts'
import { singularWord, nameWords } from './words.ts'

/** Kinds of JSON values that a schema tells apart. */
type Type = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null'

/** All that a place tells about the value that belongs there. */
export interface Clue {
  /** Of the name. */
  readonly words: readonly string[]
  /** Of the property above, the nearest that says something. */
  readonly owner: readonly string[]
  /** Of the owner and its own owner. */
  readonly around: ReadonlySet<string>
  /** In lower case. */
  readonly description: string
  /** Words of the description, with and without a plural s. */
  readonly said: ReadonlySet<string>
  readonly format: string
  readonly types: ReadonlySet<Type>
  /** No type is stated nor to be guessed. */
  readonly isOpen: boolean
  /** Numbers are whole. */
  readonly isWhole: boolean
  readonly nullable: boolean
  readonly examples: readonly unknown[]
  readonly schema: SchemaObject
}

const formats: Readonly<Record<string, Type>> = {
  int32: 'integer',
  int64: 'integer',
  float: 'number',
  double: 'number',
}
const keywords: readonly (readonly [Type, string])[] = [
  ['string', 'pattern minLength maxLength contentEncoding contentMediaType'],
  ['number', 'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf'],
  ['object', 'properties additionalProperties patternProperties required'],
  ['array', 'items prefixItems minItems maxItems'],
]
/** Names of properties that say nothing about what is in them. */
const empty = new Set([
  'data',
  'item',
  'result',
  'record',
  'value',
  'content',
  'node',
  'edge',
  'element',
  'entry',
  'attribute',
  'property',
  'body',
  'payload',
  'object',
  'response',
  'list',
])

/** What comes after the first sentences of a description is about something else. */
const longest = 180

/** Returns what a leaf tells. */
export function clueOf({ name, parents, schema }: NamedSchema): Clue {
  const types = typesOf(schema)
  const owners = parents
    .map(nameWords)
    .filter((words) => words.length > 0 && !empty.has(words.join(' ')))
    .toReversed()
  const description = [schema.title, schema.description]
    .filter((text) => typeof text === 'string')
    .join(' ')
    .slice(0, longest)
    .toLowerCase()
  return {
    words: nameWords(name),
    owner: unwrapped(owners[0] ?? []),
    around: new Set(owners.slice(0, 2).flat()),
    description,
    said: new Set(description.split(/[^a-z]+/).flatMap((word) => [word, singularWord(word)])),
    format: typeof schema.format === 'string' ? schema.format.toLowerCase() : '',
    types,
    isOpen: types.size === 0,
    isWhole: types.has('integer') && !types.has('number'),
    nullable: isNullable(schema),
    examples: examplesOf(schema),
    schema,
  }
}

/** What wraps records is called after them: an `OrderPage` is about orders. */
const wrappings = new Set(['page', 'list', 'response', 'result', 'collection', 'connection', 'envelope'])
const unwrapped = (words: readonly string[]): readonly string[] =>
  words.length > 1 && wrappings.has(words.at(-1) ?? '') ? unwrapped(words.slice(0, -1)) : words

function typesOf({ type, format, ...schema }: SchemaObject): ReadonlySet<Type> {
  if (typeof type === 'string') return new Set([type as Type])
  if (Array.isArray(type)) return new Set(type as Type[])
  if (typeof format === 'string') return new Set([formats[format] ?? 'string'])
  return new Set(keywords.filter(([, words]) => words.split(' ').some((word) => word in schema)).map(([kind]) => kind))
}

/** The `nullable` of OpenAPI 3.0 is no keyword of JSON Schema: it counts once it has become a type. */
function isNullable({ type, enum: values, anyOf, oneOf }: SchemaObject): boolean {
  if (type === 'null' || (Array.isArray(type) && type.includes('null'))) return true
  if (Array.isArray(values) && values.includes(null)) return true
  return [anyOf, oneOf].some(
    (branches) => Array.isArray(branches) && branches.some((branch) => isObject(branch) && isNullable(branch)),
  )
}

/** Returns the examples of a schema: `examples`, or the `example` of OpenAPI 3.0. */
function examplesOf({ examples, example }: SchemaObject): readonly unknown[] {
  if (Array.isArray(examples)) return examples
  return example === undefined ? [] : Array.isArray(example) ? example : [example]
}
