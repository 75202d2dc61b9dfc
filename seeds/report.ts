// Sums up invoices by status, month, currency and customer.

import { exponentOf } from '../spec/index.ts'
import { agingOf } from './summary.ts'
import type { AgingGroup } from './summary.ts'

/** Invoices that are alike in all that a report groups by; one of a file, many of a database. */
export interface ReportedInvoices {
  readonly invoices: number
  readonly status: string
  /** ISO 4217. */
  readonly currency: string
  readonly customer: string
  /** Days of issue, the first and the last: `2026-01-15`. */
  readonly issued?: { readonly first: string; readonly last: string }
  /** Minor units of the currency. */
  readonly total: number
  readonly paid: number
  /** What is still owed; 0 for invoices that are void, written off or drafts. */
  readonly due: number
  /** Days since each was due, and what is owed of it, in minor units. */
  readonly owed: readonly { readonly daysLate: number; readonly due: number }[]
}

/** Sums of one currency, in minor units. */
export interface ReportedMoney {
  readonly currency: string
  readonly exponent: number
  total: number
  paid: number
  due: number
}

/** Invoices of one status, month, currency or customer. */
export interface ReportGroup {
  readonly name: string
  invoices: number
  readonly money: ReportedMoney[]
}

/** What is in a demo. */
export interface SeedReport {
  invoices: number
  /** First and last day of issue. */
  first?: string
  last?: string
  readonly statuses: readonly ReportGroup[]
  readonly months: readonly ReportGroup[]
  readonly currencies: readonly ReportGroup[]
  /** Those with most invoices first. */
  readonly customers: readonly ReportGroup[]
  /** Customers that have invoices, those that are not listed included. */
  readonly customerCount: number
  /** What is owed by currency, in minor units, by the days since it was due. */
  readonly aging: readonly {
    readonly currency: string
    readonly exponent: number
    readonly due: Record<AgingGroup, number>
  }[]
}

/**
 * Returns what some invoices add up to.
 * @param top customers to list
 */
export async function reportOn(
  rows: AsyncIterable<ReportedInvoices> | Iterable<ReportedInvoices>,
  { top = 10 }: { readonly top?: number } = {},
): Promise<SeedReport> {
  const groups = { statuses: grouping(), months: grouping(), currencies: grouping(), customers: grouping() }
  const aging = new Map<string, Record<AgingGroup, number>>()
  let invoices = 0
  let first: string | undefined
  let last: string | undefined
  for await (const row of rows) {
    const { issued, status, currency, customer } = row
    invoices += row.invoices
    if (row.invoices > 0) {
      groups.statuses.add(status, row)
      groups.currencies.add(currency, row)
      groups.customers.add(customer, row)
    }
    if (issued) {
      groups.months.add(issued.first.slice(0, 7), row)
      if (first === undefined || issued.first < first) first = issued.first
      if (last === undefined || issued.last > last) last = issued.last
    }
    for (const { daysLate, due } of row.owed) {
      if (!aging.has(currency)) aging.set(currency, { current: 0, '1-30': 0, '31-60': 0, '61-90': 0, 'over 90': 0 })
      ;(aging.get(currency) as Record<AgingGroup, number>)[agingOf(daysLate)] += due
    }
  }
  const customers = groups.customers.all().sort(byInvoices)
  return {
    invoices,
    ...(first !== undefined && last !== undefined && { first, last }),
    statuses: groups.statuses.all().sort(byInvoices),
    months: groups.months.all().sort((left, right) => (left.name < right.name ? -1 : 1)),
    currencies: groups.currencies.all().sort(byInvoices),
    customers: customers.slice(0, top),
    customerCount: customers.length,
    aging: [...aging]
      .map(([currency, due]) => ({ currency, exponent: exponentOf(currency), due }))
      .sort((left, right) => (left.currency < right.currency ? -1 : 1)),
  }
}

const byInvoices = (left: ReportGroup, right: ReportGroup): number =>
  right.invoices - left.invoices || (left.name < right.name ? -1 : 1)

/** Collects groups by name. */
function grouping(): { add(name: string, row: ReportedInvoices): void; all(): ReportGroup[] } {
  const known = new Map<string, ReportGroup>()
  return {
    add(name, { invoices, currency, total, paid, due }) {
      let group = known.get(name)
      if (!group) known.set(name, (group = { name, invoices: 0, money: [] }))
      group.invoices += invoices
      let money = group.money.find((candidate) => candidate.currency === currency)
      if (!money) group.money.push((money = { currency, exponent: exponentOf(currency), total: 0, paid: 0, due: 0 }))
      money.total += total
      money.paid += paid
      money.due += due
    },
    all: () => {
      for (const { money } of known.values()) money.sort((left, right) => (left.currency < right.currency ? -1 : 1))
      return [...known.values()]
    },
  }
}
