import { describe, expect, expectTypeOf, it } from 'vitest'
import { contractSuite, matchers, toAddUp, toHonourContract, toMatchSchema } from '../../contracts/matchers.ts'
import type { Api, TestContext } from '../../contracts/matchers.ts'
import '../../contracts/vitest.ts'
import { builtIn, compile } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import { createModel } from './support/books.ts'
import { createServer } from './support/server.ts'

type Json = Record<string, any>

const books = createModel('minor')
const server = createServer('minor')
const get = (path: string): Promise<Response> =>
  server(new Request(`http://localhost/api${path}`, { headers: { authorization: 'Bearer any' } }))
const read = async (path: string): Promise<Json> => (await get(path)).json() as Promise<Json>
const tampered = async (path: string, tamper: (body: Json) => void): Promise<Response> => {
  const body = await read(path)
  tamper(body)
  return Response.json(body)
}

describe('toHonourContract', () => {
  it('passes a response that its operation documents, and leaves it to be read', async () => {
    const response = await get('/invoices')
    await expect(response).toHonourContract(books, 'listInvoices')
    expect(((await response.json()) as Json).items).toHaveLength(3)
  })

  it('passes a documented refusal', async () => {
    await expect(await get('/invoices/inv_9')).toHonourContract(books, 'getInvoice')
  })

  it('names a broken law and its place', async () => {
    const response = await tampered('/invoices/inv_1', (body) => body.total++)
    const { pass, message } = await toHonourContract(response, books, 'getInvoice')
    expect(pass).toBe(false)
    expect(message()).toContain('Expected the answer 200 to honour books getInvoice, but found')
    expect(message()).toMatch(/BR-CO-15 {2}total = subtotal \+ tax\n {2}\/total\n {2}expected .* but received /)
    await expect(response).not.toHonourContract(books, 'getInvoice')
  })

  it('names an undocumented status and a body of the wrong form', async () => {
    const teapot = await toHonourContract(Response.json({}, { status: 418 }), books, 'getInvoice')
    expect(teapot.message()).toContain('OAS-STATUS')
    const wrong = await toHonourContract(
      await tampered('/invoices/inv_1', (body) => {
        body.total = 'many'
      }),
      books,
      'getInvoice',
    )
    expect(wrong.message()).toContain('OAS-SCHEMA')
  })

  it('fails under "not" where the contract holds', async () => {
    await expect(async () =>
      expect(await get('/invoices')).not.toHonourContract(books, 'listInvoices'),
    ).rejects.toThrow('Expected the answer 200 not to honour books listInvoices, but it does.')
  })

  it('judges what depends on the day when it is told the day', async () => {
    const response = await get('/invoices/inv_1')
    await expect(response).toHonourContract(books, 'getInvoice')
    await expect(response).not.toHonourContract(books, 'getInvoice', { today: 0 })
  })

  it('refuses wrong usage, with a suggestion', async () => {
    await expect(toHonourContract(await get('/invoices'), books, 'listInvoice')).rejects.toThrow(
      'Did you mean "listInvoices"?',
    )
    await expect(toHonourContract(await get('/invoices'), 'stut' as 'stuut', 'listInvoices')).rejects.toThrow(
      'Did you mean "stuut"?',
    )
    await expect(toHonourContract(get('/invoices'), books, 'listInvoices')).rejects.toThrow('Await it first.')
    await expect(toHonourContract({ items: [] }, books, 'listInvoices')).rejects.toThrow(
      'expected a Response, as fetch returns it but received {"items":[]}',
    )
    await expect(toHonourContract(() => 1, books, 'listInvoices')).rejects.toThrow('Failed to read a response')
    const used = await get('/invoices')
    await used.text()
    await expect(toHonourContract(used, books, 'listInvoices')).rejects.toThrow(
      'Read a clone of it instead: response.clone().json().',
    )
    await expect(toHonourContract(await get('/invoices'), undefined as unknown as Model, 'x')).rejects.toThrow(
      'expected the name of an API, or a model but received nothing',
    )
  })
})

describe('toMatchSchema', () => {
  it('takes the name of a component or a pointer', async () => {
    const invoice = await read('/invoices/inv_1')
    expect(invoice).toMatchSchema(books, 'Invoice')
    expect(invoice).toMatchSchema(books, '#/components/schemas/Invoice')
    expect({ ...invoice, total: 'many' }).not.toMatchSchema(books, '/components/schemas/Invoice')
    expect({ deep: [invoice] }).toEqual({ deep: [expect.toMatchSchema(books, 'Invoice')] })
  })

  it('says what is expected where', async () => {
    const { message } = toMatchSchema({ ...(await read('/invoices/inv_1')), total: 'many' }, books, 'Invoice')
    expect(message()).toContain('  /total\n  expected integer but received "many"')
  })

  it('suggests the name that was meant', () => {
    expect(() => toMatchSchema({}, books, 'Invoyce')).toThrow(
      'Failed to find schema "Invoyce" of books: expected a name under components/schemas, or a pointer but received none of that name. Did you mean "Invoice"?',
    )
  })
})

describe('toAddUp', () => {
  it('takes an invoice or a page of them', async () => {
    expect(await read('/invoices/inv_1')).toAddUp(books)
    expect(await read('/invoices')).toAddUp(books)
  })

  it('fails an invoice that does not add up, alone and on a page', async () => {
    expect({ ...(await read('/invoices/inv_1')), total: 1 }).not.toAddUp(books)
    const page = await read('/invoices')
    page.items[2].due++
    expect(toAddUp(page, books).message()).toMatch(/BR-CO-16 .*\n {2}\/items\/2\/due\n/)
  })

  it('takes a tolerance in minor units', async () => {
    const body = await read('/invoices/inv_1')
    expect({ ...body, total: body.total + 1, payable: body.payable + 1, due: body.due + 1 }).not.toAddUp(books)
    expect({ ...body, total: body.total + 1, payable: body.payable + 1, due: body.due + 1 }).toAddUp(books, {
      tolerance: 1,
    })
  })

  it.each([{}, [], null, undefined, 'text', 1n, () => 1, { message: 'No.' }])(
    'fails what holds no invoice: %s',
    (value) => {
      expect(toAddUp(value, books).message()).toContain('but no law finds anything to judge in')
      expect(() => expect(value).toAddUp(books)).toThrow('no law finds anything to judge')
    },
  )
})

describe('a message', () => {
  it('has at most 40 lines, each of a width that can be read', async () => {
    const {
      items: [first],
    } = await read('/invoices')
    const lines = Array.from({ length: 5000 }, (_, index) => ({
      ...first.lines[0],
      net: 'x'.repeat(5000),
      [`odd${index}`]: index,
    }))
    const body = {
      ...first,
      lines,
      total: {},
      due: [],
      paid: 'p',
      subtotal: null,
      tax: 't\u001b[31m',
      number: 7,
      currency: 'EUR'.repeat(900),
      rounding: 'r',
      payable: 'p',
      status: 7,
      charges: 'c',
      allowances: 'a',
    }
    const message = (await toHonourContract(Response.json(body), books, 'getInvoice')).message()
    expect(message.split('\n').length).toBeLessThanOrEqual(40)
    expect(message.length).toBeLessThan(8000)
    expect(message).toMatch(/\nand \d+ more$/)
    expect(message).not.toContain('\u001b')
  })

  it('tells findings that differ in their position once', async () => {
    const page = await read('/invoices')
    for (const item of page.items) item.number = 7
    const { message } = toMatchSchema(
      page,
      books,
      '/paths/~1invoices/get/responses/200/content/application~1json/schema',
    )
    expect(message()).toContain('and 2 more like it')
  })
})

it('declares its matchers to Vitest', () => {
  expectTypeOf(expect({}).toAddUp).parameter(0).toEqualTypeOf<Api>()
  expectTypeOf(expect({}).toMatchSchema).returns.toEqualTypeOf<void>()
  expectTypeOf(expect({}).toHonourContract).returns.toEqualTypeOf<Promise<void>>()
  expect(Object.keys(matchers)).toEqual(['toHonourContract', 'toMatchSchema', 'toAddUp'])
})

interface Outcome {
  readonly error?: Error
  readonly skipped?: string
}

describe('contractSuite', () => {
  /** Collects tests instead of running them. */
  async function collect(fetch: typeof server, options: Json = {}): Promise<Map<string, Outcome>> {
    const tests: [string, (context?: TestContext) => void][] = []
    const first: (() => Promise<void>)[] = []
    const path: string[] = []
    const runner = {
      describe: (name: string, define: () => void) => {
        path.push(name)
        define()
        path.pop()
      },
      it: (name: string, run: (context?: TestContext) => void) => void tests.push([[...path, name].join(' > '), run]),
      beforeAll: (run: () => Promise<void>) => void first.push(run),
    }
    contractSuite(runner, books, fetch, {
      baseUrl: 'http://localhost/api',
      headers: { authorization: 'Bearer any' },
      ...options,
    })
    for (const run of first) await run()
    return new Map(
      tests.map(([name, run]): [string, Outcome] => {
        let skipped: string | undefined
        try {
          run({
            skip: (note) => {
              skipped = note
            },
          })
          return [name, { ...(skipped !== undefined && { skipped }) }]
        } catch (error) {
          return [name, { error: error as Error }]
        }
      }),
    )
  }

  it('defines one test for every operation and every law', async () => {
    const tests = await collect(server)
    const names = [...tests.keys()]
    expect(names).toContain('contract of Books > operations > listInvoices (GET /invoices)')
    expect(names).toContain('contract of Books > laws > BR-CO-15 total = subtotal + tax')
    expect([...tests.values()].filter(({ error }) => error)).toEqual([])
    expect(tests.get('contract of Books > operations > createInvoice (POST /invoices)')?.skipped).toContain(
      'it changes something',
    )
  })

  it('fails the tests of what does not hold, and no others', async () => {
    const tests = await collect(async (request) => {
      const response = await server(request)
      if (!response.ok || !new URL(request.url).pathname.endsWith('inv_1')) return response
      const body = (await response.json()) as Json
      return Response.json({ ...body, due: body.due + 1 })
    })
    const failed = [...tests].filter(([, { error }]) => error)
    expect(failed.map(([name]) => name)).toEqual(expect.arrayContaining([expect.stringContaining('BR-CO-16')]))
    expect(failed.map(([name]) => name).filter((name) => name.includes('operations >'))).toEqual([])
    expect(failed[0]?.[1].error?.message).toContain('GET /invoices/inv_1')
  })

  it('skips laws that are turned off, and fails nothing for warnings', async () => {
    const wrong = async (request: Request): Promise<Response> => {
      const response = await server(request)
      if (!response.ok || !new URL(request.url).pathname.endsWith('inv_1')) return response
      const body = (await response.json()) as Json
      return Response.json({ ...body, rounding: body.rounding + 1 })
    }
    const failing = (tests: Map<string, Outcome>): string[] =>
      [...tests].filter(([, { error }]) => error).map(([name]) => name.replace(/^.* > (\S+) .*$/, '$1'))
    const codes = failing(await collect(wrong))
    expect(codes).toContain('BR-CO-16')
    const warned = await collect(wrong, {
      levels: { ...Object.fromEntries(codes.map((code) => [code, 'warn'])), 'BR-CO-16': 'off' },
    })
    expect(failing(warned)).toEqual([])
    expect([...warned].find(([name]) => name.includes('BR-CO-16'))?.[1].skipped).toBe('it is turned off')
  })

  it('declares no parameter in any test, which Jest would take for a callback', () => {
    const lengths: number[] = []
    const count = (run: (...given: never[]) => unknown): void => void lengths.push(run.length)
    contractSuite({ describe: (_, define) => define(), it: (_, run) => count(run), beforeAll: count }, books, server)
    expect(lengths.length).toBeGreaterThan(5)
    expect(new Set(lengths)).toEqual(new Set([0]))
  })

  it('takes the name of a built-in API', () => {
    const names: string[] = []
    contractSuite(
      { describe: (_, define) => define(), it: (name) => void names.push(name), beforeAll: () => undefined },
      'stuut',
      server,
    )
    expect(names.filter((name) => name.includes('/v1/'))).toHaveLength(builtIn('stuut').operations.length)
  })
})

describe('a message', () => {
  const model = compile(
    { openapi: '3.1.0', info: { title: 'People', version: '1' }, paths: {}, components: { schemas: { Person: {
      properties: { name: { maxLength: 3 }, iban: { type: 'integer' }, password: { type: 'integer' }, state: { enum: ['open'] }, total: { type: 'string' } },
    } } } },
    { name: 'people' },
  ) // prettier-ignore
  const person = { name: 'Jane Doe', iban: 'DE8937040044', password: 'hunter2', state: 'opne', total: 12.5 }

  it('has the form of people and secrets only, and all else as it is', () => {
    const message = toMatchSchema(person, model, 'Person').message()
    for (const text of ['"J••• D••"', '"DE##########"', '"***"', '"opne"', '12.5']) expect(message).toContain(text)
    expect(message).not.toMatch(/Jane|Doe|8937|hunter/)
  })

  it('has them as they are where a test asks for them', () => {
    const message = toMatchSchema(person, model, 'Person', { showValues: true }).message()
    for (const text of [person.name, person.iban, person.password]) expect(message).toContain(text)
  })

  it('is told of a value that is a ring', () => {
    const ring: Json = { name: 'Jane Doe' }
    ring.self = ring
    expect(toMatchSchema(ring, model, 'Person').message()).toContain('"J••• D••"')
  })
})
