// Reads a request body as pins of an invoice.

import { identityForm, leafAt, rateFor } from '../../factories/index.ts'
import type { Entry, LinePin, Pins } from '../../factories/index.ts'
import {
  currencyOf,
  exponentOf,
  readAmount,
  readByRole,
  readDay,
  readInstant,
  readNumber,
  readRate,
  readWords,
  toMinor,
} from '../../spec/index.ts'
import type { BusinessObject, Decimal, Occurrence, Pointer, Role } from '../../spec/index.ts'
import type { Context } from '../context.ts'
import { Refusal } from '../context.ts'

type Name = Exclude<keyof Pins, 'lines' | 'buyer'>

const texts = {
  'invoice.number': 'number',
  'invoice.purchaseOrder': 'purchaseOrder',
  'invoice.salesOrder': 'salesOrder',
  'invoice.note': 'note',
  'invoice.privateNote': 'privateNote',
} as const
const days = {
  'invoice.issueDate': 'issueDate',
  'invoice.dueDate': 'dueDate',
  'invoice.period.start': 'periodStart',
  'invoice.period.end': 'periodEnd',
  'invoice.promisedDate': 'promisedDate',
} as const
const instants = {
  'invoice.paidAt': 'paidAt',
  'invoice.voidedAt': 'voidedAt',
  'invoice.sentAt': 'sentAt',
  'invoice.uncollectibleAt': 'uncollectibleAt',
} as const
const amounts = {
  'invoice.lineTotal': 'lineTotal',
  'invoice.allowances': 'allowances',
  'invoice.charges': 'charges',
  'invoice.subtotal': 'subtotal',
  'invoice.tax': 'tax',
  'invoice.total': 'total',
  'invoice.payable': 'total',
  'invoice.paid': 'paid',
  'invoice.due': 'due',
} as const

/**
 * Reads a request's body as pins: what it fixes about an invoice, in the ledger's terms.
 * @param before the invoice as it stands, where there is one
 * @throws Refusal for values that no invoice has.
 */
export function pinsOf(context: Context, pointer: Pointer, body: unknown, before?: Entry): Pins {
  const root = readByRole(context.model.shape(pointer), body)
  const invoice = root.list('invoice')[0] ?? root
  const currency = currencyOf(invoice) || before?.currency || currencyOfBuyer(context, invoice) || 'USD'
  const money = (occurrence: Occurrence): number | undefined => minor(context, occurrence, currency)
  const sums = {
    ...collect(invoice, amounts, money),
    ...fold(invoice, 'invoice.allowanceList', 'allowance.amount', 'allowances', money),
    ...fold(invoice, 'invoice.chargeList', 'charge.amount', 'charges', money),
  }
  return {
    ...collect(invoice, texts, ({ raw }) => String(raw)),
    ...collect(invoice, days, readDay),
    ...collect(invoice, instants, readInstant),
    ...sums,
    ...((invoice.first('invoice.currency') || (!before && buyerOf(context, invoice))) && { currency }),
    ...(invoice.first('invoice.exchangeRate') && { exchangeRate: Number(invoice.first('invoice.exchangeRate')?.raw) }),
    ...(invoice.first('invoice.isDisputed') && { isDisputed: invoice.first('invoice.isDisputed')?.raw === true }),
    ...word(invoice, 'invoice.direction', 'direction', before?.direction),
    ...statusPin(context, invoice, before),
    ...buyerPin(context, invoice),
    ...(invoice.has('invoice.lines') && {
      lines: invoice.list('invoice.lines').map((line) => linePin(context, line, currency)),
    }),
    // What is taken off the whole lowers the tax of the lines (BG-20, BG-21): theirs is then not the invoice's.
    ...(!sums.allowances && !sums.charges && taxPin(invoice, money)),
  }
}

function collect(
  object: BusinessObject,
  names: Partial<Record<Role, Name>>,
  read: (occurrence: Occurrence) => unknown,
): Pins {
  return Object.fromEntries(
    Object.entries(names).flatMap(([role, name]) => {
      const occurrence = object.first(role as Role)
      const value = occurrence && read(occurrence)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

const minor = ({ model }: Context, occurrence: Occurrence, currency: string): number | undefined => {
  const value = readAmount(occurrence, currency, model.representation)
  return value === undefined ? undefined : toMinor(value, exponentOf(currency))
}

/** Tax that is stated on every line, and nowhere else, adds up to the invoice's. */
function taxPin(invoice: BusinessObject, read: (occurrence: Occurrence) => number | undefined): Pins {
  const lines = invoice.list('invoice.lines')
  const stated = lines.flatMap((line) => line.first('line.tax') ?? [])
  return stated.length === 0 || stated.length < lines.length || invoice.first('invoice.tax')
    ? {}
    : { tax: stated.reduce((total, occurrence) => total + (read(occurrence) ?? 0), 0) }
}

/** An API may have one word for several states: the present one stays, else the plainest is taken. */
function statusPin({ model }: Context, invoice: BusinessObject, before: Entry | undefined): Pins {
  const occurrence = invoice.first('invoice.status')
  if (!occurrence) return {}
  const words = readWords(occurrence.binding, occurrence.raw)
  // Where roles were inferred, a state of the API's own that the books do not have is let pass.
  if (words.length === 0 && model.document['x-inferred'] === true) return {}
  if (words.length === 0)
    throw new Refusal(400, `${occurrence.pointer}: an invoice cannot be set to ${JSON.stringify(occurrence.raw)}.`)
  if (before && words.includes(before.status)) return {}
  // `open` becomes `overdue` by itself once the due date has passed.
  const status = words.includes('open') ? undefined : words[0]
  return status === undefined
    ? before?.status === 'draft'
      ? { status: before.dueDate < before.today ? 'overdue' : 'open' }
      : {}
    : { status: status as Pins['status'] & string }
}

function word(invoice: BusinessObject, role: Role, name: Name, before: string | undefined): Pins {
  const occurrence = invoice.first(role)
  if (!occurrence) return {}
  const words = readWords(occurrence.binding, occurrence.raw)
  return words.length === 0 || words.includes(before ?? '') ? {} : { [name]: words[0] }
}

function buyerOf(context: Context, invoice: BusinessObject): { key: number | undefined; raw: unknown } | undefined {
  const occurrence = [
    ...invoice.list(context.model.representation.direction === 'payable' ? 'seller' : 'buyer'),
    ...invoice.list('invoice.contact'),
  ]
    .map((party) => party.first('party.id'))
    .find((found) => found !== undefined)
  if (!occurrence) return undefined
  const { binding, raw, schema } = occurrence
  const leaf = schema === undefined ? { types: new Set([typeof raw]) } : leafAt(context.model.document, schema)
  const { kind, form, prefix } = identityForm(binding, leaf, context.model.representation)
  return { key: context.answers.identities.decode(kind, raw, form, prefix), raw }
}

/** Where roles were inferred they may be wrong: an unknown customer is let pass. @throws Refusal 400 otherwise. */
function unknownBuyer({ model }: Context, raw: unknown): Pins {
  if (model.document['x-inferred'] === true) return {}
  throw new Refusal(400, `There is no customer ${JSON.stringify(raw)}. Take the id of one from an invoice.`)
}

function buyerPin(context: Context, invoice: BusinessObject): Pins {
  const buyer = buyerOf(context, invoice)
  if (!buyer) return {}
  if (buyer.key === undefined || buyer.key < 0 || buyer.key >= context.business.ledger.book.customers)
    return unknownBuyer(context, buyer.raw)
  return { buyer: buyer.key }
}

const currencyOfBuyer = (context: Context, invoice: BusinessObject): string | undefined => {
  const key = buyerOf(context, invoice)?.key
  return key === undefined || key < 0 || key >= context.business.ledger.book.customers
    ? undefined
    : context.business.ledger.party(key).currency
}

/** A price may be finer than its currency, by six decimals. */
function priceOf({ model }: Context, line: BusinessObject, currency: string): number | undefined {
  const occurrence = line.first('line.price')
  const value = occurrence && readAmount(occurrence, currency, model.representation)
  return value === undefined ? undefined : toMinor(value, exponentOf(currency) + 6) / 1_000_000
}

function linePin(context: Context, line: BusinessObject, currency: string): LinePin {
  const amount = (role: Role): number | undefined => {
    const occurrence = line.first(role)
    return occurrence && minor(context, occurrence, currency)
  }
  const text = (role: Role): string | undefined => {
    const raw = line.first(role)?.raw
    return raw === undefined ? undefined : String(raw)
  }
  const thousandths = (value: Decimal | undefined): number | undefined =>
    value === undefined ? undefined : toMinor(value, 3)
  const quantity = line.first('line.quantity')
  const rate = line.first('line.taxRate')
  const allowanceRate = line.first('line.allowanceRate')
  const stated = {
    name: text('line.name'),
    description: text('line.description'),
    unit: text('line.unit'),
    quantity: quantity && thousandths(readNumber(quantity)),
    price: priceOf(context, line, currency),
    allowance: amount('line.allowance'),
    net: amount('line.net'),
    taxRate: rate && thousandths(readRate(rate)),
  }
  const gross = stated.price === undefined ? undefined : Math.round(((stated.quantity ?? 1000) * stated.price) / 1000)
  const percent = allowanceRate && thousandths(readRate(allowanceRate))
  const allowance =
    stated.allowance ??
    (percent !== undefined && gross !== undefined ? Math.round((gross * percent) / 100_000) : undefined)
  const net = stated.net ?? (gross === undefined ? undefined : gross - (allowance ?? 0))
  const tax = amount('line.tax')
  const taxRate = stated.taxRate ?? (tax === undefined || !net ? undefined : rateFor(net, tax))
  return Object.fromEntries(
    Object.entries({ ...stated, allowance, taxRate }).filter(([, value]) => value !== undefined),
  )
}

function fold(
  invoice: BusinessObject,
  list: Role,
  role: Role,
  name: Name,
  read: (occurrence: Occurrence) => number | undefined,
): Pins {
  if (!invoice.has(list)) return {}
  const amountOf = (item: BusinessObject): number => {
    const stated = item.first(role)
    return (stated && read(stated)) ?? 0
  }
  return { [name]: invoice.list(list).reduce((total, item) => total + amountOf(item), 0) }
}
