import { isObject, resolve } from '../../spec/index.ts'
import type { Document, Pointer } from '../../spec/index.ts'

/** What a schema lets a single value be, references followed and combinators flattened. */
export interface Leaf {
  readonly types: ReadonlySet<string>
  readonly nullable: boolean
  readonly format?: string
  readonly maxLength?: number
  /** Closed list of values, where there is one. */
  readonly words?: readonly unknown[]
  readonly constant?: { readonly value: unknown }
}

const everything = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']

const known = new WeakMap<Document, Map<Pointer, Leaf>>()

/** Returns what the schema at a pointer lets a value be. */
export function leafAt(document: Document, pointer: Pointer): Leaf {
  const leaves = known.get(document) ?? new Map<Pointer, Leaf>()
  known.set(document, leaves)
  const leaf = leaves.get(pointer) ?? leafOf(document, pointer)
  leaves.set(pointer, leaf)
  return leaf
}

function leafOf(document: Document, pointer: Pointer): Leaf {
  const branches = branchesOf(document, pointer)
  const types = new Set(branches.flatMap(typesOf))
  const values = branches.filter((schema) => !typesOf(schema).every((type) => type === 'null'))
  const maxLength = values.map((schema) => schema.maxLength).find((value) => typeof value === 'number')
  const format = values.map((schema) => schema.format).find((value) => typeof value === 'string')
  const words = values.every((schema) => Array.isArray(schema.enum))
    ? values.flatMap((schema) => schema.enum as unknown[])
    : undefined
  const [only] = values
  return {
    types,
    nullable: branches.some(allowsNull),
    ...(format !== undefined && { format }),
    ...(maxLength !== undefined && { maxLength }),
    ...(words && words.length > 0 && { words }),
    ...(values.length === 1 && only && 'const' in only && { constant: { value: only.const } }),
  }
}

function allowsNull(schema: Record<string, unknown>): boolean {
  if ('const' in schema && schema.const !== null) return false
  return typesOf(schema).includes('null') && (!Array.isArray(schema.enum) || schema.enum.includes(null))
}

function typesOf(schema: Record<string, unknown>): readonly string[] {
  if (typeof schema.type === 'string') return [schema.type]
  if (Array.isArray(schema.type)) return schema.type as string[]
  if ('const' in schema) return [jsonType(schema.const)]
  if (Array.isArray(schema.enum)) return [...new Set(schema.enum.map(jsonType))]
  return everything
}

const jsonType = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

/** Returns the alternatives of a schema; siblings of a combinator count for each of its branches. */
function branchesOf(document: Document, pointer: Pointer, depth = 0): Record<string, unknown>[] {
  const { pointer: here, value } = resolve(document, pointer)
  if (!isObject(value) || depth > 16) return [{}]
  for (const keyword of ['anyOf', 'oneOf']) {
    const list = value[keyword]
    if (Array.isArray(list)) {
      const { [keyword]: _, ...rest } = value
      return list
        .flatMap((_branch, index) => branchesOf(document, `${here}/${keyword}/${index}`, depth + 1))
        .map((branch) => ({ ...rest, ...branch }))
    }
  }
  if (Array.isArray(value.allOf)) {
    const parts = value.allOf.map(
      (_branch, index) => branchesOf(document, `${here}/allOf/${index}`, depth + 1)[0] ?? {},
    )
    return [Object.assign({}, value, ...parts) as Record<string, unknown>]
  }
  return [value]
}
