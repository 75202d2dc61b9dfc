import { getResponse } from 'msw'
import { describe, expect, it } from 'vitest'
import { mock } from '../../../index.ts'
import { storyOf } from '../../../mocks/adapters/storybook.ts'
import type { MockedStory, StoryOptions } from '../../../mocks/adapters/storybook.ts'

const stuut = mock('stuut', { invoices: 12 })
const headers = { authorization: 'Bearer any' }

interface Invoice {
  readonly id: string
  readonly status: string
  readonly amount_paid: number
  readonly total_amount: number
  readonly currency: string
}

const ask = (
  story: MockedStory,
  path: string,
  base = 'https://api.stuut.ai',
  method = 'GET',
): Promise<Response | undefined> =>
  getResponse([...story.parameters.msw.handlers], new Request(`${base}${path}`, { method, headers }))
async function list(options?: StoryOptions): Promise<readonly Invoice[]> {
  const answer = (await ask(storyOf(stuut, options), '/v1/invoices')) as Response
  return ((await answer.json()) as { data: Invoice[] }).data
}

describe('a story', () => {
  it('shows the invoices of the mock', async () => {
    const shown = (await (await stuut.fetch(new Request('http://localhost/v1/invoices', { headers }))).json()) as {
      data: unknown
    }
    expect(await list()).toEqual(shown.data)
  })

  it('shows them with its traits and params', async () => {
    const paid = await list({ traits: ['paid'] })
    expect(paid.map(({ status }) => status)).toEqual(paid.map(() => 'paid'))
    const partly = await list({ traits: ['partiallyPaid'], params: { currency: 'EUR' } })
    expect(partly.length).toBe(paid.length)
    expect(
      partly.every(
        ({ amount_paid, total_amount, currency }) =>
          amount_paid > 0 && amount_paid < total_amount && currency === 'EUR',
      ),
    ).toBe(true)
  })

  it('shows a scenario, one of your own too, again after it has been left', async () => {
    const overdue = await list({ scenario: 'overdue' })
    expect(overdue.map(({ status }) => status)).toEqual(overdue.map(() => 'overdue'))
    expect(overdue.length).toBe(12)
    expect(await list({ scenario: 'empty' })).toEqual([])
    const refused = storyOf(stuut, { scenario: 'unauthorized' })
    expect((await ask(refused, '/v1/invoices'))?.status).toBe(401)
    refused.beforeEach()
    expect((await ask(refused, '/v1/invoices'))?.status).toBe(401)
    expect(
      await list({ scenario: 'three', scenarios: { three: { says: 'Three invoices.', invoices: 3 } } }),
    ).toHaveLength(3)
  })

  it('keeps what happens in it to itself, until it is shown again', async () => {
    const [one, other] = [storyOf(stuut, { traits: ['overdue'] }), storyOf(stuut)]
    const read = async (story: MockedStory): Promise<string> =>
      (await (await ask(story, '/v1/invoices'))?.text()) ?? 'no answer'
    const [before, beside] = [await read(one), await read(other)]
    const { id } = (JSON.parse(before) as { data: Invoice[] }).data[0] as Invoice
    expect((await ask(one, `/v1/invoices/${id}/sync`, 'https://api.stuut.ai', 'POST'))?.status).toBe(200)
    expect(await read(one)).not.toBe(before)
    expect(await read(other)).toBe(beside)
    one.beforeEach()
    expect(await read(one)).toBe(before)
  })

  it('answers below an address only', async () => {
    const story = storyOf(stuut, { baseUrl: 'https://api.example.com/stuut' })
    expect((await ask(story, '/v1/invoices', 'https://api.example.com/stuut'))?.status).toBe(200)
    expect(await ask(story, '/v1/invoices')).toBeUndefined()
  })

  it('is told of a misspelt scenario, trait or param where it is written', () => {
    expect(() => storyOf(stuut, { scenario: 'overdu' })).toThrow('Did you mean "overdue"?')
    expect(() => storyOf(stuut, { traits: ['payed' as 'paid'] })).toThrow('Did you mean "paid"?')
    expect(() => storyOf(stuut, { params: { totl: 5 } as object })).toThrow('Did you mean "total"?')
  })
})
