// The arithmetic of an invoice as EN 16931 states it: lines, allowances and charges, tax, total.
import { multiplyDivide } from '../../spec/index.ts'
import type { Adjustment, Line, TaxGroup, Totals } from './entry.ts'

/** How tax is rounded: on each line, or on the base of each rate (EN 16931, BR-CO-17). */
export type Rounding = 'line' | 'total'

/** Tax rates are thousandths of a percent, so this is the whole. */
export const wholeRate = 100_000

/**
 * Adds up one invoice in minor units: lines, allowances and charges go in, totals come out. Reused from invoice to
 * invoice, because the columns of a million invoices pass through here.
 */
export class Sums {
  lineTotal = 0
  allowances = 0
  charges = 0
  /** Number of different rates so far. */
  groups = 0
  readonly rates: number[] = []
  readonly bases: number[] = []
  readonly taxes: number[] = []
  readonly rounding: Rounding

  constructor(rounding: Rounding = 'total') {
    this.rounding = rounding
  }

  /** Starts the next invoice. */
  reset(): void {
    this.lineTotal = 0
    this.allowances = 0
    this.charges = 0
    this.groups = 0
  }

  /** Adds a line's net amount. */
  line(net: number, rate: number): void {
    this.lineTotal += net
    this.#add(net, rate)
  }

  /** Adds a document-level allowance; the amount is positive. */
  allowance(amount: number, rate: number): void {
    this.allowances += amount
    this.#add(-amount, rate)
  }

  /** Adds a document-level charge. */
  charge(amount: number, rate: number): void {
    this.charges += amount
    this.#add(amount, rate)
  }

  /** BT-109: line total − allowances + charges (BR-CO-13). */
  get subtotal(): number {
    return this.lineTotal - this.allowances + this.charges
  }

  /** BT-110: the sum of the groups (BR-CO-14). */
  get tax(): number {
    let sum = 0
    for (let group = 0; group < this.groups; group++) sum += this.taxOf(group)
    return sum
  }

  /** BT-112: subtotal + tax (BR-CO-15). */
  get total(): number {
    return this.subtotal + this.tax
  }

  /** BT-117 of a group: its base × its rate, rounded (BR-CO-17), or the sum of what was rounded on each line. */
  taxOf(group: number): number {
    return this.rounding === 'line'
      ? (this.taxes[group] as number)
      : multiplyDivide(this.bases[group] as number, this.rates[group] as number, wholeRate)
  }

  /** Returns the group of a rate, or −1. */
  groupOf(rate: number): number {
    for (let group = 0; group < this.groups; group++) if (this.rates[group] === rate) return group
    return -1
  }

  /** The rate with the largest base: document-level amounts are taxed with it. */
  get mainRate(): number {
    let best = 0
    for (let group = 1; group < this.groups; group++)
      if ((this.bases[group] as number) > (this.bases[best] as number)) best = group
    return this.groups === 0 ? 0 : (this.rates[best] as number)
  }

  #add(amount: number, rate: number): void {
    let group = this.groupOf(rate)
    if (group < 0) {
      group = this.groups++
      this.rates[group] = rate
      this.bases[group] = 0
      this.taxes[group] = 0
    }
    this.bases[group] = (this.bases[group] as number) + amount
    if (this.rounding === 'line')
      this.taxes[group] = (this.taxes[group] as number) + multiplyDivide(amount, rate, wholeRate)
  }
}

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

/** Decimals that a price may have beyond the currency's minor unit, as a factor. */
const finer = 1_000_000

/**
 * Returns quantity × price in whole minor units, rounded half up.
 * @param quantity in thousandths
 * @param price in minor units, with up to six decimals: BR-DEC binds no price (BT-146)
 */
export const grossOf = (quantity: number, price: number): number =>
  Number.isInteger(price)
    ? multiplyDivide(quantity, price, 1000)
    : multiplyDivide(quantity, Math.round(price * finer), 1000 * finer)

/** Returns a line's net amount in minor units: quantity × price, rounded, − allowance (PF-LINE). */
export const netOf = ({ quantity, price, allowance }: Pick<LineInput, 'quantity' | 'price' | 'allowance'>): number =>
  grossOf(quantity, price) - allowance

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
  return sums.mainRate
}
