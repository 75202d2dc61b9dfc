import { ledgerOf, statusColumn } from '../factories/index.ts'
import type { Columns, Ledger } from '../factories/index.ts'
import { paidColumn } from '../factories/ledger/columns.ts'
import { calendarOf } from '../factories/ledger/calendar.ts'
import { countryOf } from '../factories/ledger/countries.ts'
import { entryPosition } from '../factories/ledger/draw.ts'
import { isFictional } from '../factories/ledger/address.ts'
import { parseDay, partsOf, statuses } from '../spec/index.ts'
import type { Status } from '../spec/index.ts'

/**
 * Measures the books of three seeds and says which figures are outside the range that real books have. Ranges have sources, or are what the
 * design promises (docs/realism.md). Ends with exit code 1 where a figure is outside.
 * Usage: npm run realism [-- invoices seed…]
 */
const [invoices = 20_000, ...seeds] = process.argv.slice(2).map(Number)
const today = parseDay('2026-01-15') as number

interface Books {
  readonly ledger: Ledger
  readonly columns: Columns
  readonly statusOf: (index: number) => Status
  readonly paid: Float64Array
}

interface Figure {
  readonly name: string
  readonly range: readonly [number, number]
  readonly source: string
  readonly measure: (books: Books) => number
}

const countIf = (books: Books, holds: (index: number) => boolean): number => {
  let count = 0
  for (let index = 0; index < books.columns.size; index++) if (holds(index)) count++
  return count
}
const percentOf = (books: Books, holds: (index: number) => boolean): number =>
  (countIf(books, holds) / books.columns.size) * 100
const status =
  (wanted: Status): Figure['measure'] =>
  (books) =>
    percentOf(books, (index) => books.statusOf(index) === wanted)
const valueAt = (list: ArrayLike<number>, index: number): number => list[index] as number
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? 0

function benford({ columns }: Books): number {
  const counts = Array.from({ length: 10 }, () => 0)
  for (const total of columns.total) {
    const digit = Number(String(Math.abs(total))[0])
    counts[digit] = (counts[digit] as number) + 1
  }
  let chi = 0
  for (let digit = 1; digit <= 9; digit++) {
    const expected = columns.size * Math.log10(1 + 1 / digit)
    chi += (valueAt(counts, digit) - expected) ** 2 / expected
  }
  return Math.sqrt(chi / columns.size / 8)
}

function shareOfTop({ columns }: Books, part: number): number {
  const counts = new Map<number, number>()
  for (const customer of columns.customer) counts.set(customer, (counts.get(customer) ?? 0) + 1)
  const sorted = [...counts.values()].toSorted((left, right) => right - left)
  const top = sorted.slice(0, Math.ceil(sorted.length * part))
  return (top.reduce((sum, count) => sum + count, 0) / columns.size) * 100
}

/** Invoices that fell due more than half a year ago, which have had their time to be paid. */
const isOld = ({ columns }: Books, index: number): boolean => valueAt(columns.dueDay, index) < today - 180

function lateShare(books: Books): number {
  const { ledger, columns } = books
  const old = countIf(books, (index) => isOld(books, index) && valueAt(columns.voidDay, index) > today)
  const late = countIf(
    books,
    (index) =>
      isOld(books, index) &&
      valueAt(columns.voidDay, index) > today &&
      valueAt(columns.payDay, index) > ledger.book.calendar.next(valueAt(columns.dueDay, index)),
  )
  return (late / old) * 100
}

function daysToPay(books: Books, share: number): number {
  const { columns } = books
  const days: number[] = []
  for (let index = 0; index < columns.size; index++)
    if (isOld(books, index) && valueAt(columns.payDay, index) <= today)
      days.push(valueAt(columns.payDay, index) - valueAt(columns.issueDay, index))
  return quantile(days, share)
}

/** Percent of what is owed, each invoice as much as another: currencies differ. */
function owedLate(books: Books, days: number): number {
  const { columns, paid } = books
  const isOwed = (index: number): boolean =>
    ['open', 'overdue', 'processing'].includes(books.statusOf(index)) &&
    valueAt(columns.total, index) > valueAt(paid, index)
  return (
    (countIf(books, (index) => isOwed(index) && today - valueAt(columns.dueDay, index) > days) /
      countIf(books, isOwed)) *
    100
  )
}

function monthEndShare(books: Books): number {
  const { ledger, columns } = books
  const { calendar } = ledger.book
  return percentOf(books, (index) => {
    const day = valueAt(columns.issueDay, index)
    return partsOf(calendar.next(day + 1)).month !== partsOf(day).month
  })
}

function paidOnDaysOff(books: Books): number {
  const { calendar } = books.ledger.book
  return countIf(books, (index) => {
    const day = valueAt(books.columns.payDay, index)
    return day <= today && !calendar.isWorkingDay(day)
  })
}

/** Parties of which something does not agree with their country, or that could be reached. */
function oddParties({ ledger }: Books): number {
  let odd = 0
  for (let key = 0; key < Math.min(1_000, ledger.book.customers); key++) {
    const { country, currency, locale, phone, timezone } = ledger.party(key)
    const expected = countryOf(country)
    if (currency !== expected.currency || !locale.endsWith(`-${country}`) || timezone === '' || !isFictional(phone))
      odd++
  }
  return odd
}

/** Lines of articles at another price than others of their price list and currency. */
function oddPrices({ ledger }: Books): number {
  const first = new Map<string, number>()
  let odd = 0
  for (let index = 0; index < Math.min(2_000, ledger.size); index++) {
    const { currency, lines, total } = ledger.entry(index)
    const list = ledger.book.priceListAt(entryPosition(ledger.book, index))
    for (const { product, price, productType } of total < 0 ? [] : lines) {
      if (product < 0 || productType === 'subscription') continue
      const name = `${product} ${currency} ${list}`
      if ((first.get(name) ?? price) !== price) odd++
      first.set(name, price)
    }
  }
  return odd
}

/** Percent by which prices rise from one year's list to the next, on average of ten years. */
function priceRise({ ledger }: Books): number {
  const [before, after] = [0, 10].map((list) => ledger.book.prices('USD', list)) as [Float64Array, Float64Array]
  const rises = [...after].map((price, item) => (price / valueAt(before, item)) ** 0.1 - 1)
  return (rises.reduce((sum, rise) => sum + rise, 0) / rises.length) * 100
}

const promise = 'design'
const figures: readonly Figure[] = [
  { name: 'leading digits: Cramér’s V against Benford', range: [0, 0.04], source: 'Benford 1938', measure: benford },
  {
    name: 'invoices of the top fifth of customers, %',
    range: [60, 95],
    source: 'Pareto',
    measure: (books) => shareOfTop(books, 0.2),
  },
  {
    name: 'invoices of the top hundredth, %',
    range: [3, 35],
    source: 'Zipf',
    measure: (books) => shareOfTop(books, 0.01),
  },
  {
    name: 'paid after the due date, %',
    range: [38, 57],
    source: 'Atradius 2018: 42, 2025: 47; Upflow 2024: 57',
    measure: lateShare,
  },
  {
    name: 'days from issue to payment, median',
    range: [28, 45],
    source: 'terms of 30 days',
    measure: (books) => daysToPay(books, 0.5),
  },
  {
    name: 'days from issue to payment, 90 %',
    range: [45, 110],
    source: 'Euler Hermes 2018: DSO 65',
    measure: (books) => daysToPay(books, 0.9),
  },
  { name: 'written off, %', range: [0.3, 3], source: 'Atradius 2018: 1.3', measure: status('uncollectible') },
  { name: 'void, %', range: [0.5, 3], source: promise, measure: status('void') },
  { name: 'paid, %', range: [75, 95], source: promise, measure: status('paid') },
  { name: 'overdue, %', range: [1, 15], source: promise, measure: status('overdue') },
  { name: 'drafts, %', range: [0.01, 3], source: promise, measure: status('draft') },
  {
    name: 'owed for more than 90 days, % of what is owed',
    range: [2, 35],
    source: promise,
    measure: (books) => owedLate(books, 90),
  },
  {
    name: 'credit notes, %',
    range: [1, 5],
    source: promise,
    measure: (books) => percentOf(books, (index) => valueAt(books.columns.total, index) < 0),
  },
  {
    name: 'paid in parts, %',
    range: [5, 15],
    source: promise,
    measure: (books) => percentOf(books, (index) => valueAt(books.columns.partDay, index) <= today),
  },
  {
    name: 'issued on days off',
    range: [0, 0],
    source: 'calendar',
    measure: (books) =>
      countIf(books, (index) => !calendarOf('US').isWorkingDay(valueAt(books.columns.issueDay, index))),
  },
  { name: 'paid on days off', range: [0, 0], source: 'calendar', measure: paidOnDaysOff },
  {
    name: 'issued on the last working day of a month, %',
    range: [6, 16],
    source: 'one day of 21 would be 4.8',
    measure: monthEndShare,
  },
  { name: 'parties whose parts disagree, of 1,000', range: [0, 0], source: promise, measure: oddParties },
  { name: 'lines at another price than their list’s', range: [0, 0], source: promise, measure: oddPrices },
  { name: 'rise of prices a year, %', range: [1, 4], source: promise, measure: priceRise },
]

const all = (seeds.length > 0 ? seeds : [1, 2, 42]).map((seed): Books => {
  const ledger = ledgerOf({ seed, invoices, today })
  const columns = ledger.columns()
  const codes = statusColumn(columns, today)
  return {
    ledger,
    columns,
    statusOf: (index) => statuses[valueAt(codes, index)] as Status,
    paid: paidColumn(columns, today),
  }
})

const shown = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(value < 1 ? 3 : 1))
console.log(
  `${invoices} invoices of ${all.map(({ ledger }) => `${ledger.seller.name} (seed ${ledger.seed})`).join(', ')}\n`,
)
let outside = 0
for (const { name, range, source, measure } of figures) {
  const values = all.map(measure)
  const isOutside = values.some((value) => value < range[0] || value > range[1])
  if (isOutside) outside++
  console.log(
    `${isOutside ? '!' : ' '} ${name.padEnd(52)} ${values.map((value) => shown(value).padStart(7)).join(' ')}   ${range.join(' to ')} (${source})`,
  )
}
console.log(
  `\n${outside === 0 ? 'All' : `${figures.length - outside} of ${figures.length}`} figures are within their ranges.`,
)
if (outside > 0) process.exitCode = 1
