import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { conformance, judge } from '../../contracts/index.ts'
import { controlOf, deliver, mockModel, Worlds } from '../../mocks/index.ts'
import type { Deliverer, DeliveryOptions } from '../../mocks/index.ts'
import { webhooksOf } from '../../mocks/webhooks/webhooks.ts'
import { builtIn, compile } from '../../spec/index.ts'
import type { ApiName, Document } from '../../spec/index.ts'
import { lawsHeld } from '../support/laws-held.ts'

interface Received {
  readonly body: any
  readonly text: string
  readonly headers: Headers
}

function listen(api: ApiName, options: Partial<DeliveryOptions> & { readonly statuses?: number[] } = {}) {
  const { statuses = [], ...rest } = options
  const [received, slept]: [Received[], number[]] = [[], []]
  const worlds = new Worlds({ invoices: 120 })
  const mock = mockModel(builtIn(api), { worlds })
  const deliverer: Deliverer = deliver(worlds, [mock.model], {
    url: 'http://127.0.0.1:9/hook',
    sleep: async (milliseconds) => void slept.push(milliseconds),
    fetch: async (_url, { body, headers }) => {
      received.push({ text: String(body), body: JSON.parse(String(body)), headers: new Headers(headers) })
      return new Response(null, { status: statuses.shift() ?? 200 })
    },
    ...rest,
  })
  const withStatus = (status: string): number =>
    Array.from({ length: 120 }, (_, index) => index).find(
      (index) => mock.business.find(index)?.status === status,
    ) as number
  const pay = (index: number): void => void mock.business.amend(mock.business.find(index) as never, { status: 'paid' })
  return { mock, worlds, deliverer, received, slept, withStatus, pay }
}

describe('webhooks', () => {
  it('are called when an invoice is finalized and when it is paid', async () => {
    const { mock, deliverer, received, withStatus, pay } = listen('customeros', { secret: 'X-Hook: hush' })
    const index = withStatus('overdue')
    pay(index)
    const made = mock.business.create({ lines: [{ name: 'Anvil', price: 100 }] })
    mock.business.sync(made)
    await deliverer.settled()
    expect(received.map(({ body }) => [body.event, body.data.invoiceNumber])).toEqual([
      ['invoice.status.paid', mock.business.find(index)?.number],
      ['invoice.finalized', made.number],
    ])
    expect(received[0]?.headers.get('x-hook')).toBe('hush')
  })

  it.each(['customeros', 'truto'] as const)('say what the document of %s says they do, and add up', async (api) => {
    const { mock, deliverer, received, withStatus, pay } = listen(api)
    pay(withStatus('overdue'))
    mock.business.create({ lines: [{ name: 'Anvil', quantity: 3000, price: 1999 }] })
    mock.business.delete(mock.business.find(3) as never)
    await deliverer.settled()
    const webhooks = webhooksOf(mock.model)
    expect(received.length).toBeGreaterThan(1)
    for (const { body } of received) {
      const { schema } = webhooks.find(({ rule }) => Object.values(rule.on).includes(body.event)) as { schema: string }
      expect(conformance(mock.model).body(schema, body)).toEqual([])
      expect(judge(mock.model, schema, body, { today: mock.business.today }).violations).toEqual([])
      if (body.payload)
        expect(
          lawsHeld(judge(mock.model, '/components/schemas/Invoice', body.payload, { today: mock.business.today })),
        ).toContain('BR-CO-10')
    }
    expect(new Set(received.map(({ body }) => body.id ?? body.data.invoiceNumber)).size).toBe(received.length)
  })

  it('are signed as documented, over the bytes that are sent', async () => {
    const { deliverer, received, withStatus, pay } = listen('truto', { secret: 'hush' })
    pay(withStatus('open'))
    await deliverer.settled()
    const [call] = received as [Received]
    expect(call.body).toMatchObject({
      event: 'record:updated',
      payload: { balance: 0 },
      created_at: '2026-01-15T18:00:00Z',
    })
    expect(call.headers.get('x-truto-signature')).toBe(
      `format=sha256,v=${createHmac('sha256', 'hush').update(call.text).digest('hex')}`,
    )
  })

  it('are called again, later and later, until they are received', async () => {
    const { deliverer, received, slept, withStatus, pay } = listen('truto', { statuses: [500, 400, 302] })
    pay(withStatus('open'))
    await deliverer.settled()
    expect([received.length, slept.filter((pause) => pause >= 1000)]).toEqual([4, [1000, 2000, 4000]])
    expect(new Set(received.map(({ text }) => text)).size).toBe(1)
    expect(deliverer.log()).toMatchObject([
      { api: 'truto', event: 'record:updated', state: 'delivered', attempts: 4, status: 200 },
    ])
  })

  it('are given up at last, which the log tells', async () => {
    const { worlds, deliverer, withStatus, pay } = listen('truto', {
      fetch: () => Promise.reject(new Error('refused')),
    })
    pay(withStatus('open'))
    await deliverer.settled()
    const control = controlOf(worlds, { deliveries: deliverer.log })
    const told = await (await control(new Request('http://localhost/__proforma/webhooks'))).json()
    expect(told).toMatchObject({
      deliveries: [{ state: 'failed', attempts: 5, error: 'refused', body: { event: 'record:updated' } }],
    })
  })

  it('tell what time does to invoices', async () => {
    const { mock, deliverer, received } = listen('customeros')
    mock.clock('2026-02-20')
    await deliverer.settled()
    const paid = received.filter(({ body }) => body.event === 'invoice.status.paid')
    expect(paid.length).toBeGreaterThan(0)
    expect(paid.every(({ body }) => body.data.amountRemaining === 0 && body.data.paid)).toBe(true)
    const before = received.length
    mock.clock('2026-01-15')
    await deliverer.settled()
    expect(received.length).toBe(before)
  })

  it('say in which world it happened', async () => {
    const { mock, deliverer, received } = listen('truto')
    const { business } = mock.world('a')
    business.sync(business.find(3) as never)
    await deliverer.settled()
    expect(received.map(({ headers }) => headers.get('x-proforma-world'))).toEqual(['a'])
  })

  it('wait in a queue that has an end', async () => {
    const { mock, deliverer } = listen('truto', { fetch: () => new Promise(() => undefined) })
    for (let count = 0; count < 260; count++) mock.business.sync(mock.business.find(3) as never)
    const states = deliverer.log().map(({ state }) => state)
    expect([states.length, states.filter((state) => state === 'dropped').length]).toEqual([200, 60])
    deliverer.close()
  })

  it('stay on this computer unless that is allowed', () => {
    const worlds = new Worlds()
    for (const url of [
      'https://hooks.example/x',
      'http://localhost.example',
      'http://127.0.0.1.example',
      'http://192.0.2.1',
      'http://[::2]',
    ])
      expect(() => deliver(worlds, [], { url })).toThrow('--allow-remote-webhooks')
    for (const url of ['ftp://localhost', 'localhost:1', 'x'])
      expect(() => deliver(worlds, [], { url })).toThrow('expected an http address')
    for (const url of ['http://localhost:1', 'http://127.8.9.1/x', 'http://[::1]:2'])
      expect(() => deliver(worlds, [], { url }).close()).not.toThrow()
    expect(() => deliver(worlds, [], { url: 'https://hooks.example', allowRemote: true }).close()).not.toThrow()
  })

  it('are refused with a rule that cannot be read', () => {
    const document = structuredClone(builtIn('truto').document) as any
    const withRule = (rule: unknown): unknown => {
      document.webhooks.record.post['x-webhook'] = rule
      return webhooksOf(compile(document as Document, { name: 'x' }))
    }
    expect(() => withRule({ on: { payed: 'x' } })).toThrow('Did you mean "paid"?')
    expect(() => withRule({})).toThrow('Failed to read x-webhook at /webhooks/record/post/x-webhook')
    expect(() => withRule({ on: {}, proof: { as: 'md5' } })).toThrow('a proof as header or hmac')
  })
})
