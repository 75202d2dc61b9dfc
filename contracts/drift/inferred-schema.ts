import { isObject } from '../../spec/index.ts'
import { typeOf } from '../traffic/walk.ts'
import { formatsOf } from './formats.ts'

/** What is known of values that no schema describes. */
export interface InferredSchema {
  seen: number
  readonly types: Set<string>
  formats?: readonly string[]
  readonly properties: Map<string, InferredSchema>
  items?: InferredSchema
}

/** Returns the schema inferred from no value at all. */
export const emptySchema = (): InferredSchema => ({ seen: 0, types: new Set(), properties: new Map() })

const deepest = 6
const most = 100

/** Takes a value into account; what is nested too deep or has too many members is left open. */
export function observe(about: InferredSchema, value: unknown, depth = 0): void {
  about.seen++
  about.types.add(typeOf(value))
  if (typeof value === 'string') about.formats = formatsOf(value, about.formats)
  if (depth >= deepest) return
  if (Array.isArray(value)) {
    about.items ??= emptySchema()
    for (const item of value.slice(0, most)) observe(about.items, item, depth + 1)
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      const known = about.properties.get(name) ?? emptySchema()
      if (about.properties.size < most) about.properties.set(name, known)
      observe(known, inner, depth + 1)
    }
  }
}

/** Returns the JSON Schema of all values that were observed; empty where they show no type. */
export function writtenSchema(about: InferredSchema): Record<string, unknown> {
  const types = [...about.types]
    .filter((type) => type !== 'integer' || !about.types.has('number'))
    .sort((left, right) => Number(left === 'null') - Number(right === 'null'))
  if (types.length === 0 || (types.length === 1 && types[0] === 'null')) return {}
  const format = types.includes('string') ? about.formats?.[0] : undefined
  return {
    type: types.length === 1 ? types[0] : types,
    ...(format !== undefined && { format }),
    ...(about.properties.size > 0 && {
      properties: Object.fromEntries([...about.properties].map(([name, inner]) => [name, writtenSchema(inner)])),
    }),
    ...(about.items && { items: writtenSchema(about.items) }),
  }
}
