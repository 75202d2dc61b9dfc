import { at, isObject, split } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import type { Task } from './absorb.ts'
import type { Spot, Spots } from './spot.ts'

/**
 * Returns what an OpenAPI discriminator adds to a chosen branch: its property holds a name the mapping gives that branch,
 * or else the name of its schema.
 */
export function brand(spots: Spots, spot: Spot, path: string, owners: readonly number[]): Task[] {
  const branch = at(spot.schema, path)
  return isObject(branch) && typeof branch.$ref === 'string'
    ? branded(spots, spot, spots.follow(spot, branch.$ref), path, owners)
    : []
}

/** Returns what a discriminator adds where another schema takes over the one that has it, by `allOf`. */
export function brandHeir(spots: Spots, spot: Spot, heir: Spot, owners: readonly number[]): Task[] {
  const { anyOf, oneOf } = spot.schema as SchemaObject
  return anyOf || oneOf ? [] : branded(spots, spot, heir, heir.site.pointer, owners)
}

function branded(spots: Spots, spot: Spot, target: Spot, reason: string, owners: readonly number[]): Task[] {
  const { discriminator } = spot.schema as SchemaObject
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') return []
  const names = namesOf(spots, spot, target, discriminator.mapping)
  const schema = {
    type: 'object',
    properties: { [discriminator.propertyName]: { enum: names } },
    required: [discriminator.propertyName],
  }
  return [{ spot: spots.made(spot, `discriminator ${reason}`, schema), owners }]
}

function namesOf(spots: Spots, spot: Spot, target: Spot, mapping: unknown): readonly string[] {
  const mapped = Object.entries(isObject(mapping) ? mapping : {}).filter(
    ([, value]) => typeof value === 'string' && leadsTo(spots, spot, value, target),
  )
  return mapped.length > 0 ? mapped.map(([name]) => name) : [split(target.site.pointer).at(-1) ?? '']
}

/** A mapping names a schema or refers to one. */
function leadsTo(spots: Spots, spot: Spot, value: string, target: Spot): boolean {
  if (/^[A-Za-z0-9._-]+$/.test(value) && target.site.pointer === `/components/schemas/${value}`) return true
  try {
    return spots.follow(spot, value) === target
  } catch {
    return false
  }
}
