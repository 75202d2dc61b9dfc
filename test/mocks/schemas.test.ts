import { describe, expect, it } from 'vitest'
import { mockModel } from '../../mocks/mock.ts'
import { compile } from '../../spec/index.ts'

const answer = (schema: object) => ({ 200: { description: 'ok', content: { 'application/json': { schema } } } })

/** A mock whose parameter and body have a pattern, and whose answer has a schema. */
function mockOf(pattern: string, schema: object = { const: 'ok' }) {
  const model = compile(
    {
      openapi: '3.1.0',
      info: { title: 'Things', version: '1' },
      paths: {
        '/things': {
          get: {
            operationId: 'find',
            parameters: [{ name: 'q', in: 'query', schema: { type: 'string', pattern } }],
            responses: answer(schema),
          },
        },
        '/check': {
          put: {
            operationId: 'add',
            requestBody: {
              content: { 'application/json': { schema: { properties: { name: { type: 'string', pattern } } } } },
            },
            responses: answer(schema),
          },
        },
      },
    },
    { name: 'things' },
  )
  const { fetch } = mockModel(model)
  return {
    model,
    find: (q: string) => fetch(new Request(`http://localhost/things?q=${encodeURIComponent(q)}`)),
    add: (name: string) =>
      fetch(
        new Request('http://localhost/check', {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name }),
        }),
      ),
  }
}

describe('a mock', () => {
  it.each(['^(a+)+$', '^([a-zA-Z0-9]+\\s?)+$', '^(a|a)*$', '^\\s*(a*)*\\s*$'])(
    'answers at once whatever is sent where %s is asked for',
    async (pattern) => {
      const { find, add } = mockOf(pattern)
      expect((await find('aaa')).status).toBe(200)
      expect((await add('aaa')).status).toBe(200)
      expect((await find(`${'a'.repeat(5_000)}!`)).status).toBe(400)
      expect((await add(`${'a'.repeat(100_000)}!`)).status).toBe(400)
    },
  )

  it('makes texts of a pattern over which others would backtrack forever', async () => {
    const { find } = mockOf('^a', { type: 'object', required: ['x'], properties: { x: { pattern: '^(b+)+$' } } })
    expect(await (await find('a')).json()).toMatchObject({ x: expect.stringMatching(/^b+$/) as string })
  })

  it.each(['(', '^(a+)\\1+$'])('drops the pattern %s, which it tells of, and no operation', async (pattern) => {
    const { model, find, add } = mockOf(pattern)
    expect(model.diagnostics.map(({ pointer }) => pointer.split('/').at(-1))).toEqual(['pattern', 'pattern'])
    expect([model.lost, (await find('b')).status, (await add('b')).status]).toEqual([[], 200, 200])
  })

  it('answers 501 where its schema has no value, and blames nobody', async () => {
    const { find } = mockOf('^a', { type: 'integer', minimum: 8, maximum: 13, multipleOf: 7 })
    const response = await find('a')
    expect(response.status).toBe(501)
    expect(await response.text()).toContain('no integer with minimum 8, maximum 13 and multipleOf 7')
  })
})
