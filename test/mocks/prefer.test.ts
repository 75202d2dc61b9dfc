import { describe, expect, it } from 'vitest'
import { mockModel } from '../../mocks/index.ts'
import { preferenceOf } from '../../mocks/representation/prefer.ts'
import { builtIn } from '../../spec/index.ts'
import { clientOf } from '../support/client.ts'
import type { Answered } from '../support/client.ts'

describe('the Prefer header', () => {
  it('is read as RFC 7240 has it', () => {
    expect(preferenceOf('Code=404; foo=bar, respond-async, EXAMPLE="two words", delay=5, code=500')).toEqual({
      code: 404,
      example: 'two words',
      delay: 5,
      applied: 'code=404, example="two words", delay=5',
    })
    expect(preferenceOf('example="a, \\"b\\"; c"')).toMatchObject({ example: 'a, "b"; c' })
    expect([
      preferenceOf(null),
      preferenceOf(''),
      preferenceOf('return=minimal, wait=10, =, ;, "'),
      preferenceOf('__proto__=1, constructor'),
    ]).toEqual([undefined, undefined, undefined, undefined])
  })

  it('is refused where a known word has a value that it cannot have', () => {
    for (const header of [
      'code',
      'code=abc',
      'code=100',
      'code=1000',
      'delay=-1',
      'delay=60001',
      'delay=1e3',
      'example',
      'scenario=',
      'seed',
      'dynamic=perhaps',
    ]) {
      expect(() => preferenceOf(header), header).toThrow('Failed to read Prefer: ')
    }
  })
})

describe('a request that prefers', () => {
  const model = builtIn('stuut')
  const { fetch, business } = mockModel(model)
  const client = clientOf(model, fetch)
  const list = (prefer: string): Promise<Answered> => client.ask('list', { headers: { prefer }, values: { limit: 20 } })
  const applied = ({ headers }: Answered): string | null => headers.get('preference-applied')

  it('a documented status, gets it in the API’s own form', async () => {
    const answer = await list('code=500, unknown=1')
    expect([answer.status, answer.json, applied(answer)]).toEqual([
      500,
      { detail: 'Internal Server Error' },
      'code=500',
    ])
  })

  it('a status that is not documented, or an example that is not, gets 404', async () => {
    expect((await list('code=418')).status).toBe(404)
    expect((await list('example=nonsense')).json).toMatchObject({
      status: 404,
      detail: expect.stringContaining('"nonsense"') as string,
    })
  })

  it('a documented example, gets it', async () => {
    const answer = await client.ask('get', { headers: { prefer: 'example=receivable' } })
    expect([answer.status, (answer.json as { id: string }).id]).toEqual([200, 'inv_8kq2vd'])
  })

  it('a scenario, gets it alone', async () => {
    const overdue = await list('scenario=overdue')
    const statuses = new Set(overdue.invoices.map((invoice) => invoice.first('invoice.status')?.raw))
    expect([[...statuses], applied(overdue), overdue.invoices.length]).toEqual([['overdue'], 'scenario=overdue', 20])
    expect(
      (await list('dynamic=true')).invoices.some((invoice) => invoice.first('invoice.status')?.raw !== 'overdue'),
    ).toBe(true)
  })

  it('another seed, gets other invoices, and the same ones again', async () => {
    const [first, second, usual] = [await list('seed=7'), await list('seed=7'), await list('seed=42')]
    expect(first.text).toBe(second.text)
    expect(first.text).not.toBe(usual.text)
    expect(usual.text).toBe((await client.ask('list', { values: { limit: 20 } })).text)
  })

  it('both a scenario and a status, gets the status', async () => {
    expect((await list('scenario=empty, code=401')).status).toBe(401)
    expect((await list('scenario=nonsense')).json).toMatchObject({
      status: 400,
      detail: expect.stringContaining('Known are: empty') as string,
    })
  })

  it('an error, has changed nothing', async () => {
    const id = (await client.some(1))[0]?.first('invoice.id')?.raw
    const refused = await client.ask('sync', { values: { invoice_id: id }, headers: { prefer: 'code=500' } })
    expect([refused.status, [...business.state.changed()]]).toEqual([500, []])
  })
})
