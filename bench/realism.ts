import { ledgerOf, statusColumn } from '../factories/index.ts'
import { paidColumn } from '../factories/ledger/columns.ts'
import { countryOf } from '../factories/ledger/countries.ts'
import { isFictional } from '../factories/ledger/address.ts'
import { slug } from '../factories/ledger/text.ts'
import { parseDay, statuses } from '../spec/index.ts'

/**
 * Prints how far a ledger is from a real book of receivables. Figures, not verdicts: docs/realism.md explains them.
 * Usage: npm run realism [-- invoices seed]
 */
const [invoices = 20_000, seed = 42] = process.argv.slice(2).map(Number)
const today = parseDay('2026-01-15') as number
const ledger = ledgerOf({ seed, invoices, today })
const columns = ledger.columns()
const perDollar = (index: number): number => ledger.entry(index).exchangeRate
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8)

function benford(): void {
  const counts = Array.from({ length: 10 }, () => 0)
  for (const total of columns.total)
    counts[Number(String(Math.abs(total))[0])] = (counts[Number(String(Math.abs(total))[0])] as number) + 1
  console.log(`\nLeading digits of ${invoices} totals, against Benford's law`)
  let chi = 0
  for (let digit = 1; digit <= 9; digit++) {
    const expected = Math.log10(1 + 1 / digit)
    chi += ((counts[digit] as number) - invoices * expected) ** 2 / (invoices * expected)
    console.log(`  ${digit}  ${percent((counts[digit] as number) / invoices)}  expected ${percent(expected)}`)
  }
  console.log(
    `  chi-square ${chi.toFixed(1)} with 8 degrees of freedom; Cramér's V ${Math.sqrt(chi / invoices / 8).toFixed(4)}`,
  )
}

function concentration(): void {
  const revenue = new Map<number, number>()
  for (let index = 0; index < invoices; index++)
    revenue.set(
      columns.customer[index] as number,
      (revenue.get(columns.customer[index] as number) ?? 0) +
        (columns.total[index] as number) * (index % 50 === 0 ? perDollar(index) : 1),
    )
  const sorted = [...revenue.values()].toSorted((left, right) => right - left)
  const all = sorted.reduce((sum, value) => sum + value, 0)
  const share = (part: number): string =>
    percent(sorted.slice(0, Math.ceil(sorted.length * part)).reduce((sum, value) => sum + value, 0) / all)
  console.log(
    `\nRevenue of ${sorted.length} customers\n  top 1 % ${share(0.01)}   top 10 % ${share(0.1)}   top 20 % ${share(0.2)}   top 50 % ${share(0.5)}`,
  )
}

function aging(): void {
  const paid = paidColumn(columns, today)
  const buckets = { 'not due': 0, '1-30': 0, '31-60': 0, '61-90': 0, 'over 90': 0 }
  const codes = statusColumn(columns, today)
  let owed = 0
  for (let index = 0; index < invoices; index++) {
    if (!['open', 'overdue', 'processing'].includes(statuses[codes[index] as number] as string)) continue
    const due = (columns.total[index] as number) - (paid[index] as number)
    const late = today - (columns.dueDay[index] as number)
    buckets[late <= 0 ? 'not due' : late <= 30 ? '1-30' : late <= 60 ? '31-60' : late <= 90 ? '61-90' : 'over 90'] +=
      due
    owed += due
  }
  console.log('\nAging of what is owed')
  for (const [bucket, amount] of Object.entries(buckets)) console.log(`  ${bucket.padEnd(8)} ${percent(amount / owed)}`)
  const counts = new Map<string, number>()
  for (const code of codes) counts.set(statuses[code] as string, (counts.get(statuses[code] as string) ?? 0) + 1)
  console.log(
    `\nStatuses\n  ${[...counts].map(([status, count]) => `${status} ${percent(count / invoices).trim()}`).join(', ')}`,
  )
}

function paying(): void {
  const days: number[] = []
  const terms = new Map<number, number>()
  for (let index = 0; index < invoices; index++) {
    const term = (columns.dueDay[index] as number) - (columns.issueDay[index] as number)
    terms.set(term, (terms.get(term) ?? 0) + 1)
    if ((columns.payDay[index] as number) <= today && (columns.voidDay[index] as number) > today)
      days.push((columns.payDay[index] as number) - (columns.issueDay[index] as number))
  }
  const sorted = days.toSorted((left, right) => left - right)
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] as number
  console.log(`\nDays from issue to payment: 10 % ${at(0.1)}, median ${at(0.5)}, 90 % ${at(0.9)}, 99 % ${at(0.99)}`)
  console.log(
    `Terms: ${[...terms]
      .toSorted(([left], [right]) => left - right)
      .map(([term, count]) => `${term} days ${percent(count / invoices).trim()}`)
      .join(', ')}`,
  )
}

function agreement(): void {
  let checked = 0
  const wrong = { currency: 0, timezone: 0, locale: 0, email: 0, phone: 0, iban: 0 }
  const customers = Math.min(2_000, ledger.book.customers)
  for (let key = 0; key < customers; key++) {
    const party = ledger.party(key)
    const country = countryOf(party.country)
    checked++
    if (party.currency !== country.currency) wrong.currency++
    if (!party.locale.endsWith(`-${party.country}`)) wrong.locale++
    if (party.timezone === '') wrong.timezone++
    if (!isFictional(party.phone)) wrong.phone++
    if (
      !party.people.every(({ email, familyName }) =>
        email.replaceAll('-', '').includes(slug(familyName).replaceAll('-', '')),
      )
    )
      wrong.email++
  }
  console.log(
    `\nParties whose parts disagree, of ${checked}\n  ${Object.entries(wrong)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
  )
}

benford()
concentration()
aging()
paying()
agreement()
