import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mock } from '../../index.ts'
import { load } from '../../spec/load.ts'

const model = load(join(import.meta.dirname, '../inference/documents/svenska.yaml'), { overlays: [] })

interface Row {
  readonly DocumentNumber: string
  readonly Balance: number
  readonly DueDate: string
  readonly Booked: boolean
  readonly Cancelled: boolean
}

const { fetch } = mock(model, { seed: 42, today: '2026-01-15' })

async function ask(path: string, method = 'GET'): Promise<unknown> {
  const response = await fetch(new Request(`http://localhost${path}`, { method }))
  expect(response.status).toBe(200)
  return response.json()
}

async function filtered(filter: string): Promise<{ readonly rows: readonly Row[]; readonly total: number }> {
  const body = (await ask(`/invoices?limit=500&filter=${filter}`)) as {
    readonly Invoices: readonly Row[]
    readonly MetaInformation: { readonly '@TotalResources': number }
  }
  return { rows: body.Invoices, total: body.MetaInformation['@TotalResources'] }
}

describe('states of an API that tells them by flags', () => {
  it('are filtered by the words of one parameter', async () => {
    const [paid, late, void_] = await Promise.all(['fullypaid', 'unpaidoverdue', 'cancelled'].map(filtered))
    expect(paid?.rows.every(({ Balance, Cancelled }) => Balance === 0 && !Cancelled)).toBe(true)
    expect(late?.rows.every(({ Balance, DueDate }) => Balance > 0 && DueDate < '2026-01-15')).toBe(true)
    expect(void_?.rows.every(({ Cancelled }) => Cancelled)).toBe(true)
    for (const one of [paid, late, void_]) {
      expect(one?.rows.length).toBeGreaterThan(0)
      expect(one?.total).toBe(one?.rows.length)
    }
  })

  it('follow actions that book and cancel', async () => {
    const draft = (await filtered('unbooked')).rows[0] as Row
    expect(draft).toMatchObject({ Booked: false, Cancelled: false })
    const path = `/invoices/${draft.DocumentNumber}`
    expect(await ask(`${path}/bookkeep`, 'PUT')).toMatchObject({ Invoice: { Booked: true, Cancelled: false } })
    expect(await ask(`${path}/cancel`, 'PUT')).toMatchObject({ Invoice: { Booked: true, Cancelled: true, Balance: 0 } })
    expect((await filtered('cancelled')).rows.map(({ DocumentNumber }) => DocumentNumber)).toContain(
      draft.DocumentNumber,
    )
  })
})

describe('states of an API with several words for what is open', () => {
  const billing = mock(
    load(join(import.meta.dirname, '../inference/documents/two-open-words.yaml'), { overlays: [] }),
    {
      seed: 42,
      today: '2026-01-15',
    },
  )
  const ask = async (path: string, form?: string): Promise<Record<string, unknown>> => {
    const body = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }
    const response = await billing.fetch(new Request(`http://localhost${path}`, body))
    expect(response.status).toBe(200)
    return response.json() as Promise<Record<string, unknown>>
  }

  it('have one for what is late, and take a part of it', async () => {
    const { list } = (await ask('/invoices?status[is]=payment_due')) as {
      readonly list: readonly { readonly invoice: Record<string, number> }[]
    }
    const late = list[0]?.invoice as Record<string, number>
    expect(late.due_date).toBeLessThan(Date.UTC(2026, 0, 15) / 1000)
    expect(await ask(`/invoices/${String(late.id)}/record_payment`, 'transaction[amount]=1000')).toMatchObject({
      invoice: { status: 'payment_due', amount_paid: 1000, amount_due: (late.total as number) - 1000 },
    })
  })
})
