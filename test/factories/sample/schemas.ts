import * as fc from 'fast-check'

type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value }
type Schema = boolean | Record<string, unknown>

const names = ['id', 'kind', 'total', 'lines', 'note', 'a/b', 'x~y']

/** Values with few names, so that schemas made of different values meet. */
const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<Value>(null, true, false, 0, 1, 7, -3, 12.5, 0.01, '', 'a', 'abc', 'INV-1', '2024-02-29'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

const typeOf = (value: Value): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

/** Schemas, most of which the value does not satisfy. */
const otherSchema: fc.Arbitrary<Schema> = fc.oneof(
  fc.constantFrom<Schema>(
    { type: 'integer' },
    { type: ['string', 'null'] },
    { minLength: 2 },
    { maximum: 5 },
    { required: ['kind'] },
    { minItems: 2 },
    { pattern: '^[A-Z]' },
    { multipleOf: 0.5 },
    { properties: { total: { type: 'number' } } },
    { items: { type: 'string' } },
    { const: 'abc' },
    { enum: [1, null, 'a'] },
    false,
    { maxProperties: 1 },
    { not: { type: 'object' } },
  ),
  anyValue.map((value) => ({ const: value })),
)

/** Returns schemas that a value satisfies. */
function schemasOf(value: Value, depth = 0): fc.Arbitrary<Schema> {
  const inner = (part: Value): fc.Arbitrary<Schema> => (depth > 2 ? fc.constant(true) : schemasOf(part, depth + 1))
  const plain: fc.Arbitrary<Schema>[] = [
    fc.constant({ type: typeOf(value) }),
    fc.constant({ type: [typeOf(value), typeOf(value) === 'null' ? 'boolean' : 'null'] }),
    anyValue.map((other) => ({ enum: [value, ...(JSON.stringify(other) === JSON.stringify(value) ? [] : [other])] })),
    ...byKind(value, inner),
  ]
  if (depth > 2) return fc.oneof(...plain)
  const same = schemasOf(value, depth + 1)
  return fc.oneof(
    { weight: 3, arbitrary: fc.oneof(...plain) },
    { weight: 1, arbitrary: fc.array(same, { minLength: 1, maxLength: 3 }).map((allOf) => ({ allOf })) },
    { weight: 1, arbitrary: fc.tuple(same, otherSchema).map((anyOf) => ({ anyOf })) },
    { weight: 1, arbitrary: same.map((oneOf) => ({ oneOf: [oneOf, false] })) },
    { weight: 1, arbitrary: same.map((schema) => ({ not: { not: schema } })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.oneof(same, otherSchema), same)
        .map(([condition, then]) => ({ if: condition, then, else: then })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.oneof(...plain), fc.oneof(...plain))
        .map(([left, right]) => ({ ...(left as object), ...(right as object) })),
    },
  )
}

function byKind(value: Value, inner: (part: Value) => fc.Arbitrary<Schema>): fc.Arbitrary<Schema>[] {
  if (typeof value === 'number')
    return [
      fc.nat(9).map((slack) => ({ minimum: value - slack, maximum: value + slack })),
      fc.constant({ exclusiveMinimum: value - 1 }),
      fc.constant({ multipleOf: Number.isInteger(value) ? 1 : 0.01 }),
    ]
  if (typeof value === 'string')
    return [
      fc.nat(3).map((slack) => ({ minLength: Math.max(0, value.length - slack), maxLength: value.length + slack })),
      fc.constant({ pattern: `^${value.slice(0, 2)}` }),
    ]
  if (Array.isArray(value)) return ofArray(value as Value[], inner)
  if (typeof value === 'object' && value !== null) return ofObject(value as Record<string, Value>, inner)
  return [fc.constant({ const: value })]
}

function ofArray(value: readonly Value[], inner: (part: Value) => fc.Arbitrary<Schema>): fc.Arbitrary<Schema>[] {
  const prefix = fc.tuple(...value.map(inner))
  const texts = value.map((item) => JSON.stringify(item))
  return [
    fc.nat(2).map((slack) => ({ minItems: Math.max(0, value.length - slack), maxItems: value.length + slack })),
    ...(value.length > 0
      ? [
          prefix.map((prefixItems) => ({ prefixItems, items: false })),
          prefix.map((prefixItems) => ({ prefixItems, unevaluatedItems: false })),
          inner(value[0] as Value).map((contains) => ({ contains })),
          inner(value[0] as Value).chain((contains) =>
            fc.nat(1).map((minContains) => ({ contains, minContains, maxContains: value.length })),
          ),
        ]
      : []),
    ...(new Set(texts).size === value.length ? [fc.constant({ uniqueItems: true })] : []),
  ]
}

function ofObject(
  value: Readonly<Record<string, Value>>,
  inner: (part: Value) => fc.Arbitrary<Schema>,
): fc.Arbitrary<Schema>[] {
  const own = Object.keys(value)
  const properties = fc.record(Object.fromEntries(own.map((name) => [name, inner(value[name] as Value)])), {
    noNullPrototype: true,
  })
  return [
    properties.map((members) => ({ properties: members })),
    properties.map((members) => ({ properties: members, required: own, additionalProperties: false })),
    properties.map((members) => ({ allOf: [{ properties: members }], unevaluatedProperties: false })),
    fc.subarray(own).map((required) => ({ required })),
    fc.nat(2).map((slack) => ({ minProperties: Math.max(0, own.length - slack), maxProperties: own.length + slack })),
    fc.constant({ propertyNames: { maxLength: 5 } }),
    fc.constant({ dependentRequired: { id: own } }),
    fc.constant({
      additionalProperties: { type: [...new Set([...own.map((name) => typeOf(value[name] as Value)), 'null'])] },
    }),
    properties.map((members) => ({
      properties: members,
      patternProperties: { '^[a-z]+$': true, '^x-': { type: 'string' } },
    })),
  ]
}

/** Schemas that are known to be satisfied by a value. */
export const satisfiable = anyValue.chain((value) => fc.record({ value: fc.constant(value), schema: schemasOf(value) }))
