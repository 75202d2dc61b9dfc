import { describe, expect, it } from 'vitest'
import { bodyExchanges, checkRecorded, harExchanges } from '../../contracts/index.ts'
import type { Report } from '../../contracts/index.ts'
import { parseDay } from '../../spec/index.ts'
import { lawsHeld } from '../support/laws-held.ts'
import { createModel } from './support/books.ts'
import { createServer } from './support/server.ts'

type Json = Record<string, any>

const model = createModel('minor')
const today = parseDay('2026-03-01') as number
const secret = 'Bearer top-secret-token'

/** Records requests to the correct server as a browser would. */
async function record(paths: readonly string[], edit: (body: Json) => void = () => undefined): Promise<string> {
  const fetch = createServer('minor')
  const entries = await Promise.all(
    paths.map(async (path) => {
      const response = await fetch(
        new Request(`https://books.example/api${path}`, { headers: { authorization: secret } }),
      )
      const body = (await response.json()) as Json
      edit(body)
      return {
        request: {
          method: 'GET',
          url: `https://user:pw@books.example/api${path}`,
          headers: [
            { name: 'Authorization', value: secret },
            { name: ':authority', value: 'books.example' },
          ],
        },
        response: {
          status: response.status,
          headers: [{ name: 'content-encoding', value: 'br' }],
          content: { size: 1, mimeType: 'application/json; charset=utf-8', text: JSON.stringify(body) },
        },
      }
    }),
  )
  return JSON.stringify({ log: { version: '1.2', entries } })
}

const har = (text: string): Report => checkRecorded(model, harExchanges(text, 'a.har'), { source: 'a.har', today })

describe('a HAR file', () => {
  it('is held against document and laws without a request', async () => {
    const report = har(await record(['/invoices?page=1&size=2', '/invoices/inv_1', '/invoices/nobody']))
    expect(lawsHeld(report)).toEqual(expect.arrayContaining(['BR-CO-15', 'PF-PAGE', 'PF-LINE']))
    expect([report.baseUrl, report.counts.requests, report.counts.invoices]).toEqual(['a.har', 3, 2])
    expect(
      report.operations
        .map(({ id, statuses }) => [id, statuses])
        .filter(([, statuses]) => Object.keys(statuses as object).length > 0),
    ).toEqual([
      ['listInvoices', { 200: 1 }],
      ['getInvoice', { 200: 1, 404: 1 }],
    ])
    expect(report.laws.find(({ code }) => code === 'BR-CO-16')?.applied).toBe(3)
    expect(report.coverage.find(({ kind }) => kind === 'parameters')?.covered).toBe(3)
  })

  it('shows what is wrong, with a command that repeats the request and no credentials', async () => {
    const text = await record(['/invoices/inv_1', '/invoices?page=1&size=2'], (body) => {
      body.number = secret
      if (!body.items) body.due++
      else body.items.push(body.items[0])
    })
    const report = har(text)
    expect([...new Set(report.violations.map(({ code }) => code))].sort()).toEqual(['BR-CO-16', 'PF-IDS', 'PF-PAGE'])
    expect(report.violations.find(({ code }) => code === 'BR-CO-16')).toMatchObject({
      operation: 'getInvoice',
      request: 'GET /api/invoices/inv_1',
      status: 200,
      replay: "curl 'https://books.example/api/invoices/inv_1' -H 'Authorization: ***'",
    })
    expect(JSON.stringify(report)).not.toMatch(/top-secret|user:pw/)
  })

  it('notices that an answer is about another object than the one asked for', async () => {
    expect(
      har(
        await record(['/invoices/inv_1'], (body) => {
          body.id = 'inv_2'
          for (const line of body.lines) line.invoiceId = 'inv_2'
        }),
      ).violations.map(({ code }) => code),
    ).toEqual(['PF-SAME'])
  })

  it('says what of it was not checked', async () => {
    const log = JSON.parse(await record(['/invoices/inv_1'])) as Json
    log.log.entries.push(
      {
        request: { method: 'GET', url: 'https://books.example/style.css', headers: [] },
        response: { status: 200, headers: [], content: { size: 5, text: 'a {}' } },
      },
      {
        request: { method: 'GET', url: 'https://books.example/api/invoices/inv_2', headers: [] },
        response: { status: 200, headers: [], content: { size: 5 } },
      },
      {
        request: { method: 'GET', url: 'https://books.example/api/invoices/inv_3', headers: [] },
        response: { status: 0 },
      },
      'rubbish',
    )
    expect(har(JSON.stringify(log)).skipped).toEqual([
      { what: 'GET /style.css', reason: 'the document has no such operation' },
      { what: 'GET /api/invoices/inv_2', reason: 'the recording left its body out' },
    ])
  })

  it('is not blamed for what a browser knew already', async () => {
    const entry = {
      request: {
        method: 'GET',
        url: 'https://books.example/api/invoices/inv_1',
        headers: [{ name: 'If-None-Match', value: '"1"' }],
      },
      response: { status: 304, headers: [], content: { size: 0 } },
    }
    expect(har(JSON.stringify({ log: { entries: [entry] } }))).toMatchObject({ violations: [], skipped: [] })
  })

  it('decodes bodies that were kept as base64', async () => {
    const log = JSON.parse(await record(['/invoices/inv_1'])) as Json
    const { content } = log.log.entries[0].response
    Object.assign(content, {
      text: Buffer.from(content.text.replace('Ottilie', 'Öttilie')).toString('base64'),
      encoding: 'base64',
    })
    expect(lawsHeld(har(JSON.stringify(log)))).toContain('BR-CO-15')
    content.text = '/w=='
    expect(har(JSON.stringify(log)).skipped).toHaveLength(1)
  })

  it.each([
    ['no JSON', '{'],
    ['other JSON', '[]'],
    ['other JSON', '{"log":{}}'],
  ])('is refused where it is %s', (received, text) => {
    expect(() => harExchanges(text, 'a.har')).toThrow(
      `Failed to read a.har: expected an HTTP Archive (HAR 1.2): { log: { entries } } but received ${received}`,
    )
  })

  it('is refused where nothing in it is of the document', async () => {
    expect(() => har('{"log":{"entries":[]}}')).toThrow(
      'Failed to check a.har: expected exchanges of Books but received none at all.',
    )
  })
})

describe('a folder of bodies', () => {
  const bodies = (files: Record<string, unknown>): Report =>
    checkRecorded(
      model,
      bodyExchanges(
        model,
        Object.entries(files).map(([name, value]) => ({
          name,
          text: typeof value === 'string' ? value : JSON.stringify(value),
        })),
      ),
      { source: 'folder', today },
    )
  const answer = async (path: string): Promise<Json> =>
    (
      await createServer('minor')(
        new Request(`https://books.example/api${path}`, { headers: { authorization: secret } }),
      )
    ).json() as Promise<Json>

  it('matches files to operations by name, else by schema', async () => {
    const report = bodies({
      'listInvoices.json': await answer('/invoices?page=1&size=2'),
      '0002-getInvoice-void.json': await answer('/invoices/inv_2'),
      'whatever.json': await answer('/invoices?page=1'),
    })
    expect(lawsHeld(report)).toEqual(expect.arrayContaining(['BR-CO-15', 'PF-PAGE', 'PF-LINE']))
    expect(report.operations.map(({ id, requests }) => [id, requests])).toEqual([
      ['listInvoices', 2],
      ['createInvoice', 0],
      ['getInvoice', 1],
      ['deleteInvoice', 0],
    ])
  })

  it('finds what does not hold, and says how to see it again', async () => {
    const invoice = await answer('/invoices/inv_1')
    const report = bodies({
      "it's/getInvoice.json": { ...invoice, due: 1 },
      'getInvoice-2.json': '{"id":',
      'getInvoice-3.json': '',
    })
    expect(report.violations.map(({ code, request }) => [code, request])).toEqual([
      ['BR-CO-16', "GET /it's/getInvoice.json"],
      ['OAS-JSON', 'GET /getInvoice-2.json'],
      ['OAS-JSON', 'GET /getInvoice-3.json'],
    ])
    expect(report.violations[0]?.replay).toBe(`proforma check books --bodies 'it'\\''s/getInvoice.json'`)
  })

  it('reads recordings as the exchanges they are', async () => {
    const body = await answer('/invoices/inv_1')
    const recording = {
      operation: 'getInvoice',
      request: { method: 'GET', path: '/invoices/inv_2', headers: {} },
      response: { status: 200, headers: { 'content-type': 'application/json' }, body },
    }
    expect(bodies({ '0001-getInvoice.json': recording }).violations.map(({ code }) => code)).toEqual(['PF-SAME'])
  })

  it('says of what is no JSON that it is none', async () => {
    expect(bodies({ 'getInvoice.json': await answer('/invoices/inv_1'), 'notes.json': '{"id":' }).skipped).toEqual([
      { what: 'FILE /notes.json', reason: 'it is no JSON, and is not named after an operation' },
    ])
  })

  it('leaves out what fits no operation, and refuses a folder of nothing else', async () => {
    expect(
      bodies({
        'getInvoice.json': await answer('/invoices/inv_1'),
        'unknown.json': { ...(await answer('/invoices/inv_2')), number: 5 },
      }).violations.map(({ code, request }) => [code, request]),
    ).toEqual([['OAS-SCHEMA', 'GET /unknown.json']])
    expect(bodies({ 'getInvoice.json': await answer('/invoices/inv_1'), 'package.json': '[1]' }).skipped).toEqual([
      { what: 'FILE /package.json', reason: 'it fits no answer of the document, and is not named after an operation' },
    ])
    expect(() => bodies({ 'package.json': '[1]' })).toThrow(
      'Failed to check folder: expected exchanges of Books but received 1 of something else.',
    )
  })
})
