import { multiplyDivide } from '../../spec/index.ts'

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
