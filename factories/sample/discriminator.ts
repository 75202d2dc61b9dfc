// Reads OpenAPI discriminators: the tag value of a branch and the schemas that extend a base.

import { atPointer, inheritedTags, isObject, split } from '../../spec/index.ts'
import type { SchemaObject } from '../../spec/index.ts'
import type { Choice, PendingSchema } from './add-schema.ts'
import type { Subschema, Subschemas } from './subschema.ts'

/**
 * Returns what an OpenAPI discriminator adds to a chosen branch: its property holds a name the mapping gives that branch,
 * or else the name of its schema.
 */
export function tagOfBranch(
  subschemas: Subschemas,
  subschema: Subschema,
  path: string,
  owners: readonly number[],
): PendingSchema[] {
  const branch = atPointer(subschema.schema, path)
  return isObject(branch) && typeof branch.$ref === 'string'
    ? tagSchemas(subschemas, subschema, subschemas.follow(subschema, branch.$ref), path, owners)
    : []
}

/** Returns what a discriminator adds where another schema takes over the one that has it, by `allOf`. */
export function tagOfHeir(
  subschemas: Subschemas,
  subschema: Subschema,
  heir: Subschema,
  owners: readonly number[],
): PendingSchema[] {
  const { anyOf, oneOf } = subschema.schema as SchemaObject
  return anyOf || oneOf ? [] : tagSchemas(subschemas, subschema, heir, heir.location.pointer, owners)
}

/** Returns the schemas that extend one with a discriminator, each with its tag: a value of the one is a value of one of them. */
export function heirs(subschemas: Subschemas, subschema: Subschema, owners: readonly number[]): Choice[] {
  const { root } = subschema.location.resource.document
  const inherited = isObject(root) ? inheritedTags(root, subschema.location.pointer) : undefined
  if (!inherited) return []
  const { mapping } = (subschema.schema as { discriminator: SchemaObject }).discriminator
  const words = new Set(Object.keys(isObject(mapping) ? mapping : {}))
  const { property, tags } = inherited
  return tags
    .filter(
      ([word, reference]) => reference !== `#${subschema.location.pointer}` && (words.size === 0 || words.has(word)),
    )
    .map(([word, reference]) => ({
      tasks: [
        { subschema: subschemas.follow(subschema, reference), owners },
        { subschema: subschemas.made(subschema, `tag ${word}`, tagged(property, [word])), owners },
      ],
    }))
}

/** Tells whether a value that is an object fits a choice by its tag: the tag names the branch; `undefined` where there is no tag. */
export function fitsByTag(
  subschemas: Subschemas,
  subschema: Subschema,
  paths: readonly string[],
  value: unknown,
  holds: (path: string) => boolean,
): boolean | undefined {
  const { discriminator } = subschema.schema as SchemaObject
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string' || !isObject(value)) return undefined
  const { [discriminator.propertyName]: word } = value
  return paths.some((path) => {
    const branch = atPointer(subschema.schema, path)
    if (!isObject(branch) || typeof branch.$ref !== 'string') return false
    return (
      namesOf(subschemas, subschema, subschemas.follow(subschema, branch.$ref), discriminator.mapping).includes(
        String(word),
      ) && holds(path)
    )
  })
}

const tagged = (property: string, words: readonly string[]) => ({
  type: 'object',
  properties: { [property]: { enum: words } },
  required: [property],
})

function tagSchemas(
  subschemas: Subschemas,
  subschema: Subschema,
  target: Subschema,
  reason: string,
  owners: readonly number[],
): PendingSchema[] {
  const { discriminator } = subschema.schema as SchemaObject
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') return []
  const names = namesOf(subschemas, subschema, target, discriminator.mapping)
  const schema = tagged(discriminator.propertyName, names)
  return [{ subschema: subschemas.made(subschema, `discriminator ${reason}`, schema), owners }]
}

function namesOf(subschemas: Subschemas, subschema: Subschema, target: Subschema, mapping: unknown): readonly string[] {
  const mapped = Object.entries(isObject(mapping) ? mapping : {}).filter(
    ([, value]) => typeof value === 'string' && leadsTo(subschemas, subschema, value, target),
  )
  return mapped.length > 0 ? mapped.map(([name]) => name) : [split(target.location.pointer).at(-1) ?? '']
}

/** A mapping names a schema or refers to one. */
function leadsTo(subschemas: Subschemas, subschema: Subschema, value: string, target: Subschema): boolean {
  if (/^[A-Za-z0-9._-]+$/.test(value) && target.location.pointer === `/components/schemas/${value}`) return true
  try {
    return subschemas.follow(subschema, value) === target
  } catch {
    return false
  }
}
