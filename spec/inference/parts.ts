import { wordsOf } from '../resources/names.ts'
import type { Status } from '../roles/invoice.ts'
import { meaningOf } from './dictionary.ts'
import { fitOf } from './kinds.ts'
import { rank, said } from './rank.ts'
import type { Spot } from './rank.ts'
import { rules } from './rules.ts'
import type { Scope } from './rules.ts'

/** The state that a flag tells: `is_overdue`, `voided`. */
export function flagOf(words: readonly string[]): Status | undefined {
  const rest = words.filter((word) => !['is', 'invoice', 'payment'].includes(word))
  return rest.length === 1 ? flags[rest[0] as string] : undefined
}

const flags: Readonly<Record<string, Status>> = {
  overdue: 'overdue',
  void: 'void',
  draft: 'draft',
  uncollectible: 'uncollectible',
}

/** Returns what an array of objects inside an invoice is. */
export function listOf(
  own: readonly string[],
  names: readonly string[],
): { readonly role: string; readonly scope: Scope; readonly sure: number; readonly why: string } | undefined {
  const has = (...words: string[]): boolean => words.some((word) => names.includes(word))
  const called = (...words: string[]): boolean => own.some((word) => words.includes(word))
  const strange = own.filter(
    (word) =>
      ![
        'line',
        'invoice',
        'product',
        'service',
        'tax',
        'total',
        'discount',
        'charge',
        'payment',
        'amount',
        'breakdown',
        'fee',
        'fees',
        'list',
        'detail',
        'details',
        'data',
        'summary',
        'applied',
        'subtotal',
        'transactions',
        'subtotals',
        'group',
        'groups',
        'document',
        'pos',
        'sub',
        'allocations',
        'linked',
      ].includes(word),
  )
  if (strange.length > 0) return undefined
  const money = has('amount', 'price', 'total', 'net', 'subtotal', 'gross')
  if (called('tax') && (names.length === 0 || has('rate') || (has('amount', 'total') && has('tax', 'name', 'net'))))
    return { role: 'invoice.taxes', scope: 'tax', sure: 0.9, why: 'a list of taxes with rates or amounts' }
  if (called('discount') && money)
    return { role: 'invoice.allowanceList', scope: 'allowance', sure: 0.75, why: 'a list of discounts with amounts' }
  if (called('charge') && money && !called('line'))
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
    called('line', 'product', 'service', 'fee', 'fees', 'detail', 'details', 'pos') &&
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
export function partyIn(own: readonly string[]): { readonly role: string; readonly sure: number } | undefined {
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

/** Returns whose address an object is. */
export function addressIn(
  { scope, facts }: Spot,
  own: readonly string[],
): { readonly role: string; readonly sure: number } | undefined {
  const names = [...facts.properties.keys()].flatMap((name) => meaningOf(wordsOf(name)).words)
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
  spot: Spot,
  own: readonly string[],
): { readonly role: string; readonly confidence: number; readonly why: string } | undefined {
  // Whose contact it is, the direction of the invoice says.
  if (own.join(' ') === 'contact id' && fitOf('id', spot.facts, own) > 0)
    return { role: 'buyer.id', confidence: 0.72, why: `${said(spot)} names whom the invoice is about` }
  const side = sideOf(own)
  if (!side) return undefined
  const rest = own.filter((word) => !['customer', 'seller', 'invoice', 'billing'].includes(word))
  const why = `${said(spot)} speaks of the ${side}`
  if (rest.length === 0) {
    const asId = fitOf('id', spot.facts, own)
    const isId =
      spot.facts.format === 'uuid' ||
      /\bid\b|identifier|reference to/i.test(spot.facts.description) ||
      spot.facts.types.has('integer')
    return { role: `${side}.${isId ? 'id' : 'name'}`, confidence: asId * (isId ? 0.88 : 0.65), why }
  }
  const [best] = rank(rules.party, rest, spot)
  if (best?.role !== undefined)
    return { role: best.role.replace('party', side), confidence: best.confidence * 0.98, why }
  return undefined
}
