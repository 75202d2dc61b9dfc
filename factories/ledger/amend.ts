import { exponentOf, multiplyDivide, unitsOf } from '../../spec/index.ts'
import type { Instant, Status } from '../../spec/index.ts'
import { taxGroups } from './derive.ts'
import { mainRateOf, calculate } from './calculate.ts'
import type { InvoiceInput, LineInput } from './calculate.ts'
import type { Entry, Party, Payment } from './entry.ts'
import { contradiction, spellIn } from './pins.ts'
import type { LinePin, Pins, Spell } from './pins.ts'
import type { Profile } from './profile.ts'
import { isCurrency, rateBetween } from './rates.ts'
import { schedule } from './schedule.ts'
import { solveTotals } from './solve.ts'

/** What an amendment may look up. */
export interface Amending {
  /** Returns a customer by number. */
  readonly party: (key: number) => Party
  readonly profile: (customer: number) => Profile
  /** When it happens. */
  readonly at?: Instant
}

/**
 * Returns an entry with what somebody has fixed, and everything else derived from it so that every law holds.
 * @throws Failure naming the law where the pins contradict each other.
 */
export function amend(entry: Entry, pins: Pins, { party, profile, at }: Amending): Entry {
  const buyer = pins.buyer === undefined ? entry.buyer : party(pins.buyer)
  const currency = pins.currency ?? entry.currency
  if (currency !== entry.currency && !isCurrency(currency))
    throw contradiction('BR-CL-04', 'a currency of ISO 4217', JSON.stringify(currency))
  if (pins.lines?.length === 0) throw contradiction('BR-16', 'at least one line', 'none')
  const exponent = exponentOf(currency)
  const spell = spellIn(exponent)
  const input = solveTotals(withAdjustments(inputFrom(entry, pins, exponent), pins), pins, fixedIn(pins), spell)
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
      (currency === entry.currency ? entry.exchangeRate : rateBetween(currency, entry.seller.currency)),
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

const plain = [
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
  Object.fromEntries(plain.filter((name) => pins[name] !== undefined).map((name) => [name, pins[name]]))

function inputFrom(entry: Entry, pins: Pins, exponent: number): InvoiceInput {
  const spell = spellIn(exponent)
  const fallback = entry.lines[0]?.taxRate ?? 0
  if (pins.lines) {
    return {
      lines: pins.lines.map((line, index) => completeLine(line, entry.lines[index], fallback, spell)),
      allowances: pins.allowances === undefined ? [] : entry.allowanceList,
      charges: [],
    }
  }
  const factor = (amount: number): number =>
    exponent === entry.exponent ? amount : multiplyDivide(amount, unitsOf(exponent), unitsOf(entry.exponent))
  return {
    lines: entry.lines.map((line) => ({ ...line, price: factor(line.price), allowance: factor(line.allowance) })),
    allowances: entry.allowanceList.map((allowance) => ({ ...allowance, amount: factor(allowance.amount) })),
    charges: entry.chargeList.map((charge) => ({ ...charge, amount: factor(charge.amount) })),
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
  const net = multiplyDivide(quantity, price, 1000) - allowance
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
