// Params of a factory: what a test fixes about an invoice, read into the ledger's terms.

import {
  exponentOf,
  failure,
  fromMinor,
  intakes,
  isInRange,
  isObject,
  parseDay,
  parseDecimal,
  parseInstant,
  secondsPerDay,
  statuses,
  suggest,
  toMinor,
} from '../spec/index.ts'
import type { Day, Instant } from '../spec/index.ts'
import { knownCurrencies } from './ledger/currencies.ts'
import type { LinePin, Pins } from './ledger/pins.ts'

/** Money in major units: `'121.00'`, or a number with no more decimals than the currency has. */
type Money = string | number
/** `2026-01-15`. */
type DayText = string

/** A line somebody fixes; amounts in major units. */
export interface LineParams {
  readonly name?: string
  readonly description?: string
  readonly quantity?: number | string
  readonly unit?: string
  /** May be finer than the currency: `'0.0123'`. */
  readonly price?: Money
  readonly allowance?: Money
  readonly net?: Money
  /** In percent: 19. */
  readonly taxRate?: number | string
}

/** What a test or a demo fixes about an invoice, by the names of the roles; the rest is derived so that every law holds. */
export interface InvoiceParams {
  readonly number?: string
  readonly currency?: string
  readonly exchangeRate?: number
  readonly status?: (typeof statuses)[number]
  readonly intake?: (typeof intakes)[number]
  readonly direction?: 'receivable' | 'payable'
  /** Number of the customer, from 0. */
  readonly buyer?: number
  readonly issueDate?: DayText
  readonly dueDate?: DayText
  readonly periodStart?: DayText
  readonly periodEnd?: DayText
  readonly promisedDate?: DayText
  readonly paidAt?: string
  readonly voidedAt?: string
  readonly uncollectibleAt?: string
  readonly isDisputed?: boolean
  readonly purchaseOrder?: string
  readonly salesOrder?: string
  readonly note?: string
  readonly privateNote?: string
  readonly lines?: readonly LineParams[]
  readonly lineTotal?: Money
  readonly allowances?: Money
  readonly charges?: Money
  readonly subtotal?: Money
  readonly tax?: Money
  readonly total?: Money
  readonly paid?: Money
  readonly due?: Money
}

type Kind =
  | 'text'
  | 'currency'
  | 'ratio'
  | 'status'
  | 'intake'
  | 'direction'
  | 'count'
  | 'day'
  | 'instant'
  | 'flag'
  | 'lines'
  | 'money'

const kinds: Readonly<Record<keyof InvoiceParams, Kind>> = {
  number: 'text',
  currency: 'currency',
  exchangeRate: 'ratio',
  status: 'status',
  intake: 'intake',
  direction: 'direction',
  buyer: 'count',
  issueDate: 'day',
  dueDate: 'day',
  periodStart: 'day',
  periodEnd: 'day',
  promisedDate: 'day',
  paidAt: 'instant',
  voidedAt: 'instant',
  uncollectibleAt: 'instant',
  isDisputed: 'flag',
  purchaseOrder: 'text',
  salesOrder: 'text',
  note: 'text',
  privateNote: 'text',
  lines: 'lines',
  lineTotal: 'money',
  allowances: 'money',
  charges: 'money',
  subtotal: 'money',
  tax: 'money',
  total: 'money',
  paid: 'money',
  due: 'money',
}

/**
 * Returns params in the ledger's terms.
 * @param fallback currency of amounts where the params state none
 * @throws Failure for an unknown name, or a value that its name does not take.
 */
export function pinsFrom(params: InvoiceParams, fallback: string): Pins {
  const currency = typeof params.currency === 'string' ? params.currency.toUpperCase() : fallback
  const entries = Object.entries(params)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (!Object.hasOwn(kinds, name))
        throw failure('build an invoice', {
          expected: 'params named after roles',
          received: `"${name}"`,
          cure: suggest(name, Object.keys(kinds)),
        })
      return [name, read(name, kinds[name as keyof InvoiceParams], value, currency)]
    })
  return Object.fromEntries(entries) as Pins
}

function read(name: string, kind: Kind, value: unknown, currency: string): unknown {
  switch (kind) {
    case 'money':
      return money(name, value, currency)
    case 'day':
      return must(dayIn(value), name, 'a day like 2026-01-15', value)
    case 'instant':
      return must(instant(value), name, 'a moment like 2026-01-15T09:30:00Z', value)
    case 'currency':
      return word(name, knownCurrencies, String(value).toUpperCase())
    case 'status':
      return word(name, statuses, value)
    case 'intake':
      return word(name, intakes, value)
    case 'direction':
      return word(name, ['receivable', 'payable'], value)
    case 'count':
      return must(
        Number.isInteger(value) && (value as number) >= 0 ? value : undefined,
        name,
        'a whole number from 0',
        value,
      )
    case 'flag':
      return must(typeof value === 'boolean' ? value : undefined, name, 'true or false', value)
    case 'ratio':
      return must(typeof value === 'number' && value > 0 ? value : undefined, name, 'a number above 0', value)
    case 'lines':
      return must(Array.isArray(value) ? value : undefined, name, 'a list of lines', value).map((line) =>
        lineFrom(line, currency),
      )
    default:
      return must(typeof value === 'string' ? value : undefined, name, 'a text', value)
  }
}

const dayIn = (value: unknown): Day | undefined => {
  const day = parseDay(value)
  return day !== undefined && isInRange(day) ? day : undefined
}

/** A plain day is noon of it. */
const instant = (value: unknown): Instant | undefined => {
  const day = parseDay(value)
  const moment = day === undefined ? parseInstant(value) : day * secondsPerDay + 43_200
  return moment !== undefined && isInRange(Math.floor(moment / secondsPerDay)) ? moment : undefined
}

function must<T>(value: T | undefined, name: string, expected: string, received: unknown): T {
  if (value !== undefined) return value
  throw failure('build an invoice', {
    expected: `${name} to be ${expected}`,
    received: JSON.stringify(received) ?? String(received),
  })
}

function word(name: string, words: readonly string[], value: unknown): string {
  if (words.includes(value as string)) return value as string
  throw failure('build an invoice', {
    expected: `${name} to be a known word`,
    received: JSON.stringify(value),
    cure: suggest(String(value), words),
  })
}

/** Prices are bound to no number of decimals (BR-DEC excepts BT-146); six more than the currency's are kept. */
function price(name: string, value: unknown, currency: string): number {
  const decimal = must(parseDecimal(value), name, 'a price like "0.0123"', value)
  const exponent = exponentOf(currency)
  const minor = toMinor(decimal, exponent + 6) / 1_000_000
  if (decimal === fromMinor(Math.round(minor * 1_000_000), exponent + 6)) return minor
  throw failure('build an invoice', {
    expected: `${name} to have at most ${exponent + 6} decimals in ${currency}`,
    received: JSON.stringify(value),
  })
}

function money(name: string, value: unknown, currency: string): number {
  const decimal = must(parseDecimal(value), name, 'an amount like "121.00"', value)
  const exponent = exponentOf(currency)
  const minor = toMinor(decimal, exponent)
  must(Math.abs(minor) <= mostMinor ? minor : undefined, name, 'an amount below a trillion', value)
  if (decimal !== BigInt(minor) * 10n ** BigInt(12 - exponent)) {
    throw failure('build an invoice', {
      expected: `${name} to have at most ${exponent} decimals, as ${currency} has (BR-DEC)`,
      received: JSON.stringify(value),
    })
  }
  return minor
}

/** Params of a line that are texts. */
const lineTexts: readonly string[] = ['name', 'description', 'unit']
const mostThousandths = 1e12

/** Sums and products of amounts stay whole numbers that are exact. */
const mostMinor = 1e14

function lineFrom(line: unknown, currency: string): LinePin {
  if (!isObject(line))
    throw failure('build an invoice', { expected: 'a line to be an object', received: JSON.stringify(line) })
  const { quantity, taxRate, price: one, allowance, net, ...texts } = line as LineParams
  const amounts = Object.entries({ allowance, net })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, money(`lines.${name}`, value, currency)])
  const thousandths = (name: string, value: unknown): number => {
    const count = toMinor(must(parseDecimal(value), `lines.${name}`, 'a number', value), 3)
    return must(
      Math.abs(count) <= mostThousandths ? count : undefined,
      `lines.${name}`,
      'a number below a billion',
      value,
    )
  }
  for (const [name, value] of Object.entries(texts)) {
    if (!lineTexts.includes(name))
      throw failure('build an invoice', {
        expected: 'lines of params named after roles',
        received: `"${name}"`,
        cure: suggest(name, [...lineTexts, 'quantity', 'price', 'allowance', 'net', 'taxRate']),
      })
    must(typeof value === 'string' ? value : undefined, `lines.${name}`, 'a text', value)
  }
  return {
    ...texts,
    ...(Object.fromEntries(amounts) as LinePin),
    ...(one !== undefined && { price: price('lines.price', one, currency) }),
    ...(quantity !== undefined && { quantity: thousandths('quantity', quantity) }),
    ...(taxRate !== undefined && { taxRate: thousandths('taxRate', taxRate) }),
  }
}
