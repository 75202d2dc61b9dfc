// Builds the envelope of an answer and fits an item to the answer's schema.

import { leafAt } from '../../factories/index.ts'
import type { Answers, Item } from '../../factories/index.ts'
import { isObject, putAt, resolve, valueAt, wordsOf } from '../../spec/index.ts'
import type { Model, PageFact, Paging, Shape, Document, Pointer } from '../../spec/index.ts'

/** What stands in an answer beside its items. */
interface Around {
  readonly status: number
  /** Where the item or items stand, and what they are. */
  readonly path: readonly string[]
  readonly content: unknown
  readonly paging?: Paging
  readonly facts?: Readonly<Partial<Record<PageFact, unknown>>>
}

/**
 * Returns an answer that holds items: nothing in it is drawn. Counts, cursors and links follow from the page, constants
 * and first words of an enum are as documented, a success says that it is one, and what may be left out is.
 */
export function envelopeFor(model: Model, answers: Answers, answer: Shape, around: Around): unknown {
  const { path, content, paging, facts = {} } = around
  if (path.length === 0) return content
  const body = neutral(model, answers, answer, around, []) as Record<string, unknown>
  for (const { path: at, is } of paging?.facts ?? []) {
    if (facts[is] === undefined) continue
    const shape = at.reduce<Shape | undefined>((inner, name) => inner?.properties.get(name), answer)
    const value = fitting(model, shape, facts[is])
    if (value !== undefined) putAt(body, at, value)
    else {
      const place = at.at(-1) === 'href' ? at.slice(0, -1) : at
      const holder = place.reduce<Shape | undefined>((inner, name) => inner?.properties.get(name), answer)
      if (holder && place !== at && leafAt(model.document, holder.pointer).nullable) putAt(body, place, null)
      else removeAt(body, place)
    }
  }
  putAt(body, path, content)
  return body
}

/** Returns a value in the type that stands there: numbers as text where it is text, null only where that is allowed. */
function fitting(model: Model, shape: Shape | undefined, value: unknown): unknown {
  if (!shape) return value
  const { types, nullable } = leafAt(model.document, shape.pointer)
  if (value === null) return nullable && types.size < 7 ? null : undefined
  if (typeof value === 'number' && !types.has('integer') && !types.has('number') && types.has('string'))
    return String(value)
  return value
}

function removeAt(body: Record<string, unknown>, path: readonly string[]): void {
  const holder = path.length === 1 ? body : valueAt(body, path.slice(0, -1))
  if (isObject(holder)) delete holder[path.at(-1) as string]
}

const succeeding = /^(?:success\w*|ok|done|completed?|200|true|accepted|sent)$/i

/** Returns the least that a schema allows: required properties only, each with a value that says nothing wrong. */
function neutral(model: Model, answers: Answers, shape: Shape, around: Around, path: readonly string[]): unknown {
  const { value: schema } = resolve(model.document, shape.pointer)
  const stated = isObject(schema) ? schema : {}
  if (shape.properties.size === 0) return plainValue(model, answers, shape, stated, around, path)
  const required = requiredIn(model, shape.pointer)
  const body: Record<string, unknown> = {}
  for (const [name, inner] of shape.properties) {
    const here = [...path, name]
    const leads = around.path.slice(0, here.length).join('\n') === here.join('\n')
    if (leads) {
      if (here.length < around.path.length) body[name] = neutral(model, answers, inner, around, here)
      else body[name] = null
      continue
    }
    const holdsFacts = around.paging?.facts.some(
      ({ path: at }) => at.length > here.length && at.slice(0, here.length).join('\n') === here.join('\n'),
    )
    const isSaid = saysWhatItIs(model, inner, name)
    if (required.has(name) || holdsFacts || isSaid) body[name] = neutral(model, answers, inner, around, here)
  }
  return body
}

/** `object: "list"`, `status: "success"`: said although it could be left out. */
function saysWhatItIs(model: Model, shape: Shape, name: string): boolean {
  const { constant } = leafAt(model.document, shape.pointer)
  return constant !== undefined || /^(?:object|success|ok)$/i.test(name)
}

function requiredIn(model: Model, pointer: string, depth = 0): Set<string> {
  const { pointer: here, value } = resolve(model.document, pointer)
  if (!isObject(value) || depth > 8) return new Set()
  const own = Array.isArray(value.required) ? (value.required as string[]) : []
  const inherited = Array.isArray(value.allOf)
    ? value.allOf.flatMap((_, index) => [...requiredIn(model, `${here}/allOf/${index}`, depth + 1)])
    : []
  return new Set([...own, ...inherited])
}

function plainValue(
  model: Model,
  answers: Answers,
  shape: Shape,
  schema: Record<string, unknown>,
  { status }: Around,
  path: readonly string[],
): unknown {
  const leaf = leafAt(model.document, shape.pointer)
  const words = wordsOf(path.at(-1) ?? '').join(' ')
  if (leaf.constant) return leaf.constant.value
  if (leaf.words) return leaf.words.find((word) => succeeding.test(String(word))) ?? leaf.words[0]
  if (schema.default !== undefined) return schema.default
  const example = schema.example ?? (Array.isArray(schema.examples) ? (schema.examples as unknown[])[0] : undefined)
  if (leaf.types.has('boolean') && leaf.types.size <= 2)
    return /^(?:success\w*|ok|is success\w*|valid|deleted)$/.test(words)
  if (/^(?:object|type|kind|version|api version)$/.test(words) && example !== undefined) return example
  if (leaf.types.has('array') && !leaf.types.has('object') && !schema.minItems) return []
  if (leaf.nullable && leaf.types.size < 7) return null
  if (leaf.types.has('integer') || leaf.types.has('number')) {
    if (/^(?:status|status code|code|http status|response code)$/.test(words)) return status
    return typeof schema.minimum === 'number' ? Math.ceil(schema.minimum) : 0
  }
  if (leaf.types.has('string') && leaf.types.size === 1 && /^(?:status|result|message|state)$/.test(words))
    return typeof example === 'string' ? example : 'success'
  const drawn = answers.build(shape.pointer, {})
  return drawn === undefined ? null : drawn
}

/**
 * Returns an item as another schema shows it: a list shows less than a get, or calls an object by its key. What the item
 * lacks and the schema demands is drawn for this item alone.
 */
export function projectItem(
  model: Model,
  answers: Answers,
  item: Item,
  shape: Shape,
  own: Shape,
  key: number,
): unknown {
  if (shape.pointer === own.pointer || shape.properties.size === 0) return item
  const drawn = answers.build(shape.pointer, { key })
  const base = isObject(drawn) ? drawn : {}
  const tag = discriminatorAt(model.document, shape.pointer)
  const tagged = tag !== undefined && !shape.properties.has(tag) && Object.hasOwn(item, tag) ? { [tag]: item[tag] } : {}
  const told = Object.fromEntries(
    [...shape.properties].flatMap(([name, inner]) => {
      const value = Object.hasOwn(item, name) ? item[name] : undefined
      const same = own.properties.get(name)
      if (value !== undefined && same && fits(model, inner, value))
        return [[name, shown(model, answers, value, inner, same, key)]]
      return Object.hasOwn(base, name) && !Object.hasOwn(item, name) && same === undefined
        ? [[name, base[name]]]
        : Object.hasOwn(base, name) && same && !fits(model, inner, value)
          ? [[name, base[name]]]
          : []
    }),
  )
  return { ...tagged, ...told }
}

function shown(model: Model, answers: Answers, value: unknown, shape: Shape, own: Shape, key: number): unknown {
  if (Array.isArray(value) && shape.items && own.items) {
    const [inner, outer] = [shape.items, own.items]
    return value.map((element) =>
      isObject(element) ? projectItem(model, answers, element, inner, outer, key) : element,
    )
  }
  return isObject(value) && own.properties.size > 0 ? projectItem(model, answers, value, shape, own, key) : value
}

/** Tells whether a value has a type that a place takes. */
function fits(model: Model, shape: Shape, value: unknown): boolean {
  const { types, nullable, words } = leafAt(model.document, shape.pointer)
  if (value === null) return nullable
  if (shape.properties.size > 0) return isObject(value)
  if (shape.items) return Array.isArray(value)
  const type = Array.isArray(value) ? 'array' : typeof value
  const isOfType = types.has(type) || (type === 'number' && types.has('integer') && Number.isInteger(value))
  return isOfType && (words === undefined || words.includes(value))
}

/** Returns the property by which a schema's discriminator tells its branches apart, whether or not the branches declare it. */
export function discriminatorAt(document: Document, pointer: Pointer, depth = 0): string | undefined {
  const { pointer: here, value } = resolve(document, pointer)
  if (!isObject(value) || depth > 4) return undefined
  const { discriminator } = value
  if (isObject(discriminator) && typeof discriminator.propertyName === 'string') return discriminator.propertyName
  for (const keyword of ['oneOf', 'anyOf', 'allOf'])
    for (const index of Array.isArray(value[keyword]) ? value[keyword].keys() : []) {
      const found = discriminatorAt(document, `${here}/${keyword}/${index}`, depth + 1)
      if (found !== undefined) return found
    }
  return undefined
}
