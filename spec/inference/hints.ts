import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import { meaningOf } from './dictionary.ts'
import type { Facts } from './facts.ts'
import { heads, labels, lifeCycle } from './grouping.ts'
import { fitOf } from './kinds.ts'
import { partyIn } from './parts.ts'
import type { Spot } from './rank.ts'
import type { Scope } from './rules.ts'

type FactsOf = (pointer: Pointer) => Facts

/** Returns the words of a name where it stands: what an invoice says of prices it says of its totals, and a percentage is a rate. */
export function namedBy(own: readonly string[], scope: Scope, { description, format }: Facts): readonly string[] {
  const said = scope === 'invoice' && own.length > 1 ? own.filter((word) => word !== 'price') : own
  const isRate =
    said.some((word) => word === 'discount' || word === 'tax') &&
    !said.includes('rate') &&
    /percent|pourcent|prozent|porcent|percentual|procent|\bin %|^\s*%\s*$/i.test(`${description} ${format ?? ''}`) &&
    !/amount|betrag|montant|importe|importo|bedrag/i.test(description)
  return isRate ? [...said, 'rate'] : said
}

/** `status_transitions: { finalized_at, paid_at }`: moments of its life in an object of their own. */
export function isLifeCycle({ facts }: Spot, own: readonly string[], factsOf: FactsOf): boolean {
  return (
    own.every((word) => lifeCycle.has(word)) &&
    [...facts.properties].every(([name, at]) => fitOf('instant', factsOf(at), meaningOf(wordsOf(name)).words) > 0.6)
  )
}

/** `customer: anyOf [text, Customer]`: the text is the key of what may stand there as a whole. */
export function mayBeKey({ scope, facts }: Spot, own: readonly string[]): boolean {
  return (
    scope === 'invoice' &&
    (facts.types.has('string') || facts.types.has('integer')) &&
    facts.properties.size > 0 &&
    partyIn(own) !== undefined
  )
}

/** `reference: the number printed on the invoice` */
export function isToldNumber({ facts }: Spot, own: readonly string[]): boolean {
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
export function isHead({ path, root }: Spot, own: readonly string[], factsOf: FactsOf): boolean {
  return (
    path.length === 1 &&
    own.length > 0 &&
    own.every((word) => heads.has(word)) &&
    [...factsOf(root).properties.values()].some((at) => factsOf(at).items !== undefined)
  )
}

/** A party has a name, an address or a key. */
export function looksLikeParty({ properties }: Facts): boolean {
  const names = [...properties.keys()].flatMap((name) => meaningOf(wordsOf(name)).words)
  return ['name', 'email', 'id', 'address', 'company'].some((word) => names.includes(word))
}
