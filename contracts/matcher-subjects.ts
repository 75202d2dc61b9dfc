// Resolves the APIs and schemas that matchers are given.

import { atPointer, builtIn, failure, isObject, join, sentencesOf, suggest, successOf, termOf } from '../spec/index.ts'
import type { ApiName, Model, Pointer, Shape } from '../spec/index.ts'
import { conformance } from './conformance.ts'
import type { Conformance } from './conformance.ts'

/** What a matcher is asked about: a built-in API by its name, or a model of one's own. */
export type Api = ApiName | Model

/** Returns the model of an API. @throws Failure for an unknown name, with a suggestion. */
export function modelOf(api: Api): Model {
  if (typeof api === 'string') return builtIn(api)
  if (isObject(api) && Array.isArray(api.operations)) return api
  throw failure('use a matcher', {
    expected: 'the name of an API, or a model',
    received: api === undefined ? 'nothing' : typeof api,
  })
}

const checks = new WeakMap<Model, Conformance>()

/** Returns the conformance checks of a model; schemas are compiled once for all matchers. */
export function checksOf(model: Model): Conformance {
  const made = checks.get(model) ?? conformance(model)
  checks.set(model, made)
  return made
}

/** Returns where a schema stands that is named by its component or by a pointer. @throws Failure with a suggestion where there is none. */
export function schemaNamed({ name, document }: Model, schema: string): Pointer {
  const pointer = /^#?\//.test(schema) ? schema.replace(/^#/, '') : join('', 'components', 'schemas', schema)
  if (atPointer(document, pointer) !== undefined) return pointer
  const schemas = atPointer(document, '/components/schemas')
  throw failure(`find schema "${schema}" of ${name}`, {
    expected: 'a name under components/schemas, or a pointer',
    received: 'none of that name',
    cure: suggest(schema, Object.keys(isObject(schemas) ? schemas : {})),
  })
}

/** A message has room for so many. */
const mostFaults = 3

/** Checks that the document can be read at a schema, or at any other place, and at all it refers to. @throws Failure with what is wrong there. */
export function checkReadable({ diagnostics, diagnosticsBelow, locate, name }: Model, pointer: Pointer): void {
  const found = [
    ...new Set([
      ...diagnosticsBelow(pointer),
      ...diagnostics.filter((fault) => fault.pointer.startsWith(`${pointer}/`)),
    ]),
  ]
  if (found.length > 0)
    throw failure(`hold a value against ${name} at ${pointer}`, {
      expected: 'a document that can be read there',
      received: 'one that cannot',
      cure: sentencesOf(found, locate, mostFaults).join(' '),
    })
}

const shapesByModel = new WeakMap<Model, readonly Shape[]>()

/**
 * Returns the shapes in which a document's answers write invoices, whole answers last: an invoice of a page, one of its own, an
 * envelope around either.
 */
export function invoiceShapes(model: Model): readonly Shape[] {
  const made = shapesByModel.get(model) ?? findInvoiceShapes(model)
  shapesByModel.set(model, made)
  return made
}

function findInvoiceShapes(model: Model): readonly Shape[] {
  const answers = model.operations.flatMap((operation) =>
    (successOf(operation)?.content ?? []).flatMap(({ schema }) => (schema === undefined ? [] : [model.shape(schema)])),
  )
  const invoices = new Map<string, Shape>()
  const seen = new Set<Shape>()
  const visit = (shape: Shape): void => {
    if (seen.has(shape)) return
    seen.add(shape)
    if (shape.binding?.role === 'invoice') invoices.set(shape.pointer, invoices.get(shape.pointer) ?? shape)
    const { items, binding } = shape
    // A list of invoices says what its items are; their schema need not say it again.
    if (items && binding?.term.of === 'invoice')
      invoices.set(items.pointer, { ...items, binding: { role: 'invoice', term: termOf('invoice') } })
    if (items) visit(items)
    for (const property of shape.properties.values()) visit(property)
  }
  answers.forEach(visit)
  return [...new Set([...invoices.values(), ...answers])]
}
