import { atPointer, inheritedTags, isObject, split } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import type { Option, Task } from './absorb.ts'
import type { Spot, Spots } from './spot.ts'

/**
 * Returns what an OpenAPI discriminator adds to a chosen branch: its property holds a name the mapping gives that branch,
 * or else the name of its schema.
 */
export function brand(spots: Spots, spot: Spot, path: string, owners: readonly number[]): Task[] {
  const branch = atPointer(spot.schema, path)
  return isObject(branch) && typeof branch.$ref === 'string'
    ? branded(spots, spot, spots.follow(spot, branch.$ref), path, owners)
    : []
}

/** Returns what a discriminator adds where another schema takes over the one that has it, by `allOf`. */
export function brandHeir(spots: Spots, spot: Spot, heir: Spot, owners: readonly number[]): Task[] {
  const { anyOf, oneOf } = spot.schema as SchemaObject
  return anyOf || oneOf ? [] : branded(spots, spot, heir, heir.site.pointer, owners)
}

/** Returns the schemas that extend one with a discriminator, each with its tag: a value of the one is a value of one of them. */
export function heirs(spots: Spots, spot: Spot, owners: readonly number[]): Option[] {
  const { root } = spot.site.resource.volume
  const inherited = isObject(root) ? inheritedTags(root, spot.site.pointer) : undefined
  if (!inherited) return []
  const { mapping } = (spot.schema as { discriminator: SchemaObject }).discriminator
  const words = new Set(Object.keys(isObject(mapping) ? mapping : {}))
  const { property, tags } = inherited
  return tags
    .filter(([word, reference]) => reference !== `#${spot.site.pointer}` && (words.size === 0 || words.has(word)))
    .map(([word, reference]) => ({
      tasks: [
        { spot: spots.follow(spot, reference), owners },
        { spot: spots.made(spot, `tag ${word}`, tagged(property, [word])), owners },
      ],
    }))
}

/** Tells whether a value that is an object fits a choice by its tag: the tag names the branch; `undefined` where there is no tag. */
export function fitsByTag(
  spots: Spots,
  spot: Spot,
  paths: readonly string[],
  value: unknown,
  holds: (path: string) => boolean,
): boolean | undefined {
  const { discriminator } = spot.schema as SchemaObject
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string' || !isObject(value)) return undefined
  const { [discriminator.propertyName]: word } = value
  return paths.some((path) => {
    const branch = atPointer(spot.schema, path)
    if (!isObject(branch) || typeof branch.$ref !== 'string') return false
    return (
      namesOf(spots, spot, spots.follow(spot, branch.$ref), discriminator.mapping).includes(String(word)) && holds(path)
    )
  })
}

const tagged = (property: string, words: readonly string[]) => ({
  type: 'object',
  properties: { [property]: { enum: words } },
  required: [property],
})

function branded(spots: Spots, spot: Spot, target: Spot, reason: string, owners: readonly number[]): Task[] {
  const { discriminator } = spot.schema as SchemaObject
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') return []
  const names = namesOf(spots, spot, target, discriminator.mapping)
  const schema = tagged(discriminator.propertyName, names)
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
