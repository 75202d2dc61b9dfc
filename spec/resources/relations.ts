import type { Document } from '../document.ts'
import type { Shape } from '../shape.ts'
import { nounOf, singular, wordsOf } from './names.ts'
import { schemaOf } from './places.ts'
import type { Relation, Resource } from './resource.ts'

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
        else visit(element, there, inner.items ? singular(nounOf(name)) : nounOf(name), depth + 1)
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
  const there = typesOf(schemaOf(document, at))
  return typesOf(schemaOf(document, place)).some((type) => there.includes(type))
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
  const suffix = singular(last)
  for (const target of longestFirst(targets)) {
    const nouns = target.noun.split(' ')
    const start = words.length - 1 - nouns.length
    if (start < 0 || nouns.some((word, index) => singular(words[start + index] as string) !== singular(word))) continue
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
