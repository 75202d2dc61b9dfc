import { isObject } from './document.ts'

const annotations = new Set([
  'title',
  'description',
  'examples',
  'example',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
])

/** Tells whether a schema says nothing of what its values are: they may be anything. */
export const isAnything = (schema: Record<string, unknown>): boolean =>
  Object.keys(schema).every((keyword) => annotations.has(keyword) || keyword.startsWith('x-') || keyword === '$comment')

/**
 * Returns the words that a text is known to be, though it may be others: those of its overlay, else, for a schema that says nothing
 * else, its examples, or what its description lists ("one of draft, open or paid"). None for what is known to be no text.
 */
export function knownWords(schema: Record<string, unknown>): string[] {
  const types = [schema.type].flat()
  if ('enum' in schema || 'const' in schema || !(isAnything(schema) || types.includes('string'))) return []
  const { examples, 'x-generate-enum': drawn, 'x-role': role, description } = schema
  const stated = [drawn ?? [], isObject(role) && isObject(role.values) ? Object.values(role.values) : []].flat(3)
  const shown = isAnything(schema) ? [...listed(examples), ...inProse(description)] : []
  return [...new Set(stated.length > 0 ? stated : shown)].filter(
    (word): word is string => typeof word === 'string' && isWord(word),
  )
}

/** A sentence is prose that a choice brings along. */
const isWord = (text: string): boolean => text.length <= 60 && !text.endsWith('.')

/** One example is a value; several words are a choice. */
const listed = (examples: unknown): string[] =>
  Array.isArray(examples) &&
  examples.length > 1 &&
  examples.every((one) => typeof one === 'string' && /^[\w-]+$/.test(one))
    ? (examples as string[])
    : []

const inProse = (description: unknown): string[] =>
  typeof description === 'string'
    ? (/\bone of ([\w-]+(?:, [\w-]+)*,? (?:or|and) [\w-]+|[\w-]+(?:, [\w-]+)+)/i
        .exec(description)?.[1]
        ?.split(/,? (?:or|and) |, /) ?? [])
    : []
