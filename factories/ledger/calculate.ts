import { multiplyDivide } from '../../spec/index.ts'
import type { Adjustment, Line, TaxGroup, Totals } from './entry.ts'
import { mainRate } from './lines.ts'
import { Sums } from './sums.ts'
import type { Rounding } from './sums.ts'

/** A line before its tax share is known. */
export type LineInput = Omit<Line, 'tax' | 'index' | 'net'>

/** What is stated of an invoice; every total follows from it. */
export interface InvoiceInput {
  readonly lines: readonly LineInput[]
  readonly allowances: readonly Omit<Adjustment, 'index'>[]
  readonly charges: readonly Omit<Adjustment, 'index'>[]
}

/** Everything that follows from an invoice's input; nothing is paid yet. */
export interface Calculated extends Omit<Totals, 'paid' | 'due'> {
  readonly lines: readonly Line[]
  readonly allowanceList: readonly Adjustment[]
  readonly chargeList: readonly Adjustment[]
  readonly taxes: readonly Omit<TaxGroup, 'name' | 'category' | 'reason'>[]
}

/** Returns a line's net amount in minor units: quantity × price, rounded, − allowance (PF-LINE). */
export const netOf = ({ quantity, price, allowance }: LineInput): number =>
  multiplyDivide(quantity, price, 1000) - allowance

/**
 * Returns everything that follows from an invoice's lines, allowances and charges, in the order of EN 16931. Amounts are minor units.
 * @param rounding whether tax is rounded on each line, or once for each rate
 */
export function calculate(input: InvoiceInput, rounding: Rounding = 'total'): Calculated {
  const sums = new Sums(rounding)
  // Lines: quantity × price − allowance, and their sum (PF-LINE, BR-CO-10).
  const nets = input.lines.map(netOf)
  for (const [index, line] of input.lines.entries()) sums.line(nets[index] as number, line.taxRate)
  // Allowances and charges of the document, each taxed at a rate (BR-CO-11, BR-CO-12).
  for (const { amount, taxRate } of input.allowances) sums.allowance(amount, taxRate)
  for (const { amount, taxRate } of input.charges) sums.charge(amount, taxRate)
  // Tax: the base of each rate times the rate, and what of it belongs to each line (BR-CO-14, BR-CO-17).
  const taxes = Array.from({ length: sums.groups }, (_, group) => ({
    rate: sums.rates[group] as number,
    base: sums.bases[group] as number,
    amount: sums.taxOf(group),
  }))
  const shares = shareTax(input.lines, nets, sums)
  // Subtotal = lines − allowances + charges (BR-CO-13); total = subtotal + tax (BR-CO-15). Due is the total less what is paid (BR-CO-16).
  const { lineTotal, allowances, charges, subtotal, tax, total } = sums
  return {
    lines: input.lines.map((line, index) => ({
      ...line,
      index,
      net: nets[index] as number,
      tax: shares[index] as number,
    })),
    allowanceList: input.allowances.map((allowance, index) => ({ ...allowance, index })),
    chargeList: input.charges.map((charge, index) => ({ ...charge, index })),
    taxes,
    lineTotal,
    allowances,
    charges,
    subtotal,
    tax,
    total,
    rounding: 0,
  }
}

/** Splits the tax of each rate among its lines so that the shares add up to it: each line gets what the running sum has grown by. */
function shareTax(lines: readonly LineInput[], nets: readonly number[], sums: Sums): number[] {
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

/** Returns the tax rate of an input's largest group. */
export function mainRateOf(lines: readonly LineInput[]): number {
  const sums = new Sums()
  for (const line of lines) sums.line(netOf(line), line.taxRate)
  return mainRate(sums)
}
