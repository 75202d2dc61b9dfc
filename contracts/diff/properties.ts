// Compares the properties of two schemas.

import type { Document, Pointer } from '../../spec/index.ts'
import { resolvedSchema } from '../samples.ts'
import { narrowed, widened } from './change.ts'
import type { SchemaComparison } from './comparison.ts'
import type { FlatProperty, FlatSchema } from './flat-schema.ts'

/** Notes which properties came, went, must be there or may be missing, and compares those of both schemas. */
export function compareProperties(comparison: SchemaComparison): void {
  const { old, now } = comparison
  for (const [name, property] of old.properties) {
    const other = now.properties.get(name)
    if (other) compareProperty(comparison, name, property, other)
    else noteRemoved(comparison, name, property)
  }
  for (const [name, property] of now.properties) if (!old.properties.has(name)) noteAdded(comparison, name, property)
  compareUndescribed(comparison)
  if (old.isClosed !== now.isClosed)
    comparison.change(
      now.isClosed,
      'additional-properties',
      now.isClosed ? 'allows no other properties any more' : 'may now have other properties',
    )
}

/** The keyword that takes a property out of what travels this way. */
const hidingKeyword = ({ pair }: SchemaComparison): 'readOnly' | 'writeOnly' =>
  pair.direction === 'request' ? 'readOnly' : 'writeOnly'

const isHidden = (comparison: SchemaComparison, document: Document, pointer: Pointer): boolean =>
  resolvedSchema(document, pointer)[hidingKeyword(comparison)] === true

function compareProperty(comparison: SchemaComparison, name: string, old: FlatProperty, now: FlatProperty): void {
  const { notes, pair } = comparison
  const { direction } = pair
  const here = { old: old.pointer, now: now.pointer }
  const wasHidden = isHidden(comparison, notes.before.document, old.pointer)
  const isNowHidden = isHidden(comparison, notes.after.document, now.pointer)
  if (wasHidden !== isNowHidden)
    comparison.note(
      !isNowHidden ? 'safe' : direction === 'request' ? 'risky' : 'breaking',
      direction === 'request' ? 'read-only' : 'write-only',
      `/${name} is ${isNowHidden ? 'now' : 'no longer'} ${hidingKeyword(comparison)}`,
      here,
    )
  if (wasHidden || isNowHidden) return
  if (old.isRequired && !now.isRequired)
    comparison.note(widened(direction), 'property-optional', `/${name} may now be missing`, here)
  if (!old.isRequired && now.isRequired)
    comparison.note(narrowed(direction), 'property-required', `/${name} is now required`, here)
  comparison.descend({ ...here, direction, what: `${pair.what}/${name}` })
}

function noteRemoved(comparison: SchemaComparison, name: string, { pointer }: FlatProperty): void {
  const { notes, pair, now } = comparison
  if (isHidden(comparison, notes.before.document, pointer)) return
  const isPassedOver = pair.direction === 'request' && !now.isClosed
  comparison.note(isPassedOver ? 'risky' : 'breaking', 'property-removed', `/${name} is gone`, { old: pointer })
}

function noteAdded(comparison: SchemaComparison, name: string, { pointer, isRequired }: FlatProperty): void {
  const { notes, pair, old } = comparison
  if (isHidden(comparison, notes.after.document, pointer)) return
  const isRequest = pair.direction === 'request'
  const isDemanded = isRequest && isRequired
  comparison.note(
    isDemanded ? 'breaking' : !isRequest && old.isClosed ? 'risky' : 'safe',
    'property-added',
    `/${name} is new${isDemanded ? ' and required' : ''}`,
    { now: pointer },
  )
}

function compareUndescribed(comparison: SchemaComparison): void {
  const { old, now, pair } = comparison
  const [before, after] = [undescribed(old), undescribed(now)]
  for (const name of after)
    if (!before.includes(name) && !old.properties.get(name)?.isRequired)
      comparison.note(narrowed(pair.direction), 'property-required', `/${name} is now required`)
  for (const name of before)
    if (!after.includes(name) && !now.properties.get(name)?.isRequired)
      comparison.note(widened(pair.direction), 'property-optional', `/${name} may now be missing`)
}

/** What is required and described nowhere. */
const undescribed = ({ own: { required }, properties }: FlatSchema): readonly string[] =>
  Array.isArray(required) ? required.map(String).filter((name) => !properties.has(name)) : []
