import { successOf, termOf } from '../../spec/index.ts'
import type { Model, Shape } from '../../spec/index.ts'

const known = new WeakMap<Model, readonly Shape[]>()

/**
 * Returns the shapes in which a document's answers write invoices, whole answers last: an invoice of a page, one of its own, an
 * envelope around either.
 */
export function invoiceShapes(model: Model): readonly Shape[] {
  const made = known.get(model) ?? find(model)
  known.set(model, made)
  return made
}

function find(model: Model): readonly Shape[] {
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
