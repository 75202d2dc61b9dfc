import { describe, expect, it } from 'vitest'
import { conformance } from '../../contracts/index.ts'
import { compile, operationOf, readRequest } from '../../spec/index.ts'

const json = { 'application/json': { schema: { $ref: '#/components/schemas/User' } } }
const document = {
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: {
    '/users': {
      post: {
        operationId: 'createUser',
        requestBody: { required: true, content: json },
        responses: { 201: { description: '', content: json } },
      },
    },
  },
  components: {
    schemas: {
      User: {
        type: 'object',
        required: ['id', 'name', 'password'],
        additionalProperties: false,
        properties: {
          id: { $ref: '#/components/schemas/Id' },
          name: { type: 'string' },
          password: { type: 'string', minLength: 8, writeOnly: true },
        },
      },
      Id: { type: 'integer', readOnly: true },
    },
  },
}
const model = compile(document, { name: 'x' })
const createUser = operationOf(model, 'createUser')

const asked = (body: object): string[] => {
  const { problems } = readRequest(model, createUser, {
    params: {},
    query: '',
    headers: new Headers({ 'content-type': 'application/json' }),
    body: JSON.stringify(body),
  })
  return problems.map(({ pointer, code }) => `${pointer} ${code}`)
}
const answered = (body: object): string[] =>
  conformance(model)
    .response(createUser, {
      status: 201,
      headers: new Headers({ 'content-type': 'application/json' }),
      body: JSON.stringify(body),
    })
    .map(({ code, pointer }) => `${pointer} ${code}`)

describe('one schema in both directions', () => {
  it('asks a request for what is writeOnly, and an answer for what is readOnly', () => {
    expect(asked({ name: 'Ada', password: 'correct horse' })).toEqual([])
    expect(answered({ id: 1, name: 'Ada' })).toEqual([])
    expect(asked({ name: 'Ada' })).toEqual(['/password required'])
    expect(answered({ name: 'Ada' })).toEqual(['/id OAS-SCHEMA'])
  })

  it('lets a request repeat what an answer said, and no answer what a request said', () => {
    expect(asked({ id: 1, name: 'Ada', password: 'correct horse' })).toEqual([])
    expect(answered({ id: 1, name: 'Ada', password: 'correct horse' })).toEqual(['/password OAS-WRITEONLY'])
  })

  it('checks values in both', () => {
    expect(asked({ id: 'one', name: 'Ada', password: 'short' })).toEqual(['/id type', '/password minLength'])
    expect(answered({ id: 'one', name: 7 })).toEqual(['/id OAS-SCHEMA', '/name OAS-SCHEMA'])
  })
})
