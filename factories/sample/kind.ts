/** A kind of JSON value. Whole numbers and others are told apart, so that "number but not integer" can be said. */
export type Kind = 'null' | 'boolean' | 'string' | 'integer' | 'fraction' | 'array' | 'object'

/** All kinds; earlier ones are preferred where a schema leaves the choice. */
export const kinds: readonly Kind[] = ['string', 'integer', 'boolean', 'object', 'array', 'fraction', 'null']

/** Returns the kind of a JSON value. */
export function kindOf(value: unknown): Kind {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'fraction'
  return typeof value as Kind
}

/** Returns the kinds a `type` keyword allows; none for a word that is no type. */
export function kindsOf(type: unknown): ReadonlySet<Kind> {
  const known = byType.get(type)
  if (known) return known
  const kept = allOf(type)
  if (byType.size > 1_000) byType.clear()
  byType.set(type, kept)
  return kept
}

/** By word, or by the list of words itself, which no document changes. */
const byType = new Map<unknown, ReadonlySet<Kind>>()

function allOf(type: unknown): ReadonlySet<Kind> {
  const words: readonly unknown[] = Array.isArray(type) ? type : [type]
  return new Set(
    words.flatMap((word): Kind[] => {
      if (word === 'number') return ['integer', 'fraction']
      return kinds.includes(word as Kind) && word !== 'fraction' ? [word as Kind] : []
    }),
  )
}
