import { isObject } from './document.ts'
import type { Document } from './document.ts'

type Table = Record<string, unknown>

/**
 * Returns an OpenAPI 3.0 document written as 3.1; any other comes back as it is. Only schemas differ: `nullable`, bounds that are
 * exclusive by a flag, `example`, binary formats, and what stands beside a `$ref`, which 3.0 ignores. Pointers into the document
 * stay what they are, except below a nullable choice or reference, which moves under `anyOf`.
 */
export function upgrade(document: Document): Document {
  if (!isObject(document) || typeof document.openapi !== 'string' || !/^3\.0\b/.test(document.openapi)) return document
  return { ...(walk(document) as Table), openapi: '3.1.0' }
}

/** Members whose content is data, not document. */
const isData = (key: string): boolean =>
  key === 'example' || key === 'examples' || key === 'default' || key.startsWith('x-')

/** Outside schemas: `schema` holds one, `components.schemas` many. */
function walk(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(walk)
  if (!isObject(node)) return node
  return each(node, (key, value) => {
    if (isData(key)) return value
    if (key === 'schema') return schema(value)
    if (key === 'schemas' && isObject(value)) return each(value, (_, inner) => schema(inner))
    return named.has(key) && isObject(value) ? each(value, (_, inner) => walk(inner)) : walk(value)
  })
}

/** Tables whose keys are names somebody chose, `schema` among them. */
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

const each = (table: Table, change: (key: string, value: unknown) => unknown): Table =>
  Object.fromEntries(Object.entries(table).map(([key, value]) => [key, change(key, value)]))

const listed = new Set(['allOf', 'anyOf', 'oneOf'])
const single = new Set(['items', 'additionalProperties', 'not'])

function schema(node: unknown): unknown {
  if (!isObject(node)) return node
  if (typeof node.$ref === 'string') return pick(node, (key) => key === '$ref' || key.startsWith('x-'))
  const inner = each(node, (key, value) => {
    if (listed.has(key) && Array.isArray(value)) return value.map(schema)
    if (single.has(key)) return schema(value)
    return key === 'properties' && isObject(value) ? each(value, (_, property) => schema(property)) : value
  })
  return nullable(
    encoded(exampled(bounded(bounded(inner, 'exclusiveMinimum', 'minimum'), 'exclusiveMaximum', 'maximum'))),
  )
}

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
  key.startsWith('x-')
const choices = ['allOf', 'anyOf', 'oneOf', 'not']

/** Null joins the types, and the words of an enum; beside a choice, which would still refuse it, it becomes one of two branches. */
function nullable({ nullable: isNullable, ...node }: Table): Table {
  if (isNullable !== true) return node
  if (choices.some((keyword) => node[keyword] !== undefined))
    return { ...pick(node, notes), anyOf: [pick(node, (key) => !notes(key)), { type: 'null' }] }
  if (node.type === undefined) return node
  const types: readonly unknown[] = [node.type].flat()
  const words: readonly unknown[] | undefined = Array.isArray(node.enum) ? node.enum : undefined
  return {
    ...node,
    type: types.includes('null') ? types : [...types, 'null'],
    ...(words && { enum: words.includes(null) ? words : [...words, null] }),
  }
}
