import { Stripe } from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mockModel } from '../../mocks/index.ts'
import { serve } from '../../mocks/server.ts'
import type { Served } from '../../mocks/server.ts'
import { compile } from '../../spec/index.ts'
import { ledgerly } from './ledgerly.ts'

const mock = mockModel(compile(ledgerly, { name: 'ledgerly' }))
let served: Served
let stripe: Stripe

beforeAll(async () => {
  served = await serve(mock.fetch)
  stripe = new Stripe('sk_test_any', {
    host: '127.0.0.1',
    port: served.port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
  })
})
afterAll(() => served.close())
beforeEach(() => mock.reset())

/** What an SDK calls an error of its own. */
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('the client of Stripe', () => {
  it('lists, and pages by itself to the end', async () => {
    const page = await stripe.customers.list({ limit: 3 })
    expect([page.object, page.data.length, page.has_more]).toEqual(['list', 3, true])
    const ids: string[] = []
    for await (const customer of stripe.customers.list({ limit: 3 })) ids.push(customer.id)
    expect(ids.length).toBeGreaterThan(6)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.slice(0, 3)).toEqual(page.data.map(({ id }) => id))
    const before = await stripe.customers.list({ limit: 2, ending_before: ids[4] as string })
    expect(before.data.map(({ id }) => id)).toEqual(ids.slice(2, 4))
  })

  it('retrieves what the list shows', async () => {
    const { data } = await stripe.customers.list({ limit: 1 })
    const [first] = data
    const customer = await stripe.customers.retrieve(first?.id as string)
    expect(customer).toMatchObject({ ...first })
  })

  it('creates, and finds it again', async () => {
    const customer = await stripe.customers.create({
      name: 'Ada & Söhne',
      email: 'ada@example.com',
      metadata: { order: '7' },
      address: { city: 'Ulm', line1: 'Weg 1' },
    })
    expect(customer).toMatchObject({
      object: 'customer',
      name: 'Ada & Söhne',
      metadata: { order: '7' },
      address: { city: 'Ulm' },
    })
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ id: customer.id, email: 'ada@example.com' })
    const found = await stripe.customers.list({ email: 'ada@example.com' })
    expect(found.data.map(({ id }) => id)).toEqual([customer.id])
  })

  it('updates one property and keeps the others', async () => {
    const { id } = await stripe.customers.create({
      name: 'Before',
      email: 'x@example.com',
      metadata: { a: '1', b: '2' },
    })
    await stripe.customers.update(id, { name: 'After', metadata: { b: '3' } })
    expect(await stripe.customers.retrieve(id)).toMatchObject({
      name: 'After',
      email: 'x@example.com',
      metadata: { a: '1', b: '3' },
    })
  })

  it('deletes, and is told that it is gone', async () => {
    const { id } = await stripe.customers.create({ name: 'Short' })
    expect(await stripe.customers.del(id)).toMatchObject({ id, object: 'customer', deleted: true })
    expect(await failure(stripe.customers.retrieve(id))).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError)
  })

  it('finalizes, pays and voids', async () => {
    const { id: customer } = await stripe.customers.create({ name: 'Payer' })
    const invoice = await stripe.invoices.create({ customer, description: 'Work', auto_advance: false })
    const id = invoice.id
    expect(invoice).toMatchObject({ customer, description: 'Work', auto_advance: false, status: 'draft' })
    expect((await stripe.invoices.finalizeInvoice(id)).status).toBe('open')
    expect((await stripe.invoices.pay(id)).status).toBe('paid')
    expect((await stripe.invoices.retrieve(id)).status).toBe('paid')
    expect((await stripe.invoices.list({ customer })).data.map((one) => one.id)).toEqual([id])
    const other = await stripe.invoices.create({ customer })
    expect((await stripe.invoices.voidInvoice(other.id)).status).toBe('void')
  })

  it('filters by moments and words', async () => {
    const all = await stripe.invoices.list({ limit: 100 }).autoPagingToArray({ limit: 1000 })
    const middle = all.map(({ created }) => created).sort((left, right) => left - right)[
      Math.floor(all.length / 2)
    ] as number
    const later = await stripe.invoices.list({ created: { gt: middle }, limit: 100 }).autoPagingToArray({ limit: 1000 })
    expect(later.map(({ id }) => id)).toEqual(all.filter(({ created }) => created > middle).map(({ id }) => id))
    const paid = await stripe.invoices.list({ status: 'paid', limit: 100 }).autoPagingToArray({ limit: 1000 })
    expect(paid.map(({ id }) => id)).toEqual(all.filter(({ status }) => status === 'paid').map(({ id }) => id))
  })

  it('creates once, however often it asks with one key', async () => {
    const options = { idempotencyKey: 'key-1' }
    const first = await stripe.customers.create({ name: 'Once' }, options)
    const second = await stripe.customers.create({ name: 'Once' }, options)
    expect(second.id).toBe(first.id)
    expect(await failure(stripe.customers.create({ name: 'Other' }, options))).toBeInstanceOf(Stripe.errors.StripeError)
  })

  it('is refused what the document does not take', async () => {
    expect(await failure(stripe.invoices.create({ description: 'nobody' }))).toBeInstanceOf(
      Stripe.errors.StripeInvalidRequestError,
    )
    expect(await failure(stripe.customers.retrieve('cus_nobody'))).toBeInstanceOf(
      Stripe.errors.StripeInvalidRequestError,
    )
  })
})
