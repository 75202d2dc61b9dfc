import { expect, it, vi } from 'vitest'
import { missReporter, mountsOf } from '../../cli/serve/mounts.ts'
import { compile } from '../../spec/index.ts'

const get = { get: { responses: { 200: { description: 'ok' } } } }
const bills = compile(
  {
    openapi: '3.1.0',
    info: { title: 'Bills', version: '1' },
    servers: [{ url: 'https://a.example/{v}', variables: { v: { default: 'v2' } } }, { url: '/api/' }],
    paths: { '/bills': get, '/bills/{id}/lines': get },
  },
  { name: 'bills' },
)
const native = { engine: 'native' } as const

it('serves one API under its name, the paths of its servers and the root', () => {
  expect(mountsOf([bills], native)).toEqual([{ prefix: '/bills', also: ['/api', '/v2', ''] }])
})

it('serves several under their names', () => {
  expect(mountsOf([bills, { ...bills, name: 'more' }], native)).toEqual([
    { prefix: '/bills', also: [] },
    { prefix: '/more', also: [] },
  ])
})

it.for([
  ['/', '', '/bills'],
  ['base/', '/base', '/base/bills'],
  ['/a/b', '/a/b', '/a/b/bills'],
] as const)('serves under --prefix %s alone where that is said', ([prefix, one, several]) => {
  expect(mountsOf([bills], { ...native, prefix })).toEqual([{ prefix: one, also: [] }])
  expect(mountsOf([bills, bills], { ...native, prefix })[0]).toEqual({ prefix: several, also: [] })
})

it('tells once what is not served, and what would have been', () => {
  const said = vi.spyOn(console, 'error').mockReturnValue()
  try {
    const tell = missReporter(() => [bills], mountsOf([bills], native))
    tell('GET', '/bill?page=2')
    tell('GET', '/bill?page=3')
    tell('GET', '/v2/bills/7/line')
    tell('POST', '/something/else/altogether')
    expect(said.mock.calls.flat()).toEqual([
      'Nothing is served at GET /bill. Did you mean "/bills"?',
      'Nothing is served at GET /v2/bills/7/line. Did you mean "/v2/bills/7/lines"?',
      expect.stringMatching(/^Nothing is served at POST \/something\/else\/altogether\. Served are \/bills\/bills, /),
    ])
  } finally {
    said.mockRestore()
  }
})
