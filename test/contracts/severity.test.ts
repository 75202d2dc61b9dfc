import { describe, expect, it } from 'vitest'
import {
  check,
  conformance,
  ctrfReport,
  githubReport,
  holds,
  htmlReport,
  jsonReport,
  junitReport,
  markdownReport,
  sarifReport,
  textReport,
} from '../../contracts/index.ts'
import type { CheckOptions, Report } from '../../contracts/index.ts'
import { compile, parseDay } from '../../spec/index.ts'
import type { Fetch, Model } from '../../spec/index.ts'
import { lawsHeld } from '../support/laws-held.ts'
import { createDocument, createModel } from './support/books.ts'
import { createServer } from './support/server.ts'

type Json = Record<string, any>

const options: CheckOptions = {
  baseUrl: 'http://127.0.0.1:4010/api',
  headers: { Authorization: 'Bearer top-secret' },
  today: parseDay('2026-03-01'),
  limit: 2,
}
const run = (fetch: Fetch, more: Partial<CheckOptions> = {}, model = createModel('minor')): Promise<Report> =>
  check(model, fetch, { ...options, ...more })
const codes = ({ violations }: Report): string[] => [...new Set(violations.map(({ code }) => code))].sort()

const tampered = (edit: (body: Json, request: Request) => void, headers: HeadersInit = {}): Fetch => {
  const fetch = createServer('minor')
  return async (request) => {
    const response = await fetch(request)
    const body = (await response.json()) as Json
    edit(body, request)
    return Response.json(body, { status: response.status, headers })
  }
}

const offByTwo = tampered((body) => {
  for (const invoice of body.items ?? (body.message ? [] : [body])) invoice.due += 2
})

describe('a level', () => {
  it('turns a law down to a warning, which fails nothing', async () => {
    const report = await run(offByTwo, { levels: { 'BR-CO-16': 'warn' } })
    expect([codes(report), report.counts.errors, holds(report)]).toEqual([['BR-CO-16'], 0, true])
    expect(report.counts.warnings).toBeGreaterThan(5)
    expect(report.violations.every(({ severity }) => severity === 'warning')).toBe(true)
    expect(report.operations.map(({ violations }) => violations)).toEqual([0, 0, 0, 0])
    expect(textReport(report)).toMatch(/\n {2}listInvoices +\d+ requests .* \d+ warnings\n/)
    expect(textReport(report)).toMatch(/\n {2}BR-CO-16 .* \d+ warnings\n/)
    expect(markdownReport(report)).toMatch(/\| `BR-CO-16` \|.* \d+ warnings \|/)
    expect(htmlReport(report)).toMatch(/<span class="warn">\d+ warnings<\/span>/)
  })

  it('turns a law or a rule off', async () => {
    const report = await run(offByTwo, { levels: { 'BR-CO-16': 'off' } })
    expect(lawsHeld(report)).toContain('BR-CO-15')
    expect(report.laws.map(({ code }) => code)).not.toContain('BR-CO-16')
    expect(report.skipped).toContainEqual({
      what: 'BR-CO-16 (due = total − paid + rounding)',
      reason: 'it is turned off',
    })
    expect(
      codes(await run(() => Promise.resolve(new Response('', { status: 503 })), { levels: { 'PF-SERVER': 'off' } })),
    ).not.toContain('PF-SERVER')
  })

  it('of an unknown law is refused with a suggestion', async () => {
    await expect(run(offByTwo, { levels: { 'BR-C0-16': 'off' } })).rejects.toThrow(
      'Failed to set severities: expected codes of laws and rules but received "BR-C0-16". Did you mean "BR-CO-1',
    )
  })
})

describe('a tolerance', () => {
  it('lets sums differ by so many minor units, and no more', async () => {
    expect(lawsHeld(await run(offByTwo, { tolerance: 2 }))).toContain('BR-CO-16')
    expect(codes(await run(offByTwo, { tolerance: 1 }))).toEqual(['BR-CO-16'])
  })
})

describe('the mode', () => {
  const memo = tampered((body) => {
    if (body.lines) body.lines[0].memo = 'x'
  })
  const closed = (): Model => {
    const document = structuredClone<Json>(createDocument('minor'))
    document.components.schemas.Line.additionalProperties = false
    return compile(document, { name: 'books' })
  }

  it('strict takes undocumented fields for violations', async () => {
    expect((await run(memo)).violations).toEqual([])
    const { violations } = await run(memo, { mode: 'strict' })
    expect(violations.map(({ code, pointer, expected, received }) => [code, pointer, expected, received])).toEqual(
      Array.from({ length: 3 }, () => ['OAS-FIELD', '/lines/0/memo', 'no field of that name', '"x"']),
    )
  })

  it('documented takes the document at its word', async () => {
    expect(codes(await run(memo, {}, closed()))).toEqual(['OAS-SCHEMA'])
  })

  it('lenient lets them pass even where the document forbids them', async () => {
    expect((await run(memo, { mode: 'lenient' }, closed())).violations).toEqual([])
  })

  it('lenient still tells the branches of a choice apart by what they require', () => {
    const branch = (name: string): object => ({
      type: 'object',
      required: [name],
      additionalProperties: false,
      properties: { [name]: { type: 'string' } },
    })
    const document = {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths: {},
      components: { schemas: { Body: { oneOf: [branch('a'), branch('b')] } } },
    }
    const { body } = conformance(compile(document, { name: 'x' }), { mode: 'lenient' })
    expect(body('/components/schemas/Body', { a: 'x', c: 1 })).toEqual([])
    expect(body('/components/schemas/Body', { c: 1 }).length).toBeGreaterThan(0)
  })
})

describe('an entity tag', () => {
  const tagged = (answer: (request: Request) => Response | undefined): Fetch => {
    const fetch = createServer('minor')
    return async (request) => {
      const own = request.headers.get('if-none-match') === '"1"' ? answer(request) : undefined
      if (own) return own
      const response = await fetch(request)
      return new Response(await response.text(), {
        status: response.status,
        headers: { 'content-type': 'application/json', etag: '"1"' },
      })
    }
  }

  it('is asked for again, and 304 is right although no document lists it', async () => {
    const asked: string[] = []
    const report = await run(
      tagged((request) => {
        asked.push(new URL(request.url).pathname)
        return new Response(null, { status: 304 })
      }),
    )
    expect(report.violations).toEqual([])
    expect(asked).toEqual(['/api/invoices', '/api/invoices/inv_1'])
    expect(report.operations[0]?.statuses['304']).toBe(1)
  })

  it('that changes nothing about the answer is a warning', async () => {
    const report = await run(tagged(() => undefined))
    expect(report.violations.map(({ code, severity, received }) => [code, severity, received])).toEqual(
      Array.from({ length: 2 }, () => ['PF-ETAG', 'warning', '200 with the same entity tag']),
    )
    expect(holds(report)).toBe(true)
  })

  it('that a server cannot stand is an error', async () => {
    expect(codes(await run(tagged(() => new Response('', { status: 500 }))))).toContain('PF-SERVER')
  })
})

describe('a finding', () => {
  it('tells code, sentence, place, expected, received, line and replay', async () => {
    const model = compile(createDocument('minor'), {
      name: 'books',
      locate: (pointer) => ({ file: 'books.yaml', line: pointer.split('/').length, column: 1 }),
    })
    const report = await run(
      tampered((body, request) => {
        if (body.items) body.items[0].due++
        if (new URL(request.url).pathname.endsWith('inv_2')) body.number = 5
      }),
      {},
      model,
    )
    expect(report.violations.length).toBeGreaterThan(3)
    for (const { code, says, expected, received, place, replay, request } of report.violations) {
      for (const text of [code, says, expected, received, replay, request]) expect(text).not.toBe('')
      expect(place?.file).toBe('books.yaml')
    }
    const text = textReport(report)
    for (const part of [
      'BR-CO-16  ',
      '/items/0/due',
      'expected ',
      ' but received ',
      'documented in books.yaml:',
      "replay: curl 'http://127.0.0.1:4010/api/invoices",
    ])
      expect(text).toContain(part)
  })
})

describe('a secret', () => {
  const secrets = ['t0p-s3cret/+token', 'k3y-in-the-query', 'p4ss word', 'c00kie-value']

  it('is in no report of any form, not even where the server echoes it', async () => {
    const document = structuredClone<Json>(createDocument('minor'))
    document.components.securitySchemes = {
      bearer: { type: 'http', scheme: 'bearer' },
      key: { type: 'apiKey', in: 'query', name: 'api_key' },
    }
    const [token = '', key = '', password = '', cookie = ''] = secrets
    const basic = btoa(`ada:${password}`)
    const echo = [token, key, encodeURIComponent(token), password, cookie, `Bearer ${token}`, basic]
    const report = await run(
      tampered(
        (body) => {
          Object.assign(body, {
            number: { [token]: echo },
            [key]: echo.join(' '),
            status: cookie,
            message: 5,
            due: token,
          })
          for (const item of body.items ?? []) Object.assign(item, { [token]: cookie, status: cookie, number: echo })
        },
        { 'x-echo': token },
      ),
      {
        headers: {
          Authorization: `Bearer ${token}`,
          Cookie: `session=1; ${cookie}`,
          'X-Password': `Basic ${basic}`,
          'X-Cookie': cookie,
        },
        parameters: { api_key: key },
        mode: 'strict',
      },
      compile(document, { name: 'books' }),
    )
    expect(report.counts.errors).toBeGreaterThan(10)
    expect(report.drift.length).toBeGreaterThan(0)
    const texts = [
      jsonReport,
      textReport,
      junitReport,
      sarifReport,
      githubReport,
      markdownReport,
      htmlReport,
      ctrfReport,
    ].map((write) => write(report))
    for (const text of texts)
      for (const secret of [...secrets, encodeURIComponent(token), basic]) expect(text).not.toContain(secret)
  })
})
