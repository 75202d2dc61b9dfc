// Formats the summary, plan and progress of a seeding run.

import { agingGroups, partsToWrite } from '../../seeds/index.ts'
import type { Batch, CurrencySums, PartSet, SeedPlan, Seeded, SeedTarget, Todo, Verified } from '../../seeds/index.ts'
import { formatMajor } from '../../spec/index.ts'
import { count, plural, size, formatTable } from '../terminal.ts'
import { progressLine } from '../progress.ts'
import { warnLine } from '../output.ts'

/** Returns what a run has written, in a few lines: rows, money by currency, what is owed by age, time. */
export function saySummary({ summary, parts, skipped }: Seeded, milliseconds: number): string {
  const { rows, money, invoices } = summary
  const entities = Object.entries(rows)
  const seconds = milliseconds / 1000
  const rate = invoices > 0 ? ` · ${count(Math.round(invoices / Math.max(0.001, seconds)))} invoices/s` : ''
  return [
    ...(entities.length > 1 ? [`  ${entities.map(([name, number]) => `${count(number)} ${name}`).join(', ')}`] : []),
    ...(invoices > 0
      ? [formatTable(toTheRight([['', 'invoices', 'total', 'paid', 'due', ...agingGroups], ...moneyRows(money)]))]
      : []),
    `  ${seconds < 10 ? seconds.toFixed(1) : duration(seconds)}${seconds < 10 ? ' s' : ''}${rate}${skipped > 0 ? ` · ${plural(skipped, 'part')} of ${count(skipped + parts)} were there already` : ''}`,
  ].join('\n')
}

const moneyRows = (money: Readonly<Record<string, CurrencySums>>): string[][] =>
  Object.entries(money)
    .sort(([, left], [, right]) => right.invoices - left.invoices)
    .map(([currency, { exponent, invoices, total, paid, due, aging }]) => {
      const amount = (minor: number): string => grouped(formatMajor(minor, exponent))
      return [currency, count(invoices), ...[total, paid, due, ...agingGroups.map((group) => aging[group])].map(amount)]
    })

/** Aligns figures: every cell is as wide as the widest of its column. */
export const toTheRight = (rows: readonly (readonly string[])[]): string[][] =>
  rows.map((row) =>
    row.map((cell, column) => cell.padStart(Math.max(...rows.map((other) => (other[column] ?? '').length)))),
  )

/** `1234567.50` is `1,234,567.50`. */
export const grouped = (amount: string): string => amount.replace(/\B(?=(?:\d{3})+(?:\.|$))(?<!\.\d*)/g, ',')

/** Returns what reading a target back has shown. */
export function sayVerified({ rows, discrepancies, isWhole }: Verified, name: string): string {
  if (!isWhole) return 'Stopped before everything was read back.'
  const entities = Object.entries(rows)
  const all = entities.reduce((sum, [, number]) => sum + number, 0)
  const wrong = discrepancies.map((found) => `  ${found.entity}: ${plural(found.rows, 'row')} ${found.what}`)
  return discrepancies.length > 0
    ? `Read ${plural(all, 'row')} back from ${name}, and not all is as it was written:\n${wrong.join('\n')}`
    : `Read ${plural(all, 'row')} back from ${name}: all as they were written (${entities.map(([entity, number]) => `${count(number)} ${entity}`).join(', ')})`
}

/** Returns what a run would do. */
export function sayPlanned(target: SeedTarget, plan: SeedPlan, done: PartSet): string {
  const missing = { parts: 0, invoices: 0 }
  let parts = 0
  for (const part of partsToWrite(plan, target.isShared)) {
    parts++
    if (done.has(part) && !plan.isAnew) continue
    missing.parts++
    if (part.stage === 'invoices') missing.invoices += part.to - part.from
  }
  const { seed, epoch, today } = plan.provenance
  return [
    `Would write ${plural(missing.parts, 'part')} of ${count(parts)}, ${plural(missing.invoices, 'invoice')}, to ${target.name}${plan.isAnew ? ', emptied before' : ''} · seed ${seed} · epoch ${epoch} · today ${today}`,
    `  ${plan.dataset.entities.map(({ name }) => name).join(', ')}`,
  ].join('\n')
}

/** How progress is shown: on a terminal as a line that moves, elsewhere a line every ten seconds; or as JSON; or not. */
const progressModes = ['auto', 'json', 'none'] as const
export type ProgressMode = (typeof progressModes)[number]

/** Shows how far a run has come. */
export interface SeedProgress {
  readonly begin: (todo: Todo) => void
  readonly batch: (batch: Batch) => void
  readonly end: () => void
}

/** Milliseconds between two lines where there is no terminal, and between two lines of JSON. */
const pauses = { auto: 10_000, json: 1000, none: Infinity } as const

/** Returns what shows the progress of a run on standard error. */
export function showProgress(mode: ProgressMode): SeedProgress {
  const stream = process.stderr
  const isLive = mode === 'auto' && stream.isTTY
  let todo: Todo = { parts: 0, missing: 0 }
  let line = progressLine(stream)
  const done = { parts: 0, invoices: 0, bytes: 0 }
  let began = performance.now()
  let told = began

  const facts = (): { perSecond: number; bytesPerSecond: number; secondsLeft: number } => {
    const seconds = Math.max(0.001, (performance.now() - began) / 1000)
    const rest = todo.missing - done.parts
    return {
      perSecond: Math.round(done.invoices / seconds),
      bytesPerSecond: Math.round(done.bytes / seconds),
      secondsLeft: Math.ceil((rest * seconds) / Math.max(1, done.parts)),
    }
  }
  const text = (): string => {
    const { perSecond, bytesPerSecond, secondsLeft } = facts()
    return `${count(done.invoices)} invoices · ${size(done.bytes)} · ${count(perSecond)} invoices/s · ${size(bytesPerSecond)}/s · ${duration(secondsLeft)} left`
  }
  const json = (): void =>
    warnLine(
      JSON.stringify({
        parts: todo.parts,
        done: todo.parts - todo.missing + done.parts,
        invoices: done.invoices,
        bytes: done.bytes,
        ...facts(),
      }),
    )

  return {
    begin(given) {
      todo = given
      began = told = performance.now()
      line = progressLine(stream, Math.max(1, todo.missing))
    },
    batch({ pieces, summary }) {
      done.parts++
      done.invoices += summary.invoices
      for (const { bytes } of pieces) done.bytes += bytes.length
      if (isLive) return line.show(done.parts, text())
      if (performance.now() - told < pauses[mode]) return
      told = performance.now()
      if (mode === 'json') json()
      else warnLine(`${count(done.parts)} of ${count(todo.missing)} parts · ${text()}`)
    },
    end() {
      if (isLive) line.clear()
      if (mode === 'json' && done.parts > 0) json()
      done.parts = 0
    },
  }
}

/** Returns `1 h 20 min`, `3 min`, `12 s`. */
function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
