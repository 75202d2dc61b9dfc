import { express, sum } from './draft.ts'
import type { Capabilities } from './draft.ts'
import type { Entry, Payment, TaxGroup } from './entry.ts'
import type { Rounding } from './sums.ts'

/** How an API writes sums: what it has places for, and where it rounds. */
export interface Terms {
  readonly can: Capabilities
  readonly rounding: Rounding
}

/** Returns an entry in terms an API has. What it has no place for is said with lines, so totals stay, but for where it rounds. */
export function present(entry: Entry, { can, rounding }: Terms): Entry {
  const isFull = can.allowances && can.charges && can.lineAllowances && can.fractionalQuantities && can.tax
  if (isFull && rounding === 'total') return entry
  const sums = sum(
    express({ lines: entry.lines, allowances: entry.allowanceList, charges: entry.chargeList }, can),
    rounding,
  )
  const taxes = sums.taxes.map((group): TaxGroup => ({
    ...(entry.taxes.find(({ rate }) => rate === group.rate) ?? { category: 'Z', name: 'Untaxed' }),
    ...group,
  }))
  if (sums.total === entry.total) return { ...entry, ...sums, taxes }
  const payments = entry.paid === entry.total ? settle(entry.payments, sums.total) : entry.payments
  const paid = payments.reduce((total, { amount }) => total + amount, 0)
  return { ...entry, ...sums, taxes, payments, paid, due: sums.total - paid }
}

/** Rounding elsewhere moved the total by a little: the last payment follows. */
function settle(payments: readonly Payment[], total: number): Payment[] {
  const before = payments.slice(0, -1).reduce((sum, { amount }) => sum + amount, 0)
  return payments.map((payment, index) =>
    index === payments.length - 1 ? { ...payment, amount: total - before } : payment,
  )
}
