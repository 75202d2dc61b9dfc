import { atPointer, join, nameOf, successOf } from '../spec/index.ts'
import type { Binding, Model, Place as FilePlace, Pointer, Shape } from '../spec/index.ts'

/** A place of a document that has a role. */
export interface Place {
  /** With its anchor: `buyer.name`. */
  readonly role: string
  readonly pointer: Pointer
  /** Where it stands in the document's file. */
  readonly file?: FilePlace
}

/** Returns every place of a model's parameters, request bodies and answers that has a role, sorted by role. */
export function placesOf(model: Model): readonly Place[] {
  const found = new Map<string, Place>()
  const seen = new Set<Shape>()
  const add = (binding: Binding, pointer: Pointer): void => {
    const role = binding.of
      ? `${nameOf(binding)} ${nameOf({ role: binding.of, ...(binding.ofAnchor && { anchor: binding.ofAnchor }) })}`
      : nameOf(binding)
    const file = model.locate(pointer)
    found.set(`${role} ${pointer}`, { role, pointer, ...(file && { file }) })
  }
  const visit = (shape: Shape, pointer: Pointer): void => {
    if (shape.binding) add(shape.binding, pointer)
    if (seen.has(shape)) return
    seen.add(shape)
    for (const { binding } of shape.keyed?.entries ?? []) add(binding, pointer)
    for (const [name, property] of shape.properties)
      visit(property, own(join(shape.pointer, 'properties', name), property))
    if (shape.items) visit(shape.items, join(shape.pointer, 'items'))
  }
  // What a part of `allOf` brings along does not stand at the property's own place.
  const own = (pointer: Pointer, { pointer: target }: Shape): Pointer =>
    atPointer(model.document, pointer) === undefined ? target : pointer
  for (const operation of model.operations) {
    for (const { binding, pointer } of operation.parameters) {
      if (binding) add(binding, pointer)
      for (const field of Object.values(binding?.fields ?? {})) add(field, pointer)
    }
    for (const { schema } of [...(operation.body?.content ?? []), ...(successOf(operation)?.content ?? [])])
      if (schema !== undefined) visit(model.shape(schema), schema)
  }
  return [...found.values()].sort((left, right) => (left.role < right.role ? -1 : left.role > right.role ? 1 : 0))
}

/** Returns a place as two cells: pointer, file and line. */
export const formatPlace = ({ pointer, file }: Place): readonly string[] => [
  pointer,
  file ? `${file.file}:${file.line}` : '',
]
