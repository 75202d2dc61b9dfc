import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import { join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'

/** What a schema says of the values of a place, references followed and combinators laid together. */
export interface Facts {
  readonly types: ReadonlySet<string>
  readonly format: string | undefined
  readonly pattern: string | undefined
  readonly words: readonly unknown[] | undefined
  /** Names of the words of an enum, where the document gives them: `x-enum-varnames`, or titles of constants. */
  readonly wordNames: readonly string[] | undefined
  readonly description: string
  readonly examples: readonly unknown[]
  readonly maximum: number | undefined
  /** Properties as objects state them: where each one's schema is referred to. */
  readonly properties: ReadonlyMap<string, Pointer>
  readonly items: Pointer | undefined
  /** The name of the schema that is referred to, if any. */
  readonly called: string | undefined
}

interface Growing {
  types: Set<string>
  format: string | undefined
  pattern: string | undefined
  words: unknown[] | undefined
  wordNames: string[] | undefined
  description: string
  examples: unknown[]
  maximum: number | undefined
  properties: Map<string, Pointer>
  items: Pointer | undefined
}

/** Returns a function that gives the facts of any schema of a document, found once. */
export function factsIn(document: Document): (pointer: Pointer) => Facts {
  const known = new Map<Pointer, Facts>()
  return (pointer) => {
    const before = known.get(pointer)
    if (before) return before
    const facts = factsAt(document, pointer)
    known.set(pointer, facts)
    return facts
  }
}

function factsAt(document: Document, pointer: Pointer): Facts {
  const facts: Growing = {
    types: new Set(),
    format: undefined,
    pattern: undefined,
    words: undefined,
    wordNames: undefined,
    description: '',
    examples: [],
    maximum: undefined,
    properties: new Map(),
    items: undefined,
  }
  const seen = new Set<Pointer>()
  const { pointer: target } = resolve(document, pointer)
  gather(document, pointer, facts, seen)
  return { ...facts, called: target === pointer ? undefined : target.split('/').at(-1) }
}

function gather(document: Document, stated: Pointer, facts: Growing, seen: Set<Pointer>): void {
  const own = valueAt(document, stated)
  if (typeof own?.description === 'string') facts.description ||= own.description
  if (own?.example !== undefined) facts.examples.push(own.example)
  const { pointer, value: schema } = resolve(document, stated)
  if (!isObject(schema) || seen.has(pointer)) return
  seen.add(pointer)
  for (const type of [schema.type].flat()) if (typeof type === 'string') facts.types.add(type)
  if (typeof schema.format === 'string') facts.format ??= schema.format
  if (typeof schema.pattern === 'string') facts.pattern ??= schema.pattern
  if (typeof schema.maximum === 'number') facts.maximum ??= schema.maximum
  if (typeof schema.description === 'string') facts.description ||= schema.description
  if (Array.isArray(schema.enum)) facts.words = [...(facts.words ?? []), ...(schema.enum as unknown[])]
  const names = schema['x-enum-varnames'] ?? schema['x-enumNames']
  if (Array.isArray(names)) facts.wordNames ??= names.map(String)
  if (schema.const !== undefined) {
    facts.words = [...(facts.words ?? []), schema.const]
    if (typeof schema.title === 'string') facts.wordNames = [...(facts.wordNames ?? []), schema.title]
  }
  if (schema.example !== undefined && own !== schema) facts.examples.push(schema.example)
  if (Array.isArray(schema.examples)) facts.examples.push(...(schema.examples as unknown[]))
  if (isObject(schema.properties))
    for (const name of Object.keys(schema.properties))
      if (!facts.properties.has(name)) facts.properties.set(name, join(pointer, 'properties', name))
  if (isObject(schema.items)) facts.items ??= join(pointer, 'items')
  for (const keyword of ['allOf', 'anyOf', 'oneOf'])
    if (Array.isArray(schema[keyword]))
      for (const index of schema[keyword].keys()) gather(document, join(pointer, keyword, index), facts, seen)
}

function valueAt(document: Document, pointer: Pointer): Record<string, unknown> | undefined {
  let here: unknown = document
  for (const step of pointer.split('/').slice(1))
    here =
      isObject(here) || Array.isArray(here)
        ? (here as Record<string, unknown>)[step.replaceAll('~1', '/').replaceAll('~0', '~')]
        : undefined
  return isObject(here) ? here : undefined
}
