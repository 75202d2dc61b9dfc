import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { compile, mock } from '../../index.ts'

const stuut = mock('stuut')
const truto = mock('truto', { baseUrl: 'https://books.example/api' })
const server = setupServer(...stuut.handlers, ...truto.handlers)
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const headers = { authorization: 'Bearer any' }
const ask = async (path: string): Promise<Record<string, unknown>> =>
  (await (await fetch(`https://api.stuut.ai${path}`, { headers })).json()) as Record<string, unknown>
const firstId = async (): Promise<string> => {
  const { data } = (await ask('/v1/invoices?limit=1')) as { data: { id: string }[] }
  return data[0]?.id ?? ''
}

it('a handler of one operation reads typed params, and changes what the mock answers', async () => {
  const seen: unknown[] = []
  server.use(
    stuut.on('listInvoices', async ({ params, answer }) => {
      const size: number | undefined = params.limit
      seen.push(size, params.status)
      const page = await answer()
      return { ...page, total_records: 7 }
    }),
  )
  const page = await ask('/v1/invoices?limit=2&status=open&status=paid')
  expect(seen).toEqual([2, ['open', 'paid']])
  expect(page).toMatchObject({ total_records: 7, data: [{}, {}] })
})

it('a handler that answers nothing leaves the request to the mock', async () => {
  const id = await firstId()
  server.use(stuut.on('getInvoice', ({ params }) => (params.invoice_id === 'mine' ? Response.json({}) : undefined)))
  expect(await ask(`/v1/invoices/${id}`)).toMatchObject({ id })
  expect(await ask('/v1/invoices/mine')).toEqual({})
})

it('one member of an answer is replaced, and the rest is as the mock has it', async () => {
  const id = await firstId()
  const before = await ask(`/v1/invoices/${id}`)
  server.use(stuut.override('getInvoice', { status: 'uncollectible', partner: { name: 'Ada GmbH' } }))
  const after = await ask(`/v1/invoices/${id}`)
  expect(after.partner).toEqual({ ...(before.partner as object), name: 'Ada GmbH' })
  expect({ ...after, partner: 0 }).toEqual({ ...before, status: 'uncollectible', partner: 0 })
})

it('a function makes another answer of one', async () => {
  server.use(stuut.override('listInvoices', (page) => ({ ...page, data: page.data.slice(0, 1) })))
  expect(await ask('/v1/invoices?limit=5')).toMatchObject({ data: [{}] })
})

it('what the mock refuses stays refused', async () => {
  server.use(stuut.override('getInvoice', { status: 'paid' }))
  const response = await fetch('https://api.stuut.ai/v1/invoices/nobody', { headers })
  expect(response.status).toBe(404)
})

it('a created item is answered with the status that the document says, at the address of the mock', async () => {
  server.use(truto.on('createInvoice', ({ body }) => ({ id: 'one', memo: body.memo }) as never))
  const response = await fetch('https://books.example/api/unified/accounting/invoices?integrated_account_id=a', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ memo: 'Thanks' }),
  })
  expect(await response.json()).toEqual({ id: 'one', memo: 'Thanks' })
})

it('names and members that the document does not have are mistakes', () => {
  // @ts-expect-error There is no such operation.
  expect(() => stuut.on('listInvoice', () => undefined)).toThrow(/listInvoice.*listInvoices/s)
  // @ts-expect-error An invoice has no such member.
  stuut.override('getInvoice', { totl: 1 })
  // @ts-expect-error A total is a number.
  stuut.override('getInvoice', { total_amount: '1' })
})

it('a document of its own has operations by any name', () => {
  const paths = { '/a': { get: { operationId: 'a', responses: {} } } }
  const model = compile({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths }, { name: 't' })
  expect(mock(model).override('a', { b: 1 }).info.header).toBe('GET /a (a)')
})
