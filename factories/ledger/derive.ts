// Derives an entry from its draws and a day: lines, sums, status, payments, moments, texts.
import { exponentOf, formatDay, multiplyDivide } from '../../spec/index.ts'
import type { Day, Instant, Status } from '../../spec/index.ts'
import { mix2 } from '../random.ts'
import type { Book } from './book.ts'
import { calculate, mainRateOf, netOf } from './calculate.ts'
import type { Calculated, InvoiceInput, LineInput } from './calculate.ts'
import { never, officeOpens, officeTime } from './calendar.ts'
import { paidOn } from './columns.ts'
import { periodBefore } from './contract.ts'
import { rateBetween } from './currencies.ts'
import type { Profile } from './customer.ts'
import { salt, unit, whole } from './draw.ts'
import type { Entry, Party, Payment, TaxGroup } from './entry.ts'
import { intakeOf, statusOn } from './invoice-draw.ts'
import type { InvoiceDraw } from './invoice-draw.ts'
import { allowanceRate, drawLine, freight, LineDraw } from './lines.ts'

/** Returns the input of an entry: its lines, and what is taken off or put on at the foot. */
function inputOf(book: Book, drawn: InvoiceDraw): InvoiceInput {
  const line = new LineDraw()
  const lines = Array.from({ length: drawn.lines }, (_, index): LineInput => {
    const { item, quantity, price, allowance, taxRate } = drawLine(book, drawn, index, line)
    const { name, description, productType, unit: code } = book.catalogue[item] as (typeof book.catalogue)[number]
    return { name, description, product: item, productType, unit: code, quantity, price, allowance, taxRate }
  })
  const taxRate = mainRateOf(lines)
  const rate = allowanceRate(drawn)
  const lineTotal = lines.reduce((total, line) => total + netOf(line), 0)
  const cost = freight(
    drawn,
    lines.some(({ productType }) => productType === 'goods'),
  )
  return {
    lines,
    allowances:
      rate === 0
        ? []
        : [{ amount: multiplyDivide(lineTotal, rate, 100_000), reason: 'Framework agreement rebate', rate, taxRate }],
    charges:
      cost === 0
        ? []
        : [{ amount: cost, reason: 'Freight and handling', taxRate: chargeRate(lines, taxRate, rate, lineTotal) }],
  }
}

/** The allowance may change which group is the largest; freight follows the largest group after it. */
function chargeRate(lines: readonly LineInput[], taxRate: number, rate: number, lineTotal: number): number {
  if (rate === 0) return taxRate
  const reduced: LineInput = {
    ...(lines[0] as LineInput),
    quantity: 1000,
    price: -multiplyDivide(lineTotal, rate, 100_000),
    allowance: 0,
    taxRate,
  }
  return mainRateOf([...lines, reduced])
}

/** Returns the entry of a drawn invoice on a day. Every entry has the same properties in the same order: engines are quick with those. */
export function derive(
  book: Book,
  drawn: InvoiceDraw,
  today: Day,
  { buyer, seller }: Pick<Entry, 'buyer' | 'seller'>,
): Entry {
  const { profile, key } = drawn
  const sums = calculate(inputOf(book, drawn))
  const status = statusOn(drawn, today)
  const { paid, payments } = settlement(drawn, today, sums.total, { profile, seller })
  const { createdAt, modifiedAt, sentAt, voidedAt, uncollectibleAt, paidAt } = moments(drawn, today, status, seller)
  const period = periodBefore(drawn.issueDay, book.profile(drawn.customer).cycle)
  const isWaiting = status === 'overdue' && drawn.promiseDay !== never && today >= drawn.dueDay + 3
  return {
    ...sums,
    paid,
    due: sums.total - paid,
    payments,
    index: drawn.index,
    key,
    today,
    number: numberOf(seller, drawn.index),
    direction: 'receivable',
    currency: profile.currency,
    exponent: exponentOf(profile.currency),
    exchangeRate: rateBetween(profile.currency, seller.currency, drawn.issueDay),
    buyer,
    seller,
    status,
    terms: drawn.terms,
    issueDate: drawn.issueDay,
    dueDate: drawn.dueDay,
    periodStart: period.start,
    periodEnd: period.end,
    createdAt,
    modifiedAt,
    sentAt,
    paidAt,
    voidedAt,
    uncollectibleAt,
    promisedDate: isWaiting ? drawn.promiseDay : undefined,
    isDisputed: drawn.disputeDay <= today && (status === 'open' || status === 'overdue'),
    purchaseOrder: unit(key, names.order) < 0.7 ? `PO-${whole(key, names.orderNumber, 100_000, 999_999)}` : undefined,
    salesOrder:
      unit(key, names.salesOrder) < 0.5 ? `SO-${whole(key, names.salesOrder ^ 1, 20_000, 99_999)}` : undefined,
    note:
      drawn.credited >= 0
        ? `Credit note for invoice ${numberOf(seller, drawn.credited)}.`
        : unit(key, names.note) < 0.6
          ? noteOn(drawn)
          : undefined,
    privateNote:
      unit(key, names.privateNote) < 0.15 ? privateNotes[unit(key, names.privateNote ^ 1) < 0.5 ? 0 : 1] : undefined,
    intake: intakeOf(key, today - drawn.issueDay),
    syncedAt: modifiedAt + whole(key, names.synced, soon, late),
    syncStatus: syncStatus(unit(key, names.sync)),
    taxes: taxGroups(sums, profile),
  }
}

const noteOn = ({ terms, dueDay }: InvoiceDraw): string =>
  terms === 0 ? 'Payable on receipt.' : `Payable within ${terms} days, by ${formatDay(dueDay)}.`
const privateNotes = [
  'Renewal under discussion; be gentle with reminders.',
  'Asks for a copy of the delivery note with each invoice.',
] as const

const firstNumber = 10_000

/** Returns the number printed on an entry: three letters of the seller, and a count that rises with time. */
const numberOf = (seller: Pick<Party, 'name'>, index: number): string => `${prefixOf(seller)}-${firstNumber + index}`

/** Returns the index that a number stands for, or `undefined`. */
export function indexOfNumber(seller: Pick<Party, 'name'>, number: string): number | undefined {
  const digits = number.startsWith(`${prefixOf(seller)}-`) ? number.slice(4) : ''
  return /^[1-9]\d{4,}$/.test(digits) ? Number(digits) - firstNumber : undefined
}

/** Returns the three letters before the seller's invoice numbers. */
export const prefixOf = ({ name }: Pick<Party, 'name'>): string =>
  name
    .replace(/[^A-Za-z]/g, '')
    .toUpperCase()
    .padEnd(3, 'X')
    .slice(0, 3)

/** Returns the tax breakdown of sums with the names and categories of a customer's taxes. */
export function taxGroups(
  { taxes, lines }: Pick<Calculated, 'taxes' | 'lines'>,
  { taxes: { standard: usual, books, food, goods } }: Pick<Profile, 'taxes'>,
): TaxGroup[] {
  const standard = goods && lines.every(({ productType }) => productType === 'goods') ? goods : usual
  return taxes.map((group): TaxGroup => {
    const known = [standard, books, food].find(({ rate }) => rate === group.rate)
    const { category, name, reason } =
      known ??
      (group.rate > 0
        ? { ...standard, category: 'S' as const, reason: undefined }
        : { ...standard, category: 'Z' as const, reason: 'Zero rated' })
    return {
      ...group,
      category,
      name: `${name} ${group.rate / 1000} %`,
      ...(reason !== undefined && group.rate === 0 && { reason }),
    }
  })
}

const names = {
  opened: salt('hour of creation'),
  sent: salt('hour of sending'),
  paid: salt('hour of payment'),
  voided: salt('hour of voiding'),
  synced: salt('hour of sync'),
  sync: salt('sync status'),
  order: salt('purchase order'),
  orderNumber: salt('purchase order number'),
  salesOrder: salt('sales order'),
  method: salt('payment method'),
  note: salt('note'),
  privateNote: salt('private note'),
}

/** Returns a moment of a working day of the seller. */
const moment = (key: number, name: number, day: Day, seller: Party): Instant =>
  officeOpens(seller.country, day) + whole(key, name, 0, officeTime)

/** What happens on the day of creation happens some minutes later. */
const [soon, late] = [90, 1_500]

function moments(
  drawn: InvoiceDraw,
  today: Day,
  status: Status,
  seller: Party,
): Pick<Entry, 'createdAt' | 'modifiedAt' | 'sentAt' | 'paidAt' | 'voidedAt' | 'uncollectibleAt'> {
  const { key } = drawn
  const createdAt = moment(key, names.opened, drawn.issueDay, seller) - late
  const sent =
    drawn.finalDay === drawn.issueDay
      ? createdAt + whole(key, names.sent, soon, late)
      : moment(key, names.sent, drawn.finalDay, seller)
  const sentAt = status === 'draft' ? undefined : sent
  const paidAt = status === 'paid' ? moment(key, names.paid, drawn.payDay, seller) : undefined
  const voidedAt = status === 'void' ? moment(key, names.voided, drawn.voidDay, seller) : undefined
  const uncollectibleAt =
    status === 'uncollectible' ? moment(key, names.voided, drawn.uncollectibleDay, seller) : undefined
  const modifiedAt = Math.max(
    createdAt,
    sentAt ?? 0,
    voidedAt ?? 0,
    uncollectibleAt ?? 0,
    lastPayment(drawn, today, seller),
  )
  return { createdAt, modifiedAt, sentAt, paidAt, voidedAt, uncollectibleAt }
}

const syncStatus = (draw: number): Entry['syncStatus'] =>
  draw < 0.9 ? 'synced' : draw < 0.94 ? 'partial' : draw < 0.97 ? 'syncing' : 'failed'

function lastPayment(drawn: InvoiceDraw, today: Day, seller: Party): Instant {
  const day = drawn.payDay <= today ? drawn.payDay : drawn.partDay <= today ? drawn.partDay : undefined
  return day === undefined || drawn.voidDay <= today ? 0 : moment(drawn.key, names.paid, day, seller)
}

function settlement(
  drawn: InvoiceDraw,
  today: Day,
  total: number,
  { profile, seller }: { readonly profile: Profile; readonly seller: Party },
): Pick<Entry, 'paid' | 'payments'> {
  const paid = paidOn(drawn, total, today)
  const first = drawn.partDay <= today ? paidOn(drawn, total, Math.min(today, drawn.partDay)) : 0
  const payments: Payment[] = []
  const pay = (amount: number, day: Day): void => {
    const index = payments.length
    if (amount !== 0)
      payments.push({
        index,
        amount,
        at: moment(drawn.key, names.paid, day, seller),
        method: methodOf(mix2(drawn.key, index), profile),
        isPending: false,
      })
  }
  pay(first, drawn.partDay)
  pay(paid - first, drawn.payDay)
  return { paid, payments }
}

function methodOf(key: number, profile: Profile): Payment['method'] {
  const draw = unit(key, names.method)
  if (profile.isSepa) return draw < 0.85 ? 'sepa' : 'card'
  if (profile.country === 'US') return draw < 0.55 ? 'ach' : draw < 0.75 ? 'check' : draw < 0.9 ? 'wire' : 'card'
  return draw < 0.8 ? 'wire' : 'card'
}
