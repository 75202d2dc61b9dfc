// Finds the property that identifies an item, and the properties that point at other items.

import type { Document } from '../document.ts'
import type { Operation } from '../operation.ts'
import type { Shape } from '../shape.ts'
import { nounOf, singularOf, wordsOf } from './names.ts'
import { schemaOfShape } from './places.ts'
import type { Key, Relation, Resource } from './resource.ts'

/** Objects inside an item that may hold its identity. */
const inside = /^(?:meta|metadata|attributes|identifiers|header|detail|summary)$/i

/** Names of properties that identify, the usual first. */
const usual = [
  'id',
  'uuid',
  'guid',
  'code',
  'key',
  'slug',
  'token',
  'number',
  'no',
  'reference',
  'ref',
  'name',
  'email',
]

/**
 * Returns the property of an item that identifies it, as the parameter that names items is called, or as such properties
 * usually are: `invoice_id` is the property `invoice_id`, or `id`.
 */
export function identityOf(
  document: Document,
  item: Shape,
  parameter: string | undefined,
  noun: string,
): readonly string[] | undefined {
  const own = candidates(document, item, [])
  const all = [
    ...own,
    ...[...item.properties].flatMap(([name, shape]) =>
      inside.test(name) || nounOf(name) === noun ? candidates(document, shape, [name]) : [],
    ),
  ]
  if (parameter !== undefined) {
    const wanted = wordsOf(parameter)
    const exact = all.find(({ words }) => words.join('') === wanted.join(''))
    if (exact) return exact.path
    const bare = without(wanted, noun)
    // `callbackid` and `{callbackId}`, `incomeid` of an other income: words written together.
    const together = all.find(
      ({ words }) =>
        words.length === 1 && /..id$/.test(words[0] as string) && wanted.join('').endsWith(words[0] as string),
    )
    if (together) return together.path
    const named = all.find(({ words }) => without(words, noun) === bare && bare !== '')
    if (named) return named.path
    // `{id}` may be the property `lago_id`.
    if (bare.split(' ').at(-1) === 'id') {
      const ending = all.find(({ words }) => words.join(' ') === 'id') ?? all.find(({ words }) => isOwnId(words, noun))
      if (ending) return ending.path
    }
  }
  for (const name of usual) {
    const found = all.find(({ words }) => without(words, noun) === name || words.join(' ') === name)
    if (found) return found.path
  }
  return parameter === undefined ? undefined : all.find(({ words }) => isOwnId(words, noun))?.path
}

/** `lago_id`, `InvoiceID`; not `customer_id`, the key of another thing. */
const isOwnId = (words: readonly string[], noun: string): boolean =>
  words.at(-1) === 'id' &&
  words.length <= 2 + noun.split(' ').length &&
  (words.length === 1 || words.length === 2 || words.join(' ').includes(noun))

const without = (words: readonly string[], noun: string): string => {
  const nouns = noun.split(' ')
  return words.filter((word) => !nouns.includes(word)).join(' ')
}

function candidates(
  document: Document,
  shape: Shape,
  path: readonly string[],
): { path: readonly string[]; words: readonly string[] }[] {
  return [...shape.properties].flatMap(([name, inner]) => {
    if (inner.properties.size > 0 || inner.items) return []
    const schema = schemaOfShape(document, inner)
    const types = [schema.type].flat().filter((type) => type !== 'null' && type !== undefined)
    if (types.length > 0 && !types.some((type) => type === 'string' || type === 'integer' || type === 'number'))
      return []
    if (schema.format === 'date' || schema.format === 'date-time' || Array.isArray(schema.enum)) return []
    return [{ path: [...path, name], words: wordsOf(name) }]
  })
}

/** Returns what names the item in a request: a parameter of the path, else one of the query or a property of the body. */
export function itemKeyOf(
  document: Document,
  operation: Operation,
  parameter: string | undefined,
  body: Shape | undefined,
  { item, noun }: { readonly item: Shape; readonly noun: string },
): Key | undefined {
  const property = (name: string): Pick<Key, 'property'> => {
    const found = identityOf(document, item, name, noun)
    return found ? { property: found } : {}
  }
  if (parameter !== undefined) {
    const stated = operation.parameters.find(({ name, in: place }) => place === 'path' && name === parameter)
    return stated && { in: 'path', name: parameter, schema: stated.schema, ...property(parameter) }
  }
  const asked = operation.parameters.find(({ name, in: place }) => place === 'query' && namesItem(name, noun))
  if (asked) return { in: 'query', name: asked.name, schema: asked.schema, ...property(asked.name) }
  const sent =
    operation.method === 'GET' ? undefined : [...(body?.properties ?? [])].find(([name]) => namesItem(name, noun))
  return sent && { in: 'body', name: sent[0], schema: sent[1].pointer, ...property(sent[0]) }
}

/** Tells whether a name is that of a thing's key: `id` or `invoice_id` for an invoice. */
function namesItem(name: string, noun: string): boolean {
  const rest = without(wordsOf(name), noun)
  return ['id', 'uuid', 'guid', 'key', 'number', 'no', 'code'].includes(rest)
}

/** Items are looked through so deep for keys of others. */
const deepest = 4

/** What is left of a resource until its relations are known. */
export type Related = Pick<Resource, 'name' | 'noun' | 'path' | 'identity' | 'schema' | 'singleton'>

/**
 * Returns the properties of an item that name items of other resources (`customer_id`, `customer.id`, `invoice_ids`) or
 * hold one.
 */
export function relationsOf(
  document: Document,
  item: Shape,
  own: Related,
  all: readonly Related[],
  shapeOf: (resource: Related) => Shape,
): Relation[] {
  const found: Relation[] = []
  const targets = all.filter(({ singleton }) => !singleton)
  const visit = (shape: Shape, path: readonly string[], around: string | undefined, depth: number): void => {
    if (depth > deepest) return
    for (const [name, inner] of shape.properties) {
      const here = [...path, name]
      const element = inner.items ?? inner
      const there = inner.items ? [...here, '*'] : here
      if (path.length === 0 && own.identity?.length === 1 && own.identity[0] === name) continue
      if (element.properties.size > 0) {
        const target = targets.find(
          (candidate) => candidate !== own && shapeOf(candidate).pointer === element.pointer && candidate.identity,
        )
        if (target && depth < 3) found.push({ path: there, resource: target.name })
        else {
          // JSON:API writes `customer: { data: { type, id } }`.
          const own = inner.items ? singularOf(nounOf(name)) : nounOf(name)
          visit(element, there, name === 'data' ? (around ?? own) : own, depth + 1)
        }
        continue
      }
      const key = keyNamed(name, around, own, targets, shapeOf)
      if (
        key &&
        !isItself(there, key, own) &&
        mayPoint(
          document,
          element,
          targets.find((target) => target.name === key.resource),
          key.property,
          shapeOf,
        )
      )
        found.push({ path: there, ...key })
    }
  }
  visit(item, [], undefined, 0)
  return found
}

/** `invoice_number` of an invoice is its own number, not the key of another. */
const isItself = (path: readonly string[], key: Omit<Relation, 'path'>, own: Related): boolean =>
  key.resource === own.name && path.length === 1 && path[0] === key.property?.[0]

/** Tells whether a place can hold what it would point at: both are texts, or both numbers. */
function mayPoint(
  document: Document,
  place: Shape,
  target: Related | undefined,
  property: readonly string[] | undefined,
  shapeOf: (resource: Related) => Shape,
): boolean {
  const at =
    target && property?.reduce<Shape | undefined>((shape, name) => shape?.properties.get(name), shapeOf(target))
  if (!at) return false
  const there = typesOf(schemaOfShape(document, at))
  return typesOf(schemaOfShape(document, place)).some((type) => there.includes(type))
}

function typesOf(schema: Record<string, unknown>): string[] {
  const branches = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) =>
    Array.isArray(schema[keyword]) ? (schema[keyword] as Record<string, unknown>[]) : [],
  )
  return [schema, ...branches]
    .flatMap(({ type }) => [type].flat())
    .flatMap((type) => (type === 'integer' || type === 'number' ? ['number'] : type === 'string' ? ['string'] : []))
}

/** Returns the resource and property that a property's name points at. */
function keyNamed(
  name: string,
  around: string | undefined,
  own: Related,
  targets: readonly Related[],
  shapeOf: (resource: Related) => Shape,
): Omit<Relation, 'path'> | undefined {
  const words = wordsOf(name)
  const last = words.at(-1)
  if (last === undefined) return undefined
  // `customer: { id }`: the object around it is the noun.
  if (around !== undefined) {
    const target = targets.find((candidate) => candidate !== own && candidate.noun === around)
    if (target?.identity?.length === 1 && target.identity[0] === name)
      return { resource: target.name, property: target.identity }
  }
  if (
    !['id', 'ids', 'uuid', 'key', 'keys', 'code', 'codes', 'ref', 'reference', 'number', 'guid', 'token'].includes(last)
  ) {
    // `"customer": "cus_123"` is a key as well.
    const target = targets.find(
      (candidate) =>
        candidate.noun === nounOf(name) &&
        candidate.identity?.length === 1 &&
        /^(?:id|uuid|key)$/i.test(candidate.identity[0] as string),
    )
    return target && { resource: target.name, property: target.identity as readonly string[] }
  }
  const suffix = singularOf(last)
  for (const target of longestFirst(targets)) {
    const nouns = target.noun.split(' ')
    const start = words.length - 1 - nouns.length
    if (start < 0 || nouns.some((word, index) => singularOf(words[start + index] as string) !== singularOf(word)))
      continue
    // `external_customer_id` is the `external_id` of a customer, `lago_customer_id` its `lago_id`.
    const wanted = [...words.slice(0, start), suffix].join(' ')
    const property = propertyCalled(shapeOf(target), wanted, nouns)
    if (property !== undefined) return { resource: target.name, property: [property] }
    if (target.identity && start === 0) return { resource: target.name, property: target.identity }
  }
  return undefined
}

const longestFirst = (targets: readonly Related[]): Related[] =>
  targets.toSorted((left, right) => right.noun.length - left.noun.length)

/** Returns the property of a target that a key is called after, its noun left out. */
const propertyCalled = (target: Shape, wanted: string, nouns: readonly string[]): string | undefined =>
  [...target.properties.keys()].find((name) => {
    const words = wordsOf(name)
    return words.join(' ') === wanted || words.filter((word) => !nouns.includes(word)).join(' ') === wanted
  })
