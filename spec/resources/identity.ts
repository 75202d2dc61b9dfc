import type { Document } from '../document.ts'
import type { Operation } from '../operation.ts'
import type { Shape } from '../shape.ts'
import { nounOf, wordsOf } from './names.ts'
import { schemaOf } from './places.ts'
import type { Key } from './resource.ts'

/** Objects inside an item that may hold its identity. */
const inside = /^(?:meta|metadata|attributes|identifiers|header|detail|summary)$/i

/** Names of properties that identify, the usual first. */
const usual = [
  'id',
  'uuid',
  'guid',
  'code',
  'key',
  'slug',
  'token',
  'number',
  'no',
  'reference',
  'ref',
  'name',
  'email',
]

/**
 * Returns the property of an item that identifies it, as the parameter that names items is called, or as such properties
 * usually are: `invoice_id` is the property `invoice_id`, or `id`.
 */
export function identityOf(
  document: Document,
  item: Shape,
  parameter: string | undefined,
  noun: string,
): readonly string[] | undefined {
  const own = candidates(document, item, [])
  const all = [
    ...own,
    ...[...item.properties].flatMap(([name, shape]) =>
      inside.test(name) || nounOf(name) === noun ? candidates(document, shape, [name]) : [],
    ),
  ]
  if (parameter !== undefined) {
    const wanted = wordsOf(parameter)
    const exact = all.find(({ words }) => words.join('') === wanted.join(''))
    if (exact) return exact.path
    const bare = without(wanted, noun)
    // `callbackid` and `{callbackId}`, `incomeid` of an other income: words written together.
    const together = all.find(
      ({ words }) =>
        words.length === 1 && /..id$/.test(words[0] as string) && wanted.join('').endsWith(words[0] as string),
    )
    if (together) return together.path
    const named = all.find(({ words }) => without(words, noun) === bare && bare !== '')
    if (named) return named.path
    // `{id}` may be the property `lago_id`.
    if (bare.split(' ').at(-1) === 'id') {
      const ending = all.find(({ words }) => words.join(' ') === 'id') ?? all.find(({ words }) => isOwnId(words, noun))
      if (ending) return ending.path
    }
  }
  for (const name of usual) {
    const found = all.find(({ words }) => without(words, noun) === name || words.join(' ') === name)
    if (found) return found.path
  }
  return parameter === undefined ? undefined : all.find(({ words }) => isOwnId(words, noun))?.path
}

/** `lago_id`, `InvoiceID`; not `customer_id`, the key of another thing. */
const isOwnId = (words: readonly string[], noun: string): boolean =>
  words.at(-1) === 'id' &&
  words.length <= 2 + noun.split(' ').length &&
  (words.length === 1 || words.length === 2 || words.join(' ').includes(noun))

const without = (words: readonly string[], noun: string): string => {
  const nouns = noun.split(' ')
  return words.filter((word) => !nouns.includes(word)).join(' ')
}

function candidates(
  document: Document,
  shape: Shape,
  path: readonly string[],
): { path: readonly string[]; words: string[] }[] {
  return [...shape.properties].flatMap(([name, inner]) => {
    if (inner.properties.size > 0 || inner.items) return []
    const schema = schemaOf(document, inner)
    const types = [schema.type].flat().filter((type) => type !== 'null' && type !== undefined)
    if (types.length > 0 && !types.some((type) => type === 'string' || type === 'integer' || type === 'number'))
      return []
    if (schema.format === 'date' || schema.format === 'date-time' || Array.isArray(schema.enum)) return []
    return [{ path: [...path, name], words: wordsOf(name) }]
  })
}

/** Returns what names the item in a request: a parameter of the path, else one of the query or a property of the body. */
export function keyOf(
  document: Document,
  operation: Operation,
  parameter: string | undefined,
  body: Shape | undefined,
  { item, noun }: { readonly item: Shape; readonly noun: string },
): Key | undefined {
  const property = (name: string): Pick<Key, 'property'> => {
    const found = identityOf(document, item, name, noun)
    return found ? { property: found } : {}
  }
  if (parameter !== undefined) {
    const stated = operation.parameters.find(({ name, in: place }) => place === 'path' && name === parameter)
    return stated && { in: 'path', name: parameter, schema: stated.schema, ...property(parameter) }
  }
  const asked = operation.parameters.find(({ name, in: place }) => place === 'query' && namesItem(name, noun))
  if (asked) return { in: 'query', name: asked.name, schema: asked.schema, ...property(asked.name) }
  const sent =
    operation.method === 'GET' ? undefined : [...(body?.properties ?? [])].find(([name]) => namesItem(name, noun))
  return sent && { in: 'body', name: sent[0], schema: sent[1].pointer, ...property(sent[0]) }
}

/** Tells whether a name is that of a thing's key: `id` or `invoice_id` for an invoice. */
function namesItem(name: string, noun: string): boolean {
  const rest = without(wordsOf(name), noun)
  return ['id', 'uuid', 'guid', 'key', 'number', 'no', 'code'].includes(rest)
}
