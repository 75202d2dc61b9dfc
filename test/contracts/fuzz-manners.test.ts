import { describe, expect, it } from 'vitest'
import { check, fuzz, junitReport, sarifReport, withFuzz } from '../../contracts/index.ts'
import type { FuzzOptions, FuzzReport, PropertyReport } from '../../contracts/index.ts'
import type { Fetch } from '../../spec/index.ts'
import { createModel } from './support/books.ts'
import { neverWithin } from './support/never.ts'
import { createServer } from './support/server.ts'

type Json = Record<string, any>

const model = createModel('minor')
const options = { baseUrl: 'http://localhost/api', headers: { authorization: 'Bearer top-secret' } }
const run = (fetch: Fetch, more: Partial<FuzzOptions> = {}): Promise<FuzzReport> =>
  fuzz(model, fetch, { ...options, seed: 20_260_115, runs: 40, ...more })
const failed = ({ properties }: FuzzReport): readonly PropertyReport[] => properties.filter(({ failure }) => failure)

/** A server that breaks a law in every invoice that it shows alone. */
const wrong: Fetch = async (request) => {
  const response = await createServer('minor')(request)
  if (!response.ok || !/inv_\d/.test(request.url)) return response
  return Response.json({ ...((await response.json()) as Json), total: 1 })
}

describe('fuzzing', () => {
  it('keeps to the rate, and waits where it is told to come later', async () => {
    const waits: number[] = []
    const server = createServer('minor')
    let calls = 0
    const report = await run(
      (request) =>
        ++calls % 5 === 0
          ? Promise.resolve(new Response(null, { status: 429, headers: { 'retry-after': '7' } }))
          : server(request),
      { rate: 4, pause: async (milliseconds) => void waits.push(milliseconds) },
    )
    expect(failed(report)).toEqual([])
    expect(waits.filter((wait) => wait === 250)).toHaveLength(calls - 1)
    expect(waits.filter((wait) => wait === 7000).length).toBeGreaterThan(5)
  })

  it('takes 429 for no refusal', async () => {
    const report = await run(() => Promise.resolve(new Response(null, { status: 429 })), { retries: 0 })
    expect(
      failed(report).map(({ kind, failure }) => [kind, failure?.violations[0]?.code, failure?.violations[0]?.expected]),
    ).toEqual(['valid', 'invalid', 'valid'].map((kind) => [kind, 'PF-OK', 'an answer, not to be asked later']))
  })

  it('minds what laws weigh, and how strictly fields are held', async () => {
    expect(failed(await run(wrong)).flatMap(({ failure }) => failure?.violations.map(({ code }) => code))).toContain(
      'BR-CO-15',
    )
    const codes = [
      ...new Set(failed(await run(wrong)).flatMap(({ failure }) => failure?.violations.map(({ code }) => code) ?? [])),
    ]
    expect(
      failed(
        await run(wrong, {
          levels: Object.fromEntries(codes.map((code, index) => [code, index % 2 === 0 ? 'off' : 'warn'])),
        }),
      ),
    ).toEqual([])
    const chatty: Fetch = async (request) => {
      const response = await createServer('minor')(request)
      return response.ok && /inv_\d/.test(request.url)
        ? Response.json({ ...((await response.json()) as Json), more: 1 })
        : response
    }
    expect(failed(await run(chatty))).toEqual([])
    expect(failed(await run(chatty, { mode: 'strict' }))[0]?.failure?.violations[0]?.code).toBe('OAS-FIELD')
  })

  it('reports a body that nests without end', async () => {
    const report = await run((request) =>
      /inv_\d/.test(request.url)
        ? Promise.resolve(
            new Response(`{"number":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, {
              headers: { 'content-type': 'application/json' },
            }),
          )
        : createServer('minor')(request),
    )
    expect(failed(report)[0]?.failure?.violations.map(({ code, received }) => [code, received])).toContainEqual([
      'OAS-JSON',
      'one that nests too deep',
    ])
  })

  it('does not wait for hundreds of answers that do not come', async () => {
    let calls = 0
    const never = neverWithin(10)
    const server = createServer('minor')
    const report = await run(
      (request) => {
        if (!new URL(request.url).searchParams.has('q')) return server(request)
        calls++
        return never()
      },
      { timeout: 10, kind: 'valid', operation: 'listInvoices' },
    )
    expect(failed(report)).toHaveLength(1)
    expect(calls).toBeLessThan(20)
  })

  it('prints tests that load a document of the caller’s own', async () => {
    const report = await run(wrong, { source: { document: "it's/openapi.yaml", overlays: ['roles.yaml'] } })
    const test = failed(report)[0]?.failure?.test
    expect(test).toContain(
      "import { load } from 'proforma/load'\n\nconst api = load('it\\'s/openapi.yaml', { overlays: ['roles.yaml'] })\n",
    )
    expect(test).toContain("toHonourContract(api, 'getInvoice')")
  })

  it('after a check is told of in the same reports', async () => {
    const checked = await check(model, createServer('minor'), options)
    const report = withFuzz(checked, await run(wrong))
    expect(checked.counts.errors).toBe(0)
    expect(
      report.violations.map(({ code, operation, request, status, replay }) => [
        code,
        operation,
        request,
        status,
        replay,
      ]),
    ).toContainEqual([
      'BR-CO-15',
      'getInvoice',
      expect.stringMatching(/^GET \/invoices\/inv_\d → 200$/),
      200,
      expect.stringMatching(/^curl 'http:\/\/localhost\/api\/invoices\/inv_\d' -H 'authorization: \*\*\*'$/),
    ])
    expect(report.counts.errors).toBe(report.violations.length)
    expect(report.counts.requests).toBeGreaterThan(checked.counts.requests)
    const [before, after] = [checked, report].map(({ operations }) => operations.find(({ id }) => id === 'getInvoice'))
    expect([before?.violations, after?.violations, Number(after?.requests) > Number(before?.requests)]).toEqual([
      0,
      report.violations.length,
      true,
    ])
    expect(junitReport(report)).toContain('<failure type="BR-CO-15"')
    expect(JSON.parse(sarifReport(report)).runs[0].results.length).toBeGreaterThan(0)
  })
})
