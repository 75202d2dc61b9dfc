import { makeModel } from '../model.ts'
import type { Model } from '../model.ts'
import { applyInferred } from './apply.ts'
import { infer } from './infer.ts'

/** Returns a model with the roles that can be inferred, where it has none of its own and shows invoices; else the model itself. */
export function understood(model: Model): Model {
  if (hasRoles(model.document)) return model
  const inferred = infer(model)
  if (inferred.resource === undefined) return model
  const { name, locate, files, faults, lost, faultsBelow } = model
  const bound = makeModel(applyInferred(model.document, inferred), { name, locate, files })
  const known = new Set(model.operations.map(({ id }) => id))
  const operations = bound.operations.filter(({ id }) => known.has(id))
  return { ...bound, operations, faults, lost, faultsBelow, inferred }
}

/** Tells whether anybody has said what anything in a document means. */
function hasRoles(tree: unknown): boolean {
  if (typeof tree !== 'object' || tree === null) return false
  if (Array.isArray(tree)) return tree.some(hasRoles)
  return Object.entries(tree).some(
    ([key, value]) =>
      key === 'x-role' ||
      key === 'x-keyed' ||
      key === 'x-operation' ||
      (key !== 'example' && key !== 'examples' && hasRoles(value)),
  )
}
