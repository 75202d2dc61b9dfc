import type { Entry, Line } from '../ledger/entry.ts'
import { Random } from '../random.ts'
import { disputeOf } from './dispute.ts'
import type { Dispute } from './dispute.ts'
import type { MatchSuggestion } from './story.ts'

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
  const between = (low: number, high: number): number => draws.int(low, high) / 100
  const where = `line ${orderLine} of ${order}`
  if (dispute?.line.index === line.index)
    return { confidence: between(42, 64), reason: disputed[dispute.kind](where, dispute) }
  if (line.product < 0) return { confidence: between(38, 62), reason: draws.pick(extras)(where) }
  if (!isStated) return { confidence: between(45, 69), reason: draws.pick(guesses)(where) }
  if (draws.chance(0.2)) return { confidence: between(72, 89), reason: draws.pick(likelihoods)(where) }
  const papers = hasReceipt ? ` and with goods receipt ${receipt}` : ''
  return { confidence: between(91, 99), reason: draws.pick(certainties)(where, papers) }
}

const disputed: Readonly<Record<Dispute['kind'], (where: string, dispute: Dispute) => string>> = {
  quantity: (where, { billed, claimed }) =>
    `Product agrees with ${where}, but the quantity differs: ${billed} billed, ${claimed} expected.`,
  price: (where, { billed, claimed }) =>
    `Product and quantity agree with ${where}, but the price differs: ${billed} billed, ${claimed} expected.`,
  order: (where) => `Weak match: only the amount resembles ${where}; the product is not on the order.`,
}

const extras: readonly ((where: string) => string)[] = [
  (where) => `Weak match: no order line for this item; ${where} is the nearest.`,
  (where) => `The item is no product of the catalogue; it was put with ${where} for want of a better one.`,
]

const guesses: readonly ((where: string) => string)[] = [
  (where) => `The invoice states no order; only product and amount resemble ${where}.`,
  (where) => `No order number on the invoice. Guessed from buyer and description: ${where}.`,
  (where) => `Weak match by description with ${where}; the order number is missing.`,
]

const likelihoods: readonly ((where: string) => string)[] = [
  (where) => `Order number and quantity agree with ${where}; the description differs in wording.`,
  (where) => `Order number and price agree with ${where}; the unit is named differently.`,
  (where) => `Likely match: order number and net amount agree with ${where}.`,
]

const certainties: readonly ((where: string, papers: string) => string)[] = [
  (where, papers) => `Order number, product code, quantity and price agree with ${where}${papers}.`,
  (where, papers) => `Exact match with ${where}${papers}.`,
  (where, papers) => `Product code, quantity and unit price are the same as on ${where}${papers}.`,
]
