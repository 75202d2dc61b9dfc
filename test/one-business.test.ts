import { describe, expect, it } from 'vitest'
import { ledgerOf } from '../factories/index.ts'
import { Business, mockModel } from '../mocks/index.ts'
import {
  builtIn,
  currencyOf,
  invoicesIn,
  isJson,
  parseDay,
  readAmount,
  readByRole,
  readDay,
  successOf,
} from '../spec/index.ts'
import type { BusinessObject, Fetch, Model, Role } from '../spec/index.ts'

const headers = {
  authorization: 'Bearer any',
  'x-api-key': 'any',
  'x-customer-os-api-key': 'any',
  'content-type': 'application/json',
}
const account = 'integrated_account_id=62f44730-dd91-461e-bd6a-aedd9e0ad79d'

async function ask(fetch: Fetch, path: string, method = 'GET', body?: unknown): Promise<unknown> {
  const response = await fetch(
    new Request(`http://mock.test${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  )
  expect(response.status).toBeLessThan(300)
  return response.json()
}

const opened = (): Record<'stuut' | 'truto' | 'nuntiq' | 'customeros', Fetch> & { business: Business } => {
  const business = new Business(ledgerOf({ seed: 42, invoices: 60, today: parseDay('2026-01-15') as number }))
  const of = (name: string): Fetch => mockModel(builtIn(name), { business }).fetch
  return { business, stuut: of('stuut'), truto: of('truto'), nuntiq: of('nuntiq'), customeros: of('customeros') }
}

/** What an invoice says, read by role: the same words for every API. */
function read(model: Model, invoice: BusinessObject): Record<string, unknown> {
  const currency = currencyOf(invoice)
  const amount = (...roles: Role[]): string | undefined => {
    const found = roles.map((role) => invoice.first(role)).find((occurrence) => occurrence !== undefined)
    return found && String(readAmount(found, currency, model.representation))
  }
  const day = (role: Role): number | undefined => {
    const found = invoice.first(role)
    return found && readDay(found)
  }
  return {
    currency,
    total: amount('invoice.total', 'invoice.payable'),
    tax: amount('invoice.tax'),
    due: amount('invoice.due'),
    paid: amount('invoice.paid'),
    issueDate: day('invoice.issueDate'),
    dueDate: day('invoice.dueDate'),
    buyer: invoice.list('buyer')[0]?.first('party.name')?.raw,
  }
}

function invoicesOf(name: string, body: unknown): Map<unknown, Record<string, unknown>> {
  const model = builtIn(name)
  const operation = model.operations.find(
    ({ does }) => does === 'list' || (does === 'get' && !model.operations.some((other) => other.does === 'list')),
  )
  const schema = successOf(operation as never)?.content.find(({ mediaType }) => isJson(mediaType))?.schema as string
  return new Map(
    invoicesIn(readByRole(model.shape(schema), body)).map((invoice) => [
      invoice.first('invoice.number')?.raw,
      read(model, invoice),
    ]),
  )
}

describe('one business behind all four APIs', () => {
  it('has the same numbers, customers, amounts and days in each', async () => {
    const { stuut, truto, customeros, nuntiq } = opened()
    const lists = {
      stuut: invoicesOf('stuut', await ask(stuut, '/v1/invoices?limit=60')),
      truto: invoicesOf('truto', await ask(truto, `/unified/accounting/invoices?limit=60&${account}`)),
      customeros: invoicesOf('customeros', await ask(customeros, '/invoices?limit=60')),
    }
    const { leases } = (await ask(nuntiq, '/v1/invoices/claim', 'POST', {
      state: 'PendingIntegration',
      limit: 10,
    })) as { leases: { invoice_token: string }[] }
    const received = new Map<unknown, Record<string, unknown>>()
    for (const { invoice_token: token } of leases)
      for (const [number, facts] of invoicesOf('nuntiq', await ask(nuntiq, `/v1/invoices/${token}`)))
        received.set(number, facts)

    expect(new Set(lists.stuut.keys())).toEqual(new Set(lists.truto.keys()))
    expect(new Set(lists.stuut.keys())).toEqual(new Set(lists.customeros.keys()))
    expect(received.size).toBeGreaterThan(3)
    let compared = 0
    for (const [number, facts] of lists.stuut) {
      for (const other of [lists.truto.get(number), lists.customeros.get(number), received.get(number)]) {
        for (const [name, value] of Object.entries(other ?? {})) {
          if (value === undefined || facts[name] === undefined) continue
          expect({ number, [name]: value }).toEqual({ number, [name]: facts[name] })
          compared++
        }
      }
    }
    expect(compared).toBeGreaterThan(500)
  })

  it('tells of a payment through every door', async () => {
    const { stuut, customeros, truto } = opened()
    const { content } = (await ask(customeros, '/invoices?limit=60&status=DUE')) as {
      content: { invoiceNumber: string; metadata: { id: string } }[]
    }
    const { invoiceNumber, metadata } = content[0] as (typeof content)[number]
    const { data } = (await ask(customeros, '/query', 'POST', {
      query: `mutation { invoice_Pay(id: "${metadata.id}") { status } }`,
    })) as { data: unknown }
    expect(data).toEqual({ invoice_Pay: { status: 'PAID' } })
    expect(await ask(stuut, `/v1/invoices?number=${invoiceNumber}`)).toMatchObject({
      total_records: 1,
      data: [{ status: 'paid', number: invoiceNumber }],
    })
    expect(await ask(truto, `/unified/accounting/invoices?number=${invoiceNumber}&${account}`)).toMatchObject({
      result: [{ status: 'paid', balance: 0 }],
    })
  })
})
