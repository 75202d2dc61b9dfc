// Puts inferred roles into a copy of the document.

import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import { makeModel } from '../model.ts'
import type { Model } from '../model.ts'
import { atPointer } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { infer } from './infer.ts'
import type { Inferred } from './inferred.ts'

/** Returns a model with the roles that can be inferred, where it has none of its own and shows invoices; else the model itself. */
export function understood(model: Model): Model {
  if (hasRoles(model.document)) return model
  const inferred = infer(model)
  if (inferred.resource === undefined) return model
  const { name, locate, files, diagnostics, lost, diagnosticsBelow } = model
  const bound = makeModel(applyInferred(model.document, inferred), { name, locate, files })
  const known = new Set(model.operations.map(({ id }) => id))
  const operations = bound.operations.filter(({ id }) => known.has(id))
  return { ...bound, operations, diagnostics, faults: diagnostics, lost, diagnosticsBelow, inferred }
}

/** Tells whether a document has any role, keyed array or operation role of its own. */
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

/**
 * Returns a copy of a document in which places carry the roles that were inferred for them, as an overlay would say them. What
 * an invoice shares with other things (a customer, an address, an amount with its currency) is copied into the invoice first, so that
 * the same schema means nothing elsewhere.
 */
function applyInferred(document: Document, inferred: Inferred): Document {
  const copy = apart(document) as Record<string, unknown>
  const annotate = (pointer: Pointer, key: string, value: unknown): void => {
    const place = atPointer(copy, pointer)
    if (isObject(place)) place[key] = value
  }
  for (const pointer of inferred.roots) annotate(pointer, 'x-role', 'invoice')
  for (const { pointer, root, path, annotation, money, confidence } of inferred.bindings) {
    const role = { ...annotation, ...(confidence < 1 && { confidence }) }
    if (root === undefined || path === undefined) {
      annotate(pointer, 'x-role', role)
      continue
    }
    if (!money) {
      mark(copy, root, path, 'x-role', role)
      continue
    }
    mark(copy, root, [...path, money.amount], 'x-role', role)
    mark(copy, root, [...path, money.currency], 'x-role', { role: 'invoice.currency', confidence })
  }
  for (const { root, path } of inferred.unbound) mark(copy, root, path, 'x-neutral', true)
  for (const { pointer, does } of inferred.operations) annotate(pointer, 'x-operation', does)
  copy['x-representation'] = {
    voided: 'nothing',
    ...(inferred.direction === 'payable' && { direction: 'payable' }),
    ...(copy['x-representation'] as object | undefined),
  }
  copy['x-inferred'] = true
  return copy
}

/** Returns a copy in which every place is an object of its own: one constant in a program, or an alias in YAML, may stand in many. */
function apart(value: unknown, around: readonly unknown[] = []): unknown {
  if (typeof value !== 'object' || value === null || around.includes(value)) return value
  const within = [...around, value]
  if (Array.isArray(value)) return value.map((one) => apart(one, within))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, apart(one, within)]))
}

/** An object that holds a schema, and its key there. */
interface Slot {
  readonly holder: Record<string, unknown>
  readonly key: string
}

function mark(
  document: Record<string, unknown>,
  root: Pointer,
  path: readonly string[],
  name: string,
  value: unknown,
): void {
  const schema = atPointer(document, root)
  let here: Slot | undefined = isObject(schema) ? { holder: { root: schema }, key: 'root' } : undefined
  for (const step of path) here = here && below(document, here, step)
  if (!here) return
  // Beside a reference an annotation stands for this place alone.
  const place = here.holder[here.key]
  if (isObject(place)) place[name] = value
}

/** Returns where a property, or the elements of an array, are stated inside a schema; what is referred to on the way is copied here. */
function below(document: Document, { holder, key }: Slot, step: string, depth = 0): Slot | undefined {
  const stated = holder[key]
  if (!isObject(stated) || depth > 12) return undefined
  if (!has(document, stated, step, 0)) return undefined
  const schema = typeof stated.$ref === 'string' ? taken(document, stated) : stated
  if (schema !== stated) holder[key] = schema
  if (step === '*' && isObject(schema.items)) return { holder: schema, key: 'items' }
  if (isObject(schema.properties) && Object.hasOwn(schema.properties, step))
    return { holder: schema.properties, key: step }
  for (const keyword of combinators) {
    const branches = schema[keyword]
    if (!Array.isArray(branches)) continue
    for (const index of branches.keys()) {
      const found = below(
        document,
        { holder: branches as unknown as Record<string, unknown>, key: String(index) },
        step,
        depth + 1,
      )
      if (found) return found
    }
  }
  return undefined
}

const combinators = ['allOf', 'anyOf', 'oneOf'] as const

/** Returns a copy of what a reference leads to, with what stands beside the reference. */
function taken(document: Document, { $ref, ...beside }: Record<string, unknown>): Record<string, unknown> {
  const { value } = resolve({ ...document, 'x-here': { $ref } }, '/x-here')
  return { ...(isObject(value) ? structuredClone(value) : {}), ...beside }
}

/** Tells whether a schema states a property, or elements. */
function has(document: Document, stated: Record<string, unknown>, step: string, depth: number): boolean {
  if (depth > 12) return false
  const { value } =
    typeof stated.$ref === 'string'
      ? resolve({ ...document, 'x-here': { $ref: stated.$ref } }, '/x-here')
      : { value: stated }
  if (!isObject(value)) return false
  if (step === '*' ? isObject(value.items) : isObject(value.properties) && Object.hasOwn(value.properties, step))
    return true
  return combinators.some(
    (keyword) =>
      Array.isArray(value[keyword]) &&
      (value[keyword] as unknown[]).some((branch) => isObject(branch) && has(document, branch, step, depth + 1)),
  )
}
