import { multiplyDivide } from '../../spec/index.ts'
import type { Adjustment, Line, TaxGroup, Totals } from './entry.ts'
import { mainRate } from './lines.ts'
import { Sums } from './sums.ts'
import type { Rounding } from './sums.ts'

/** A line before its tax share is known. */
export type DraftLine = Omit<Line, 'tax' | 'index' | 'net'>

/** What an invoice is summed from; every total follows. */
export interface Draft {
  readonly lines: readonly DraftLine[]
  readonly allowances: readonly Omit<Adjustment, 'index'>[]
  readonly charges: readonly Omit<Adjustment, 'index'>[]
}

/** The parts and sums that follow from a draft; nothing is paid yet. */
export interface Sum extends Omit<Totals, 'paid' | 'due'> {
  readonly lines: readonly Line[]
  readonly allowanceList: readonly Adjustment[]
  readonly chargeList: readonly Adjustment[]
  readonly taxes: readonly Omit<TaxGroup, 'name' | 'category' | 'reason'>[]
}

/** Returns a line's net amount in minor units: quantity × price, rounded, − allowance (PF-LINE). */
export const netOf = ({ quantity, price, allowance }: DraftLine): number =>
  multiplyDivide(quantity, price, 1000) - allowance

/** Returns the sums of a draft (BR-CO-10, -13, -14, -15, -17). */
export function sum(draft: Draft, rounding: Rounding = 'total'): Sum {
  const sums = new Sums(rounding)
  const nets = draft.lines.map(netOf)
  for (const [index, line] of draft.lines.entries()) sums.line(nets[index] as number, line.taxRate)
  for (const { amount, taxRate } of draft.allowances) sums.allowance(amount, taxRate)
  for (const { amount, taxRate } of draft.charges) sums.charge(amount, taxRate)
  const shares = shareTax(draft.lines, nets, sums)
  return {
    lines: draft.lines.map((line, index) => ({
      ...line,
      index,
      net: nets[index] as number,
      tax: shares[index] as number,
    })),
    allowanceList: draft.allowances.map((allowance, index) => ({ ...allowance, index })),
    chargeList: draft.charges.map((charge, index) => ({ ...charge, index })),
    taxes: Array.from({ length: sums.groups }, (_, group) => ({
      rate: sums.rates[group] as number,
      base: sums.bases[group] as number,
      amount: sums.taxOf(group),
    })),
    lineTotal: sums.lineTotal,
    allowances: sums.allowances,
    charges: sums.charges,
    subtotal: sums.subtotal,
    tax: sums.tax,
    total: sums.total,
    rounding: 0,
  }
}

/** Splits the tax of each rate among its lines so that the shares add up to it: each line gets what the running sum has grown by. */
function shareTax(lines: readonly DraftLine[], nets: readonly number[], sums: Sums): number[] {
  const whole = new Map<number, number>()
  for (const [index, { taxRate }] of lines.entries())
    whole.set(taxRate, (whole.get(taxRate) ?? 0) + (nets[index] as number))
  const last = new Map(lines.map(({ taxRate }, index) => [taxRate, index]))
  const given = new Map<number, number>()
  const seen = new Map<number, number>()
  const shares = lines.map(({ taxRate }, index) => {
    const total = sums.taxOf(sums.groupOf(taxRate))
    const running = (seen.get(taxRate) ?? 0) + (nets[index] as number)
    const base = whole.get(taxRate) as number
    const upTo =
      index === last.get(taxRate) || base === 0
        ? total
        : multiplyDivide(running, total, Math.abs(base)) * Math.sign(base)
    const share = (index === last.get(taxRate) ? total : base === 0 ? 0 : upTo) - (given.get(taxRate) ?? 0)
    seen.set(taxRate, running)
    given.set(taxRate, (given.get(taxRate) ?? 0) + share)
    return share
  })
  // A charge may be taxed at a rate that no line has: the first line then carries it.
  const orphaned = sums.tax - shares.reduce((total, share) => total + share, 0)
  if (orphaned !== 0 && shares.length > 0) shares[0] = (shares[0] as number) + orphaned
  return shares
}

/** What an API has places for; the rest is said with lines. */
export interface Capabilities {
  readonly allowances: boolean
  readonly charges: boolean
  readonly lineAllowances: boolean
  readonly fractionalQuantities: boolean
  readonly tax: boolean
}

/** Returns the same invoice in terms an API has: what it has no place for becomes a line, so every total stays. */
export function express(draft: Draft, can: Capabilities): Draft {
  let { lines, allowances, charges } = draft
  if (!can.lineAllowances) {
    allowances = [
      ...allowances,
      ...lines
        .filter(({ allowance }) => allowance !== 0)
        .map(({ allowance, taxRate, name }) => ({ amount: allowance, reason: `Discount on ${name}`, taxRate })),
    ]
    lines = lines.map((line) => ({ ...line, allowance: 0 }))
  }
  if (!can.fractionalQuantities)
    lines = lines.map((line) =>
      line.quantity % 1000 === 0 ? line : { ...line, quantity: 1000, price: netOf(line) + line.allowance },
    )
  if (!can.charges) {
    lines = [...lines, ...charges.map((charge) => asLine(charge, charge.amount))]
    charges = []
  }
  if (!can.allowances) {
    lines = [...lines, ...allowances.map((allowance) => asLine(allowance, -allowance.amount))]
    allowances = []
  }
  return can.tax ? { lines, allowances, charges } : withoutTax({ lines, allowances, charges })
}

function withoutTax(draft: Draft): Draft {
  const { tax } = sum(draft)
  const untaxed = <T extends { readonly taxRate: number }>(list: readonly T[]): T[] =>
    list.map((item) => ({ ...item, taxRate: 0 }))
  const lines = tax === 0 ? draft.lines : [...draft.lines, asLine({ reason: 'Tax', taxRate: 0 }, tax)]
  return { lines: untaxed(lines), allowances: untaxed(draft.allowances), charges: untaxed(draft.charges) }
}

const asLine = ({ reason, taxRate }: { reason: string; taxRate: number }, price: number): DraftLine => ({
  name: reason,
  description: reason,
  product: -1,
  productType: 'service',
  unit: 'C62',
  quantity: 1000,
  price,
  allowance: 0,
  taxRate,
})

/** Returns the tax rate of a draft's largest group. */
export function mainRateOf(lines: readonly DraftLine[]): number {
  const sums = new Sums()
  for (const line of lines) sums.line(netOf(line), line.taxRate)
  return mainRate(sums)
}
