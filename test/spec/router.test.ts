import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compile } from '../../spec/index.ts'
import { routerOf } from '../../spec/router.ts'

const router = (paths: Record<string, readonly string[]>) => {
  const operations = Object.entries(paths).map(([path, methods]) => [
    path,
    Object.fromEntries(methods.map((method) => [method, { operationId: `${method} ${path}`, responses: {} }])),
  ])
  return routerOf(
    compile(
      { openapi: '3.1.0', info: { title: 't', version: '1' }, paths: Object.fromEntries(operations) as object },
      { name: 'test' },
    ).operations,
  )
}

const routes = router({
  '/v1/invoices': ['get', 'post'],
  '/v1/invoices/{token}': ['get'],
  '/v1/invoices/claim': ['post'],
  '/v1/invoices/{token}/sync': ['post'],
  '/v1/invoices/claim/log': ['get'],
  '/v1/reports/{year}-{month}': ['get'],
  '/v1/reports/{name}.pdf': ['get'],
  '/v1/reports/{name}': ['get'],
})

const found = (method: string, path: string): unknown => {
  const result = routes.match(method, path)
  return result && 'operation' in result ? [result.operation.id, result.params] : result
}

describe('router', () => {
  it('gives the operation and the texts of its path', () => {
    expect(found('GET', '/v1/invoices')).toEqual(['get /v1/invoices', {}])
    expect(found('POST', '/v1/invoices/inv_1/sync')).toEqual(['post /v1/invoices/{token}/sync', { token: 'inv_1' }])
  })

  it('prefers literal segments to templates', () => {
    expect(found('POST', '/v1/invoices/claim')).toEqual(['post /v1/invoices/claim', {}])
  })

  it('goes back to the template where the literal leads nowhere', () => {
    expect(found('POST', '/v1/invoices/claim/sync')).toEqual(['post /v1/invoices/{token}/sync', { token: 'claim' }])
  })

  it('reads several parameters and literal text within a segment, the most concrete first', () => {
    expect(found('GET', '/v1/reports/2026-01')).toEqual([
      'get /v1/reports/{year}-{month}',
      { year: '2026', month: '01' },
    ])
    expect(found('GET', '/v1/reports/aging.pdf')).toEqual(['get /v1/reports/{name}.pdf', { name: 'aging' }])
    expect(found('GET', '/v1/reports/.pdf')).toEqual(['get /v1/reports/{name}', { name: '.pdf' }])
  })

  it('keeps the names of each operation where two name the same segment differently', () => {
    const mixed = router({ '/a/{x}': ['get'], '/a/{y}': ['post'] })
    expect(mixed.match('GET', '/a/1')).toMatchObject({ params: { x: '1' } })
    expect(mixed.match('POST', '/a/1')).toMatchObject({ params: { y: '1' } })
  })

  it('names the methods of a path that lacks the one asked for', () => {
    expect(found('DELETE', '/v1/invoices')).toEqual({ methodNotAllowed: ['GET', 'HEAD', 'POST'] })
  })

  it('answers HEAD with the operation of GET', () => {
    expect(found('HEAD', '/v1/invoices')).toEqual(['get /v1/invoices', {}])
  })

  it('tolerates one slash at the end and no empty parameter', () => {
    expect(found('GET', '/v1/invoices/')).toEqual(['get /v1/invoices', {}])
    expect(found('POST', '/v1/invoices//sync')).toBeUndefined()
  })

  it('decodes what is percent-encoded, and matches nothing when that is malformed', () => {
    expect(found('GET', '/v1/invoices/a%2Fb%C3%A9')).toEqual(['get /v1/invoices/{token}', { token: 'a/bé' }])
    expect(found('GET', '/v1/%69nvoices')).toEqual(['get /v1/invoices', {}])
    expect(found('GET', '/v1/invoices/%E0%A4%A')).toBeUndefined()
  })

  it('knows nothing of other paths', () => {
    for (const path of ['/', '', '/v1', '/v1/invoices/1/2/3', '/__proto__', '/v1/constructor'])
      expect(found('GET', path)).toBeUndefined()
  })

  it('returns any text it was given as a path parameter', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text !== 'claim'),
        (text) => {
          expect(found('GET', `/v1/invoices/${encodeURIComponent(text)}`)).toEqual([
            'get /v1/invoices/{token}',
            { token: text },
          ])
        },
      ),
    )
  })

  it('takes an encoded reserved character for part of a value, unless only structure fits', () => {
    const bills = router({ '/bills/{id}': ['get'], '/bills/{id}:void': ['post'], '/a b/{x}': ['get'] })
    const here = (method: string, path: string): unknown => {
      const result = bills.match(method, path)
      return result && 'operation' in result ? [result.operation.id, result.params] : result
    }
    expect(here('GET', '/bills/a%3Avoid')).toEqual(['get /bills/{id}', { id: 'a:void' }])
    expect(here('POST', '/bills/7:void')).toEqual(['post /bills/{id}:void', { id: '7' }])
    expect(here('POST', '/bills/7%3Avoid')).toEqual(['post /bills/{id}:void', { id: '7' }])
    expect(here('GET', '/bills/50%25%2Foff%C3%A9')).toEqual(['get /bills/{id}', { id: '50%/offé' }])
    expect(here('GET', '/a%20b/c%20d')).toEqual(['get /a b/{x}', { x: 'c d' }])
  })

  it('knows all operations in one place, and methods of OpenAPI 3.2', () => {
    const files = router({ '/files/{id}': ['get'], '/files/{name}': ['get', 'query'] })
    expect(files.match('GET', '/files/7')).toMatchObject({
      operation: { path: '/files/{id}' },
      others: [{ operation: { path: '/files/{name}' }, params: { name: '7' } }],
    })
    expect(files.match('QUERY', '/files/7')).toMatchObject({ operation: { path: '/files/{name}' } })
    expect(files.match('PUT', '/files/7')).toEqual({ methodNotAllowed: ['GET', 'HEAD', 'QUERY'] })
  })
})
