// Completes the words of a name by what its description says: of tax, of percentages, of the currency.

import type { SchemaFacts } from './facts.ts'
import type { Scope } from './rules.ts'

/** Words of amounts: what stands before them says in which currency they are, or of what they are. */
const ofAmounts = new Set(['amount', 'tax', 'price', 'total', 'subtotal', 'net', 'gross'])

/** "Amount of the line, without tax" */
const untold =
  /\b(?:without|excl(?:uding|usive of|\.)?|before|net of|ohne|hors|sin|sem|senza|exklusive?) (?:the |any )?(?:tax|taxes|vat|gst|moms|mwst|tva|iva|btw)\b|\bhors tax|\bHT\b/i
const told =
  /\b(?:with|incl(?:uding|usive of|\.)?|inkl(?:usive)?\.?|con|com|compris) (?:the |any )?(?:tax|taxes|vat|gst|moms|mwst|tva|iva|btw)\b|\b(?:tax|taxes|vat|gst|moms|mwst|iva|btw) (?:included|inclus|inklusive|incluido|inclu[ií]dos?)\b|\bTTC\b/i

/** Words of a total that a description settles: `gross_amount: "without tax"`. */
const settled = new Set(['amount', 'net', 'gross', 'total'])

/** Adds what a description says of tax to a name that leaves it open. */
function taxTold(own: readonly string[], description: string): readonly string[] {
  if (own.length === 0 || !own.every((word) => settled.has(word))) return own
  const [without, including] = [untold.test(description), told.test(description)]
  if (without === including) return own
  const rest = own.filter((word) => word !== 'net' && word !== 'gross')
  return [...rest, ...(without ? ['excl', 'tax'] : ['incl', 'tax'])]
}

/** An amount that is told to be in a currency of the company's, not of the invoice. */
const converted =
  /\b(?:in|en) (?:the |la )?(?:base|home|local|company|accounting|functional|default|ledger) (?:currency|devise)\b|\bcurrency of the (?:company|division|organi[sz]ation|ledger|books)\b|\ben euros?\b/i

/** Returns the words of a name where it stands: what an invoice says of prices it says of its totals, and a percentage is a rate. */
export function namedBy(own: readonly string[], scope: Scope, { description, format }: SchemaFacts): readonly string[] {
  const plain = own[0] === 'currency' && own.slice(1).some((word) => ofAmounts.has(word)) ? own.slice(1) : own
  if (plain.some((word) => ofAmounts.has(word)) && converted.test(description)) return [...plain, 'exchange']
  const priced = scope === 'invoice' && plain.length > 1 ? plain.filter((word) => word !== 'price') : plain
  const said = taxTold(priced, description)
  const isRate =
    said.some((word) => word === 'discount' || word === 'tax') &&
    !said.includes('rate') &&
    /percent|pourcent|prozent|porcent|percentual|procent|\bas a fraction\b|\bin %|^\s*%\s*$/i.test(
      `${description} ${format ?? ''}`,
    ) &&
    !/amount|betrag|montant|importe|importo|bedrag/i.test(description)
  return isRate ? [...said, 'rate'] : said
}
