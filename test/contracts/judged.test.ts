import { describe, expect, it } from 'vitest'
import { check, conformance, holds } from '../../contracts/index.ts'
import type { Report } from '../../contracts/index.ts'
import { compile, operationOf } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'

type Json = Record<string, any>

/** One operation that answers 200. */
function modelOf(content: Json, headers: Json = {}): Model {
  const document = {
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    paths: { '/x': { get: { operationId: 'x', responses: { 200: { description: '', headers, content } } } } },
  }
  return compile(document, { name: 'x' })
}

const found = (model: Model, type: string, body: string, headers: Json = {}): string[] =>
  conformance(model)
    .response(operationOf(model, 'x'), {
      status: 200,
      headers: new Headers({ 'content-type': type, ...headers }),
      body,
    })
    .map(({ code, expected, received }) => `${code} ${expected} ${received}`)

describe('a body that is no JSON', () => {
  it.each(['*/*', 'application/*', 'application/json'])('is JSON under %s where its own type says so', (range) => {
    const model = modelOf({ [range]: { schema: { type: 'object', required: ['id'] } } })
    expect(found(model, 'application/json', '{"id":1}')).toEqual([])
    expect(found(model, 'application/json', '{}')).toEqual(['OAS-SCHEMA a required value nothing'])
  })

  it.each([
    [{ type: 'integer', minimum: 5 }, '7', '4'],
    [{ type: 'string', maxLength: 3 }, 'abc', 'abcd'],
    [{ enum: ['yes', 'no'] }, 'yes', 'perhaps'],
    [{ type: 'boolean' }, 'true', 'sure'],
  ])('is held against its schema as a text: %j', (schema, good, bad) => {
    const model = modelOf({ 'text/plain': { schema } })
    expect(found(model, 'text/plain; charset=utf-8', good)).toEqual([])
    expect(found(model, 'text/plain', bad)).toHaveLength(1)
  })

  const run = (model: Model, type: string, body: BodyInit): Promise<Report> =>
    check(model, () => Promise.resolve(new Response(body, { headers: { 'content-type': type } })), {
      baseUrl: 'http://x.test',
    })

  it('is listed as not judged where it cannot be taken apart, and counted', async () => {
    const report = await run(modelOf({ 'application/xml': { schema: { type: 'object' } } }), 'application/xml', '<a/>')
    expect(report.violations).toEqual([])
    expect(report.skipped).toEqual([{ what: 'x 200', reason: 'a body of application/xml is not taken apart' }])
    expect(report.counts.notJudged).toBe(1)
    expect([holds(report), holds(report, { strict: true })]).toEqual([true, false])
  })

  it('may be anything where its schema says so, bytes that are no text included', async () => {
    const report = await run(
      modelOf({ 'application/pdf': { schema: { type: 'string', format: 'binary' } } }),
      'application/pdf',
      new Uint8Array([0x25, 0x50, 0x44, 0x46, 0xff, 0xfe]),
    )
    expect([report.violations, report.skipped]).toEqual([[], []])
    expect(report.operations[0]?.statuses).toEqual({ 200: 2 })
  })
})

describe('a header', () => {
  it.each([
    [{ allOf: [{ type: 'integer' }, { minimum: 5 }] }, '7', '4'],
    [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, '7', 'x'],
    [{ enum: [1, 2] }, '1', '3'],
    [{ const: true }, 'true', 'false'],
    [{ type: 'object', required: ['page'], properties: { page: { type: 'integer' } } }, 'page,7', 'page,x'],
    [{ type: 'object', required: ['page'], properties: { page: { type: 'integer' } } }, 'page=7', 'size=7'],
    [{ type: 'array', items: { allOf: [{ type: 'integer' }] } }, '1, 2', '1,b'],
    [{ type: 'array', items: { type: 'string' }, minItems: 2 }, '1,2', '1'],
    [{ type: 'string', pattern: '^\\d+$' }, '12', 'a'],
  ])('is held against the whole of its schema: %j', (schema, good, bad) => {
    const model = modelOf({}, { 'X-N': { schema } })
    expect(found(model, 'text/plain', '', { 'x-n': good })).toEqual([])
    expect(found(model, 'text/plain', '', { 'x-n': bad })).toHaveLength(1)
  })

  it('is ignored where it documents the content type', () => {
    const headers = { 'Content-Type': { required: true, schema: { const: 'text/csv' } }, 'X-N': { required: true } }
    const model = modelOf({ 'text/plain': {} }, headers)
    expect(found(model, 'text/plain', 'a', { 'x-n': '1' })).toEqual([])
    expect(found(model, 'text/plain', 'a')).toEqual(['OAS-HEADER required header X-N none'])
  })
})
