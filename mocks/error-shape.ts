import { isObject, join, resolve } from '../spec/index.ts'
import type { Document, Pointer } from '../spec/index.ts'
import type { ErrorFacts } from './template.ts'

/** Error bodies are shallow; deeper places are left out. */
const deepest = 6

/**
 * Returns an error body by the schema alone, for documents whose overlay has no template: constants and first words of enums
 * as they are, numbers named after the status hold it, texts hold the title or the detail.
 */
export function fillShape(document: Document, pointer: Pointer, facts: ErrorFacts, name = '', depth = 0): unknown {
  const { pointer: here, value: schema } = resolve(document, pointer)
  if (!isObject(schema) || depth > deepest) return undefined
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const inside = (...steps: (string | number)[]): unknown =>
    fillShape(document, join(here, ...steps), facts, name, depth + 1)
  const branch = firstBranch(document, here, schema)
  if (branch !== undefined) return inside(...branch)
  if (Array.isArray(schema.allOf))
    return schema.allOf
      .map((_, index) => inside('allOf', index))
      .reduce(merge, fillPlain(document, here, schema, facts, name, depth))
  return fillPlain(document, here, schema, facts, name, depth)
}

const merge = (left: unknown, right: unknown): unknown =>
  isObject(left) && isObject(right) ? { ...left, ...right } : (right ?? left)

function firstBranch(
  document: Document,
  pointer: Pointer,
  schema: Record<string, unknown>,
): [string, number] | undefined {
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schema[keyword]
    const index = Array.isArray(branches)
      ? branches.findIndex((_, at) => typeOf(resolve(document, join(pointer, keyword, at)).value) !== 'null')
      : -1
    if (index >= 0) return [keyword, index]
  }
  return undefined
}

const typeOf = (schema: unknown): unknown =>
  isObject(schema) ? ([schema.type].flat().find((type) => type !== 'null') ?? schema.type) : undefined

function fillPlain(
  document: Document,
  pointer: Pointer,
  schema: Record<string, unknown>,
  facts: ErrorFacts,
  name: string,
  depth: number,
): unknown {
  switch (typeOf(schema) ?? (isObject(schema.properties) ? 'object' : 'string')) {
    case 'object':
      return fillObject(document, pointer, schema, facts, depth)
    case 'array':
      return [fillShape(document, join(pointer, 'items'), facts, name, depth + 1)].filter((item) => item !== undefined)
    case 'integer':
    case 'number':
      return /status|code/i.test(name) ? facts.status : (schema.minimum ?? 0)
    case 'boolean':
      return false
    case 'null':
      return null
    default:
      return /error|title|type|name|code/i.test(name) ? facts.title : facts.detail
  }
}

const telling = /^(?:status(?:_?code)?|code|title|error|message|detail|description|reason)$/i

function fillObject(
  document: Document,
  pointer: Pointer,
  schema: Record<string, unknown>,
  facts: ErrorFacts,
  depth: number,
): unknown {
  const required = Array.isArray(schema.required) ? schema.required : []
  const names = Object.keys(isObject(schema.properties) ? schema.properties : {}).filter(
    (name) => required.includes(name) || telling.test(name),
  )
  const filled = names.map(
    (name) => [name, fillShape(document, join(pointer, 'properties', name), facts, name, depth + 1)] as const,
  )
  return Object.fromEntries(filled.filter(([, value]) => value !== undefined))
}
