import { describe, expect, it } from 'vitest'
import { judge } from '../../contracts/index.ts'
import { controlOf, memoryLog, mockModel, Worlds } from '../../mocks/index.ts'
import type { Told } from '../../mocks/index.ts'
import { apiNames, builtIn, compile } from '../../spec/index.ts'
import { clientOf } from '../support/client.ts'
import { lawsHeld } from '../support/laws-held.ts'

describe('an invoice as I want it', () => {
  it('is added, listed first, and adds up', async () => {
    const stuut = mockModel(builtIn('stuut'), { invoices: 30 })
    const client = clientOf(stuut.model, stuut.fetch)
    const made = await stuut.add({ total: '121.00', currency: 'EUR', status: 'overdue' })
    expect(made).toMatchObject({ total_amount: 12_100, currency: 'EUR', status: 'overdue' })
    expect(String((await client.ask('list')).invoices[0]?.first('invoice.id')?.raw)).toBe(made.id)
    const verdict = judge(stuut.model, '/components/schemas/Invoice', made, { today: stuut.business.today })
    expect([verdict.violations, lawsHeld(verdict).length > 5]).toEqual([[], true])
  })

  it('is changed by the id that the API shows, in its world alone', async () => {
    const stuut = mockModel(builtIn('stuut'), { invoices: 30 })
    const { id } = await stuut.add()
    expect(await stuut.set(id, { traits: ['paid'] })).toMatchObject({ id, status: 'paid' })
    await expect(stuut.world('other').set(id, { status: 'paid' })).rejects.toThrow(
      'expected the id of one that there is',
    )
    stuut.reset()
    await expect(stuut.set(id, { status: 'paid' })).rejects.toThrow(JSON.stringify(id))
  })

  it.each(apiNames)('can be had of %s', async (name) => {
    const mock = mockModel(builtIn(name), { invoices: 10 })
    expect(await mock.add({ number: 'A-1', lines: [{ name: 'Anvil', price: '10.00', quantity: 2 }] })).toBeTypeOf(
      'object',
    )
    expect(mock.business.find(10)).toMatchObject({ number: 'A-1', lineTotal: 2000 })
  })

  it('is refused with the law that it breaks, or the word that nobody knows, and nothing has happened', async () => {
    const stuut = mockModel(builtIn('stuut'), { invoices: 10 })
    const before = stuut.snapshot().events.length
    await expect(stuut.add({ total: '1', subtotal: '50', tax: '3' })).rejects.toThrow('BR-CO-15')
    await expect(stuut.add({ totl: '1' } as never)).rejects.toThrow('Did you mean "total"?')
    await expect(stuut.add({ traits: ['payed' as never] })).rejects.toThrow('trait "payed"')
    expect(stuut.snapshot().events).toHaveLength(before)
  })

  it('is told to listeners, and seen by servers that share the state', async () => {
    const log = memoryLog()
    const [worlds, others] = [new Worlds({ invoices: 10, log }), new Worlds({ invoices: 10, log })]
    const told: Told[] = []
    worlds.listen((one) => told.push(one))
    const { id } = await mockModel(builtIn('stuut'), { worlds }).add({ status: 'open' })
    await mockModel(builtIn('stuut'), { worlds: others }).set(id, { status: 'paid' })
    await worlds.follow(worlds.first)
    expect(told.map(({ event, after }) => [event.does, after?.index])).toEqual([['create', 10]])
    expect(worlds.first.business.find(10)?.status).toBe('paid')
  })

  it('is had by a control call, as each API shows it', async () => {
    const worlds = new Worlds({ invoices: 10 })
    const models = [builtIn('stuut'), builtIn('truto'), builtIn('nuntiq')]
    const control = controlOf(worlds, { models: () => models })
    const post = async (body: object) => {
      const request = new Request('http://localhost/__proforma/invoices', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const response = await control(request)
      return { status: response.status, json: (await response.json()) as Record<string, any> }
    }
    const made = (await post({ total: '50.00', currency: 'EUR' })).json
    expect([made.status, made.shown.stuut.total_amount, Object.keys(made.shown)]).toEqual([
      'open',
      5000,
      ['stuut', 'truto', 'nuntiq'],
    ])
    const { id } = made.shown.truto as { id: string }
    expect((await post({ id, status: 'paid' })).json).toMatchObject({
      number: made.number,
      status: 'paid',
      shown: { truto: { id }, stuut: { id: made.shown.stuut.id, status: 'paid' } },
    })
    expect(await post({ id: 'nobody' })).toMatchObject({ status: 400, json: { detail: expect.stringContaining('id') } })
    for (const bad of [{ status: 'pade' }, { traits: 'paid' }, { traits: [1] }, { lines: 'x' }, { id: {} }])
      expect([bad, (await post(bad)).status]).toEqual([bad, 400])
  })
})

const text = { type: 'string' }
const plan = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: text, name: text, seats: { type: 'integer' } },
}
const answer = (schema: object) => ({ 200: { description: 'ok', content: { 'application/json': { schema } } } })
const document = {
  openapi: '3.1.0',
  info: { title: 'Plans', version: '1' },
  paths: {
    '/plans': { get: { operationId: 'listPlans', responses: answer({ type: 'array', items: plan }) } },
    '/plans/{id}': {
      get: {
        operationId: 'getPlan',
        parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
        responses: answer(plan),
      },
    },
  },
}

describe('an item of another resource', () => {
  const mock = () => mockModel(compile(document, { name: 'plans' }))
  const get = async ({ fetch }: ReturnType<typeof mock>, path: string) =>
    (await fetch(new Request(`http://localhost${path}`))).json() as Promise<Record<string, unknown>>

  it('is added and changed by its properties', async () => {
    const plans = mock()
    const made = await plans.items('plans').add({ name: 'Gold' })
    expect(made.name).toBe('Gold')
    expect(await get(plans, `/plans/${String(made.id)}`)).toEqual(made)
    await plans.items('plans').set(made.id, { seats: 5 })
    expect(await get(plans, `/plans/${String(made.id)}`)).toEqual({ ...made, seats: 5 })
  })

  it('is refused where there is none, or where it does not fit', async () => {
    const items = mock().items('plans')
    await expect(mock().items('plan').add()).rejects.toThrow('Did you mean "plans"?')
    await expect(items.set('nobody', {})).rejects.toThrow('expected the id of one of them but received "nobody"')
    await expect(items.add({ seats: 'many' })).rejects.toThrow('expected "seats" to fit its schema but received "many"')
    await expect(items.add({ seat: 1 })).rejects.toThrow('Did you mean "seats"?')
  })
})
