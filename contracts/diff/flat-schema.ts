// Gathers everything about a schema that is compared, through references and allOf.

import { atPointer, isObject, join, resolve } from '../../spec/index.ts'
import type { Document, Pointer } from '../../spec/index.ts'
import { resolvedSchema } from '../samples.ts'

/** A property, and where it stands. */
export interface FlatProperty {
  readonly pointer: Pointer
  readonly isRequired: boolean
}

/** Everything about a schema that is compared: `allOf` flattened, a choice between something and null taken for that thing or null. */
export interface FlatSchema {
  readonly pointer: Pointer
  /** Where it stands itself, where it is the only branch of a choice. */
  readonly self: Pointer
  readonly own: Readonly<Record<string, unknown>>
  /** Where each keyword stands. */
  readonly places: ReadonlyMap<string, Pointer>
  readonly properties: ReadonlyMap<string, FlatProperty>
  readonly isClosed: boolean
  readonly branches: readonly Pointer[]
  /** Types of its values; `undefined` where they may be of any. */
  readonly types: ReadonlySet<string> | undefined
}

const isNull = (schema: unknown): boolean =>
  isObject(schema) &&
  (schema.type === 'null' ||
    schema.const === null ||
    (Array.isArray(schema.enum) && schema.enum.length === 1 && schema.enum[0] === null))

/** Deeper ones are taken as they stand. */
const deepest = 10

/** Returns everything about the schema at a pointer that is compared. */
export function flatSchemaAt(document: Document, pointer: Pointer, depth = 0): FlatSchema {
  const here = atPointer(document, pointer) === undefined ? pointer : resolve(document, pointer).pointer
  const stated = resolvedSchema(document, pointer)
  const [keyword, list] =
    (['anyOf', 'oneOf'] as const)
      .map((name) => [name, stated[name]] as const)
      .find((entry): entry is readonly ['anyOf' | 'oneOf', unknown[]] => Array.isArray(entry[1])) ?? []
  const open = list?.flatMap((branch, index) => (isNull(branch) ? [] : [index])) ?? []
  const isSole = keyword !== undefined && open.length === 1 && depth < deepest
  const { [keyword ?? '']: _, ...rest } = stated
  const own = isSole ? rest : stated
  const inner = (places: readonly Pointer[]): FlatSchema[] =>
    places.map((place) => flatSchemaAt(document, place, depth + 1))
  const parts = [
    ...(isSole ? inner([join(here, keyword, open[0] as number)]) : []),
    ...(Array.isArray(own.allOf) && depth < deepest
      ? inner(own.allOf.map((_part, index) => join(here, 'allOf', index)))
      : []),
  ]
  const merged = Object.assign({}, ...parts.map((part) => part.own), own) as FlatSchema['own']
  const branches = [
    ...(isSole ? [] : ['oneOf', 'anyOf']).flatMap((name) =>
      Array.isArray(own[name]) ? own[name].map((_branch, index) => join(here, name, index)) : [],
    ),
    ...parts.flatMap((part) => part.branches),
  ]
  const mayBeNull = isSole && open.length < (list?.length ?? 0)
  const types = typesOf(document, merged, branches, parts, depth)
  return {
    pointer: here,
    self: isSole ? (parts[0]?.self ?? here) : here,
    own: merged,
    places: new Map([
      ...parts.flatMap((part) => [...part.places]),
      ...Object.keys(own).map((name) => [name, join(here, name)] as const),
    ]),
    properties: propertiesOf(own, here, parts),
    isClosed:
      own.additionalProperties === false ||
      own.unevaluatedProperties === false ||
      parts.some(({ isClosed }) => isClosed),
    branches,
    types: types && mayBeNull ? new Set([...types, 'null']) : types,
  }
}

function propertiesOf(
  own: FlatSchema['own'],
  here: Pointer,
  parts: readonly FlatSchema[],
): ReadonlyMap<string, FlatProperty> {
  const required = new Set(Array.isArray(own.required) ? own.required.map(String) : [])
  const stated = Object.keys(isObject(own.properties) ? own.properties : {}).map((name): [string, FlatProperty] => [
    name,
    { pointer: join(here, 'properties', name), isRequired: required.has(name) },
  ])
  const properties = new Map<string, FlatProperty>()
  for (const [name, property] of [...parts.flatMap((part) => [...part.properties]), ...stated])
    properties.set(name, {
      pointer: property.pointer,
      isRequired: property.isRequired || required.has(name) || (properties.get(name)?.isRequired ?? false),
    })
  return properties
}

/** What has a word has its type; a choice has the types of its branches. */
function typesOf(
  document: Document,
  { type, enum: words, const: only }: FlatSchema['own'],
  branches: readonly Pointer[],
  parts: readonly FlatSchema[],
  depth: number,
): ReadonlySet<string> | undefined {
  const whole = (types: Iterable<string>): ReadonlySet<string> => {
    const set = new Set(types)
    return set.has('number') ? new Set([...set, 'integer']) : set
  }
  if (type !== undefined) return whole([type].flat().map(String))
  const values = Array.isArray(words) ? words : only === undefined ? [] : [only]
  if (values.length > 0) return whole(values.map(jsonType))
  if (branches.length > 0 && depth < deepest) {
    const each = branches.map((branch) => flatSchemaAt(document, branch, depth + 1).types)
    return each.every((types) => types !== undefined) ? whole(each.flatMap((types) => [...types])) : undefined
  }
  return parts.find((part) => part.types !== undefined)?.types
}

const jsonType = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'number' ? 'number' : typeof value
