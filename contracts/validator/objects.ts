import { every, fits } from './node.ts'
import type { Node, Test } from './node.ts'
import { isTable, own } from './schema.ts'
import type { Compile, PlainSchema } from './schema.ts'

type Table = Readonly<Record<string, unknown>>

const textsOf = (list: unknown): readonly string[] => (Array.isArray(list) ? (list as string[]) : [])

/** Returns the test of what a schema asks of objects; `undefined` where it asks nothing. */
export const objectTest = (schema: Table, compile: Compile): Test | undefined =>
  every([propertiesTest(schema, compile), besideProperties(schema, compile)])

/** Returns the test of what a schema asks of objects but for `properties` and `required`; `undefined` where that is nothing. */
export function besideProperties(schema: Table, compile: Compile): Test | undefined {
  const { minProperties, maxProperties } = schema
  return every([
    typeof minProperties === 'number' ? (value: Table) => Object.keys(value).length >= minProperties : undefined,
    typeof maxProperties === 'number' ? (value: Table) => Object.keys(value).length <= maxProperties : undefined,
    restTest(schema, compile),
    schema.propertyNames === undefined ? undefined : namesTest(schema.propertyNames as PlainSchema, compile),
    dependentTest(schema, compile),
  ])
}

/** Goes through what is there: members mostly come in the order in which they are documented, and then their names need not be looked up. */
function propertiesTest({ properties, required }: Table, compile: Compile): Test | undefined {
  const table = isTable(properties) ? properties : {}
  const names = [...new Set([...Object.keys(table), ...textsOf(required)])]
  const nodes = names.map((name) => compile(own(table, name) === undefined ? true : (own(table, name) as PlainSchema)))
  const isRequired = names.map((name) => textsOf(required).includes(name))
  const places = new Map(names.map((name, index) => [name, index]))
  const musts = isRequired.filter(Boolean).length
  if (names.length === 0) return undefined
  return (value: Table) => {
    let next = 0
    let met = 0
    for (const name in value) {
      if (names[next] !== name) {
        const place = places.get(name)
        if (place === undefined) continue
        next = place
      }
      const inner = value[name]
      if (inner !== undefined) {
        if (isRequired[next]) met++
        if (!fits(nodes[next] as Node, inner)) return false
      }
      next++
    }
    return met === musts
  }
}

/** Returns the names of an object that neither `properties` nor `patternProperties` speak of. */
export function othersOf({ properties, patternProperties }: Table): (value: object) => readonly string[] {
  const known = new Set(isTable(properties) ? Object.keys(properties) : [])
  const patterns = Object.keys(isTable(patternProperties) ? patternProperties : {}).map(
    (pattern) => new RegExp(pattern, 'u'),
  )
  return (value) =>
    Object.keys(value).filter((name) => !known.has(name) && !patterns.some((pattern) => pattern.test(name)))
}

function restTest(schema: Table, compile: Compile): Test | undefined {
  const patterns = Object.entries(isTable(schema.patternProperties) ? schema.patternProperties : {}).map(
    ([pattern, inner]) => [new RegExp(pattern, 'u'), compile(inner)] as const,
  )
  const rest =
    schema.additionalProperties === undefined || schema.additionalProperties === true
      ? undefined
      : compile(schema.additionalProperties as PlainSchema)
  const others = othersOf(schema)
  return every([
    patterns.length === 0
      ? undefined
      : (value: Table) =>
          Object.keys(value).every((name) =>
            patterns.every(([pattern, node]) => !pattern.test(name) || fits(node, value[name])),
          ),
    rest && ((value: Table) => others(value).every((name) => fits(rest, value[name]))),
  ])
}

function namesTest(schema: PlainSchema, compile: Compile): Test {
  const node = compile(schema)
  return (value: Table) => Object.keys(value).every((name) => fits(node, name))
}

function dependentTest({ dependentRequired, dependentSchemas }: Table, compile: Compile): Test | undefined {
  const required = Object.entries(isTable(dependentRequired) ? dependentRequired : {})
  const schemas = Object.entries(isTable(dependentSchemas) ? dependentSchemas : {}).map(
    ([name, inner]) => [name, compile(inner)] as const,
  )
  return every([
    required.length === 0
      ? undefined
      : (value: object) =>
          required.every(
            ([name, names]) =>
              own(value, name) === undefined || textsOf(names).every((other) => own(value, other) !== undefined),
          ),
    schemas.length === 0
      ? undefined
      : (value: object) => schemas.every(([name, node]) => own(value, name) === undefined || fits(node, value)),
  ])
}
