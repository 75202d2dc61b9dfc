// Writes discriminators as conditions of JSON Schema.

import { isObject } from '../document.ts'
import type { Document } from '../document.ts'
import { atPointer, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'

type Table = Readonly<Record<string, unknown>>

/** The words of a tag, and the schema that each stands for. */
type Tags = readonly (readonly [word: string, reference: string])[]

/** Returns the words of a mapping and what each refers to; a branch that none names goes by the name of its schema. A mapping names schemas by reference or by name. */
export function tagsOf(references: readonly string[], mapping: Table, document: Document): Tags {
  const mapped = Object.entries(mapping).map(([word, target]) => {
    const name = String(target)
    const isName = atPointer(document, join('/components/schemas', name)) !== undefined
    return [word, isName ? `#/components/schemas/${name}` : name] as const
  })
  const named = references
    .filter((reference) => !mapped.some(([, target]) => target === reference))
    .map((reference) => [reference.split('/').at(-1) as string, reference] as const)
  return [...mapped, ...named]
}

const mappingOf = (discriminator: Table): Table => (isObject(discriminator.mapping) ? discriminator.mapping : {})

/**
 * Returns a schema whose `oneOf` or `anyOf` with a discriminator chooses its branch by the tag, written as `if` and `then`: so
 * branches that overlap are no ambiguity, and errors are those of the branch that was meant. Branches that are no objects, null
 * above all, stay beside the tagged ones. Other schemas come back as they are.
 */
export function choose(schema: Table, document: Document): Table {
  const { discriminator, ...rest } = schema
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') return schema
  const keyword = (['oneOf', 'anyOf'] as const).find((candidate) => Array.isArray(rest[candidate]))
  if (!keyword) return rest
  const { [keyword]: branches, ...others } = rest as Table & Record<typeof keyword, readonly unknown[]>
  const [untagged, tagged] = [true, false].map((wanted) =>
    branches.filter((branch) => isNoObject(branch, document) === wanted),
  ) as [unknown[], unknown[]]
  const references = tagged.map((branch) =>
    isObject(branch) && typeof branch.$ref === 'string' ? branch.$ref : undefined,
  )
  if (references.length === 0 || references.includes(undefined)) return rest
  const tag = discriminator.propertyName
  const tags = tagsOf(references as string[], mappingOf(discriminator), document)
  const chosen = {
    type: 'object',
    properties: { [tag]: { enum: tags.map(([word]) => word) } },
    required: [tag],
    allOf: branchesOf(tag, tags),
  }
  return together(others, untagged.length === 0 ? chosen : { anyOf: [chosen, ...untagged] })
}

const branchesOf = (tag: string, tags: Tags) =>
  tags.map(([word, $ref]) => ({
    if: { properties: { [tag]: { const: word } }, required: [tag] },
    then: { $ref },
  }))

/** Returns a schema that asks for what both ask for. */
function together(left: Table, right: Table): Table {
  const isApart = Object.keys(right).every((keyword) => left[keyword] === undefined || keyword === 'type')
  return isApart
    ? { ...right, ...left }
    : { ...left, allOf: [...(Array.isArray(left.allOf) ? (left.allOf as unknown[]) : []), right] }
}

/** Tells whether a branch can be no object: null, or another plain value. */
function isNoObject(branch: unknown, document: Document): boolean {
  if (!isObject(branch)) return branch === false
  if (typeof branch.$ref === 'string' && branch.$ref.startsWith('#/')) {
    const target = atPointer(document, decodeURIComponent(branch.$ref.slice(1)))
    return isObject(target) && target.$ref === undefined && isNoObject(target, document)
  }
  if (branch.type !== undefined) return ![branch.type].flat().includes('object')
  const values = 'const' in branch ? [branch.const] : branch.enum
  return Array.isArray(values) && !values.some(isObject)
}

const known = new WeakMap<Document, ReadonlyMap<Pointer, readonly Pointer[]>>()

/** Returns where the named schemas stand that extend the one at a pointer by `allOf`, directly or through others. */
export function heirsOf(document: Document, pointer: Pointer): readonly Pointer[] {
  const children = known.get(document) ?? childrenIn(document)
  known.set(document, children)
  const found = new Set<Pointer>()
  const todo = [...(children.get(pointer) ?? [])]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (found.has(next)) continue
    found.add(next)
    todo.push(...(children.get(next) ?? []))
  }
  return [...found]
}

function childrenIn(document: Document): ReadonlyMap<Pointer, readonly Pointer[]> {
  const schemas = atPointer(document, '/components/schemas')
  const children = new Map<Pointer, Pointer[]>()
  for (const [name, schema] of Object.entries(isObject(schemas) ? schemas : {})) {
    for (const part of isObject(schema) && Array.isArray(schema.allOf) ? (schema.allOf as unknown[]) : []) {
      if (!isObject(part) || typeof part.$ref !== 'string' || !part.$ref.startsWith('#/')) continue
      const parent = decodeURIComponent(part.$ref.slice(1))
      children.set(parent, [...(children.get(parent) ?? []), join('/components/schemas', name)])
    }
  }
  return children
}

/**
 * Returns the tags of a schema that others extend (OpenAPI 3.1, Discriminator Object: `allOf`), and the property they stand in;
 * `undefined` where a schema has no discriminator, a choice of its own, or no heirs.
 */
export function inheritedTags(
  document: Document,
  pointer: Pointer,
): { readonly property: string; readonly tags: Tags } | undefined {
  const schema = atPointer(document, pointer)
  if (!isObject(schema) || !isObject(schema.discriminator) || schema.oneOf !== undefined || schema.anyOf !== undefined)
    return undefined
  const { propertyName } = schema.discriminator
  const heirs = heirsOf(document, pointer)
  if (typeof propertyName !== 'string' || heirs.length === 0) return undefined
  const references = [pointer, ...heirs].map((heir) => `#${heir}`)
  return { property: propertyName, tags: tagsOf(references, mappingOf(schema.discriminator), document) }
}

/** Returns a schema that others extend, so that the tag says which of them a value must also fit. */
export function withHeirs(schema: Table, document: Document, pointer: Pointer): Table {
  const inherited = inheritedTags(document, pointer)
  if (!inherited) return schema
  const { property, tags } = inherited
  const { discriminator: _, ...rest } = schema
  const words = { properties: { [property]: { enum: tags.map(([word]) => word) } } }
  const heirs = tags.filter(([, reference]) => reference !== `#${pointer}`)
  return {
    ...rest,
    allOf: [...(Array.isArray(rest.allOf) ? (rest.allOf as unknown[]) : []), words, ...branchesOf(property, heirs)],
  }
}
