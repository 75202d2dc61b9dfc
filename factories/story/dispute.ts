import type { Entry, Line } from '../ledger/entry.ts'
import { Random } from '../random.ts'
import { moneyText } from './money-text.ts'
import { measureText, unitText } from './unit-text.ts'

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

const nameOf = ({ line: { index, name } }: Dispute): string => `Line ${index + 1} (“${name}”)`

/** Returns the dispute as the buyer puts it, in one sentence. */
export function claimText(dispute: Dispute): string {
  const { kind, billed, claimed, line } = dispute
  if (kind === 'quantity') return `${nameOf(dispute)} bills ${billed}, but our records show only ${claimed}.`
  if (kind === 'price')
    return `${nameOf(dispute)} is priced at ${billed} per ${unitText(line.unit)}, but the price we agreed on is ${claimed}.`
  return `${nameOf(dispute)} does not appear on any order of ours.`
}

/** Returns the dispute as somebody reports it, in one sentence. */
function reportText(dispute: Dispute): string {
  const { kind, billed, claimed, line } = dispute
  if (kind === 'quantity') return `${nameOf(dispute)} bills ${billed}; the buyer’s records show only ${claimed}.`
  if (kind === 'price')
    return `${nameOf(dispute)} is priced at ${billed} per ${unitText(line.unit)}; the buyer expected ${claimed}.`
  return `${nameOf(dispute)} is unknown to the buyer, who has no order for it.`
}

/** Returns why the buyer disputes an invoice, in one sentence; `undefined` where it is not disputed. */
export function disputeReason(entry: Entry): string | undefined {
  const dispute = disputeOf(entry)
  if (dispute) return reportText(dispute)
  return entry.isDisputed ? 'The buyer disputes the invoice as a whole.' : undefined
}
