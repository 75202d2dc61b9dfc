// Upgrades OpenAPI 3.0 to 3.1.

import { isObject } from '../document.ts'
import type { Document } from '../document.ts'
import { keywords } from '../keywords.ts'

type Table = Record<string, unknown>

/**
 * Returns a document of OpenAPI 3.0 written as 3.1, and one of a later version without what is left of 3.0 in it; it comes back as it is
 * where there is nothing to change. Only schemas differ: `nullable`, bounds that are exclusive by a flag, and in 3.0 also `example`,
 * binary formats, and what stands beside a `$ref`, which 3.0 ignores. Pointers into the document stay what they are, except below a
 * nullable choice or reference, which moves under `anyOf`.
 */
export function upgrade(document: Document): Document {
  if (!isObject(document) || typeof document.openapi !== 'string') return document
  if (!/^3\.0\b/.test(document.openapi)) return walk(document, leftOver) as Document
  return { ...(walk(document, schema) as Table), openapi: '3.1.0' }
}

type Rewrite = (node: unknown) => unknown

/** Members whose content is data, not document. */
const isData = (key: string): boolean =>
  key === 'example' || key === 'examples' || key === 'default' || key.startsWith('x-')

/** Outside schemas: `schema` holds one, `components.schemas` many. */
function walk(node: unknown, rewrite: Rewrite): unknown {
  if (Array.isArray(node)) return all(node, (item) => walk(item, rewrite))
  if (!isObject(node)) return node
  return each(node, (key, value) => {
    if (isData(key)) return value
    if (key === 'schema') return rewrite(value)
    if ((key === 'schemas' || key === 'definitions') && isObject(value))
      return each(value, (_, inner) => rewrite(inner))
    return named.has(key) && isObject(value) ? each(value, (_, inner) => walk(inner, rewrite)) : walk(value, rewrite)
  })
}

/** Tables whose keys are names of the author's, `schema` among them. */
const named = new Set([
  'paths',
  'parameters',
  'responses',
  'headers',
  'requestBodies',
  'content',
  'callbacks',
  'links',
  'encoding',
  'variables',
  'securitySchemes',
])

/** Returns a table with its values changed; the very table where none is. */
function each(table: Table, change: (key: string, value: unknown) => unknown): Table {
  const entries = Object.entries(table)
  const changed = entries.map(([key, value]) => [key, change(key, value)] as const)
  return changed.every(([, value], index) => value === entries[index]?.[1]) ? table : Object.fromEntries(changed)
}

function all(list: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] {
  const changed = list.map((item) => change(item))
  return changed.every((item, index) => item === list[index]) ? list : changed
}

/** Changes the schemas directly inside a schema. */
const inside = (node: Table, rewrite: Rewrite): Table =>
  each(node, (key, value) => {
    const holding = keywords.get(key)
    if (holding === 'schema') return rewrite(value)
    if (holding === 'list' && Array.isArray(value)) return all(value, rewrite)
    return holding === 'map' && isObject(value) ? each(value, (_, inner) => rewrite(inner)) : value
  })

function schema(node: unknown): unknown {
  if (!isObject(node)) return node
  if (typeof node.$ref === 'string') return pick(node, (key) => key === '$ref' || key.startsWith('x-'))
  return nullable(encoded(exampled(bounds(inside(node, schema)))))
}

/** What is left over in documents of later versions still means what it meant. */
function leftOver(node: unknown): unknown {
  return isObject(node) ? nullable(bounds(inside(node, leftOver))) : node
}

const bounds = (node: Table): Table =>
  bounded(bounded(node, 'exclusiveMinimum', 'minimum'), 'exclusiveMaximum', 'maximum')

const pick = (table: Table, keep: (key: string) => boolean): Table =>
  Object.fromEntries(Object.entries(table).filter(([key]) => keep(key)))

/** A limit that is exclusive takes the place of the flag. */
function bounded(node: Table, flag: string, bound: string): Table {
  if (typeof node[flag] !== 'boolean') return node
  const rest = pick(node, (key) => key !== flag && (key !== bound || node[flag] === false))
  return node[flag] && node[bound] !== undefined ? { ...rest, [flag]: node[bound] } : rest
}

function exampled({ example, ...rest }: Table): Table {
  return example === undefined || rest.examples !== undefined ? rest : { ...rest, examples: [example] }
}

/** OpenAPI 3.1, Considerations for File Uploads: what was a format is said by keywords of JSON Schema. */
function encoded(node: Table): Table {
  const { format, ...rest } = node
  if (format === 'byte' || format === 'base64') return { ...rest, contentEncoding: 'base64' }
  return format === 'binary' ? { ...rest, contentMediaType: 'application/octet-stream' } : node
}

const notes = (key: string): boolean =>
  key === 'title' ||
  key === 'description' ||
  key === 'deprecated' ||
  key === 'readOnly' ||
  key === 'writeOnly' ||
  key === 'nullable' ||
  key.startsWith('x-')
const choices = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'const']

/** Null joins the types, and the words of an enum; beside a choice, which would still refuse it, it becomes one of two branches. */
function nullable(node: Table): Table {
  const { nullable: isNullable, ...plain } = node
  if (isNullable === undefined) return node
  if (isNullable === false) return plain
  // What is no flag means yes, and stays, so that it is told.
  const rest = isNullable === true ? plain : node
  if (choices.some((keyword) => rest[keyword] !== undefined))
    return { ...pick(rest, notes), anyOf: [pick(plain, (key) => !notes(key)), { type: 'null' }] }
  const types: readonly unknown[] = rest.type === undefined ? [] : [rest.type].flat()
  const words: readonly unknown[] | undefined = Array.isArray(rest.enum) ? rest.enum : undefined
  return {
    ...rest,
    ...(types.length > 0 && { type: types.includes('null') ? types : [...types, 'null'] }),
    ...(words && { enum: words.includes(null) ? words : [...words, null] }),
  }
}
