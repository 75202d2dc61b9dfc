// Reads objects that stand for another thing by its key: `currency: { id, displayed_as }`, `CustomerRef: { value, name }`.

import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import { nameMeaning } from './dictionary.ts'
import { fitOf } from './facts.ts'
import type { SchemaFacts } from './facts.ts'
import { quotedName } from './rules.ts'
import type { Candidate, ItemPlace } from './rules.ts'

type FactsOf = (pointer: Pointer) => SchemaFacts

/** Objects around the key of another thing: `customer: { data: { type, id } }`. */
const links = /^(?:data|link|ref|reference)$/i

/** Names of the key in an object that refers to something, the likeliest first. */
const keysOfReference = ['id', 'code', 'value', 'key', 'uuid']
const besideKeys = /^(?:id|code|value|key|uuid|name|title|label|display(?:ed)?(?: as| name)?|path|href|type|symbol)$/

/** The key of what an object refers to, and what it is called there, as places that have the words of the object's own name. */
interface Reference {
  readonly key: ItemPlace
  readonly label: ItemPlace | undefined
}

/** Returns what an object refers to, or `undefined` for one that says more of it than its key and its name. */
export function referenceIn(spot: ItemPlace, own: readonly string[], factsOf: FactsOf): Reference | undefined {
  const named = [...spot.facts.properties].map(([name, at]) => ({ name, at, word: wordsOf(name).join(' ') }))
  const key = keysOfReference.map((word) => named.find((one) => one.word === word)).find((one) => one !== undefined)
  if (!key || named.length > 4 || !named.every(({ word }) => besideKeys.test(word))) return undefined
  const words = own.filter((word) => word !== 'reference')
  const place = ({ name, at }: { readonly name: string; readonly at: Pointer }): ItemPlace => ({
    ...spot,
    pointer: at,
    path: [...spot.path, name],
    words,
    own: words,
    facts: factsOf(at),
    money: undefined,
  })
  const label = named.find(({ word }) => /^(?:name|title|label)$/.test(word))
  return { key: place(key), label: label && place(label) }
}

/** Returns the readings of the product that a line refers to. */
export function productOf({ key, label }: Reference, spot: ItemPlace): Candidate[] {
  const evidence = [`${quotedName(spot)} is what the line is about`]
  return [
    ...(label ? [{ ...label, role: 'line.name', confidence: 0.76, evidence }] : []),
    { ...key, role: 'line.product', confidence: 0.76, evidence },
  ]
}

/** Returns the reading of a party's key that is called its value: `CustomerRef: { value, name }`. */
export function partyKeyOf(spot: ItemPlace, own: readonly string[], factsOf: FactsOf): Candidate[] {
  const { properties } = spot.facts
  const at = properties.get('value')
  if (at === undefined || properties.has('id') || properties.size > 3 || !own.includes('reference')) return []
  return [
    {
      ...spot,
      pointer: at,
      path: [...spot.path, 'value'],
      scope: 'party',
      holder: spot.path.join('\n'),
      words: ['id'],
      own: ['id'],
      facts: factsOf(at),
      role: 'party.id',
      confidence: 0.88,
      evidence: [`${quotedName(spot)} refers to it by its value`],
    },
  ]
}

/** Returns the key in an object inside a party's that holds nothing else: `customer: { data: { type, id } }`. */
export function linkedKeyIn(spot: ItemPlace, factsOf: FactsOf): ItemPlace | undefined {
  const [name, at] = [...spot.facts.properties].find(([inner]) => links.test(inner)) ?? []
  if (name === undefined || at === undefined) return undefined
  const { properties } = factsOf(at)
  const names = [...properties.keys()]
  const key = names.find((inner) => /^(?:id|uuid|key)$/i.test(inner))
  const isLink = names.length <= 3 && names.every((inner) => /^(?:id|uuid|key|type|object|href|self)$/i.test(inner))
  if (key === undefined || !isLink) return undefined
  const pointer = properties.get(key) as Pointer
  return { ...spot, pointer, path: [...spot.path, name, key], facts: factsOf(pointer) }
}

/** Returns the keys in a list of a party's that name that party: `tags: [{ customer_id, label }]`. */
export function partyKeysAround(spot: ItemPlace, items: Pointer, factsOf: FactsOf): Candidate[] {
  const path = [...spot.path, '*']
  return [...factsOf(items).properties].flatMap(([name, at]): Candidate[] => {
    const facts = factsOf(at)
    const { words } = nameMeaning(wordsOf(name))
    if (!/^(?:customer|seller) id$/.test(words.join(' ')) || fitOf('id', facts, words) === 0) return []
    const inner: ItemPlace = { ...spot, pointer: at, path: [...path, name], words, facts, aside: path.join('\n') }
    const evidence = [`${quotedName(inner)} is the key of the party around it`]
    return [{ ...inner, role: 'party.id', confidence: 0.85, evidence }]
  })
}

/** Tells whether a discount stands beside a type that can only be a percentage. */
export const isPercentDiscount = (own: readonly string[], { properties }: SchemaFacts, factsOf: FactsOf): boolean =>
  own.includes('discount') &&
  !own.some((word) => word === 'rate' || word === 'type') &&
  [...properties].some(
    ([name, at]) =>
      nameMeaning(wordsOf(name)).words.join(' ') === `${own.join(' ')} type` &&
      factsOf(at).words?.every((word) => /percent|procent/i.test(String(word))) === true,
  )

/** Tells whether an object inside a line says how many, and at which price: `SalesItemLineDetail: { Qty, UnitPrice }`. */
export function tellsOfLine({ properties }: SchemaFacts): boolean {
  const names = [...properties.keys()].map((name) => nameMeaning(wordsOf(name)).words)
  return names.some((words) => words.includes('quantity')) && names.some((words) => words.includes('price'))
}

/** Returns the name of the list in an object around it: `lines: { data: [ … ] }`. */
export const listInside = ({ properties }: SchemaFacts, factsOf: FactsOf): string | undefined =>
  [...properties].find(
    ([name, at]) => /^(?:data|items|list|values|results?|nodes)$/i.test(name) && factsOf(at).items !== undefined,
  )?.[0]
