// Recognises objects that name another thing by its key, and objects that only hold parts of a line.

import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import { nameMeaning } from './dictionary.ts'
import type { SchemaFacts } from './facts.ts'
import { quotedName } from './rules.ts'
import type { Candidate, ItemPlace } from './rules.ts'

type FactsOf = (pointer: Pointer) => SchemaFacts

/** Objects around the key of another thing: `customer: { data: { type, id } }`. */
const links = /^(?:data|link|ref|reference)$/i

/** Returns the object inside a party's that holds nothing but its key, `undefined` where there is none. */
export function linkIn(spot: ItemPlace, factsOf: FactsOf): ItemPlace | undefined {
  const [name, at] = [...spot.facts.properties].find(([inner]) => links.test(inner)) ?? []
  if (name === undefined || at === undefined) return undefined
  const facts = factsOf(at)
  const names = [...facts.properties.keys()]
  const isLink =
    names.length > 0 &&
    names.length <= 3 &&
    names.every((inner) => /^(?:id|uuid|key|type|object|href|self)$/i.test(inner))
  return isLink && names.some((inner) => /^(?:id|uuid|key)$/i.test(inner))
    ? { ...spot, pointer: at, path: [...spot.path, name], facts }
    : undefined
}

const keys = /^(?:value|code|id|key|iso_?code)$/i
const beside = /^(?:name|label|title|symbol|description|type)$/i

/** Returns what `currency: { code, name }` and `ItemRef: { value, name }` say: the key of something, and how it is called; nothing for other objects. */
export function referredTo(spot: ItemPlace, own: readonly string[], factsOf: FactsOf): Candidate[] {
  const names = [...spot.facts.properties.keys()]
  const key = names.find((name) => keys.test(name))
  if (key === undefined || names.length > 3 || !names.every((name) => name === key || beside.test(name))) return []
  const part = (inner: string, role: string, sure: number): Candidate => {
    const pointer = spot.facts.properties.get(inner) as Pointer
    const evidence = [`"${inner}" of ${quotedName(spot)}, which refers to something`]
    return { ...spot, pointer, path: [...spot.path, inner], facts: factsOf(pointer), role, confidence: sure, evidence }
  }
  const what = own.filter((word) => word !== 'reference' && word !== 'code').join(' ')
  if (what === 'currency' && spot.scope === 'invoice') return [part(key, 'invoice.currency', 0.85)]
  if (spot.scope !== 'line' || !/^(?:line|product|service)$/.test(what)) return []
  const name = names.find((inner) => /^name$/i.test(inner))
  return [part(key, 'line.product', 0.8), ...(name === undefined ? [] : [part(name, 'line.name', 0.8)])]
}

/** Tells whether an object inside a line says how many, and at which price: `SalesItemLineDetail: { Qty, UnitPrice }`. */
export function tellsOfLine({ properties }: SchemaFacts): boolean {
  const names = [...properties.keys()].map((name) => nameMeaning(wordsOf(name)).words)
  return names.some((words) => words.includes('quantity')) && names.some((words) => words.includes('price'))
}
