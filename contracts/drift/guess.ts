import { isObject } from '../../spec/index.ts'
import { typeOf } from '../trace/walk.ts'
import { stricter } from './stricter.ts'

/** What is known of values that no schema describes. */
export interface Guess {
  seen: number
  readonly types: Set<string>
  formats?: readonly string[]
  readonly properties: Map<string, Guess>
  items?: Guess
}

/** Returns a guess about nothing yet. */
export const guess = (): Guess => ({ seen: 0, types: new Set(), properties: new Map() })

const deepest = 6
const most = 100

/** Lets a guess learn from a value; what is nested too deep or has too many members is left open. */
export function learn(about: Guess, value: unknown, depth = 0): void {
  about.seen++
  about.types.add(typeOf(value))
  if (typeof value === 'string') about.formats = stricter(value, about.formats)
  if (depth >= deepest) return
  if (Array.isArray(value)) {
    about.items ??= guess()
    for (const item of value.slice(0, most)) learn(about.items, item, depth + 1)
  } else if (isObject(value)) {
    for (const [name, inner] of Object.entries(value)) {
      const known = about.properties.get(name) ?? guess()
      if (about.properties.size < most) about.properties.set(name, known)
      learn(known, inner, depth + 1)
    }
  }
}

/** Returns the schema of all values a guess has learnt from; empty where there is no telling. */
export function schemaOf(about: Guess): Record<string, unknown> {
  const types = [...about.types]
    .filter((type) => type !== 'integer' || !about.types.has('number'))
    .sort((left, right) => Number(left === 'null') - Number(right === 'null'))
  if (types.length === 0 || (types.length === 1 && types[0] === 'null')) return {}
  const format = types.includes('string') ? about.formats?.[0] : undefined
  return {
    type: types.length === 1 ? types[0] : types,
    ...(format !== undefined && { format }),
    ...(about.properties.size > 0 && {
      properties: Object.fromEntries([...about.properties].map(([name, inner]) => [name, schemaOf(inner)])),
    }),
    ...(about.items && { items: schemaOf(about.items) }),
  }
}
