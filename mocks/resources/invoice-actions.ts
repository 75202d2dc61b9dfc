import type { Entry } from '../../factories/index.ts'
import { wordsOf } from '../../spec/index.ts'
import type { Business } from '../state/business.ts'
import { Refusal } from '../refusal.ts'

/** Does to an invoice in the books what an action's name says. @throws Refusal for what its state does not allow. */
type Change = (business: Business, invoice: Entry, amount?: number) => Entry

/** In full, or as much as is said: minor units. */
const pay: Change = (business, invoice, amount) => {
  if (!['open', 'overdue', 'processing', 'uncollectible'].includes(invoice.status))
    throw new Refusal(400, `An invoice that is ${invoice.status} cannot be paid.`)
  if (amount !== undefined && (amount <= 0 || amount > invoice.due))
    throw new Refusal(400, `Expected an amount above 0 and at most what is owed, but received another.`)
  return amount === undefined || amount === invoice.due
    ? business.amend(invoice, { status: 'paid', paidAt: business.now() })
    : business.amend(invoice, { paid: invoice.paid + amount })
}

const cancel: Change = (business, invoice) => {
  if (invoice.status === 'void') return invoice
  if (invoice.paid !== 0) throw new Refusal(400, 'An invoice for which money has arrived cannot be voided.')
  return business.amend(invoice, { status: 'void', voidedAt: business.now() })
}

const issue: Change = (business, invoice) =>
  invoice.status === 'draft'
    ? business.amend(invoice, { status: invoice.dueDate < invoice.today ? 'overdue' : 'open' })
    : invoice

const writeOff: Change = (business, invoice) =>
  business.amend(invoice, { status: 'uncollectible', uncollectibleAt: business.now() })

const words: readonly (readonly [RegExp, Change])[] = [
  [
    /^(?:pay|paid|settle|capture|collect|collect payment|record payment|mark as paid|mark paid|payments?|bezahlen|zahlungen?|pagar|pagos?|payer|paiements?|paga|pagamenti|betalen|betalingen)$/,
    pay,
  ],
  [/^(?:void|cancel|annul|reverse|storno|stornieren|anular|annuler|annulla|annullare|annuleren|mark as void)$/, cancel],
  [
    /^(?:finali[sz]e|issue|send|approve|open|post|publish|book|confirm|submit|authori[sz]e|mark as sent|email|festschreiben|versenden|emitir|emettre|emetti|versturen)$/,
    issue,
  ],
  [/^(?:uncollectible|mark uncollectible|mark as uncollectible|write off|writeoff)$/, writeOff],
]

/** Tells whether an action voids an invoice. */
export const voids = (verb: string): boolean => changeOf(verb) === cancel

/** Tells whether an action issues a draft. */
export const issues = (verb: string): boolean => changeOf(verb) === issue

/** Returns what an action does to an invoice, or `undefined` for one that changes nothing in the books. */
export function changeOf(verb: string): Change | undefined {
  const name = wordsOf(verb)
    .filter((word) => word !== 'invoice' && word !== 'bill')
    .join(' ')
  return words.find(([pattern]) => pattern.test(name))?.[1]
}
