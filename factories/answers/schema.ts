// Reads from schemas what a value may be, which properties an object states, and what an API has places for.

import { isObject, join, resolve, successOf } from '../../spec/index.ts'
import type { Document, Model, Pointer, Shape } from '../../spec/index.ts'
import type { Presentation } from '../ledger/present.ts'

/** What a schema lets a single value be, references followed and combinators flattened. */
export interface ValueSchema {
  readonly types: ReadonlySet<string>
  readonly nullable: boolean
  readonly format?: string
  readonly maxLength?: number
  /** Closed list of values, where there is one. */
  readonly words?: readonly unknown[]
  readonly constant?: { readonly value: unknown }
}

const everything = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']

const known = new WeakMap<Document, Map<Pointer, ValueSchema>>()

/** Returns what the schema at a pointer lets a value be. */
export function leafAt(document: Document, pointer: Pointer): ValueSchema {
  const row = known.get(document) ?? new Map<Pointer, ValueSchema>()
  known.set(document, row)
  const schema = row.get(pointer) ?? readValueSchema(document, pointer)
  row.set(pointer, schema)
  return schema
}

function readValueSchema(document: Document, pointer: Pointer): ValueSchema {
  const branches = branchesOf(document, pointer)
  const types = new Set(branches.flatMap(typesOf))
  const values = branches.filter((schema) => !typesOf(schema).every((type) => type === 'null'))
  const maxLength = values.map((schema) => schema.maxLength).find((value) => typeof value === 'number')
  const format = values.map((schema) => schema.format).find((value) => typeof value === 'string')
  const words = values.every((schema) => Array.isArray(schema.enum))
    ? values.flatMap((schema) => schema.enum as unknown[])
    : undefined
  const [only] = values
  return {
    types,
    nullable: branches.some(allowsNull),
    ...(format !== undefined && { format }),
    ...(maxLength !== undefined && { maxLength }),
    ...(words && words.length > 0 && { words }),
    ...(values.length === 1 && only && 'const' in only && { constant: { value: only.const } }),
  }
}

function allowsNull(schema: Record<string, unknown>): boolean {
  if ('const' in schema && schema.const !== null) return false
  return typesOf(schema).includes('null') && (!Array.isArray(schema.enum) || schema.enum.includes(null))
}

function typesOf(schema: Record<string, unknown>): readonly string[] {
  if (typeof schema.type === 'string') return [schema.type]
  if (Array.isArray(schema.type)) return schema.type as string[]
  if ('const' in schema) return [jsonType(schema.const)]
  if (Array.isArray(schema.enum)) return [...new Set(schema.enum.map(jsonType))]
  return everything
}

const jsonType = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

/** Returns the alternatives of a schema; siblings of a combinator count for each of its branches. */
function branchesOf(document: Document, pointer: Pointer, depth = 0): Record<string, unknown>[] {
  const { pointer: here, value } = resolve(document, pointer)
  if (!isObject(value) || depth > 16) return [{}]
  for (const keyword of ['anyOf', 'oneOf']) {
    const list = value[keyword]
    if (Array.isArray(list)) {
      const { [keyword]: _, ...rest } = value
      return list
        .flatMap((_branch, index) => branchesOf(document, `${here}/${keyword}/${index}`, depth + 1))
        .map((branch) => ({ ...rest, ...branch }))
    }
  }
  if (Array.isArray(value.allOf)) {
    const parts = value.allOf.map(
      (_branch, index) => branchesOf(document, `${here}/allOf/${index}`, depth + 1)[0] ?? {},
    )
    return [Object.assign({}, value, ...parts) as Record<string, unknown>]
  }
  return [value]
}

/** The properties that an object schema states, wherever they stand. */
interface StatedProperties {
  readonly properties: ReadonlyMap<string, Pointer>
  readonly required: ReadonlySet<string>
}

/** Returns the properties of an object schema: its own, those of every `allOf`, and those of the first branch that is no null. */
export function statedProperties(document: Document, pointer: Pointer): StatedProperties {
  const properties = new Map<string, Pointer>()
  const required = new Set<string>()
  collect(document, pointer, properties, required, new Set())
  return { properties, required }
}

function collect(
  document: Document,
  pointer: Pointer,
  properties: Map<string, Pointer>,
  required: Set<string>,
  seen: Set<Pointer>,
): void {
  const { pointer: here, value: schema } = resolve(document, pointer)
  if (!isObject(schema) || seen.has(here)) return
  seen.add(here)
  for (const name of Object.keys(isObject(schema.properties) ? schema.properties : {})) {
    if (!properties.has(name)) properties.set(name, join(here, 'properties', name))
  }
  for (const name of Array.isArray(schema.required) ? schema.required : []) required.add(String(name))
  const all = Array.isArray(schema.allOf) ? schema.allOf : []
  for (const index of all.keys()) collect(document, join(here, 'allOf', index), properties, required, seen)
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schema[keyword]
    if (!Array.isArray(branches)) continue
    const index = branches.findIndex((branch) => !(isObject(branch) && branch.type === 'null'))
    if (index >= 0) collect(document, join(here, keyword, index), properties, required, seen)
  }
}

const presentations = new WeakMap<Model, Presentation>()

/** Returns what an API has places for and where it rounds, read from its bindings once. */
export function presentationOf(model: Model): Presentation {
  const presentation = presentations.get(model) ?? readPresentation(model)
  presentations.set(model, presentation)
  return presentation
}

function readPresentation(model: Model): Presentation {
  const { bound, representation } = model
  const { places } = boundIn(model)
  const [quantities, prices] = [places.get('line.quantity') ?? [], places.get('line.price') ?? []]
  return {
    can: {
      allowances: bound.has('invoice.allowances') || bound.has('invoice.allowanceList'),
      charges: bound.has('invoice.charges') || bound.has('invoice.chargeList'),
      lineAllowances: bound.has('line.allowance'),
      fractionalQuantities: quantities.every(({ pointer }) => !isWhole(model, pointer)),
      finePrices: prices.every(({ pointer }) => takesDecimals(model, pointer)),
      tax: bound.has('invoice.tax') || bound.has('invoice.taxes'),
    },
    rounding: representation.rounding ?? 'total',
    ...(representation.direction && { direction: representation.direction }),
    ...(representation.voided === 'nothing' &&
      (places.get('invoice.status') ?? []).some(saysVoid) && { forgives: true }),
  }
}

/** Tells whether a status has a word for void that stands for nothing that is still owed. */
function saysVoid({ binding }: Shape): boolean {
  const { values } = binding ?? {}
  return (
    values === undefined ||
    (values.void !== null &&
      !Object.entries(values).some(([status, word]) => word === values.void && !givenUp.has(status)))
  )
}

const givenUp = new Set(['void', 'uncollectible'])

const isWhole = (model: Model, pointer: string): boolean => {
  const { types } = leafAt(model.document, pointer)
  return types.has('integer') && !types.has('number') && !types.has('string')
}

/** Tells whether a place takes numbers with more decimals than a currency: whole numbers, multiples and patterns do not. */
function takesDecimals(model: Model, pointer: Pointer): boolean {
  const { value: schema } = resolve(model.document, pointer)
  return (
    !isWhole(model, pointer) &&
    isObject(schema) &&
    schema['multipleOf'] === undefined &&
    schema['pattern'] === undefined
  )
}

/** Where a model's answers have roles. */
interface BoundPlaces {
  /** Places by role. */
  readonly places: ReadonlyMap<string, readonly Shape[]>
  /** Names of properties of the objects that those places are properties of. */
  readonly names: ReadonlySet<string>
}

const boundPlaces = new WeakMap<Document, BoundPlaces>()

/** Returns every place of the model's answers that carries a role, found once. */
export function boundIn(model: Model): BoundPlaces {
  const bound = boundPlaces.get(model.document) ?? findBound(model)
  boundPlaces.set(model.document, bound)
  return bound
}

function findBound({ operations, shape }: Model): BoundPlaces {
  const places = new Map<string, Shape[]>()
  const names = new Set<string>()
  const seen = new Set<Shape>()
  const visit = (here: Shape): void => {
    if (seen.has(here)) return
    seen.add(here)
    const { binding, properties, items } = here
    if (binding) places.set(binding.role, [...(places.get(binding.role) ?? []), here])
    if ([...properties.values()].some((property) => property.binding !== undefined))
      for (const name of properties.keys()) names.add(name)
    for (const property of properties.values()) visit(property)
    if (items) visit(items)
  }
  for (const operation of operations)
    for (const { schema } of successOf(operation)?.content ?? []) if (schema) visit(shape(schema))
  return { places, names }
}
