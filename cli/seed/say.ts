import { agingGroups, partsOf } from '../../seeds/index.ts'
import type { Money, PartSet, Plan, Seeded, Target } from '../../seeds/index.ts'
import { formatMajor } from '../../spec/index.ts'
import { count, plural, table } from '../say.ts'
import { duration } from './progress.ts'

/** Returns what a run has written, in a few lines: rows, money by currency, what is owed by age, time. */
export function saySummary({ summary, parts, skipped }: Seeded, milliseconds: number): string {
  const { rows, money, invoices } = summary
  const entities = Object.entries(rows)
  const seconds = milliseconds / 1000
  const rate = invoices > 0 ? ` · ${count(Math.round(invoices / Math.max(0.001, seconds)))} invoices/s` : ''
  return [
    ...(entities.length > 1 ? [`  ${entities.map(([name, number]) => `${count(number)} ${name}`).join(', ')}`] : []),
    ...(invoices > 0
      ? [table(toTheRight([['', 'invoices', 'total', 'paid', 'due', ...agingGroups], ...moneyRows(money)]))]
      : []),
    `  ${seconds < 10 ? seconds.toFixed(1) : duration(seconds)}${seconds < 10 ? ' s' : ''}${rate}${skipped > 0 ? ` · ${plural(skipped, 'part')} of ${count(skipped + parts)} were there already` : ''}`,
  ].join('\n')
}

const moneyRows = (money: Readonly<Record<string, Money>>): string[][] =>
  Object.entries(money)
    .sort(([, left], [, right]) => right.invoices - left.invoices)
    .map(([currency, { exponent, invoices, total, paid, due, aging }]) => {
      const amount = (minor: number): string => grouped(formatMajor(minor, exponent))
      return [currency, count(invoices), ...[total, paid, due, ...agingGroups.map((group) => aging[group])].map(amount)]
    })

/** Aligns figures: every cell is as wide as the widest of its column. */
const toTheRight = (rows: readonly (readonly string[])[]): string[][] =>
  rows.map((row) =>
    row.map((cell, column) => cell.padStart(Math.max(...rows.map((other) => (other[column] ?? '').length)))),
  )

/** `1234567.50` is `1,234,567.50`. */
const grouped = (amount: string): string => amount.replace(/\B(?=(?:\d{3})+(?:\.|$))(?<!\.\d*)/g, ',')

/** Returns what a run would do. */
export function sayPlanned(target: Target, plan: Plan, done: PartSet): string {
  const missing = { parts: 0, invoices: 0 }
  let parts = 0
  for (const part of partsOf(plan, target.isShared)) {
    parts++
    if (done.has(part) && !plan.isAnew) continue
    missing.parts++
    if (part.stage === 'invoices') missing.invoices += part.to - part.from
  }
  const { seed, epoch, today } = plan.facts
  return [
    `Would write ${plural(missing.parts, 'part')} of ${count(parts)}, ${plural(missing.invoices, 'invoice')}, to ${target.name}${plan.isAnew ? ', emptied before' : ''} · seed ${seed} · epoch ${epoch} · today ${today}`,
    `  ${plan.dataset.entities.map(({ name }) => name).join(', ')}`,
  ].join('\n')
}
