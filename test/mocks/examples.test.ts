import { validate } from '@hyperjump/json-schema/openapi-3-1'
import { describe, expect, it } from 'vitest'
import { conformance, judge } from '../../contracts/index.ts'
import { ledgerOf } from '../../factories/index.ts'
import { usualScenarios, withExamples } from '../../mocks/index.ts'
import type { ExamplesOptions } from '../../mocks/index.ts'
import { apiNames, atPointer, builtIn, invoicesIn, isJson, operationOf, readByRole } from '../../spec/index.ts'
import type { ApiName, Document, Model, Operation, Pointer } from '../../spec/index.ts'
import { today } from '../support/exam.ts'

type Json = Parameters<Awaited<ReturnType<typeof validate>>>[0]

const ledger = ledgerOf({ invoices: 40, today })
const exported = (name: ApiName, options?: ExamplesOptions): Promise<Document> =>
  withExamples(builtIn(name), ledger, options)

interface Shown {
  readonly operation: Operation
  readonly status: string
  readonly schema: Pointer
  readonly name: string
  readonly value: unknown
}

/** Returns every named example of a document. */
const shownIn = (model: Model, document: Document): Shown[] =>
  model.operations.flatMap((operation) =>
    operation.replies.flatMap(({ status, content }) =>
      content
        .filter(({ mediaType, schema }) => isJson(mediaType) && schema !== undefined)
        .flatMap(({ pointer, schema }) =>
          Object.entries(
            (atPointer(document, `${pointer}/examples`) ?? {}) as Record<string, { value?: unknown }>,
          ).flatMap(([name, { value }]) =>
            value === undefined ? [] : [{ operation, status, schema: schema as Pointer, name, value }],
          ),
        ),
    ),
  )

const isSuccess = ({ status }: Shown): boolean => status.startsWith('2')
const idsOf = (model: Model, { schema, value }: Shown): string[] =>
  invoicesIn(readByRole(model.shape(schema), value)).map((invoice) => String(invoice.first('invoice.id')?.raw))

describe.each(apiNames)('the examples of %s', async (name) => {
  const model = builtIn(name)
  const document = await exported(name)
  const shown = shownIn(model, document)

  it('leave the document valid', async () => {
    const output = await validate('https://spec.openapis.org/oas/3.1/schema-base', document as Json, 'BASIC')
    expect(output.valid ? [] : output.errors).toEqual([])
  })

  it('are there for every JSON answer, success and error', () => {
    const bare = model.operations.flatMap(({ id, replies }) =>
      replies.flatMap(({ status, content }) =>
        content
          .filter(
            ({ mediaType, schema, pointer }) =>
              isJson(mediaType) &&
              schema !== undefined &&
              atPointer(document, `${pointer}/examples`) === undefined &&
              atPointer(document, `${pointer}/example`) === undefined,
          )
          .map(() => `${id} ${status}`),
      ),
    )
    expect(bare).toEqual([])
  })

  it('fit their schemas and the laws', () => {
    const { body } = conformance(model)
    const wrong = shown.flatMap((one) =>
      [
        ...body(one.schema, one.value),
        ...(isSuccess(one) ? judge(model, one.schema, one.value, { today }).violations : []),
      ].map(
        ({ code, pointer, expected, received }) =>
          `${one.operation.id} ${one.status} ${one.name} ${code} ${pointer}: expected ${expected} but received ${received}`,
      ),
    )
    expect(wrong).toEqual([])
    expect(shown.filter(isSuccess).length).toBeGreaterThan(10)
  })

  it('show by itself the first invoice of the list of the same name', () => {
    const lists = shown.filter((one) => isSuccess(one) && one.operation.does === 'list')
    const gets = shown.filter((one) => isSuccess(one) && one.operation.does === 'get')
    const everything = lists.filter((one) => one.name === 'default').flatMap((one) => idsOf(model, one))
    for (const one of gets) {
      const [id] = idsOf(model, one)
      for (const list of lists.filter((candidate) => candidate.name === one.name && one.name !== 'default'))
        expect([one.name, idsOf(model, list)[0]]).toEqual([one.name, id])
      if (lists.length > 0) expect(everything).toContain(id)
    }
    expect(gets.map((one) => one.name)).toEqual(Object.keys(usualScenarios).filter((scenario) => scenario !== 'empty'))
    expect(new Set(gets.map((one) => idsOf(model, one)[0])).size).toBe(gets.length)
  })

  it('are the same for the same books', async () => {
    expect(JSON.stringify(await exported(name))).toBe(JSON.stringify(document))
  })
})

interface Listed {
  readonly id: string
  readonly status: string
  readonly amount_paid: number
  readonly total_amount: number
}

describe('examples', () => {
  const list = '/paths/~1v1~1invoices/get/responses/200/content/application~1json'
  const one = '/paths/~1v1~1invoices~1{invoice_id}/get/responses/200/content/application~1json'
  const valueOf = (document: Document, place: Pointer, name: string): unknown =>
    atPointer(document, `${place}/examples/${name}/value`)

  it('are what their names say', async () => {
    const document = await exported('stuut')
    const rows = (name: string): readonly Listed[] => (valueOf(document, list, name) as { data: Listed[] }).data
    for (const name of ['overdue', 'paid', 'void']) expect(rows(name).map(({ status }) => status)).toEqual([name, name])
    for (const { amount_paid, total_amount } of rows('partially-paid'))
      expect(amount_paid > 0 && amount_paid < total_amount).toBe(true)
    expect(valueOf(document, list, 'empty')).toMatchObject({ data: [] })
    expect(rows('default').length).toBe(14)
    expect(valueOf(document, one, 'empty')).toBeUndefined()
  })

  it("begin with the default, and take the place of the provider's", async () => {
    const document = await exported('stuut')
    const before = Object.keys(atPointer(builtIn('stuut').document, `${one}/examples`) ?? {})
    expect(Object.keys(atPointer(document, `${one}/examples`) as object)[0]).toBe('default')
    expect(
      Object.keys(atPointer(document, `${one}/examples`) as object).filter((name) => before.includes(name)),
    ).toEqual([])
  })

  it("say errors in the API's own form, and leave the provider's as they are", async () => {
    const missing = operationOf(builtIn('truto'), 'updateInvoice').replies.find(({ status }) => status === '405')
      ?.content[0]
    expect(atPointer(await exported('truto'), `${missing?.pointer}/examples`)).toEqual({
      'method-not-allowed': {
        summary: 'Method Not Allowed.',
        value: { statusCode: 405, error: 'Method Not Allowed', message: 'Method Not Allowed' },
      },
    })
    const model = builtIn('stuut')
    const errors = model.operations.flatMap(({ replies }) =>
      replies.filter(({ status }) => /^[45]/.test(status)).flatMap(({ content }) => content),
    )
    const document = await exported('stuut')
    for (const { pointer } of errors.filter(
      ({ pointer }) => atPointer(model.document, `${pointer}/example`) !== undefined,
    ))
      expect(atPointer(document, pointer)).toEqual(atPointer(model.document, pointer))
  })

  it('tell what follows: a paid invoice is paid, and a paid one cannot be paid again', async () => {
    const pay = '/paths/~1invoices~1{id}~1pay/post/responses/200/content/application~1json'
    const document = await exported('customeros')
    expect(valueOf(document, pay, 'overdue')).toMatchObject({ status: 'PAID', amountRemaining: 0 })
    expect(valueOf(document, pay, 'paid')).toBeUndefined()
  })

  it('show scenarios of your own', async () => {
    const document = await exported('stuut', {
      scenarios: { big: { params: { total: '1000000.00', currency: 'USD' }, invoices: 1 }, all: {} },
    })
    expect(valueOf(document, list, 'big')).toMatchObject({ data: [{ total_amount: 100_000_000 }] })
    expect((valueOf(document, list, 'all') as { data: unknown[] }).data).toHaveLength(3)
    expect(Object.keys(atPointer(document, `${one}/examples`) as object)).toEqual(['big', 'all'])
  })

  it('leave out what the books are too small for', async () => {
    const document = await withExamples(builtIn('stuut'), ledgerOf({ invoices: 3, today }))
    expect(Object.keys(atPointer(document, `${one}/examples`) as object)).toEqual(['default', 'overdue'])
    const empty = await withExamples(builtIn('stuut'), ledgerOf({ invoices: 0, today }))
    expect(Object.keys(atPointer(empty, `${list}/examples`) as object)).toEqual(['empty'])
  })

  it('are refused where no invoice can be so', async () => {
    await expect(
      exported('stuut', { scenarios: { odd: { params: { status: 'paid', due: '5.00' } } } }),
    ).rejects.toThrow(/^Failed to show "odd": expected invoices that can be so but received none\. .*PF-STATUS/)
    await expect(exported('stuut', { scenarios: { odd: { traits: ['payed' as 'paid'] } } })).rejects.toThrow(
      'Did you mean "paid"?',
    )
  })

  it("leave the model's own document alone", async () => {
    const model = builtIn('truto')
    const before = JSON.stringify(model.document)
    await exported('truto')
    expect(JSON.stringify(model.document)).toBe(before)
  })
})
