// Sums up what a seeding run has written: rows, money and aging.

import type { Entry } from '../factories/index.ts'

/** What is owed and since when: not yet due, and days after the due date. */
export const agingGroups = ['current', '1-30', '31-60', '61-90', 'over 90'] as const
export type AgingGroup = (typeof agingGroups)[number]

/** Sums of one currency in minor units. */
export interface CurrencySums {
  exponent: number
  invoices: number
  total: number
  paid: number
  due: number
  readonly aging: Record<AgingGroup, number>
}

/** What some parts of a dataset add up to. */
export interface Summary {
  invoices: number
  /** By ISO 4217 code. */
  readonly money: Record<string, CurrencySums>
  /** Number of rows by entity. */
  readonly rows: Record<string, number>
}

export const emptySummary = (): Summary => ({ invoices: 0, money: {}, rows: {} })

/** Adds an invoice to a summary. What is void or written off is not owed. */
export function addInvoice(summary: Summary, entry: Entry): void {
  summary.invoices++
  const money = moneyOf(summary, entry.currency, entry.exponent)
  money.invoices++
  money.total += entry.total
  money.paid += entry.paid
  if (entry.status !== 'open' && entry.status !== 'overdue') return
  money.due += entry.due
  money.aging[agingOf(entry.today - entry.dueDate)] += entry.due
}

/** Returns the group of what has been due for so many days. */
export const agingOf = (late: number): AgingGroup =>
  late <= 0 ? 'current' : late <= 30 ? '1-30' : late <= 60 ? '31-60' : late <= 90 ? '61-90' : 'over 90'

function moneyOf(summary: Summary, currency: string, exponent: number): CurrencySums {
  return (summary.money[currency] ??= {
    exponent,
    invoices: 0,
    total: 0,
    paid: 0,
    due: 0,
    aging: { current: 0, '1-30': 0, '31-60': 0, '61-90': 0, 'over 90': 0 },
  })
}

/** Adds a second summary to a first. */
export function addSummary(summary: Summary, other: Summary): void {
  summary.invoices += other.invoices
  for (const [name, rows] of Object.entries(other.rows)) summary.rows[name] = (summary.rows[name] ?? 0) + rows
  for (const [currency, { exponent, invoices, total, paid, due, aging }] of Object.entries(other.money)) {
    const money = moneyOf(summary, currency, exponent)
    money.invoices += invoices
    money.total += total
    money.paid += paid
    money.due += due
    for (const group of agingGroups) money.aging[group] += aging[group]
  }
}
