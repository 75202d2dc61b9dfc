import { leafAt } from '../../factories/index.ts'
import type { Answers, Item } from '../../factories/index.ts'
import { isObject } from '../../spec/index.ts'
import type { Model, Shape } from '../../spec/index.ts'
import { tagAt } from './tag.ts'

/**
 * Returns an item as another schema shows it: a list shows less than a get, or calls an object by its key. What the item
 * lacks and the schema demands is drawn for this item alone.
 */
export function project(model: Model, answers: Answers, item: Item, shape: Shape, own: Shape, key: number): unknown {
  if (shape.pointer === own.pointer || shape.properties.size === 0) return item
  const drawn = answers.build(shape.pointer, { key })
  const base = isObject(drawn) ? drawn : {}
  const tag = tagAt(model.document, shape.pointer)
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
    return value.map((element) => (isObject(element) ? project(model, answers, element, inner, outer, key) : element))
  }
  return isObject(value) && own.properties.size > 0 ? project(model, answers, value, shape, own, key) : value
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
