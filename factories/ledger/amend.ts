// Applies overrides to an entry: the values a test or a request states stay, and all others are derived again so that every law holds.
import { exponentOf, formatDay, multiplyDivide, secondsPerDay, unitsOf } from '../../spec/index.ts'
import type { Day, Instant, Status } from '../../spec/index.ts'
import { calculate, grossOf, mainRateOf, netOf } from './calculate.ts'
import type { InvoiceInput, LineInput } from './calculate.ts'
import { convertPrice, isCurrency, rateBetween } from './currencies.ts'
import type { Profile } from './customer.ts'
import { taxGroups } from './derive.ts'
import type { Entry, Party, Payment } from './entry.ts'
import { contradiction, solveTotals, spellIn } from './pins.ts'
import type { LinePin, Pins, Spell } from './pins.ts'

/** The dates, the state and the settlement of an amended entry. */
type Schedule = Pick<
  Entry,
  | 'status'
  | 'issueDate'
  | 'dueDate'
  | 'periodStart'
  | 'periodEnd'
  | 'createdAt'
  | 'sentAt'
  | 'paidAt'
  | 'voidedAt'
  | 'uncollectibleAt'
  | 'promisedDate'
  | 'paid'
> & {
  /** When the last payment arrived, if one did. */
  readonly lastPaymentAt: Instant
}

/**
 * Returns dates and state that agree: what is pinned stays, the rest gives way.
 * @throws Failure naming the law where the pins cannot stand together.
 */
function schedule(entry: Entry, pins: Pins, total: number, spell: Spell): Schedule {
  const settled = settledOf(pins, total, spell)
  const status = statusFor(entry, pins, settled, total)
  const paid = status === 'paid' ? total : (settled ?? (isUnpaid(status) ? 0 : partOf(entry.paid, entry.total, total)))
  checkPaid(pins, status, paid, total, spell)
  const { issueDate, dueDate } = daysFor(entry, pins, status)
  const createdAt =
    pins.createdAt ??
    (issueDate === entry.issueDate ? entry.createdAt : Math.min(entry.createdAt, issueDate * secondsPerDay + 28_800))
  // The day of a mock ends at 18 o'clock.
  const lastDay = entry.today * secondsPerDay + 64_740
  const after = (at: Instant): Instant => Math.max(createdAt, Math.min(lastDay, at))
  const isSent = status !== 'draft'
  const lastPaymentAt = pins.paidAt ?? entry.payments.at(-1)?.at ?? after(dueDate * secondsPerDay + 43_200)
  return {
    status,
    paid,
    issueDate,
    dueDate,
    periodStart: pins.periodStart ?? Math.min(entry.periodStart, pins.periodEnd ?? entry.periodStart),
    periodEnd: pins.periodEnd ?? Math.max(entry.periodEnd, pins.periodStart ?? entry.periodEnd),
    createdAt,
    lastPaymentAt,
    sentAt: isSent
      ? (pins.sentAt ??
        (issueDate === entry.issueDate && entry.sentAt !== undefined
          ? entry.sentAt
          : after(issueDate * secondsPerDay + 36_000)))
      : undefined,
    paidAt: status === 'paid' ? (pins.paidAt ?? lastPaymentAt) : undefined,
    voidedAt: status === 'void' ? (pins.voidedAt ?? entry.voidedAt ?? lastDay) : undefined,
    uncollectibleAt:
      status === 'uncollectible' ? (pins.uncollectibleAt ?? entry.uncollectibleAt ?? lastDay) : undefined,
    promisedDate: pins.promisedDate ?? (status === 'overdue' ? entry.promisedDate : undefined),
  }
}

const isUnpaid = (status: Status): boolean => status === 'draft' || status === 'void'

/** A part payment stays what it was while the new total is larger. */
const partOf = (paid: number, before: number, total: number): number => (paid === before || paid >= total ? 0 : paid)

function settledOf({ paid, due }: Pins, total: number, spell: Spell): number | undefined {
  if (paid !== undefined && due !== undefined && total - paid !== due)
    throw contradiction('BR-CO-16', `an amount due of ${spell(total - paid)}`, spell(due))
  const settled = paid ?? (due === undefined ? undefined : total - due)
  if (settled !== undefined && (settled < Math.min(0, total) || settled > Math.max(0, total)))
    throw contradiction('BR-CO-16', `between 0 and ${spell(total)} paid`, spell(settled))
  return settled
}

function statusFor(entry: Entry, pins: Pins, settled: number | undefined, total: number): Status {
  if (pins.status) return pins.status
  if (pins.voidedAt !== undefined) return 'void'
  if (pins.uncollectibleAt !== undefined) return 'uncollectible'
  if (pins.paidAt !== undefined || (settled !== undefined && settled === total && total !== 0)) return 'paid'
  const isStillPaid = entry.status === 'paid' && (settled === undefined || settled === total)
  if (
    isStillPaid ||
    entry.status === 'void' ||
    entry.status === 'uncollectible' ||
    entry.status === 'draft' ||
    entry.status === 'processing'
  )
    return entry.status
  return (pins.dueDate ?? entry.dueDate) < entry.today ? 'overdue' : 'open'
}

function checkPaid(pins: Pins, status: Status, paid: number, total: number, spell: Spell): void {
  const says = (expected: string, received: string): never => {
    throw contradiction('PF-STATUS', expected, received)
  }
  if (status === 'paid' && (pins.paid ?? total) !== total)
    says(`${spell(total)} paid when the status is paid`, spell(pins.paid as number))
  if (status === 'paid' && (pins.due ?? 0) !== 0) says('nothing due when the status is paid', spell(pins.due as number))
  if (isUnpaid(status) && paid !== 0) says(`nothing paid when the status is ${status}`, spell(paid))
  if (status !== 'paid' && !isUnpaid(status) && total !== 0 && paid === total)
    says(`something due when the status is ${status}`, spell(0))
  if (status !== 'paid' && pins.paidAt !== undefined) says(`status paid with a day of payment`, status)
  if (status !== 'void' && pins.voidedAt !== undefined) says('status void with a day of voiding', status)
}

/** Days after which an invoice without a due date falls due. */
const usual = 30

function daysFor(entry: Entry, pins: Pins, status: Status): { issueDate: Day; dueDate: Day } {
  const { today } = entry
  const terms = entry.terms || usual
  let dueDate = pins.dueDate ?? (pins.issueDate !== undefined ? pins.issueDate + entry.terms : entry.dueDate)
  let issueDate = pins.issueDate ?? Math.min(entry.issueDate, dueDate)
  const isPast = status === 'overdue' || status === 'uncollectible'
  if (isPast && dueDate >= today) {
    if (pins.dueDate !== undefined)
      throw contradiction(
        'PF-STATUS',
        `a due date before ${formatDay(today)} when the status is ${status}`,
        formatDay(dueDate),
      )
    dueDate = today - 1 - (entry.key % 20)
    if (pins.issueDate === undefined) issueDate = dueDate - terms
    else dueDate = Math.max(issueDate, dueDate)
    if (dueDate >= today)
      throw contradiction(
        'PF-STATUS',
        `an issue date that lets it be ${status} by ${formatDay(today)}`,
        formatDay(issueDate),
      )
  }
  if (status === 'open' && dueDate < today && pins.dueDate === undefined) {
    if (pins.issueDate === undefined) issueDate = Math.max(issueDate, today - Math.floor(terms / 2))
    dueDate = today + terms - Math.floor(terms / 2)
  }
  if (issueDate > dueDate)
    throw contradiction('PF-DATES', `an issue date up to ${formatDay(dueDate)}`, formatDay(issueDate))
  if (issueDate > today)
    throw contradiction('PF-DATES', `an issue date up to today, ${formatDay(today)}`, formatDay(issueDate))
  return { issueDate, dueDate }
}

/** What an amendment may look up. */
export interface Amending {
  /** Returns a customer by number. */
  readonly party: (key: number) => Party
  readonly profile: (customer: number) => Profile
  /** Whether amounts that are not stated are converted where the currency is; else they keep their numbers, but for decimals. */
  readonly converts?: boolean
  /** When it happens. */
  readonly at?: Instant
}

/**
 * Returns an entry with the pins, and everything else derived from them so that every law holds.
 * @throws Failure naming the law where the pins contradict each other.
 */
export function amend(entry: Entry, pins: Pins, { party, profile, at, converts = false }: Amending): Entry {
  const buyer = pins.buyer === undefined ? entry.buyer : party(pins.buyer)
  const currency = pins.currency ?? entry.currency
  if (currency !== entry.currency && !isCurrency(currency))
    throw contradiction('BR-CL-04', 'a currency of ISO 4217', JSON.stringify(currency))
  if (pins.lines?.length === 0) throw contradiction('BR-16', 'at least one line', 'none')
  const exponent = exponentOf(currency)
  const spell = spellIn(exponent)
  const input = solveTotals(
    withAdjustments(inputFrom(entry, pins, currency, converts), pins),
    pins,
    fixedIn(pins),
    spell,
  )
  const sums = calculate(input)
  const named = taxGroups(sums, profile(Math.max(0, buyer.key)))
  const timed = schedule(entry, pins, sums.total, spell)
  const payments = paymentsFor(entry, timed.paid, timed.lastPaymentAt, timed.status)
  const { lastPaymentAt: _, ...dates } = timed
  return {
    ...entry,
    ...stated(pins),
    ...sums,
    ...dates,
    buyer,
    currency,
    exponent,
    exchangeRate:
      pins.exchangeRate ??
      (currency === entry.currency
        ? entry.exchangeRate
        : rateBetween(currency, entry.seller.currency, dates.issueDate)),
    taxes: named,
    payments,
    due: sums.total - timed.paid,
    modifiedAt: Math.max(
      entry.createdAt,
      at ?? 0,
      dates.createdAt,
      dates.paidAt ?? 0,
      dates.voidedAt ?? 0,
      dates.uncollectibleAt ?? 0,
      dates.sentAt ?? 0,
      payments.at(-1)?.at ?? 0,
    ),
  }
}

const fixedIn = ({ lines }: Pins): 'nothing' | 'lines' | 'rates' =>
  lines === undefined ? 'nothing' : lines.some(({ taxRate }) => taxRate !== undefined) ? 'rates' : 'lines'

const statedAsIs = [
  'number',
  'direction',
  'isDisputed',
  'purchaseOrder',
  'salesOrder',
  'note',
  'privateNote',
  'intake',
  'syncStatus',
  'syncedAt',
] as const

const stated = (pins: Pins): Partial<Entry> =>
  Object.fromEntries(statedAsIs.filter((name) => pins[name] !== undefined).map((name) => [name, pins[name]]))

function inputFrom(entry: Entry, pins: Pins, currency: string, converts: boolean): InvoiceInput {
  const exponent = exponentOf(currency)
  const spell = spellIn(exponent)
  const fallback = entry.lines[0]?.taxRate ?? 0
  if (pins.lines) {
    return {
      lines: pins.lines.map((line, index) => completeLine(line, entry.lines[index], fallback, spell)),
      allowances: pins.allowances === undefined ? [] : entry.allowanceList,
      charges: [],
    }
  }
  if (currency === entry.currency)
    return { lines: entry.lines, allowances: entry.allowanceList, charges: entry.chargeList }
  return converts ? converted(entry, currency) : respelt(entry, exponent)
}

/** Amounts in another currency keep their numbers: 12.50 euros become 12.50 dollars. */
function respelt(entry: Entry, exponent: number): InvoiceInput {
  const moved = (amount: number): number =>
    exponent === entry.exponent
      ? amount
      : multiplyDivide(Math.round(amount), unitsOf(exponent), unitsOf(entry.exponent))
  return {
    lines: entry.lines.map((line) => ({ ...line, price: moved(line.price), allowance: moved(line.allowance) })),
    allowances: entry.allowanceList.map((allowance) => ({ ...allowance, amount: moved(allowance.amount) })),
    charges: entry.chargeList.map((charge) => ({ ...charge, amount: moved(charge.amount) })),
  }
}

/** Prices become those of a price list in the other currency; discounts stay what they are of them. */
function converted(entry: Entry, currency: string): InvoiceInput {
  const price = (amount: number): number => convertPrice(amount, entry.currency, currency)
  const lines = entry.lines.map((line) => {
    const next = { ...line, price: price(line.price), allowance: 0 }
    const [gross, before] = [grossOf(next.quantity, next.price), grossOf(line.quantity, line.price)]
    return { ...next, allowance: before === 0 ? 0 : multiplyDivide(gross, line.allowance, before) }
  })
  const lineTotal = lines.reduce((total, line) => total + netOf(line), 0)
  return {
    lines,
    allowances: entry.allowanceList.map((allowance) => ({
      ...allowance,
      amount: entry.lineTotal === 0 ? 0 : multiplyDivide(allowance.amount, lineTotal, entry.lineTotal),
    })),
    charges: entry.chargeList.map((charge) => ({ ...charge, amount: price(charge.amount) })),
  }
}

/** Of quantity, price, allowance and net, the first three give the last; a missing price follows from the net. */
function completeLine(pin: LinePin, before: LineInput | undefined, taxRate: number, spell: Spell): LineInput {
  const name = pin.name ?? pin.description ?? before?.name ?? 'Item'
  const allowance = pin.allowance ?? 0
  const quantity = pin.quantity ?? 1000
  const price = pin.price ?? priceOf(pin.net, quantity, allowance) ?? before?.price ?? 0
  const line: LineInput = {
    name,
    description: pin.description ?? pin.name ?? before?.description ?? name,
    product: pin.product ?? before?.product ?? -1,
    productType: pin.productType ?? before?.productType ?? 'service',
    unit: pin.unit ?? before?.unit ?? 'C62',
    quantity,
    price,
    allowance,
    taxRate: pin.taxRate ?? before?.taxRate ?? taxRate,
  }
  const net = netOf({ quantity, price, allowance })
  if (pin.net === undefined || pin.net === net) return line
  if (pin.price !== undefined && pin.quantity !== undefined)
    throw contradiction(
      'PF-LINE',
      `a line net of ${spell(net)}, as quantity × price − allowance make it`,
      spell(pin.net),
    )
  return { ...line, quantity: 1000, price: pin.net + allowance }
}

function priceOf(net: number | undefined, quantity: number, allowance: number): number | undefined {
  const price = net === undefined || quantity === 0 ? undefined : ((net + allowance) * 1000) / quantity
  return price === undefined || Number.isInteger(price) ? price : undefined
}

function withAdjustments(input: InvoiceInput, { allowances, charges }: Pins): InvoiceInput {
  const taxRate = mainRateOf(input.lines)
  const one = (amount: number, reason: string): InvoiceInput['charges'] =>
    amount === 0 ? [] : [{ amount, reason, taxRate }]
  return {
    lines: input.lines,
    allowances: allowances === undefined ? input.allowances : one(allowances, 'Discount'),
    charges: charges === undefined ? input.charges : one(charges, 'Charge'),
  }
}

/** Keeps the payments there were as far as they go, and books the rest in one more. */
function paymentsFor(entry: Entry, paid: number, at: Instant, status: Status): Payment[] {
  if (paid === 0) return []
  const before = entry.payments.reduce((total, { amount }) => total + amount, 0)
  if (before === paid && (status !== 'paid' || entry.payments.at(-1)?.at === at)) return [...entry.payments]
  const kept = before < paid ? entry.payments.filter((payment) => payment.at <= at) : []
  const rest = paid - kept.reduce((total, { amount }) => total + amount, 0)
  return [
    ...kept,
    { index: kept.length, amount: rest, at, method: entry.payments[0]?.method ?? 'wire', isPending: false },
  ]
}
