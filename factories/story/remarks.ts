import type { Entry, Payment } from '../ledger/entry.ts'
import { Random } from '../random.ts'
import { dateText, dayAt, periodText } from './date-text.ts'
import { disputeReason } from './dispute.ts'
import { wordsOf } from './words.ts'
import type { Words } from './words.ts'

const methods: Readonly<Record<Payment['method'], string>> = {
  ach: 'ACH transfer',
  wire: 'wire transfer',
  card: 'card',
  check: 'check',
  sepa: 'SEPA credit transfer',
}

/** Returns how money was sent, as part of a sentence: `wire transfer`. */
export const methodText = (method: Payment['method']): string => methods[method]

/** Returns the advice of a payment in one sentence: amount, invoice, method, day. */
export function remittanceText(entry: Entry, payment: Payment): string {
  const { money, number, date } = wordsOf(entry)
  return `${money(payment.amount)} for invoice ${number} by ${methodText(payment.method)}, payment date ${date(dayAt(payment.at))}.`
}

/** Returns the billed period in words: `March 2026`, `1 March 2026 to 15 April 2026`. */
export const linePeriodText = ({ periodStart, periodEnd, buyer }: Entry): string =>
  periodText(periodStart, periodEnd, buyer.locale)

const notes: readonly ((words: Words) => string)[] = [
  ({ number, due }) => `Payable by ${due}. Please quote ${number} with your payment.`,
  ({ due }) => `Thank you for your business. Payment is due on ${due}.`,
  ({ number, total, due }) => `Please transfer ${total} by ${due}, stating ${number}.`,
  ({ due }) => `Due on ${due} without deduction.`,
  ({ due }) => `We kindly ask for payment by ${due}. Questions? Just reply to the e-mail this invoice came with.`,
  ({ number, due }) => `Reference for your payment: ${number}. Due date: ${due}.`,
]

/** Returns a note for the buyer to read on the invoice, made for its number, total and due date; `entry.note` is not asked. */
export const noteOf = (entry: Entry): string => new Random(entry.key).at('story').at('note').pick(notes)(wordsOf(entry))

const writeOffs: readonly ((words: Words, owed: string) => string)[] = [
  ({ number, buyer, due }, owed) => `Invoice ${number} to ${buyer} is written off: ${owed}, due since ${due}.`,
  ({ number, buyer, due }, owed) =>
    `Invoice ${number} (${buyer}, due ${due}) is uncollectible; ${owed} has been written off.`,
  ({ number, buyer, due }, owed) => `Giving up on invoice ${number}. ${buyer} has not paid the ${owed} due on ${due}.`,
  ({ number, buyer, due }, owed) =>
    `${owed} for invoice ${number} to ${buyer} is booked as bad debt. It was due on ${due}.`,
  ({ number, buyer, due }, owed) =>
    `Invoice ${number} to ${buyer}, due on ${due}, has been closed as uncollectible with ${owed} open.`,
  ({ number, buyer, due }, owed) =>
    `All reminders to ${buyer} for invoice ${number} (due ${due}) have failed; ${owed} has been written off.`,
]

/** Returns a note for the seller's people about where the invoice stands; `entry.privateNote` is not asked. */
export function privateNoteOf(entry: Entry): string {
  const words = wordsOf(entry)
  const { status, buyer, promisedDate } = entry
  const owed = words.money(entry.due)
  if (status === 'uncollectible') return new Random(entry.key).at('story').at('write-off').pick(writeOffs)(words, owed)
  const reason = disputeReason(entry)
  if (reason !== undefined) return `Disputed: ${reason}`
  if (promisedDate !== undefined && entry.due > 0)
    return `Promised for ${dateText(promisedDate, buyer.locale)}; ${owed} open.`
  if (status === 'draft') return 'To be checked before it is sent.'
  if (status === 'paid')
    return `Settled in ${entry.payments.length > 1 ? `${entry.payments.length} payments` : 'one payment'}.`
  if (status === 'processing') return `Payment ordered by the buyer; ${owed} on its way.`
  if (status === 'void') return 'Voided; do not remind.'
  return status === 'overdue'
    ? `Overdue since ${words.due}; ${owed} open.`
    : `Open until ${words.due}; ${owed} to come.`
}
