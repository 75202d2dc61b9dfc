import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { compile } from '../../spec/index.ts'
import { load } from '../../spec/load.ts'

const text = `swagger: '2.0'
info: { title: Bills, version: '1' }
host: bills.example
basePath: /v1
schemes: [https, http]
consumes: [application/json]
securityDefinitions:
  key: { type: apiKey, name: key, in: header }
  basic: { type: basic }
  oauth: { type: oauth2, flow: accessCode, authorizationUrl: 'https://a.example', tokenUrl: 'https://b.example', scopes: { read: all } }
parameters:
  bill: { name: bill, in: body, required: true, schema: { $ref: '#/definitions/Bill' } }
  tags: { name: tags, in: query, type: array, items: { type: string }, collectionFormat: pipes }
responses:
  Gone: { description: gone, schema: { $ref: '#/definitions/Error' } }
paths:
  /bills:
    parameters:
      - { name: page, in: query, type: integer, minimum: 1 }
    post:
      operationId: create
      parameters:
        - { $ref: '#/parameters/bill' }
        - { $ref: '#/parameters/tags' }
        - { name: X-Request, in: header, type: string, x-example: abc }
      responses:
        201:
          description: created
          headers: { Location: { type: string, format: uri } }
          schema: { $ref: '#/definitions/Bill' }
          examples: { application/json: { id: 1 } }
        410: { $ref: '#/responses/Gone' }
  /bills/{id}/file:
    put:
      operationId: attach
      consumes: [multipart/form-data]
      produces: [application/pdf]
      parameters:
        - { name: id, in: path, required: true, type: integer }
        - { name: file, in: formData, required: true, type: file }
        - { name: note, in: formData, type: string, maxLength: 9 }
      responses: { 200: { description: the file, schema: { type: file } } }
definitions:
  Error: { type: object, properties: { message: { type: string } } }
  Bill:
    type: object
    discriminator: kind
    required: [kind]
    properties:
      kind: { type: string }
      id: { type: integer, format: int64, readOnly: true }
      note: { type: string, x-nullable: true }
`

function loaded(): ReturnType<typeof load> {
  const folder = mkdtempSync(join(tmpdir(), 'proforma-swagger-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'swagger.yaml'), text)
  return load(join(folder, 'swagger.yaml'))
}

describe('a Swagger 2.0 document', () => {
  it('is read as OpenAPI 3.1, without faults', () => {
    const { document, diagnostics, operations, security } = loaded()
    expect(diagnostics).toEqual([])
    expect(document).toMatchObject({
      openapi: '3.1.0',
      servers: [{ url: 'https://bills.example/v1' }, { url: 'http://bills.example/v1' }],
      components: {
        schemas: {
          Bill: { discriminator: { propertyName: 'kind' }, properties: { note: { type: ['string', 'null'] } } },
        },
      },
    })
    expect(operations.map(({ id }) => id)).toEqual(['create', 'attach'])
    expect(security).toMatchObject({
      key: { type: 'apiKey', name: 'key', in: 'header' },
      basic: { type: 'http', scheme: 'basic' },
      oauth: { flows: { authorizationCode: { tokenUrl: 'https://b.example' } } },
    })
  })

  it('has its bodies as request bodies, and its parameters with schemas', () => {
    const [create, attach] = loaded().operations
    expect(create?.body).toMatchObject({ required: true, content: [{ mediaType: 'application/json' }] })
    expect(create?.parameters).toMatchObject([
      { name: 'page', in: 'query' },
      { name: 'tags', style: 'pipeDelimited', explode: false },
      { name: 'X-Request', in: 'header' },
    ])
    expect(create?.replies).toMatchObject([
      { status: '201', headers: [{ name: 'Location' }], content: [{ mediaType: 'application/json' }] },
      { status: '410', content: [{ mediaType: 'application/json' }] },
    ])
    expect(attach?.body).toMatchObject({ required: true, content: [{ mediaType: 'multipart/form-data' }] })
    expect(attach?.replies).toMatchObject([{ content: [{ mediaType: 'application/pdf' }] }])
  })

  it('has every part where the file has it', () => {
    const { locate, operations } = loaded()
    const lineOf = (pointer: string | undefined): number | undefined => locate(pointer ?? '')?.line
    const lines = text.split('\n')
    const line = (start: string): number => lines.findIndex((each) => each.trim().startsWith(start)) + 1
    const [create, attach] = operations
    expect(lineOf('/components/schemas/Bill/properties/note')).toBe(line('note:'))
    expect(lineOf(create?.body?.content[0]?.schema)).toBe(line('bill:'))
    expect(lineOf(create?.parameters[2]?.schema)).toBe(line('- { name: X-Request'))
    expect(lineOf(create?.replies[0]?.headers[0]?.schema)).toBe(line('headers: { Location'))
    expect(lineOf(`${attach?.body?.content[0]?.schema}/properties/note`)).toBe(line('- { name: note'))
    expect(lineOf(attach?.parameters[0]?.pointer)).toBe(line('- { name: id'))
  })

  it('is taken as data, too', () => {
    const document = {
      swagger: '2.0',
      info: { title: 'A' },
      paths: { '/a': { get: { responses: { 200: { description: 'ok' } } } } },
    }
    expect(compile(document, { name: 'a' }).operations.map(({ path }) => path)).toEqual(['/a'])
    expect(() => compile({ swagger: '1.2' }, { name: 'a' })).toThrow('received Swagger 1.2')
  })
})
