import { fits } from './node.ts'
import type { Test } from './node.ts'
import { othersOf } from './objects.ts'
import { isTable, own } from './schema.ts'
import type { Compile, PlainSchema } from './schema.ts'

type Table = Readonly<Record<string, unknown>>
/** Returns the schema a reference leads to. */
export type Follow = (reference: string) => PlainSchema

/** Returns the test of `unevaluatedProperties` and `unevaluatedItems`: what no subschema that fits has looked at must fit. */
export function unevaluatedTest(schema: Table, compile: Compile, follow: Follow): Test | undefined {
  if (schema.unevaluatedProperties === undefined && schema.unevaluatedItems === undefined) return undefined
  return (value: unknown) => strangersOf(schema, value, compile, follow).length === 0
}

/** Returns the names or indices that no subschema has looked at and that do not fit what is asked of those. */
export function strangersOf(
  schema: Table,
  value: unknown,
  compile: Compile,
  follow: Follow,
): readonly (string | number)[] {
  const { unevaluatedProperties: names, unevaluatedItems: items } = schema
  const seen = new Set<string | number>()
  if (typeof value !== 'object' || value === null) return []
  look({ ...schema, unevaluatedProperties: undefined, unevaluatedItems: undefined }, value, seen, { compile, follow })
  if (Array.isArray(value))
    return items === undefined
      ? []
      : [...value.keys()].filter((index) => !seen.has(index) && !fits(compile(items as PlainSchema), value[index]))
  return names === undefined
    ? []
    : Object.keys(value).filter((name) => !seen.has(name) && !fits(compile(names as PlainSchema), own(value, name)))
}

interface Means {
  readonly compile: Compile
  readonly follow: Follow
}

/** Notes what a schema looks at, and those that apply beside it. */
function look(schema: PlainSchema, value: object, seen: Set<string | number>, means: Means): void {
  if (typeof schema !== 'object') return
  for (const name of Array.isArray(value) ? itemsSeen(schema, value, means) : namesSeen(schema, value)) seen.add(name)
  for (const inner of beside(schema, value, means))
    if (fits(means.compile(inner), value)) look(inner, value, seen, means)
}

function namesSeen(schema: Table, value: object): readonly string[] {
  if (schema.additionalProperties !== undefined || schema.unevaluatedProperties !== undefined) return Object.keys(value)
  const others = new Set(othersOf(schema)(value))
  return Object.keys(value).filter((name) => !others.has(name))
}

function itemsSeen(
  { items, unevaluatedItems, prefixItems, contains }: Table,
  value: readonly unknown[],
  { compile }: Means,
): readonly number[] {
  if (items !== undefined || unevaluatedItems !== undefined) return [...value.keys()]
  const node = contains === undefined ? undefined : compile(contains as PlainSchema)
  const first = Array.isArray(prefixItems) ? prefixItems.length : 0
  return [...value.keys()].filter((index) => index < first || (node !== undefined && fits(node, value[index])))
}

/** Subschemas that apply to the same value. */
function beside(schema: Table, value: object, { compile, follow }: Means): readonly PlainSchema[] {
  const { $ref, dependentSchemas } = schema
  const lists = [schema.allOf, schema.anyOf, schema.oneOf].flatMap((list) =>
    Array.isArray(list) ? (list as PlainSchema[]) : [],
  )
  const branches =
    schema.if === undefined
      ? []
      : [schema.if, fits(compile(schema.if as PlainSchema), value) ? schema.then : schema.else]
  const dependent = Object.entries(isTable(dependentSchemas) ? dependentSchemas : {}).flatMap(([name, inner]) =>
    own(value, name) === undefined ? [] : [inner],
  )
  return [
    ...(typeof $ref === 'string' ? [follow($ref)] : []),
    ...lists,
    ...branches.filter((branch) => branch !== undefined),
    ...dependent,
  ] as PlainSchema[]
}
