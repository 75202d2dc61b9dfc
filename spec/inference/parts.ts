// Recognises lists, parties, addresses and groups inside an item by their names.

import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import type { Role } from '../roles.ts'
import { statuses } from '../roles/invoice.ts'
import type { Status } from '../roles/invoice.ts'
import { nameMeaning } from './dictionary.ts'
import { fitOf } from './facts.ts'
import type { SchemaFacts } from './facts.ts'
import { quotedName, rank, rules } from './rules.ts'
import type { ItemPlace, Scope } from './rules.ts'

/** Returns the states in which a flag is true: `is_overdue`, `voided`, `booked`. */
export function flagOf(words: readonly string[]): readonly Status[] | undefined {
  const rest = words.filter((word) => !['is', 'invoice', 'payment'].includes(word))
  return rest.length === 1 ? flags[rest[0] as string] : undefined
}

const issued = statuses.filter((status) => status !== 'draft')

const flags: Readonly<Record<string, readonly Status[]>> = {
  overdue: ['overdue'],
  void: ['void'],
  draft: ['draft'],
  uncollectible: ['uncollectible'],
  booked: issued,
  posted: issued,
  finalized: issued,
  finalised: issued,
}

/** Words of names of lists inside an invoice. */
const besideLists = new Set(
  'rate used analysis line invoice product service tax total discount charge payment amount breakdown fee fees list detail details data summary applied subtotal transactions subtotals sales purchase group groups document pos sub allocations linked'.split(
    ' ',
  ),
)

/** Returns what an array of objects inside an invoice is. */
export function listRoleOf(
  own: readonly string[],
  names: readonly string[],
): { readonly role: string; readonly scope: Scope; readonly sure: number; readonly why: string } | undefined {
  const has = (...words: string[]): boolean => words.some((word) => names.includes(word))
  const called = (...words: string[]): boolean => own.some((word) => words.includes(word))
  const strange = own.filter((word) => !besideLists.has(word))
  if (strange.length > 0) return undefined
  const money = has('amount', 'price', 'total', 'net', 'subtotal', 'gross')
  if (called('tax') && (names.length === 0 || has('rate') || (has('amount', 'total') && has('tax', 'name', 'net'))))
    return { role: 'invoice.taxes', scope: 'tax', sure: 0.9, why: 'a list of taxes with rates or amounts' }
  if (called('discount') && money)
    return { role: 'invoice.allowanceList', scope: 'allowance', sure: 0.75, why: 'a list of discounts with amounts' }
  if (called('charge') && money && !called('line') && !has('quantity', 'unit'))
    return { role: 'invoice.chargeList', scope: 'charge', sure: 0.7, why: 'a list of charges with amounts' }
  if (called('payment', 'transactions') && (money || has('paid')))
    return { role: 'invoice.payments', scope: 'payment', sure: 0.85, why: 'a list of payments with amounts' }
  if (
    own.every((word) => word === 'line' || word === 'invoice') &&
    called('line') &&
    (has('description') || (has('id', 'number') && names.length > 2))
  )
    return { role: 'invoice.lines', scope: 'line', sure: 0.8, why: 'a list called lines, of things with numbers' }
  if (
    called('line', 'product', 'service', 'charge', 'fee', 'fees', 'detail', 'details', 'pos') &&
    (names.length === 0 || (money && has('quantity', 'description', 'name', 'price', 'line')))
  )
    return {
      role: 'invoice.lines',
      scope: 'line',
      sure: called('line') || has('quantity') ? 0.95 : 0.85,
      why: 'a list of things with quantities or amounts',
    }
  return undefined
}

const sides: readonly (readonly [RegExp, 'buyer' | 'seller'])[] = [
  [/\b(?:bill|billed|sold|invoiced?) to\b/i, 'buyer'],
  [/\b(?:bill|sold|billed) (?:from|by)\b/i, 'seller'],
]

const sideOf = (own: readonly string[]): 'buyer' | 'seller' | undefined =>
  own.includes('customer')
    ? 'buyer'
    : own.includes('seller')
      ? 'seller'
      : own[0] === 'billing' && own[1] === 'name'
        ? 'buyer'
        : undefined

/** Returns which side of an invoice an object is, by its name. */
export function partyRoleOf(own: readonly string[]): { readonly role: string; readonly sure: number } | undefined {
  const text = own.join(' ')
  const side =
    sideOf(own) ?? sides.find(([pattern]) => pattern.test(text))?.[1] ?? (text === 'invoice end' ? 'buyer' : undefined)
  const rest = own.filter(
    (word) =>
      ![
        'customer',
        'seller',
        'detail',
        'details',
        'info',
        'invoice',
        'end',
        'data',
        'information',
        'reference',
        'company',
        'contact',
        'party',
        'billing',
        'snapshot',
        'primary',
      ].includes(word),
  )
  if (side && rest.length === 0) return { role: `invoice.${side}`, sure: 0.92 }
  return ['contact', 'company', 'account'].includes(text) ? { role: 'invoice.buyer', sure: 0.72 } : undefined
}

/** Words of a list of addresses beside "address" itself. */
const besideAddresses = new Set('address invoice customer seller contact postal all'.split(' '))

/** Returns the role of a list of addresses, by the object it stands in. */
export function addressListOf(scope: Scope, own: readonly string[], names: readonly string[]): string | undefined {
  const isCalled = own.includes('address') && own.every((word) => besideAddresses.has(word))
  if (!isCalled || !(names.includes('city') || names.includes('zip'))) return undefined
  return scope === 'invoice' || scope === 'party' || scope === 'person' ? `${scope}.addresses` : undefined
}

/** Returns whose side a company is that is described as the one whose books these are. */
export const ownsTheBooks = (own: readonly string[], { description }: SchemaFacts): boolean =>
  own.every((word) => word === 'company' || word === 'id') &&
  /\bowns? (?:the|these) books\b|\b(?:our|your|own|issuing|reporting|selling) (?:company|entity|business|organi[sz]ation)\b|\bissues? the invoice\b/i.test(
    description,
  )

/** Returns whose address an object is. */
export function addressRoleOf(
  { scope, facts }: ItemPlace,
  own: readonly string[],
): { readonly role: string; readonly sure: number } | undefined {
  const names = [...facts.properties.keys()].flatMap((name) => nameMeaning(wordsOf(name)).words)
  if (!names.includes('city') && !names.includes('zip')) return undefined
  const rest = own.filter(
    (word) =>
      ![
        'address',
        'billing',
        'invoice',
        'customer',
        'seller',
        'postal',
        'legal',
        'main',
        'company',
        'primary',
        'shipping',
        'end',
        'default',
      ].includes(word),
  )
  if (rest.length > 0 || !own.some((word) => ['address', 'billing', 'shipping'].includes(word))) return undefined
  const which = own.includes('shipping') ? 'shippingAddress' : 'address'
  if (scope === 'party') return { role: `party.${which}`, sure: 0.92 }
  if (scope !== 'invoice') return undefined
  return {
    role: `${sideOf(own) ?? 'buyer'}.${which}`,
    sure: sideOf(own) || own.includes('billing') || own.includes('shipping') ? 0.9 : 0.7,
  }
}

/** `customer_name`, `vendor_id`, and `customer` where it holds a text. */
export function flatParty(
  spot: ItemPlace,
  own: readonly string[],
): { readonly role: string; readonly confidence: number; readonly why: string } | undefined {
  // Whose contact it is, the direction of the invoice says.
  const asked = own.join(' ').replace(/^invoice end/, 'contact')
  const of = asked === 'contact' && spot.facts.format === 'uuid' ? 'id' : /^contact (id|name|email)$/.exec(asked)?.[1]
  if (of !== undefined && fitOf(of === 'id' ? 'id' : 'text', spot.facts, own) > 0)
    return { role: `buyer.${of}`, confidence: 0.72, why: `${quotedName(spot)} names whom the invoice is about` }
  const side = sideOf(own)
  if (!side) return undefined
  const rest = own.filter((word) => !['customer', 'seller', 'invoice', 'billing'].includes(word))
  const why = `${quotedName(spot)} speaks of the ${side}`
  if (rest.length === 0) {
    const asId = fitOf('id', spot.facts, own)
    const isId =
      spot.facts.format === 'uuid' ||
      /\bid\b|identifier|reference to/i.test(spot.facts.description) ||
      spot.facts.types.has('integer')
    return { role: `${side}.${isId ? 'id' : 'name'}`, confidence: asId * (isId ? 0.88 : 0.65), why }
  }
  const [best] = [...rank(rules.party, rest, spot), ...rank(rules.party, own, spot)]
  if (best?.role !== undefined)
    return { role: best.role.replace('party', side), confidence: best.confidence * 0.98, why }
  return undefined
}

/** Returns the role of a party that a name says. A person stands inside the party that it belongs to, so only that party's key is named there. */
export function partyNamed(spot: ItemPlace, own: readonly string[]): ReturnType<typeof flatParty> {
  if (!/^(?:invoice|payment|person)$/.test(spot.scope)) return undefined
  const party = flatParty(spot, own)
  if (!party || spot.scope !== 'person') return party
  return party.role.endsWith('.id') ? { ...party, role: 'party.id' } : undefined
}

/** Objects that only group what stands in them. */
export const groups = new Set(
  'total amount detail details header metadata meta data date dates summary breakdown info information attributes relationships relations financial financials terms payment document invoice pricing head general fields totals txn'.split(
    ' ',
  ),
)

const heads = new Set(['invoice', 'header', 'head', 'document'])

/** Words of names that say which invoice, but not how. */
const labels = new Set(['reference', 'code', 'name', 'document', 'invoice', 'key', 'identifier'])

/** Words of objects that hold the moments of an invoice's life. */
const lifeCycle = new Set(
  'status transitions transition timestamps timeline life cycle lifecycle moments milestones events history date at verlauf zeitpunkte historique historial storico'.split(
    ' ',
  ),
)

/** Objects that only group what stands in a line, where details are about something else. */
export const small = new Set(['total', 'amount', 'price', 'pricing'])

/** The same inside a part of a payment: an allocation holds the payment. */
export const ofPayments = new Set(['payment', 'transaction', 'amount', 'total', 'detail', 'details'])

/** Objects whose own name says what their parts are about. */
export const telling = new Set([
  'tax',
  'discount',
  'charge',
  'shipping',
  'paid',
  'outstanding',
  'period',
  'service',
  'due',
  'issue',
  'line',
  'subtotal',
  'net',
  'gross',
  'incl',
  'excl',
  'unit',
  'price',
  'email',
])

/** Parts of an address that may stand in a party itself. */
export const partsOfAddress = new Set<Role>([
  'address.line1',
  'address.line2',
  'address.city',
  'address.postalCode',
  'address.region',
  'address.country',
])

/** Returns the role of what a line names by its key: `item`, `tax_rate`. */
export function keyOfLine(own: readonly string[]): string | undefined {
  const text = own.join(' ')
  return text === 'line' || text === 'product' || text === 'service'
    ? 'line.product'
    : text === 'tax rate' || text === 'tax'
      ? 'line.taxRateId'
      : undefined
}

type FactsOf = (pointer: Pointer) => SchemaFacts

/** `status_transitions: { finalized_at, paid_at }`: moments of its life in an object of their own. */
export function isLifeCycle({ facts }: ItemPlace, own: readonly string[], factsOf: FactsOf): boolean {
  return (
    own.every((word) => lifeCycle.has(word)) &&
    [...facts.properties].every(([name, at]) => fitOf('instant', factsOf(at), nameMeaning(wordsOf(name)).words) > 0.6)
  )
}

/** `customer: anyOf [text, Customer]`: the text is the key of what may stand there as a whole. */
export function mayBeKey({ scope, facts }: ItemPlace, own: readonly string[]): boolean {
  return (
    scope === 'invoice' &&
    (facts.types.has('string') || facts.types.has('integer')) &&
    facts.properties.size > 0 &&
    partyRoleOf(own) !== undefined
  )
}

/** `reference: the number printed on the invoice` */
export function isToldNumber({ facts }: ItemPlace, own: readonly string[]): boolean {
  return (
    own.every((word) => labels.has(word)) &&
    fitOf('text', facts, own) > 0 &&
    /\bnumber\b.{0,24}\binvoice\b|\binvoice(?:'s)? number\b|rechnungsnummer|num[eé]ro.{0,12}facture|n[uú]mero.{0,12}factura|numero.{0,12}fattura|factuurnummer/i.test(
      facts.description,
    ) &&
    !/buyer|customer|purchase|order|original|credited|related/i.test(facts.description)
  )
}

/** `{ header: { … }, rows: [ … ] }`: what stands beside the lists of its parts. */
export function isHead({ path, root }: ItemPlace, own: readonly string[], factsOf: FactsOf): boolean {
  return (
    path.length === 1 &&
    own.length > 0 &&
    own.every((word) => heads.has(word)) &&
    [...factsOf(root).properties.values()].some((at) => factsOf(at).items !== undefined)
  )
}

/** A party has a name, an address or a key. */
export function looksLikeParty({ properties }: SchemaFacts): boolean {
  const names = [...properties.keys()].flatMap((name) => nameMeaning(wordsOf(name)).words)
  return ['name', 'email', 'id', 'address', 'company'].some((word) => names.includes(word))
}
