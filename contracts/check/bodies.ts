// Builds request bodies from examples, known values and invoices.

import { atPointer, engineOf, isObject, nameOf, resolve } from '../../spec/index.ts'
import type { Document, Operation, Pointer, Shape } from '../../spec/index.ts'
import { exampleIn, sampleValue, resolvedSchema } from '../samples.ts'
import { bodyContent } from './request.ts'
import type { Session } from './session.ts'

/** Returns the example of a request body that the document gives, whole or property by property, or `undefined`. */
export function documentedBody(document: Document, operation: Operation): unknown {
  const content = bodyContent(operation)
  if (!content) return undefined
  const media = atPointer(document, content.pointer)
  if (isObject(media) && media.example !== undefined) return media.example
  const [named] = isObject(media) && isObject(media.examples) ? Object.keys(media.examples) : []
  if (named !== undefined) {
    const { value } = resolve(document, `${content.pointer}/examples/${named}`)
    if (isObject(value) && value.value !== undefined) return value.value
  }
  if (content.schema === undefined) return undefined
  const schema = resolvedSchema(document, content.schema)
  return (
    schema.example ??
    (Array.isArray(schema.examples) ? schema.examples[0] : undefined) ??
    byProperty(document, content.schema)
  )
}

/** Tells whether a body is what an operation documents of requests; where it documents nothing, it is. */
export function isRequestBody({ model }: Session, operation: Operation, body: unknown): boolean {
  const schema = bodyContent(operation)?.schema
  return schema === undefined || engineOf(model.document, { direction: 'request' }).at(schema).accepts(body)
}

/** Examples of all required properties make an example of the whole. */
function byProperty(document: Document, pointer: Pointer): unknown {
  const { value, pointer: here } = resolve(document, pointer)
  if (!isObject(value) || !isObject(value.properties) || !Array.isArray(value.required) || value.required.length === 0)
    return undefined
  const entries = value.required.map((name) => {
    const schema = resolvedSchema(document, `${here}/properties/${String(name)}`)
    return [String(name), Array.isArray(schema.examples) ? schema.examples[0] : schema.example] as const
  })
  return entries.every(([, example]) => example !== undefined) ? Object.fromEntries(entries) : undefined
}

/** What a body can be made from: values by the name of their role, and an invoice as the API wrote it. */
export interface BodyMaterial {
  readonly values: Readonly<Record<string, unknown>>
  readonly entry?: unknown
  /** Roles to copy from the invoice besides what is required. */
  readonly copy?: readonly string[]
}

/**
 * Returns a body for an operation: known values where a property has their role, the invoice's own values where the request has
 * the same property, samples for what is required besides; or `undefined` where none of that makes a valid body.
 */
export function bodyFor(session: Session, operation: Operation, { values, entry, copy = [] }: BodyMaterial): unknown {
  const schema = bodyContent(operation)?.schema
  if (schema === undefined) return undefined
  const body = composeBody(session, session.model.shape(schema), schema, entry, values, copy)
  return isRequestBody(session, operation, body) ? body : undefined
}

function composeBody(
  session: Session,
  shape: Shape,
  pointer: Pointer,
  entry: unknown,
  values: BodyMaterial['values'],
  copy: readonly string[],
  depth = 0,
): Record<string, unknown> {
  const schema = resolvedSchema(session.model.document, pointer)
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : []
  const own = isObject(entry) ? entry : {}
  return Object.fromEntries(
    [...shape.properties].flatMap(([name, property]) => {
      const role = property.binding && nameOf(property.binding)
      const known = role === undefined ? undefined : values[role]
      if (known !== undefined) return [[name, known]]
      const isWanted = required.includes(name) || (role !== undefined && copy.includes(role))
      if (!isWanted) return []
      const inner = (value: unknown): unknown =>
        isObject(value) && property.properties.size > 0
          ? pick(value, property)
          : Array.isArray(value) && property.items
            ? value.map((item) => (isObject(item) && property.items ? pick(item, property.items) : item))
            : value
      if (own[name] !== undefined && own[name] !== null) return [[name, inner(own[name])]]
      if (!required.includes(name)) return []
      const stated = resolvedSchema(session.model.document, property.pointer)
      const isOpen = property.properties.size > 0 && depth < 5 && exampleIn(stated) === undefined
      return [
        [
          name,
          isOpen
            ? composeBody(session, property, property.pointer, undefined, values, copy, depth + 1)
            : sampleValue(stated),
        ],
      ]
    }),
  )
}

/** Keeps what the request knows of an object, ids of its own left out. */
function pick(value: Record<string, unknown>, shape: Shape): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name, item]) =>
        shape.properties.has(name) && item !== null && shape.properties.get(name)?.binding?.role !== 'line.id',
    ),
  )
}
