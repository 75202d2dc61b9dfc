// Combines all schemas that a value must satisfy, after one branch of every choice is taken.

import { equal } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import type { Subschema } from './subschema.ts'

/** A type of JSON value. Whole numbers and others are told apart, so that "number but not integer" can be said. */
export type ValueType = 'null' | 'boolean' | 'string' | 'integer' | 'fraction' | 'array' | 'object'

/** All types; earlier ones are preferred where a schema leaves the choice. */
export const valueTypes: readonly ValueType[] = ['string', 'integer', 'boolean', 'object', 'array', 'fraction', 'null']

/** Returns the type of a JSON value. */
export function valueTypeOf(value: unknown): ValueType {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'fraction'
  return typeof value as ValueType
}

/** Returns the types a `type` keyword allows; none for a word that is no type. */
export function valueTypesOf(type: unknown): ReadonlySet<ValueType> {
  const known = byType.get(type)
  if (known) return known
  const kept = readTypes(type)
  if (byType.size > 1_000) byType.clear()
  byType.set(type, kept)
  return kept
}

/** By word, or by the list of words itself, which no document changes. */
const byType = new Map<unknown, ReadonlySet<ValueType>>()

function readTypes(type: unknown): ReadonlySet<ValueType> {
  const words: readonly unknown[] = Array.isArray(type) ? type : [type]
  return new Set(
    words.flatMap((word): ValueType[] => {
      if (word === 'number') return ['integer', 'fraction']
      return valueTypes.includes(word as ValueType) && word !== 'fraction' ? [word as ValueType] : []
    }),
  )
}

/** A schema whose keywords for members or items apply, and the `unevaluated…` keywords that count what it looks at. */
interface Layer {
  readonly subschema: Subschema
  readonly owners: readonly number[]
}

/** A bound of numbers; an open one is not reached. */
export interface Bound {
  readonly value: number
  readonly open: boolean
}

/** Items that must be there: between `min` and `max` that satisfy a schema, none before `from`. */
export interface Contained extends Layer {
  readonly min: number
  readonly max: number
  readonly from: number
}

/** An `unevaluated…` keyword: what it says of members or items that none of its layers has looked at. */
interface Rest extends Layer {
  readonly owner: number
}

/** A member of any name, matching a pattern or else outside of what a schema names, that must satisfy a schema. */
interface Wanted {
  readonly pattern?: string
  readonly outside?: Subschema
  readonly subschema: Subschema
}

/** A conjunction of schemas after every choice is made: what a value of each type must keep to. */
export interface Conjunction {
  types: Set<ValueType>
  /** Kinds that keywords speak of; preferred where several are allowed. */
  hints: Set<ValueType>
  values: readonly unknown[] | undefined
  excluded: readonly unknown[]
  numbers: { min?: Bound; max?: Bound; multiples: readonly number[]; strangers: readonly number[] }
  texts: {
    min: number
    max: number
    patterns: readonly string[]
    forbidden: readonly string[]
    formats: readonly string[]
    encoded: boolean
  }
  arrays: {
    min: number
    max: number
    unique: boolean
    twins: boolean
    layers: readonly Layer[]
    contained: readonly Contained[]
    placed: ReadonlyMap<number, readonly Subschema[]>
    rests: readonly Rest[]
  }
  objects: {
    min: number
    max: number
    required: ReadonlySet<string>
    absent: ReadonlySet<string>
    hidden: ReadonlySet<string>
    layers: readonly Layer[]
    names: readonly Subschema[]
    dependents: readonly (readonly [name: string, needs: readonly string[]])[]
    placed: ReadonlyMap<string, readonly Subschema[]>
    wanted: readonly Wanted[]
    rests: readonly Rest[]
  }
  /** Schema objects that took part, for their annotations; outer ones first. */
  schemas: readonly SchemaObject[]
  /** Whether all that was asked for is in here; if not, values are checked before they are given out. */
  exact: boolean
}

/** Returns the conjunction that anything keeps to. */
export const emptyConjunction = (): Conjunction => ({
  types: new Set(valueTypes),
  hints: new Set(),
  values: undefined,
  excluded: [],
  numbers: { multiples: [], strangers: [] },
  texts: { min: 0, max: Infinity, patterns: [], forbidden: [], formats: [], encoded: false },
  arrays: {
    min: 0,
    max: Infinity,
    unique: false,
    twins: false,
    layers: [],
    contained: [],
    placed: new Map(),
    rests: [],
  },
  objects: {
    min: 0,
    max: Infinity,
    required: new Set(),
    absent: new Set(),
    hidden: new Set(),
    layers: [],
    names: [],
    dependents: [],
    placed: new Map(),
    wanted: [],
    rests: [],
  },
  schemas: [],
  exact: true,
})

/** Returns a conjunction that may be changed without changing the other. */
export const copyConjunction = (conjunction: Conjunction): Conjunction => ({
  ...conjunction,
  types: new Set(conjunction.types),
  hints: new Set(conjunction.hints),
  numbers: { ...conjunction.numbers },
  texts: { ...conjunction.texts },
  arrays: { ...conjunction.arrays },
  objects: { ...conjunction.objects },
})

/** Keeps only these types. */
export function keepTypes(conjunction: Conjunction, kept: ReadonlySet<ValueType>): void {
  conjunction.types = new Set([...conjunction.types].filter((type) => kept.has(type)))
}

/** Keeps only these values. */
export function keepValues(conjunction: Conjunction, values: readonly unknown[]): void {
  conjunction.values = conjunction.values
    ? conjunction.values.filter((value) => values.some((other) => equal(value, other)))
    : values
}

/** Raises the lower bound. */
export function raiseMinimum(conjunction: Conjunction, value: number, open: boolean): void {
  const { min } = conjunction.numbers
  if (!min || value > min.value || (value === min.value && open)) conjunction.numbers.min = { value, open }
}

/** Lowers the upper bound. */
export function lowerMaximum(conjunction: Conjunction, value: number, open: boolean): void {
  const { max } = conjunction.numbers
  if (!max || value < max.value || (value === max.value && open)) conjunction.numbers.max = { value, open }
}

/** Returns a map with one more subschema at a key. */
export const withPlaced = <K>(
  map: ReadonlyMap<K, readonly Subschema[]>,
  key: K,
  subschema: Subschema,
): ReadonlyMap<K, readonly Subschema[]> => new Map(map).set(key, [...(map.get(key) ?? []), subschema])

/** Takes out the types whose rules contradict each other, and returns why, if no type is left. */
export function dropContradictions(conjunction: Conjunction): string | undefined {
  const reasons: string[] = []
  const drop = (reason: string | undefined, ...dropped: readonly ValueType[]): void => {
    if (reason === undefined) return
    if (dropped.some((type) => conjunction.types.delete(type))) reasons.push(reason)
  }
  const {
    numbers: { min, max },
    texts,
    arrays,
    objects,
  } = conjunction
  if (min && max && (min.value > max.value || (min.value === max.value && (min.open || max.open)))) {
    drop(`a minimum of ${min.value} and a maximum of ${max.value}`, 'integer', 'fraction')
  }
  drop(crossed('Length', texts), 'string')
  drop(crossed('Items', arrays), 'array')
  for (const contained of arrays.contained) drop(crossed('Contains', contained), 'array')
  drop(crossed('Properties', objects), 'object')
  const torn = [...objects.required].find((name) => objects.absent.has(name))
  drop(torn === undefined ? undefined : `property ${JSON.stringify(torn)} both required and forbidden`, 'object')
  if (conjunction.values?.length === 0) return 'no value that all of const and enum allow'
  return conjunction.types.size > 0 ? undefined : (reasons[0] ?? 'types that exclude each other')
}

const crossed = (what: string, { min, max }: { readonly min: number; readonly max: number }): string | undefined =>
  min > max ? `min${what} ${min} and max${what} ${max}` : undefined

/** Returns what a conjunction asks of values of a type, in words: `string with minLength 5 and pattern "^a{3}$"`. */
export function describeConjunction(conjunction: Conjunction, type: ValueType): string {
  const rules = [
    ...rulesOf(conjunction, type),
    ...(conjunction.excluded.length > 0 ? [`none of ${JSON.stringify(conjunction.excluded).slice(0, 80)}`] : []),
  ]
  const name = type === 'fraction' ? 'number' : type
  const stated =
    rules.length === 0
      ? name
      : `${name} with ${rules.length > 1 ? `${rules.slice(0, -1).join(', ')} and ` : ''}${rules.at(-1)}`
  return conjunction.exact ? stated : `${stated} that satisfies exactly the branches it should`
}

function rulesOf({ numbers, texts, arrays, objects }: Conjunction, type: ValueType): string[] {
  const quote = (words: readonly string[], keyword: string): string[] =>
    words.map((word) => `${keyword} ${JSON.stringify(word)}`)
  const span = (what: string, { min, max }: { readonly min: number; readonly max: number }): string[] => [
    ...(min > 0 ? [`min${what} ${min}`] : []),
    ...(max < Infinity ? [`max${what} ${max}`] : []),
  ]
  switch (type) {
    case 'string':
      return [
        ...span('Length', texts),
        ...quote(texts.formats, 'format'),
        ...quote(texts.patterns, 'pattern'),
        ...quote(texts.forbidden, 'no match of'),
      ]
    case 'integer':
    case 'fraction':
      return [
        ...(numbers.min ? [`${numbers.min.open ? 'exclusiveMinimum' : 'minimum'} ${numbers.min.value}`] : []),
        ...(numbers.max ? [`${numbers.max.open ? 'exclusiveMaximum' : 'maximum'} ${numbers.max.value}`] : []),
        ...numbers.multiples.map((of) => `multipleOf ${of}`),
      ]
    case 'array':
      return [
        ...span('Items', arrays),
        ...(arrays.unique ? ['uniqueItems'] : []),
        ...(arrays.contained.length > 0 ? ['contains'] : []),
      ]
    case 'object':
      return [
        ...span('Properties', objects),
        ...(objects.required.size > 0 ? [`required ${[...objects.required].join(', ')}`] : []),
        ...(objects.names.length > 0 ? ['propertyNames'] : []),
      ]
    default:
      return []
  }
}
