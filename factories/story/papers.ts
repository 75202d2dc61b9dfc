// The papers of an invoice: its files, disputes about it, matches with orders, notes.

import { Random } from '../random.ts'
import type { Entry, Line, Payment } from '../ledger/entry.ts'
import { dateText, dayAt, endOf, factsOf, measureText, moneyText, periodText, render, unitText } from './facts.ts'
import type { MatchSuggestion, StoryFile } from './story.ts'

/** Position of the invoice's PDF among its files. */
const pdfIndex = 1

/** Returns the invoice number with nothing that a file name cannot hold. */
const safe = (text: string): string =>
  text.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '') || 'invoice'

/** Returns when the invoice left the seller; for a draft, when its record was made. */
export const receivedAt = (entry: Entry): number =>
  Math.max(entry.createdAt, Math.min(endOf(entry), entry.sentAt ?? entry.createdAt))

/** Returns the invoice's PDF, as every e-mail about it carries it. */
export function pdfOf(entry: Entry): StoryFile {
  const random = new Random(entry.key).at('story').at('pdf')
  return {
    index: pdfIndex,
    name: `Invoice-${safe(entry.number)}.pdf`,
    mediaType: 'application/pdf',
    kind: 'emailAttachment',
    size: random.int(38_000, 160_000) + entry.lines.length * random.int(400, 900),
    parent: 0,
    createdAt: receivedAt(entry),
  }
}

/** Returns the received invoice as files: the e-mail, the PDF taken from it, the page image made of that. */
export function filesOf(entry: Entry): readonly StoryFile[] {
  const pdf = pdfOf(entry)
  const random = new Random(entry.key).at('story').at('files')
  const { number, seller } = factsOf(entry)
  const email: StoryFile = {
    index: 0,
    name: `Invoice ${safe(number)} from ${safe(seller)}.eml`,
    mediaType: 'message/rfc822',
    kind: 'email',
    // Base64 makes four characters of three bytes, in lines of 76 and a line break; headers and text come on top.
    size: Math.ceil(pdf.size / 57) * 78 + random.int(2_400, 6_800),
    createdAt: pdf.createdAt,
  }
  const image: StoryFile = {
    index: 2,
    name: `Invoice-${safe(number)}.png`,
    mediaType: 'image/png',
    kind: 'document',
    size: random.int(180_000, 940_000),
    parent: pdfIndex,
    createdAt: Math.min(endOf(entry), pdf.createdAt + random.int(5, 90)),
  }
  return [email, pdf, image]
}

/** What a buyer disputes. */
export interface Dispute {
  readonly line: Line
  /** `order`: the buyer says the line was never ordered. */
  readonly kind: 'quantity' | 'price' | 'order'
  /** What is billed and what the buyer says is right, spelled in the buyer's locale; empty for `order`. */
  readonly billed: string
  readonly claimed: string
}

/** Returns the dispute about an invoice, or `undefined` where there is none or nothing to dispute. */
export function disputeOf(entry: Entry): Dispute | undefined {
  if (!entry.isDisputed) return undefined
  const random = new Random(entry.key).at('story').at('dispute')
  const goods = entry.lines.filter(({ product, net }) => product >= 0 && net > 0)
  const candidates = goods.length > 0 ? goods : entry.lines
  const line = candidates[random.int(0, Math.max(0, candidates.length - 1))]
  if (!line) return undefined
  if (line.quantity >= 2000 && line.quantity % 1000 === 0 && random.chance(0.5))
    return aboutQuantity(entry, line, random)
  return line.price >= 20 ? aboutPrice(entry, line, random) : { line, kind: 'order', billed: '', claimed: '' }
}

function aboutQuantity({ buyer: { locale } }: Entry, line: Line, random: Random): Dispute {
  const missing = random.int(1, Math.max(1, Math.floor(line.quantity / 4000)))
  const spell = (quantity: number): string => measureText(quantity, line.unit, locale)
  return { line, kind: 'quantity', billed: spell(line.quantity), claimed: spell(line.quantity - missing * 1000) }
}

function aboutPrice({ buyer: { locale }, currency, exponent }: Entry, line: Line, random: Random): Dispute {
  const claim = line.price - Math.max(1, Math.floor((line.price * random.int(5, 20)) / 100))
  const spell = (amount: number): string => moneyText({ amount, currency, exponent }, locale)
  return { line, kind: 'price', billed: spell(line.price), claimed: spell(claim) }
}

/** How the buyer puts a dispute, and how somebody else reports it. */
const claims: Readonly<Record<Dispute['kind'], { readonly claim: string; readonly report: string }>> = {
  quantity: {
    claim: '{name} bills {billed}, but our records show only {claimed}.',
    report: '{name} bills {billed}; the buyer’s records show only {claimed}.',
  },
  price: {
    claim: '{name} is priced at {billed} per {unit}, but the price we agreed on is {claimed}.',
    report: '{name} is priced at {billed} per {unit}; the buyer expected {claimed}.',
  },
  order: {
    claim: '{name} does not appear on any order of ours.',
    report: '{name} is unknown to the buyer, who has no order for it.',
  },
}

function sentenceOf(dispute: Dispute, form: 'claim' | 'report'): string {
  const { index, name, unit } = dispute.line
  return render(claims[dispute.kind][form], {
    ...dispute,
    name: `Line ${index + 1} (“${name}”)`,
    unit: unitText(unit),
  })
}

/** Returns the dispute as the buyer puts it, in one sentence. */
export const claimText = (dispute: Dispute): string => sentenceOf(dispute, 'claim')

/** Returns why the buyer disputes an invoice, in one sentence; `undefined` where it is not disputed. */
export function disputeReason(entry: Entry): string | undefined {
  const dispute = disputeOf(entry)
  if (dispute) return sentenceOf(dispute, 'report')
  return entry.isDisputed ? 'The buyer disputes the invoice as a whole.' : undefined
}

/** From this confidence on a match is certain, and from that on likely; below it is a guess. */
export const certain = 0.9
export const likely = 0.7

/** What the matches of one invoice share. */
interface Papers {
  readonly order: string
  /** The invoice states the order. */
  readonly isStated: boolean
  readonly receipt: string
  readonly dispute: Dispute | undefined
  /** Lines of the order are counted in steps of 1 or 10. */
  readonly step: number
  readonly random: Random
}

/** Returns a suggested match with order and goods receipt for each line; without a purchase order the order is a guess. */
export function matchesOf(entry: Entry): readonly MatchSuggestion[] {
  const random = new Random(entry.key).at('story').at('matches')
  const papers: Papers = {
    order: entry.purchaseOrder ?? `PO-${random.int(100_000, 999_999)}`,
    isStated: entry.purchaseOrder !== undefined,
    receipt: `GR-${random.int(400_000, 899_999)}`,
    dispute: disputeOf(entry),
    step: random.chance(0.5) ? 10 : 1,
    random,
  }
  let received = 0
  return entry.lines.map((line) =>
    suggestion(line, papers, line.productType === 'goods' && line.product >= 0 ? ++received : 0),
  )
}

/** Returns how sure a capture is: the least of its matches' confidences; 0 without lines. */
export const confidenceOf = (matches: readonly MatchSuggestion[]): number =>
  matches.reduce((least, { confidence }) => Math.min(least, confidence), matches.length === 0 ? 0 : 1)

function suggestion(line: Line, papers: Papers, receiptLine: number): MatchSuggestion {
  const { order, receipt, step, random } = papers
  const orderLine = (line.index + 1) * step
  const hasReceipt = receiptLine > 0
  const { confidence, reason } = judge(line, papers, { orderLine, hasReceipt, draws: random.at(line.index) })
  return {
    index: line.index,
    line: line.index,
    order,
    orderLine,
    ...(hasReceipt && { receipt, receiptLine }),
    confidence,
    reason,
  }
}

interface Place {
  readonly orderLine: number
  readonly hasReceipt: boolean
  readonly draws: Random
}

function judge(
  line: Line,
  { order, isStated, receipt, dispute }: Papers,
  { orderLine, hasReceipt, draws }: Place,
): { confidence: number; reason: string } {
  const where = `line ${orderLine} of ${order}`
  const verdict = (low: number, high: number, text: () => string, more: object = {}) => ({
    confidence: draws.int(low, high) / 100,
    reason: render(text(), { where, ...more }),
  })
  if (dispute?.line.index === line.index) return verdict(42, 64, () => disputed[dispute.kind], dispute)
  if (line.product < 0) return verdict(38, 62, () => draws.pick(extras))
  if (!isStated) return verdict(45, 69, () => draws.pick(guesses))
  if (draws.chance(0.2)) return verdict(72, 89, () => draws.pick(likelihoods))
  return verdict(91, 99, () => draws.pick(certainties), {
    papers: hasReceipt ? ` and with goods receipt ${receipt}` : '',
  })
}

const disputed: Readonly<Record<Dispute['kind'], string>> = {
  quantity: 'Product agrees with {where}, but the quantity differs: {billed} billed, {claimed} expected.',
  price: 'Product and quantity agree with {where}, but the price differs: {billed} billed, {claimed} expected.',
  order: 'Weak match: only the amount resembles {where}; the product is not on the order.',
}

const extras = [
  'Weak match: no order line for this item; {where} is the nearest.',
  'The item is no product of the catalogue; it was put with {where} for want of a better one.',
]

const guesses = [
  'The invoice states no order; only product and amount resemble {where}.',
  'No order number on the invoice. Guessed from buyer and description: {where}.',
  'Weak match by description with {where}; the order number is missing.',
]

const likelihoods = [
  'Order number and quantity agree with {where}; the description differs in wording.',
  'Order number and price agree with {where}; the unit is named differently.',
  'Likely match: order number and net amount agree with {where}.',
]

const certainties = [
  'Order number, product code, quantity and price agree with {where}{papers}.',
  'Exact match with {where}{papers}.',
  'Product code, quantity and unit price are the same as on {where}{papers}.',
]

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
  const { money, number, date } = factsOf(entry)
  return `${money(payment.amount)} for invoice ${number} by ${methodText(payment.method)}, payment date ${date(dayAt(payment.at))}.`
}

/** Returns the billed period in words: `March 2026`, `1 March 2026 to 15 April 2026`. */
export const linePeriodText = ({ periodStart, periodEnd, buyer }: Entry): string =>
  periodText(periodStart, periodEnd, buyer.locale)

const notes = [
  'Payable by {due}. Please quote {number} with your payment.',
  'Thank you for your business. Payment is due on {due}.',
  'Please transfer {total} by {due}, stating {number}.',
  'Due on {due} without deduction.',
  'We kindly ask for payment by {due}. Questions? Just reply to the e-mail this invoice came with.',
  'Reference for your payment: {number}. Due date: {due}.',
]

/** Returns a note for the buyer to read on the invoice, made for its number, total and due date; `entry.note` is not asked. */
export const noteOf = (entry: Entry): string =>
  render(new Random(entry.key).at('story').at('note').pick(notes), factsOf(entry))

const writeOffs = [
  'Invoice {number} to {buyer} is written off: {owed}, due since {due}.',
  'Invoice {number} ({buyer}, due {due}) is uncollectible; {owed} has been written off.',
  'Giving up on invoice {number}. {buyer} has not paid the {owed} due on {due}.',
  '{owed} for invoice {number} to {buyer} is booked as bad debt. It was due on {due}.',
  'Invoice {number} to {buyer}, due on {due}, has been closed as uncollectible with {owed} open.',
  'All reminders to {buyer} for invoice {number} (due {due}) have failed; {owed} has been written off.',
]

/** Returns a note for the seller's people about where the invoice stands; `entry.privateNote` is not asked. */
export function privateNoteOf(entry: Entry): string {
  const words = factsOf(entry)
  const { status, buyer, promisedDate } = entry
  const owed = words.money(entry.due)
  if (status === 'uncollectible')
    return render(new Random(entry.key).at('story').at('write-off').pick(writeOffs), { ...words, owed })
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
