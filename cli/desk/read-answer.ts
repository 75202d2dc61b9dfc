// Reads an answer by roles and returns the printed invoice and the violations that the desk shows.

import { violationFacts } from './log-calls.ts'
import { conformance, judge, lawsFor } from '../../contracts/index.ts'
import type { BodyReading, Paper, PaperLine, PaperParty, Shown } from '../../desk/index.ts'
import {
  currencyOf,
  exponentOf,
  formatDay,
  formatDecimal,
  invoicesIn,
  nameOf,
  operationOf,
  readAmount,
  readByRole,
  readDay,
  readNumber,
  readRate,
  readWords,
} from '../../spec/index.ts'
import type { BusinessObject, Day, Model, Occurrence, Role } from '../../spec/index.ts'

/** An answer to be read. */
interface AnswerText {
  /** operationId */
  readonly operation: string
  readonly status: number
  readonly contentType: string
  readonly body: string
  readonly today: Day
}

/** Returns what roles, laws and schema say of an answer. @throws Failure for an unknown operation. */
export function readAnswer(model: Model, { operation: id, status, contentType, body, today }: AnswerText): BodyReading {
  const operation = operationOf(model, id)
  const headers = new Headers({ 'content-type': contentType })
  const { violations, json } = conformance(model).read(operation, { status, headers, body })
  if (json?.schema === undefined) return { roles: {}, laws: [], conformance: violations.map(violationFacts) }
  const root = readByRole(model.shape(json.schema), json.value)
  const verdict = judge(model, json.schema, json.value, { today })
  const [invoice] = root.entity === 'invoice' ? [root] : invoicesIn(root)
  const roles = root
    .within()
    .flatMap((object) => object.occurrences.map(({ pointer, binding }) => [pointer, nameOf(binding)] as const))
  return {
    ...(invoice && { invoice: printedInvoice(invoice, model) }),
    roles: Object.fromEntries(roles),
    laws: lawsFor(model)
      .filter(({ code }) => verdict.applied[code] !== undefined)
      .map(({ code, says }) => ({
        code,
        says,
        judged: verdict.applied[code] as number,
        breaches: verdict.violations.filter((violation) => violation.code === code).map(violationFacts),
      })),
    conformance: violations.map(violationFacts),
  }
}

const facts: readonly (readonly [name: string, role: Role, kind: 'date' | 'text'])[] = [
  ['Issued', 'invoice.issueDate', 'date'],
  ['Due', 'invoice.dueDate', 'date'],
  ['Paid', 'invoice.paidAt', 'date'],
  ['Period from', 'invoice.period.start', 'date'],
  ['Period to', 'invoice.period.end', 'date'],
  ['Purchase order', 'invoice.purchaseOrder', 'text'],
  ['Terms', 'invoice.terms', 'text'],
]

/** Sums in the order in which an invoice shows them (EN 16931, BG-22). */
const sums: readonly (readonly [name: string, role: Role, isStrong: boolean])[] = [
  ['Lines', 'invoice.lineTotal', false],
  ['Allowances', 'invoice.allowances', false],
  ['Charges', 'invoice.charges', false],
  ['Net', 'invoice.subtotal', false],
  ['Tax', 'invoice.tax', false],
  ['Total', 'invoice.total', true],
  ['Paid', 'invoice.paid', false],
  ['Rounding', 'invoice.rounding', false],
  ['Due', 'invoice.due', true],
]

/** Returns an invoice's status in the API's own word, and as a state; flags (`Booked`, `Cancelled`) tell it where only one state fits them all. */
function statusOf(invoice: BusinessObject): Pick<Paper, 'status' | 'state'> {
  const all = invoice.all('invoice.status')
  const [first] = all
  if (!first) return {}
  const fitting = all
    .map(({ binding, raw }) => readWords(binding, raw))
    .reduce((kept, words) => kept.filter((word) => words.includes(word)))
  const [state] = fitting
  if (typeof first.raw !== 'boolean') return { ...said('status', shown(first)), ...(state !== undefined && { state }) }
  return state !== undefined && fitting.length === 1 ? { status: { text: state, at: first.pointer }, state } : {}
}

/** Returns an invoice in neutral terms, each value with where it stands in the body. */
function printedInvoice(invoice: BusinessObject, { representation }: Model): Paper {
  const currency = currencyOf(invoice)
  const places = exponentOf(currency)
  const amount = (at: Occurrence | undefined): Shown | undefined => {
    const value = at && readAmount(at, currency, representation)
    return at && value !== undefined ? { text: formatDecimal(value, places), at: at.pointer } : undefined
  }
  const money = (object: BusinessObject, role: Role): Shown | undefined => amount(object.first(role))
  const status = statusOf(invoice)
  const direction = invoice.first('invoice.direction')
  const [way] = direction ? readWords(direction.binding, direction.raw) : []
  const parties = partiesOf(invoice, way)
  return {
    currency,
    ...said('number', text(invoice, 'invoice.number') ?? text(invoice, 'invoice.id')),
    ...status,
    ...(way !== undefined && { direction: way }),
    ...parties,
    facts: facts.flatMap(([name, role, kind]) => {
      const value = kind === 'date' ? date(invoice.first(role)) : text(invoice, role)
      return value ? [{ name, value }] : []
    }),
    lines: invoice.list('invoice.lines').map((line): PaperLine => ({
      ...said('name', text(line, 'line.name')),
      ...said('description', text(line, 'line.description')),
      ...said('quantity', number(line.first('line.quantity'))),
      ...said('unit', text(line, 'line.unit')),
      ...said('price', money(line, 'line.price')),
      ...said('allowance', money(line, 'line.allowance')),
      ...said('taxRate', rate(line.first('line.taxRate'))),
      ...said('net', money(line, 'line.net')),
      ...said('total', money(line, 'line.total')),
    })),
    sums: sums.flatMap(([name, role, isStrong]) => {
      const value = money(invoice, role)
      return value ? [{ name, role, value, isStrong }] : []
    }),
    taxes: invoice.list('invoice.taxes').map((tax) => ({
      name: text(tax, 'tax.name')?.text ?? text(tax, 'tax.category')?.text ?? 'Tax',
      ...said('rate', rate(tax.first('tax.rate'))),
      ...said('base', money(tax, 'tax.base')),
      ...said('amount', money(tax, 'tax.amount')),
    })),
    payments: invoice.list('invoice.payments').map((payment) => ({
      ...said('date', date(payment.first('payment.at'))),
      ...said('method', text(payment, 'payment.method')),
      ...said('reference', text(payment, 'payment.reference')),
      ...said('amount', money(payment, 'payment.amount')),
    })),
    notes: (['invoice.note', 'invoice.privateNote'] as const).flatMap((role) => text(invoice, role) ?? []),
  }
}

/** A party that is named by what it is to us is the seller of what we owe, else the buyer. */
function partiesOf(invoice: BusinessObject, way: string | undefined): Pick<Paper, 'seller' | 'buyer'> {
  const contact = invoice.list('invoice.contact')[0]
  const seller = invoice.list('seller')[0] ?? (way === 'payable' ? contact : undefined)
  const buyer = invoice.list('buyer')[0] ?? (way === 'payable' ? undefined : contact)
  return { seller: partyOf(seller), buyer: partyOf(buyer) }
}

const addressLines = [
  ['address.line1'],
  ['address.line2'],
  ['address.postalCode', 'address.city', 'address.region'],
  ['address.country'],
] as const

function partyOf(party: BusinessObject | undefined): PaperParty {
  if (!party) return { address: [] }
  const address = party.list('party.address')[0]
  const from = address ?? party
  return {
    ...said('name', text(party, 'party.name') ?? text(party, 'party.legalName')),
    address: addressLines
      .map((roles) => roles.flatMap((role) => text(from, role) ?? []))
      .concat(address ? [] : [[text(party, 'party.country') ?? []].flat()])
      .filter((line) => line.length > 0),
    ...said('taxId', text(party, 'party.taxId')),
    ...said('email', text(party, 'party.email')),
  }
}

const said = <Name extends string>(name: Name, value: Shown | undefined): { [name in Name]?: Shown } =>
  (value ? { [name]: value } : {}) as { [name in Name]?: Shown }

function shown(at: Occurrence | undefined): Shown | undefined {
  if (!at || at.raw === '' || typeof at.raw === 'object') return undefined
  return { text: String(at.raw), at: at.pointer }
}

const text = (object: BusinessObject, role: Role): Shown | undefined => shown(object.first(role))

function date(at: Occurrence | undefined): Shown | undefined {
  const day = at && readDay(at)
  return at && day !== undefined ? { text: formatDay(day), at: at.pointer } : undefined
}

function number(at: Occurrence | undefined): Shown | undefined {
  const value = at && readNumber(at)
  return at && value !== undefined ? { text: formatDecimal(value), at: at.pointer } : undefined
}

function rate(at: Occurrence | undefined): Shown | undefined {
  const value = at && readRate(at)
  return at && value !== undefined ? { text: `${formatDecimal(value)} %`, at: at.pointer } : undefined
}
