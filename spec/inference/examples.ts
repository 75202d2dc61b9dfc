import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import type { Model } from '../model.ts'
import { join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { valueAt } from '../resources/at.ts'
import type { Envelope, Resource } from '../resources/resource.ts'
import type { Facts } from './facts.ts'

/** An invoice as a document shows it, and whether its author wrote it as a whole. */
export interface Example {
  readonly root: Pointer
  readonly value: Record<string, unknown>
  readonly isWhole: boolean
}

/** A schema in which an invoice is shown or sent, and the property names that lead to the invoice itself. */
export interface Form {
  readonly root: Pointer
  readonly within: readonly string[]
}

/** Returns the invoices that a document shows: in examples of answers and requests, of the schema, and property by property. */
export function examplesOf(
  { document, shape }: Pick<Model, 'document' | 'shape'>,
  { operations }: Resource,
  forms: readonly Form[],
  factsOf: (pointer: Pointer) => Facts,
): Example[] {
  const found: Example[] = []
  const wrapped = new Set(forms.flatMap(({ root, within }) => (within.length > 0 ? [root] : [])))
  const add = (root: Pointer, value: unknown): void => {
    const items = Array.isArray(value) ? value.slice(0, 3) : [value]
    for (const item of items) if (isObject(item)) found.push({ root, value: item, isWhole: true })
  }
  const addBody = (schema: Pointer, { item, path, wrap }: Envelope): void => {
    const whole = shape(schema).pointer
    for (const value of mediaExamples(document, schema))
      if (wrapped.has(whole)) add(whole, value)
      else add(shape(item).pointer, inner(value, path, wrap))
  }
  for (const { operation, answer, request } of operations) {
    if (answer)
      for (const reply of operation.replies)
        for (const content of reply.content)
          if (content.schema !== undefined && reply.status.startsWith('2')) addBody(content.schema, answer)
    if (request)
      for (const content of operation.body?.content ?? [])
        if (content.schema !== undefined) addBody(content.schema, request)
  }
  for (const { root } of forms) {
    for (const value of factsOf(root).examples) add(root, value)
    const made = composed(root, factsOf, 0)
    if (isObject(made)) found.push({ root, value: made, isWhole: false })
  }
  return found
}

const inner = (value: unknown, path: readonly string[], wrap: readonly string[]): unknown => {
  const at = valueAt(value, path)
  return Array.isArray(at) ? at.map((item) => valueAt(item, wrap)) : at
}

function mediaExamples(document: Document, schema: Pointer): unknown[] {
  const { value: media } = resolve(document, schema.replace(/\/schema$/, ''))
  if (!isObject(media)) return []
  const many = isObject(media.examples)
    ? Object.keys(media.examples).map((name) => {
        const { value } = resolve(document, join(schema.replace(/\/schema$/, ''), 'examples', name))
        return isObject(value) ? value.value : undefined
      })
    : []
  return [media.example, ...many].filter((value) => value !== undefined)
}

/** An object put together from the examples of its properties. */
function composed(pointer: Pointer, factsOf: (pointer: Pointer) => Facts, depth: number): unknown {
  const { properties, items, examples } = factsOf(pointer)
  if (examples.length > 0) return examples[0]
  if (depth > 4) return undefined
  if (items !== undefined) {
    const element = composed(items, factsOf, depth + 1)
    return element === undefined ? undefined : [element]
  }
  const members = [...properties].flatMap(([name, at]) => {
    const value = composed(at, factsOf, depth + 1)
    return value === undefined ? [] : [[name, value] as const]
  })
  return members.length > 0 ? Object.fromEntries(members) : undefined
}

/** Returns the number at a place of an example, whether it stands there as a number, a text or an amount with its currency. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined
  if (!isObject(value)) return undefined
  const inside = Object.entries(value).find(([name]) => /^(?:amount|value|number|total)$/i.test(name))?.[1]
  return isObject(inside) ? undefined : numberIn(inside)
}
