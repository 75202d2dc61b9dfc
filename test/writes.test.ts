import { describe, expect, it } from 'vitest'
import { mock } from '../index.ts'
import type { ApiName } from '../index.ts'
import { clientOf } from './support/client.ts'
import type { Asking, Answered, Client } from './support/client.ts'
import { bodies } from './support/bodies.ts'
import { examOf, seeds } from './support/exam.ts'

type Json = Record<string, any>

/** Returns a way of asking whose answers must conform and obey the laws. */
function open(name: ApiName, seed = 42): (id: string, asking?: Asking, status?: number) => Promise<Json> {
  const { model, fetch } = mock(name, { seed, invoices: 60 })
  const client: Client = clientOf(model, fetch)
  const exam = examOf(model)
  return async (id, asking = {}, status = 200) => {
    const operation = model.operations.find((candidate) => candidate.id === id) ?? expect.fail(id)
    const answered: Answered = await client.ask(operation, asking)
    expect(answered.status, `seed ${seed}: ${answered.text}`).toBe(status)
    expect(exam.of(answered), `seed ${seed}`).toEqual([])
    return answered.json as Json
  }
}

describe.each(seeds())('with seed %i, truto', (seed) => {
  type Ask = ReturnType<typeof open>

  /** An invoice for a customer who has had one before. */
  async function newInvoice(ask: Ask): Promise<Json> {
    const {
      result: [{ contact }],
    } = await ask('listInvoices', { values: { limit: 1 } })
    return { ...(bodies.truto.createInvoice?.(undefined) as Json), contact }
  }

  it('reads back what was created, alone and in the list', async () => {
    const ask = open('truto', seed)
    const before = await ask('listInvoices', { values: { truto_ignore_limit: true } })
    const body = await newInvoice(ask)
    const created = await ask('createInvoice', { body })
    expect(created).toMatchObject({
      contact: body.contact,
      currency: 'EUR',
      sub_total: 99.97,
      line_items: [
        { quantity: 3, unit_price: 19.99, total_line_amount: 59.97 },
        { quantity: 0.5, unit_price: 80, total_line_amount: 40 },
      ],
    })
    expect(created.balance).toBe(
      Math.round((created.sub_total - (created.total_discount ?? 0) + created.total_tax_amount) * 100) / 100,
    )
    expect(await ask('getInvoice', { values: { id: created.id } })).toEqual(created)
    const after = await ask('listInvoices', { values: { truto_ignore_limit: true } })
    expect(after.result_count).toBe(before.result_count + 1)
    expect(after.result.find(({ id }: Json) => id === created.id)).toMatchObject({
      number: created.number,
      sub_total: created.sub_total,
    })
  })

  it('takes a discount on the whole off what the lines are taxed on', async () => {
    const ask = open('truto', seed)
    const line_items = [{ description: 'Bolts', quantity: 1, unit_price: 100, tax_amount: 19 }]
    const created = await ask('createInvoice', { body: { ...(await newInvoice(ask)), line_items, total_discount: 10 } })
    expect(created).toMatchObject({ sub_total: 100, total_discount: 10, total_tax_amount: 17.1, balance: 107.1 })
  })

  it('makes one invoice of two calls with the same key', async () => {
    const ask = open('truto', seed)
    const body = await newInvoice(ask)
    const asking = { body, headers: { 'Idempotency-Key': 'once' } }
    const [first, again, other] = [
      await ask('createInvoice', asking),
      await ask('createInvoice', asking),
      await ask('createInvoice', { body }),
    ]
    expect(again).toEqual(first)
    expect(other.id).not.toBe(first.id)
  })

  it('derives the sums of an update anew', async () => {
    const ask = open('truto', seed)
    const { id } = await ask('createInvoice', { body: await newInvoice(ask) })
    const updated = await ask('updateInvoice', {
      values: { id },
      body: { id, memo: 'Fewer.', line_items: [{ name: 'Brackets', quantity: 2, unit_price: 10, tax_amount: 3.8 }] },
    })
    expect(updated).toMatchObject({ id, memo: 'Fewer.', sub_total: 20, total_tax_amount: 3.8, balance: 23.8 })
    expect(await ask('getInvoice', { values: { id } })).toEqual(updated)
    const renamed = await ask('updateInvoice', { values: { id }, body: { id, memo: 'Same.' } })
    expect({ ...renamed, memo: 'Fewer.', updated_at: updated.updated_at }).toEqual(updated)
  })

  it('refuses sums that do not add up, and keeps nothing of them', async () => {
    const ask = open('truto', seed)
    const created = await ask('createInvoice', { body: await newInvoice(ask) })
    const { id } = created
    const refused = await ask(
      'updateInvoice',
      {
        values: { id },
        body: { id, sub_total: 1, memo: 'Wrong.', line_items: [{ name: 'One', quantity: 2, unit_price: 10 }] },
      },
      422,
    )
    expect(refused.message).toMatch(/BR-CO-10/)
    expect(await ask('getInvoice', { values: { id } })).toEqual(created)
  })

  it('has nothing left of what was deleted', async () => {
    const ask = open('truto', seed)
    const {
      result: [first],
    } = await ask('listInvoices', { values: { limit: 1 } })
    expect(await ask('deleteInvoice', { values: { id: first.id } })).toMatchObject({ id: first.id })
    await ask('getInvoice', { values: { id: first.id } }, 404)
    await ask('deleteInvoice', { values: { id: first.id } }, 404)
    const { result } = await ask('listInvoices', { values: { truto_ignore_limit: true } })
    expect(result).toHaveLength(59)
    expect(result.map(({ id }: Json) => id)).not.toContain(first.id)
  })
})

describe.each(seeds())('with seed %i, customeros', (seed) => {
  const dueOf = async (ask: ReturnType<typeof open>): Promise<Json> => {
    const { content } = await ask('listInvoices', { values: { status: 'DUE', limit: 50 } })
    return content.find(({ amountPaid }: Json) => amountPaid === 0) ?? expect.fail('nothing is due')
  }

  it('pays what is due, once', async () => {
    const ask = open('customeros', seed)
    const {
      metadata: { id },
      amountDue,
    } = await dueOf(ask)
    expect(await ask('payInvoice', { values: { id } })).toMatchObject({
      status: 'PAID',
      paid: true,
      amountPaid: amountDue,
      amountRemaining: 0,
    })
    expect(await ask('getInvoice', { values: { id } })).toMatchObject({ status: 'PAID', amountRemaining: 0 })
    const { content } = await ask('listInvoices', { values: { status: 'PAID', limit: 100 } })
    expect(content.map(({ metadata }: Json) => metadata.id)).toContain(id)
    await ask('payInvoice', { values: { id } }, 400)
    await ask('voidInvoice', { values: { id } }, 400)
  })

  it('voids what nobody has paid', async () => {
    const ask = open('customeros', seed)
    const {
      metadata: { id },
    } = await dueOf(ask)
    expect(await ask('voidInvoice', { values: { id } })).toMatchObject({ status: 'VOID', paid: false })
    expect(
      (await ask('listInvoices', { values: { status: 'VOID', limit: 100 } })).content.map(
        ({ metadata }: Json) => metadata.id,
      ),
    ).toContain(id)
    await ask('payInvoice', { values: { id } }, 400)
  })

  it('keeps a note, and leaves all else alone', async () => {
    const ask = open('customeros', seed)
    const {
      metadata: { id },
    } = await dueOf(ask)
    const before = await ask('getInvoice', { values: { id } })
    const after = await ask('updateInvoice', { values: { id }, body: { note: 'Ask before you ship.' } })
    expect(after).toMatchObject({
      note: 'Ask before you ship.',
      amountDue: before.amountDue,
      invoiceLineItems: before.invoiceLineItems,
    })
  })

  it('says by GraphQL what it says by REST, and does there what it does here', async () => {
    const ask = open('customeros', seed)
    const {
      metadata: { id },
    } = await dueOf(ask)
    const query =
      'query ($id: ID!) { invoice(id: $id) { status amountDue amountRemaining invoiceNumber invoiceLineItems { metadata { id } price quantity subtotal taxDue total } } }'
    const asked = async (): Promise<Json> =>
      (await ask('graphqlQuery', { body: { query, variables: { id } } })).data.invoice
    expect(await ask('getInvoice', { values: { id } })).toMatchObject(await asked())
    const paid = await ask('graphqlQuery', {
      body: { query: 'mutation ($id: ID!) { invoice_Pay(id: $id) { status amountRemaining } }', variables: { id } },
    })
    expect(paid).toEqual({ data: { invoice_Pay: { status: 'PAID', amountRemaining: 0 } } })
    expect(await ask('getInvoice', { values: { id } })).toMatchObject(await asked())
    const failed = await ask('graphqlQuery', {
      body: { query, variables: { id: '00000000-0000-4000-8000-000000000000' } },
    })
    expect(failed.errors).toHaveLength(1)
  })
})

describe.each(seeds())('with seed %i, stuut', (seed) => {
  it('shows in the next list what was synchronised, and nothing else as changed', async () => {
    const ask = open('stuut', seed)
    const before = (await ask('listInvoices', { values: { limit: 3 } })).data
    const synced = await ask('syncInvoice', { values: { invoice_id: before[1].id } })
    const after = (await ask('listInvoices', { values: { limit: 3 } })).data
    const shown = synced.data ?? synced
    expect(after.map(({ id }: Json) => id)).toEqual(before.map(({ id }: Json) => id))
    expect([after[0], after[2]]).toEqual([before[0], before[2]])
    expect(after[1]).not.toEqual(before[1])
    for (const key of Object.keys(shown).filter((candidate) => candidate in after[1] && !/url/.test(candidate)))
      expect(shown[key], key).toEqual(after[1][key])
    for (const key of ['total_amount', 'amount_due', 'status', 'number', 'lines'])
      expect(after[1][key]).toEqual(before[1][key])
  })
})

describe.each(seeds())('with seed %i, nuntiq', (seed) => {
  type Ask = ReturnType<typeof open>
  const claim = async (ask: Ask, limit: number, more: object = {}): Promise<Json[]> =>
    (await ask('claimInvoices', { body: { limit, ...more } })).leases
  const show = (ask: Ask, token: string): Promise<Json> => ask('getInvoice', { values: { invoice_token: token } })

  it('gives a waiting invoice to one claim only', async () => {
    const ask = open('nuntiq', seed)
    const claimed = (await claim(ask, 50)).map(({ invoice_token }) => invoice_token)
    expect(claimed.length).toBeGreaterThan(0)
    expect(new Set(claimed).size).toBe(claimed.length)
    expect(await claim(ask, 50)).toEqual([])
  })

  it('repeats a claim that carries the same key', async () => {
    const ask = open('nuntiq', seed)
    const first = await claim(ask, 1, { idempotency_key: 'once' })
    expect(await claim(ask, 1, { idempotency_key: 'once' })).toEqual(first)
  })

  it('takes an invoice from its claim to its result', async () => {
    const ask = open('nuntiq', seed)
    const [lease] = await claim(ask, 1)
    const { invoice_token, lease_token } = lease ?? expect.fail('nothing to claim')
    const values = { invoice_token }
    expect((await show(ask, invoice_token)).invoice.status).toBe(92)
    await ask('acknowledgeInvoice', { values, body: { lease_token: 'another' } }, 409)
    await ask('reportIntegrationResult', { values, body: { success: true, lease_token } }, 409)
    expect(await ask('acknowledgeInvoice', { values, body: { lease_token } })).toMatchObject({
      ok: true,
      status_changed: true,
    })
    expect((await show(ask, invoice_token)).invoice.status).toBe(93)
    expect(await ask('acknowledgeInvoice', { values, body: { lease_token } })).toMatchObject({ status_changed: false })
    expect(await ask('reportIntegrationResult', { values, body: { success: true, lease_token } })).toMatchObject({
      ok: true,
      status_changed: true,
      invoice_token,
    })
    expect((await show(ask, invoice_token)).invoice.status).toBe(100)
    expect(await ask('reportIntegrationResult', { values, body: { success: true } })).toMatchObject({
      status_changed: false,
    })
  })

  it('says that an integration failed', async () => {
    const ask = open('nuntiq', seed)
    const [lease] = await claim(ask, 1)
    const { invoice_token, lease_token } = lease ?? expect.fail('nothing to claim')
    await ask('acknowledgeInvoice', { values: { invoice_token }, body: { lease_token } })
    await ask('reportIntegrationResult', {
      values: { invoice_token },
      body: { success: false, message: 'No such supplier.', lease_token },
    })
    expect((await show(ask, invoice_token)).invoice.status).toBe(97)
  })

  it('queues what was submitted, with its sums, to be claimed', async () => {
    const ask = open('nuntiq', seed)
    const waiting = await claim(ask, 50)
    const header = { invoice_number: 'R-2026-17', invoice_date: '2026-01-10', due_date: '2026-02-09', currency: 'EUR' }
    const { invoice_token } = await ask('submitInvoice', {
      body: {
        invoice: { header, lines: [{ description: 'Brackets', quantity: 3, unit_price: 19.99, net_amount: 59.97 }] },
      },
    })
    const shown = await show(ask, invoice_token)
    const fields = Object.fromEntries(shown.invoice.fields.map(({ key, value }: Json) => [key, value]))
    expect(fields).toMatchObject({ invoice_number: 'R-2026-17', currency: 'EUR' })
    expect(Number(fields.total_amount)).toBeCloseTo(Number(fields.subtotal) + Number(fields.tax_amount), 6)
    const next = await claim(ask, 50)
    expect(next.map((lease) => lease.invoice_token)).toEqual([invoice_token])
    expect(waiting.map((lease) => lease.invoice_token)).not.toContain(invoice_token)
  })

  it('takes an invoice that has been paid already', async () => {
    const ask = open('nuntiq', seed)
    const header = { currency: 'EUR', total_amount: '119.00', amount_paid: '119.00', amount_due: '0.00' }
    const { invoice_token } = await ask('submitInvoice', {
      body: { invoice: { header, lines: [{ quantity: 1, unit_price: 100, net_amount: 100, tax_rate: 19 }] } },
    })
    const { invoice } = await show(ask, invoice_token)
    const fields = Object.fromEntries(invoice.fields.map(({ key, value }: Json) => [key, Number(value)]))
    expect(fields).toMatchObject({ total_amount: 119, amount_paid: 119, amount_due: 0 })
  })

  it('keeps messages, shows notes for colleagues only to those who ask, and lists them as news', async () => {
    const ask = open('nuntiq', seed)
    const [lease] = await claim(ask, 1)
    const values = { invoice_token: lease?.invoice_token }
    const body = bodies.nuntiq.createLifecycleMessage?.(undefined)
    const posted = await ask('createLifecycleMessage', { values, body, headers: { 'Idempotency-Key': 'm1' } }, 201)
    expect(await ask('createLifecycleMessage', { values, body, headers: { 'Idempotency-Key': 'm1' } }, 201)).toEqual(
      posted,
    )
    const { messages } = await ask('listLifecycleMessages', { values })
    expect(messages.filter(({ id }: Json) => id === posted.id)).toHaveLength(1)
    expect(JSON.stringify(messages)).not.toContain('Checked twice.')
    expect(
      JSON.stringify(await ask('listLifecycleMessages', { values: { ...values, include_internal_notes: true } })),
    ).toContain('Checked twice.')
    const news = await ask('listLifecycleMessageDeltas', { values: { since: '2026-01-15T18:00:00Z' } })
    expect(news.messages).toContainEqual(
      expect.objectContaining({
        invoice_token: values.invoice_token,
        code: 'ACCEPTED',
        recorded_at: posted.recorded_at,
      }),
    )
    const none = await ask('listLifecycleMessageDeltas', { values: { since: '2026-01-16T00:00:00Z' } })
    expect(none.messages).toEqual([])
  })
})
