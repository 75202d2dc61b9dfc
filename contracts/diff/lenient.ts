// Applies as much of an overlay as fits another version of its document.

import { applyOverlay, Failure, isObject } from '../../spec/index.ts'
import type { Document } from '../../spec/index.ts'

/** A document with what of an overlay still fits it, and what does not. */
export interface Annotated {
  readonly document: Document
  /** Targets whose place is gone, with what they said: `$.components.schemas.Invoice.properties total_amount`. */
  readonly lost: readonly { readonly target: string; readonly says: string }[]
}

/**
 * Returns a document with as much of an overlay applied as fits: the overlay was written for another version.
 * @throws Failure for an overlay that is none.
 */
export function applyFitting(document: Document, overlay: unknown): Annotated {
  try {
    return { document: applyOverlay(document, overlay), lost: [] }
  } catch (error) {
    if (!(error instanceof Failure) || !isObject(overlay) || !Array.isArray(overlay.actions)) throw error
  }
  const { actions, ...head } = overlay as { readonly actions: readonly unknown[] }
  const lost: { target: string; says: string }[] = []
  let result = document
  for (const action of actions.flatMap(split)) {
    try {
      result = applyOverlay(result, { ...head, actions: [action] })
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      lost.push({ target: nameOf(action), says: meaningOf(action) })
    }
  }
  return { document: result, lost }
}

/** An action for each annotation, so that one place that is gone takes none of the others with it. */
function split(action: unknown): readonly unknown[] {
  if (!isObject(action) || !isObject(action.update)) return [action]
  return leaves(action.update).map((update) => ({ ...action, update }))
}

function leaves(update: Record<string, unknown>): readonly Record<string, unknown>[] {
  return Object.entries(update).flatMap(([key, value]) =>
    isObject(value) && !key.startsWith('x-') ? leaves(value).map((leaf) => ({ [key]: leaf })) : [{ [key]: value }],
  )
}

function nameOf(action: unknown): string {
  if (!isObject(action)) return 'an action'
  const steps: string[] = []
  for (let update = action.update; isObject(update);) {
    const [key] = Object.keys(update)
    if (key === undefined || key.startsWith('x-')) break
    steps.push(key)
    update = update[key]
  }
  return [String(action.target), ...steps].join('.')
}

function meaningOf(action: unknown): string {
  let value = isObject(action) ? action.update : undefined
  while (isObject(value)) {
    const [key = ''] = Object.keys(value)
    const inner = value[key]
    if (key.startsWith('x-'))
      return isObject(inner) && typeof inner.role === 'string' ? inner.role : typeof inner === 'string' ? inner : key
    value = inner
  }
  return 'nothing'
}
