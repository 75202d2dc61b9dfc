// Finds where the items of a list, or one item, stand in a body.

import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import type { Shape } from '../shape.ts'
import { nounOf, wordsOf } from './names.ts'

/** A place inside a body: the property names that lead to it, and what stands there. */
export interface BodyPlace {
  readonly path: readonly string[]
  readonly shape: Shape
}

/** Envelopes are shallow: `response.result.invoices` is the deepest that is known. */
const deepest = 4

/** Returns the objects of a body from the outside in, arrays not entered. */
function objectsIn(shape: Shape): BodyPlace[] {
  return placesIn(shape).filter((place) => place.shape.properties.size > 0)
}

/** Returns the arrays of objects in a body from the outside in; arrays inside arrays are left out. */
const arraysIn = (shape: Shape): BodyPlace[] =>
  placesIn(shape).filter((place) => place.shape.items !== undefined && place.shape.items.properties.size > 0)

function placesIn(shape: Shape): BodyPlace[] {
  const found: BodyPlace[] = []
  let level: BodyPlace[] = [{ path: [], shape }]
  const seen = new Set<Shape>()
  for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
    found.push(...level)
    level = level.flatMap((place) => {
      if (seen.has(place.shape) || place.shape.items) return []
      seen.add(place.shape)
      return [...place.shape.properties].map(([name, inner]) => ({ path: [...place.path, name], shape: inner }))
    })
  }
  return found
}

/**
 * Returns how far two objects are the same thing, from 0 to 1: schemas that are one schema are; of others, the share of the
 * smaller one's properties that the larger one has as well.
 */
export function overlap(left: Shape, right: Shape): number {
  if (left.pointer === right.pointer) return 1
  const [small, large] =
    left.properties.size <= right.properties.size
      ? [left.properties, right.properties]
      : [right.properties, left.properties]
  if (small.size < 2) return 0
  let common = 0
  for (const [name, shape] of small) {
    const other = large.get(name)
    if (other && (other.pointer === shape.pointer || sameForm(other, shape))) common++
  }
  return (common / small.size) * 0.95
}

const sameForm = (left: Shape, right: Shape): boolean =>
  left.properties.size > 0 === right.properties.size > 0 && (left.items === undefined) === (right.items === undefined)

/** Names that documents give to what an envelope wraps. */
const wrappers = new Set(
  'data result results item items record records list value values content contents element elements entry entries row rows response object objects collection payload body embedded hits page'.split(
    ' ',
  ),
)

/** Tells whether a name says nothing about what it holds: `data`, `items`, `_embedded`. */
export const isWrapper = (name: string): boolean => wrappers.has(wordsOf(name).join(' '))

/** Arrays beside the items of a list. */
const besides = /^(?:warnings?|errors?|messages?|links?|_links|included|meta|filters?|sort|facets|aggregations)$/i

/**
 * Returns the array that holds the items of a list: best by the item's own shape, by the resource's name, or the only one there is.
 * Where the path has items below it (`isList`), any array of objects will do.
 */
export function itemsIn(
  answer: Shape,
  noun: string,
  item?: Shape,
  { isList = false }: { readonly isList?: boolean } = {},
): { place: BodyPlace; wrap: readonly string[] } | undefined {
  const candidates = arraysIn(answer)
    .filter(
      ({ path }) =>
        path.length === 0 || !besides.test(path.at(-1) as string) || namesMatch(path.at(-1) as string, noun),
    )
    .flatMap((place) => {
      const inner = place.shape.items as Shape
      const wrapped = [...inner.properties].filter(
        ([name, shape]) => shape.properties.size > 0 && nounOf(name) === noun && inner.properties.size <= 4,
      )
      return [
        { place, wrap: [] as readonly string[], shape: inner, bonus: isAlone(answer, place.path) ? 0.5 : 0 },
        ...wrapped.map(([name, shape]) => ({ place, wrap: [name] as readonly string[], shape, bonus: 0.5 })),
      ]
    })
    .map((candidate) => ({ ...candidate, score: scoreOf(candidate, noun, item) }))
    .filter(({ score }) => score > 0 || isList)
    .sort((left, right) => right.score - left.score)
  return candidates[0]
}

/** Tells whether an array stands in an answer that holds nothing else but words about pages. */
const isAlone = (answer: Shape, path: readonly string[]): boolean =>
  path.length === 1 && [...answer.properties.keys()].every((name) => name === path[0] || aboutPages.test(name))

const aboutPages =
  /^(?:_?meta|_?links?|paging|pagination\w*|page\w*|total\w*|count|limit|offset|next\w*|prev\w*|has_?\w+|cursor\w*|object|url|type|status\w*|first|last|self|size|per_?page)$/i

function scoreOf(
  { place: { path }, shape, bonus }: { place: BodyPlace; shape: Shape; bonus: number },
  noun: string,
  item: Shape | undefined,
): number {
  const name = path.at(-1)
  const named = name === undefined ? 0.5 : namesMatch(name, noun) ? 1 : isWrapper(name) ? 0.5 : 0.1
  // An array deep inside an object that stands for the thing itself (the lines of an invoice) is not a list of things.
  const shallow = 1 / (1 + path.length)
  const alike = item ? overlap(shape, item) : 0
  return (alike >= 0.5 ? 3 * alike : 0) + named + bonus + 0.3 * shallow - (named === 0.1 && alike < 0.5 ? 0.4 : 0)
}

/** Tells whether a property is named after a resource: `invoices` or `invoice_list` for `invoice`. */
export function namesMatch(name: string, noun: string): boolean {
  const own = nounOf(name)
  return own === noun || own.replace(/ (?:list|item|record|set|collection)$/, '') === noun || noun.endsWith(` ${own}`)
}

/** Returns where one item stands in a body: best by the item's own shape, else below a name that wraps it, else the body itself. */
export function itemIn(body: Shape, noun: string, item?: Shape): BodyPlace & { readonly many: boolean } {
  const objects = [
    ...objectsIn(body).map((place) => ({ ...place, many: false })),
    ...arraysIn(body).map(({ path, shape }) => ({ path, shape: shape.items as Shape, many: true })),
  ].filter(
    ({ path }) => path.length === 0 || !besides.test(path.at(-1) as string) || namesMatch(path.at(-1) as string, noun),
  )
  const best = objects
    .map((place) => ({ place, score: itemScore(place, noun, item, body) }))
    .sort((left, right) => right.score - left.score)[0]
  return best?.place ?? { path: [], shape: body, many: false }
}

function itemScore(
  { path, shape, many }: BodyPlace & { readonly many: boolean },
  noun: string,
  item: Shape | undefined,
  body: Shape,
): number {
  const alike = item ? overlap(shape, item) : 0
  const depth = path.length
  const name = path.at(-1)
  const outer = [...body.properties.values()].filter((inner) => inner.properties.size > 0 || inner.items).length
  const isWrapped =
    name !== undefined &&
    depth <= 3 &&
    (nounOf(name) === noun || isWrapper(name)) &&
    (depth > 1 || outer <= 2 || body.properties.size <= 4)
  return (alike >= 0.5 ? 3 * alike : 0) + (isWrapped ? 1 : depth === 0 ? 0.6 : 0) - 0.1 * depth - (many ? 0.2 : 0)
}

/** Returns the schema at a shape's place. */
export function schemaOfShape(document: Document, { pointer }: Shape): Record<string, unknown> {
  const { value } = resolve(document, pointer)
  return isObject(value) ? value : {}
}

/** Returns what stands at property names inside a value, or `undefined`. */
export const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, name) => (isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
    value,
  )

/** Puts a value at property names inside an object; objects on the way are made. */
export function putAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const last = path.at(-1)
  if (last === undefined) return
  let here = target
  for (const name of path.slice(0, -1)) {
    const inner = Object.hasOwn(here, name) ? here[name] : undefined
    const next = isObject(inner) ? inner : {}
    if (next !== inner) define(here, name, next)
    here = next
  }
  define(here, last, value)
}

/** `__proto__` is a name like any other. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
}
