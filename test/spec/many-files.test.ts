import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mockModel } from '../../mocks/index.ts'
import { sentencesOf } from '../../spec/index.ts'
import { load } from '../../spec/load.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'proforma-files-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, name, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return join(folder, name, 'openapi.yaml')
}

const root = `openapi: 3.1.0
info: { title: Bills, version: '1' }
paths:
  /bills:
    $ref: paths/bills.yaml
  /bills/{id}:
    $ref: 'paths/bills.yaml#/item'
components:
  schemas:
    Person:
      $ref: schemas/Customer.yaml
`
const bills = `get:
  operationId: listBills
  parameters:
    - $ref: '../parameters.yaml#/page'
  responses:
    '200':
      description: bills
      content:
        application/json:
          schema: { type: array, items: { $ref: ../schemas/Bill.yaml } }
item:
  get:
    operationId: getBill
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    responses:
      '200':
        description: a bill
        content: { application/json: { schema: { $ref: ../schemas/Bill.yaml } } }
`
const parts = {
  'openapi.yaml': root,
  'paths/bills.yaml': bills,
  'parameters.yaml': 'page:\n  name: page\n  in: query\n  schema: { $ref: "#/number" }\nnumber: { type: integer }\n',
  'schemas/Bill.yaml': `type: object
required: [id, customer]
properties:
  id: { type: string }
  parent: { $ref: '#' }
  customer:
    $ref: ./Customer.yaml
`,
  'schemas/Customer.yaml':
    'type: object\nrequired: [name]\nproperties:\n  name: { type: string }\n  latest: { $ref: Bill.yaml }\n',
}

describe('a document of many files', () => {
  it('is one document: what is referred to twice is one component, under the name that the document has for it', () => {
    const model = load(write('many', parts))
    expect(model.diagnostics).toEqual([])
    expect(model.operations.map(({ id }) => id)).toEqual(['listBills', 'getBill'])
    const { schemas, parameters } = model.document.components as Record<string, Record<string, unknown>>
    expect(Object.keys(schemas ?? {})).toEqual(['Person', 'Bill', 'number'])
    expect(parameters).toMatchObject({ page: { name: 'page', schema: { $ref: '#/components/schemas/number' } } })
    expect(schemas).toMatchObject({
      Bill: {
        properties: {
          parent: { $ref: '#/components/schemas/Bill' },
          customer: { $ref: '#/components/schemas/Person' },
        },
      },
      Person: { properties: { latest: { $ref: '#/components/schemas/Bill' } } },
    })
    expect(model.files.map((file) => file.slice(folder.length + 6)).sort()).toEqual(Object.keys(parts).sort())
  })

  it('is served', async () => {
    const mock = mockModel(load(write('served', parts)), { seed: 42 })
    const list = (await (await mock.fetch(new Request('http://a.example/bills'))).json()) as { id: string }[]
    const [first] = list
    const again = await mock.fetch(new Request(`http://a.example/bills/${first?.id}`))
    expect([list.length > 0, await again.json()]).toEqual([true, first])
  })

  it('has every part in its file, with its line', () => {
    const model = load(write('lines', parts))
    const at = (pointer: string): string | undefined => {
      const place = model.locate(pointer)
      return place && `${place.file.split('/').slice(-2).join('/')}:${place.line}`
    }
    expect(at('/paths/~1bills/get/operationId')).toBe('paths/bills.yaml:2')
    expect(at('/paths/~1bills~1{id}/get/operationId')).toBe('paths/bills.yaml:13')
    expect(at('/components/schemas/Bill/properties/customer')).toBe('schemas/Bill.yaml:7')
    expect(at('/components/schemas/Person/required')).toBe('schemas/Customer.yaml:2')
    expect(at('/info/title')).toBe('lines/openapi.yaml:2')
  })

  it('costs what cannot be read only itself, said with file and line', () => {
    const broken = {
      ...parts,
      'schemas/Customer.yaml':
        'type: object\nproperties:\n  name: { $ref: Nowhere.yaml }\n  latest: { $ref: "Bill.yaml#/no" }\n',
    }
    const model = load(write('broken', broken))
    expect(model.operations.map(({ id }) => id)).toEqual(['listBills', 'getBill'])
    expect(sentencesOf(model.diagnostics, model.locate)).toEqual([
      expect.stringMatching(
        /broken\/schemas\/Customer\.yaml:3:\d+\): expected a readable file but received ENOENT at "Nowhere\.yaml"/,
      ),
      expect.stringMatching(
        /broken\/schemas\/Customer\.yaml:4:\d+\): expected something at \/no of .*Bill\.yaml but received nothing/,
      ),
    ])
  })

  it('reads no file outside of its folder, and nothing over the network, unless told to', () => {
    writeFileSync(join(folder, 'secret.yaml'), 'type: string\n')
    const away = {
      'openapi.yaml': `openapi: 3.1.0
info: { title: A, version: '1' }
paths: {}
components:
  schemas:
    A: { properties: { a: { $ref: ../secret.yaml }, b: { $ref: 'http://127.0.0.1:9/b.yaml' }, c: { $ref: 'file:///etc/passwd' } } }
`,
    }
    const path = write('away', away)
    const sentences = ({ diagnostics, locate }: ReturnType<typeof load>): readonly string[] =>
      sentencesOf(diagnostics, locate)
    expect(sentences(load(path))).toEqual([
      expect.stringMatching(/received one outside of it at "\.\.\/secret\.yaml".* --files\./),
      expect.stringMatching(/received an address on the network at .* --allow-remote/),
      expect.stringMatching(/received something else at "file:/),
    ])
    expect(sentences(load(path, { files: [folder] }))).toHaveLength(2)
  })

  it('may go in circles', () => {
    const ring = {
      'openapi.yaml': "openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: { /a: { $ref: a.yaml } }\n",
      'a.yaml': "get:\n  responses: { '200': { description: ok } }\n  callbacks: { c: { d: { $ref: a.yaml } } }\n",
    }
    const { operations, diagnostics } = load(write('ring', ring))
    expect([operations.map(({ path }) => path), diagnostics.length > 0]).toEqual([['/a'], true])
  })
})

describe('a text that is not well-formed', () => {
  it('is read as far as it goes, and the rest is a fault', () => {
    const text = `${root.split('paths:')[0]}paths:\n  /a: { get: { responses: { '200': { description: ok } } } }\n  /b:\n    get: 'unfinished\n`
    const model = load(write('cut', { 'openapi.yaml': text }))
    expect(model.operations.map(({ path }) => path)).toEqual(['/a'])
    expect(sentencesOf(model.diagnostics, model.locate)[0]).toMatch(
      /cut\/openapi\.yaml:\d+:\d+: expected well-formed YAML or JSON/,
    )
  })

  it.for([
    ['{"asyncapi": "2.6.0"}', 'an AsyncAPI document'],
    ['{"info": {"_postman_id": "1"}, "item": []}', 'a Postman collection'],
    ['{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}', 'a JSON Schema'],
    ['{"arazzo": "1.0.0"}', 'an Arazzo description'],
    ['{"overlay": "1.0.0", "actions": []}', 'an Overlay'],
    ['{"openapi": "4.0.0"}', 'OpenAPI 4.0.0'],
    ['{"swagger": "1.2"}', 'Swagger 1.2'],
    ['', 'nothing'],
    ['[]', 'a list'],
    ['<!doctype html><html></html>', 'HTML'],
    ['\u0000\u0001\u0002', 'a binary file'],
  ])('of another kind is refused by name: %s', ([text, kind]) => {
    expect(() => load(write('other', { 'openapi.yaml': text as string }))).toThrow(`received ${kind}.`)
  })
})
