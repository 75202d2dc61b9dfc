// An invoice as the texts that its page and its PDF print.

import type { Address, Entry, Party } from '../../factories/index.ts'
import { formatDay, formatMajor, secondsPerDay } from '../../spec/index.ts'

/** A name and what it is for this invoice. */
export type Fact = readonly [name: string, value: string]

/** An invoice as texts: amounts as decimals of the major unit, days as `2026-01-15`. */
export interface InvoiceSheet {
  /** Invoice INV-1001 */
  readonly title: string
  readonly status: string
  readonly seller: readonly string[]
  readonly buyer: readonly string[]
  readonly facts: readonly Fact[]
  readonly lines: readonly SheetLine[]
  /** From the sum of the lines to what is still owed (EN 16931, BG-22). */
  readonly sums: readonly Fact[]
  readonly payments: readonly Fact[]
  readonly note: string
}

interface SheetLine {
  readonly name: string
  readonly quantity: string
  readonly price: string
  readonly tax: string
  readonly net: string
}

/** Returns an invoice, in the terms of the API that links to it, as texts. */
export function sheetOf(invoice: Entry): InvoiceSheet {
  const { number, status, currency, direction, seller, buyer, lines, payments, note = '' } = invoice
  const money = (minor: number): string => formatMajor(minor, invoice.exponent)
  return {
    title: `${direction === 'payable' ? 'Bill' : 'Invoice'} ${number}`,
    status,
    seller: partyLines(seller),
    buyer: partyLines(buyer),
    facts: [
      ['Issued', formatDay(invoice.issueDate)],
      ['Due', formatDay(invoice.dueDate)],
      ...optional('Purchase order', invoice.purchaseOrder),
      ['Currency', currency],
    ],
    lines: lines.map((line) => ({
      name: line.allowance === 0 ? line.name : `${line.name}, less ${money(line.allowance)}`,
      quantity: thousandths(line.quantity),
      price: money(line.price),
      tax: `${thousandths(line.taxRate)} %`,
      net: money(line.net),
    })),
    sums: sumsOf(invoice, money),
    payments: payments.map(({ at, amount, method, isPending }) => [
      `${formatDay(Math.floor(at / secondsPerDay))} by ${method}${isPending ? ', on its way' : ''}`,
      money(amount),
    ]),
    note,
  }
}

/** Sums that most invoices do not have are left out where they are nothing. */
function sumsOf(invoice: Entry, money: (minor: number) => string): readonly Fact[] {
  const { allowances, charges, taxes, tax, rounding, total, paid, due, currency } = invoice
  return [
    ['Lines', money(invoice.lineTotal)],
    ...(allowances === 0 ? [] : [['Allowances', `-${money(allowances)}`] as const]),
    ...(charges === 0 ? [] : [['Charges', money(charges)] as const]),
    ['Net', money(invoice.subtotal)],
    ...(taxes.length > 1 ? taxes.map(({ name, amount }): Fact => [name, money(amount)]) : []),
    [taxes.length === 1 ? (taxes[0]?.name ?? 'Tax') : 'Tax', money(tax)],
    [`Total ${currency}`, money(total)],
    ['Paid', money(paid)],
    ...(rounding === 0 ? [] : [['Rounding', money(rounding)] as const]),
    [`Due ${currency}`, money(due)],
  ]
}

const thousandths = (value: number): string => String(value / 1000)

const optional = (name: string, value: string | undefined): readonly Fact[] =>
  value === undefined || value === '' ? [] : [[name, value]]

const partyLines = ({ name, taxId, email, address }: Party): readonly string[] => [
  name,
  ...addressLines(address),
  ...(taxId === '' ? [] : [`Tax id ${taxId}`]),
  email,
]

const addressLines = ({ line1, line2, postalCode, city, region, countryName }: Address): readonly string[] =>
  [line1, line2 ?? '', [postalCode, city, region].filter(Boolean).join(' '), countryName].filter((line) => line !== '')
