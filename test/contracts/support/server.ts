import type { Fetch } from '../../../spec/index.ts'
import { createInvoice } from './books.ts'
import type { Form } from './books.ts'

type Json = Record<string, any>

/** Returns three invoices that differ in what the API can sort and filter by. */
const createInvoices = (form: Form): Json[] =>
  [
    ['INV-7 B', 3],
    ['INV-8 A', 1],
    ['INV-9 C', 2],
  ].map(([number, scale], index) => {
    const id = `inv_${index + 1}`
    const invoice = createInvoice(form, {
      id,
      number,
      status: index === 1 ? 'void' : 'late',
      voidedAt: index === 1 ? '2026-02-01T00:00:00Z' : null,
    })
    for (const line of invoice.lines) line.invoiceId = id
    return scaled(form, invoice, Number(scale))
  })

/** Multiplies every amount, so that all sums still hold. */
function scaled(form: Form, invoice: Json, factor: number): Json {
  const times = (value: unknown): unknown =>
    form === 'minor' ? Number(value) * factor : Math.round(Number(value) * factor * 100) / 100
  for (const key of [
    'lineTotal',
    'allowances',
    'charges',
    'subtotal',
    'tax',
    'total',
    'payable',
    'paid',
    'rounding',
    'due',
  ])
    invoice[key] = times(invoice[key])
  for (const list of [invoice.allowanceList, invoice.chargeList, invoice.payments])
    for (const item of list) item.amount = times(item.amount)
  for (const tax of invoice.taxes) Object.assign(tax, { base: times(tax.base), amount: times(tax.amount) })
  for (const line of invoice.lines)
    for (const key of ['price', 'allowance', 'net', 'tax', 'total']) line[key] = times(line[key])
  return invoice
}

const json = (status: number, body: unknown): Response => Response.json(body, { status })
const error = (status: number): Response => json(status, { message: 'No.' })

/** Returns a correct server of the books API, in memory, below `/api`. */
export function createServer(form: Form): Fetch {
  const invoices = createInvoices(form)
  return async (request) => {
    const url = new URL(request.url)
    if (!request.headers.get('authorization')?.startsWith('Bearer ')) return error(401)
    if (!['GET', 'POST', 'DELETE'].includes(request.method)) return error(405)
    if (url.pathname === '/api/invoices')
      return request.method === 'POST'
        ? create((await request.json()) as Json, invoices)
        : list(url.searchParams, invoices)
    const found = invoices.find(({ id }) => url.pathname === `/api/invoices/${id}`)
    if (!found) return error(404)
    if (request.method !== 'DELETE') return json(200, found)
    invoices.splice(invoices.indexOf(found), 1)
    return new Response(null, { status: 204 })
  }
}

function create({ number }: Json, invoices: Json[]): Response {
  const id = `inv_${invoices.length + 1}`
  const invoice = { ...structuredClone(invoices[0]), id, number }
  for (const line of (invoice as Json).lines) line.invoiceId = id
  invoices.push(invoice)
  return json(201, invoice)
}

function list(query: URLSearchParams, invoices: readonly Json[]): Response {
  const page = Number(query.get('page') ?? 1)
  const size = Number(query.get('size') ?? 20)
  const sort = query.get('sort') ?? 'number'
  const status = query.get('status')
  const words = ['draft', 'open', 'processing', 'paid', 'late', 'void', 'bad']
  const isBad =
    !(Number.isInteger(page) && Number.isInteger(size) && page >= 1 && size >= 1 && size <= 100) ||
    !['total', 'number'].includes(sort) ||
    !['up', 'down', null].includes(query.get('order')) ||
    (status !== null && !words.includes(status))
  if (isBad) return error(400)
  const sign = query.get('order') === 'down' ? -1 : 1
  const kept = invoices
    .filter(
      (invoice) =>
        (status === null || invoice.status === status) && String(invoice.number).includes(query.get('q') ?? ''),
    )
    .sort((left, right) => (left[sort] < right[sort] ? -sign : sign))
  const items = kept.slice((page - 1) * size, page * size)
  return json(200, { items, page, total: kept.length, next: page * size < kept.length ? page + 1 : null })
}
