import { createMollieClient, MollieApiError } from '@mollie/api-client'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { handlersOf, mockModel } from '../../mocks/index.ts'
import { compile } from '../../spec/index.ts'
import { tulip } from './tulip.ts'

const mock = mockModel(compile(tulip, { name: 'tulip' }))
// The client speaks HTTPS only, so it is met in its own process.
const apiEndpoint = 'https://api.tulip.example/v2/'
const server = setupServer(...handlersOf(mock.model, mock.fetch, { baseUrl: apiEndpoint }))
const mollie = createMollieClient({ apiKey: 'test_anyanyanyanyanyanyanyanyanyanyany', apiEndpoint })

beforeAll(() => server.listen())
afterAll(() => server.close())
beforeEach(() => mock.reset())

const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('the client of Mollie', () => {
  it('lists, and pages by itself to the end', async () => {
    const page = await mollie.customers.page({ limit: 4 })
    expect([page.length, typeof page.nextPageCursor]).toEqual([4, 'string'])
    const ids: string[] = []
    for await (const { id } of mollie.customers.iterate()) ids.push(id)
    expect(ids.length).toBeGreaterThan(4)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.slice(0, 4)).toEqual(page.map(({ id }) => id))
    const next = await mollie.customers.page({ limit: 4, from: page.nextPageCursor as string })
    expect(next.map(({ id }) => id)).toEqual(ids.slice(4, 8))
  })

  it('retrieves what the list shows', async () => {
    const [first] = await mollie.customers.page({ limit: 1 })
    const { id, name, email } = await mollie.customers.get(first?.id ?? '')
    expect({ id, name, email }).toEqual({ id: first?.id, name: first?.name, email: first?.email })
  })

  it('creates, updates and deletes', async () => {
    const made = await mollie.customers.create({ name: 'Ada', email: 'ada@example.com', metadata: { order: '7' } })
    expect([made.resource, made.name, made.metadata]).toEqual(['customer', 'Ada', { order: '7' }])
    await mollie.customers.update(made.id, { name: 'Countess' })
    const { name, email } = await mollie.customers.get(made.id)
    expect([name, email]).toEqual(['Countess', 'ada@example.com'])
    await mollie.customers.delete(made.id)
    const error = await failure(mollie.customers.get(made.id))
    expect(error).toBeInstanceOf(MollieApiError)
    expect((error as MollieApiError).statusCode).toBe(404)
  })

  it('opens a payment, and is refused one without an amount', async () => {
    const payment = await mollie.payments.create({
      amount: { currency: 'EUR', value: '12.50' },
      description: 'Order 7',
      redirectUrl: 'https://shop.example/7',
    })
    expect([payment.status, payment.amount, payment.description]).toEqual([
      'open',
      { currency: 'EUR', value: '12.50' },
      'Order 7',
    ])
    expect((await mollie.payments.get(payment.id)).amount.value).toBe('12.50')
    const error = await failure(mollie.payments.create({ description: 'free' } as never))
    expect([(error as MollieApiError).statusCode, (error as MollieApiError).message]).toEqual([
      400,
      expect.stringContaining('amount'),
    ])
  })
})
