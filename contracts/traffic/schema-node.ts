import { atPointer, isObject, join, patternOf, tagsOf } from '../../spec/index.ts'
import type { Document, Pattern, Pointer } from '../../spec/index.ts'

/** One schema that applies to a value, references followed. */
export interface SchemaPart {
  readonly pointer: Pointer
  readonly schema: Readonly<Record<string, unknown>>
  /** What it says of texts: nothing, that values are texts, or what sort of text. */
  readonly text: 'unsaid' | 'plain' | 'told'
}

/** Alternatives, of which some apply to a value; tagged ones say which by a property of the value. */
export interface Choice {
  readonly branches: readonly Pointer[]
  readonly tag?: { readonly property: string; readonly words: ReadonlyMap<string, Pointer> }
}

/** What a document says about the values of one place, taken apart: everything that always applies, and what may. */
export interface SchemaNode {
  /** Where it stands, references not followed. */
  readonly pointer: Pointer
  readonly parts: readonly SchemaPart[]
  readonly choices: readonly Choice[]
  /** Where the schemas of each property stand. */
  readonly properties: ReadonlyMap<string, readonly Pointer[]>
  readonly patterns: readonly (readonly [Pattern, Pointer])[]
  /** Where the schema of all other properties stands. */
  readonly others?: Pointer
  readonly items?: Pointer
  readonly prefix: readonly Pointer[]
}

/** Returns the site at a pointer. */
export function schemaNodeAt(document: Document, pointer: Pointer): SchemaNode {
  const parts: SchemaPart[] = []
  const choices: Choice[] = []
  collect(document, pointer, parts, choices, new Set())
  const properties = new Map<string, Pointer[]>()
  const patterns: [Pattern, Pointer][] = []
  let others: Pointer | undefined
  let items: Pointer | undefined
  let prefix: readonly Pointer[] = []
  for (const { pointer: here, schema } of parts) {
    for (const name of namesIn(schema.properties))
      properties.set(name, [...(properties.get(name) ?? []), join(here, 'properties', name)])
    for (const source of namesIn(schema.patternProperties))
      patterns.push([patternOf(source), join(here, 'patternProperties', source)])
    if (isObject(schema.additionalProperties) && Object.keys(schema.additionalProperties).length > 0)
      others ??= join(here, 'additionalProperties')
    if (isObject(schema.items)) items ??= join(here, 'items')
    if (Array.isArray(schema.prefixItems))
      prefix = schema.prefixItems.map((_, index) => join(here, 'prefixItems', index))
  }
  return {
    pointer,
    parts,
    choices,
    properties,
    patterns,
    prefix,
    ...(others !== undefined && { others }),
    ...(items !== undefined && { items }),
  }
}

const namesIn = (value: unknown): string[] => (isObject(value) ? Object.keys(value) : [])

function collect(
  document: Document,
  pointer: Pointer,
  parts: SchemaPart[],
  choices: Choice[],
  seen: Set<Pointer>,
): void {
  const schema = atPointer(document, pointer)
  if (!isObject(schema) || seen.has(pointer)) return
  seen.add(pointer)
  parts.push({ pointer, schema, text: textIn(schema) })
  // One step only: what stands beside the next reference counts, too. One that dangles leads nowhere here; conformance reports it.
  if (typeof schema.$ref === 'string' && schema.$ref.startsWith('#'))
    collect(document, decodeURIComponent(schema.$ref.slice(1)), parts, choices, seen)
  if (Array.isArray(schema.allOf))
    for (const index of schema.allOf.keys()) collect(document, join(pointer, 'allOf', index), parts, choices, seen)
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const branches = schema[keyword]
    if (Array.isArray(branches)) choices.push(choiceOf(document, schema, branches, join(pointer, keyword)))
  }
  const conditional = ['then', 'else']
    .filter((keyword) => isObject(schema[keyword]))
    .map((keyword) => join(pointer, keyword))
  if (conditional.length > 0) choices.push({ branches: conditional })
}

const telling = ['format', 'enum', 'const', 'pattern', 'contentEncoding', 'contentMediaType']

const textIn = (schema: SchemaPart['schema']): SchemaPart['text'] =>
  telling.some((keyword) => schema[keyword] !== undefined)
    ? 'told'
    : [schema.type].flat().includes('string')
      ? 'plain'
      : 'unsaid'

function choiceOf(
  document: Document,
  { discriminator }: SchemaPart['schema'],
  branches: readonly unknown[],
  pointer: Pointer,
): Choice {
  const pointers = branches.map((_, index) => join(pointer, index))
  if (!isObject(discriminator) || typeof discriminator.propertyName !== 'string') return { branches: pointers }
  const references = branches.map((branch) => (isObject(branch) && typeof branch.$ref === 'string' ? branch.$ref : ''))
  const tags = tagsOf(
    references.filter((reference) => reference !== ''),
    isObject(discriminator.mapping) ? discriminator.mapping : {},
    document,
  )
  const words = new Map(
    tags.flatMap(([word, reference]) => {
      const index = references.indexOf(reference)
      return index < 0 ? [] : [[word, pointers[index] as Pointer] as const]
    }),
  )
  return { branches: pointers, tag: { property: discriminator.propertyName, words } }
}
