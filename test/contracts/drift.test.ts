import { describe, expect, it } from 'vitest'
import { conformance, driftOverlay } from '../../contracts/index.ts'
import { driftOf } from '../../contracts/drift.ts'
import type { Drift } from '../../contracts/drift.ts'
import { openTraffic } from '../../contracts/traffic.ts'
import { applyOverlay, compile } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` })

function modelOf(schemas: object): Model {
  const responses = { 200: { description: '', content: { 'application/json': { schema: ref('Body') } } } }
  const document = {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    components: { schemas },
    paths: { '/things': { get: { operationId: 'listThings', responses } } },
  }
  return compile(document, {
    name: 'things',
    locate: (pointer) => ({ file: 'things.yaml', line: pointer.split('/').length, column: 1 }),
  })
}

const body = '/components/schemas/Body'

function driftIn(model: Model, ...bodies: readonly unknown[]): readonly Drift[] {
  const trace = openTraffic(model.document, conformance(model))
  for (const [index, value] of bodies.entries()) trace.read(body, value, `GET /things?page=${index + 1}`)
  return driftOf(trace, model.locate)
}

const short = (drift: readonly Drift[]): string[] =>
  drift.map(
    ({ kind, schema, says, count, of }) =>
      `${kind} ${schema.replace('/components/schemas', '')} ${says} ${count}/${of}`,
  )

describe('drift', () => {
  it('tells fields that are documented nowhere once for each schema, with count and first place', () => {
    const model = modelOf({
      Body: { type: 'array', items: ref('Thing') },
      Thing: { type: 'object', properties: { id: { type: 'string' } } },
    })
    const drift = driftIn(model, [{ id: 'a' }, { id: 'b', memo: 'x' }], [{ id: 'c', memo: null }])
    expect(drift).toEqual([
      {
        kind: 'unknown-field',
        schema: '/components/schemas/Thing',
        says: '"memo" is not documented',
        count: 2,
        of: 3,
        example: { request: 'GET /things?page=1', pointer: '/1/memo' },
        place: { file: 'things.yaml', line: 4, column: 1 },
        overlayActions: [
          {
            target: '$.components.schemas.Thing',
            update: { properties: { memo: { type: ['string', 'null'], description: 'Seen in answers.' } } },
          },
        ],
      },
    ])
  })

  it('takes dictionaries and open objects for what they are', () => {
    const model = modelOf({
      Body: {
        type: 'object',
        properties: {
          names: { type: 'object', additionalProperties: { type: 'string' } },
          tags: { type: 'object', patternProperties: { '^x-': {} }, properties: { a: {} } },
          extra: { type: 'object' },
        },
      },
    })
    expect(short(driftIn(model, { names: { de: 'Ding' }, tags: { 'x-1': 1, a: 1 }, extra: { a: 1 } }))).toEqual([])
  })

  it('tells documented fields that never came, but not those that are only written', () => {
    const model = modelOf({
      Body: {
        type: 'object',
        properties: { id: { type: 'string' }, memo: { type: 'string' }, secret: { type: 'string', writeOnly: true } },
      },
    })
    expect(short(driftIn(model, { id: 'a' }, { id: 'b' }))).toEqual([
      'unseen-field /Body/properties/memo "memo" never came 0/2',
    ])
  })

  it('tells words that are new and words that never came, at the schema that lists them', () => {
    const model = modelOf({
      Body: { type: 'object', properties: { status: ref('Status'), before: ref('Status') } },
      Status: { type: 'string', enum: ['open', 'paid', 'void'] },
    })
    expect(short(driftIn(model, { status: 'open', before: 'late' }, { status: 'late', before: 'paid' }))).toEqual([
      'new-word /Status "late" is not among the documented words 2/4',
      'unseen-word /Status "void" never came 0/4',
    ])
  })

  it('tells nulls where the place allows none', () => {
    const model = modelOf({
      Body: {
        type: 'object',
        properties: {
          a: { type: 'string' },
          b: { type: ['string', 'null'] },
          c: ref('Text'),
          d: { anyOf: [ref('Text'), { type: 'null' }] },
          e: {},
        },
      },
      Text: { type: 'string' },
    })
    expect(short(driftIn(model, { a: null, b: null, c: null, d: null, e: null }))).toEqual([
      'null /Body/properties/a null came, which is not documented 1/1',
      'null /Body/properties/c null came, which is not documented 1/1',
    ])
  })

  it.each([
    ['date-time', '2026-01-15T09:30:00Z'],
    ['date', '2026-01-15'],
    ['uuid', '4f3c1a52-8b1e-4a7d-9c55-0d2f6b7a8e91'],
    ['email', 'ada@books.example'],
    ['uri', 'https://books.example/1'],
  ])('tells that every text is a %s', (format, text) => {
    const model = modelOf({ Body: { type: 'array', items: { type: 'string' } } })
    expect(driftIn(model, [text, text, text]).map(({ says }) => says.replace(' an ', ' a '))).toEqual([
      `every text is a ${format}`,
    ])
    expect(driftIn(model, [text, text, 'something else'])).toEqual([])
    expect(driftIn(model, [text, text])).toEqual([])
  })

  it('leaves texts alone whose form is documented', () => {
    const model = modelOf({ Body: { type: 'array', items: { allOf: [{ type: 'string' }, { pattern: '^2' }] } } })
    expect(driftIn(model, ['2026-01-15', '2026-01-15', '2026-01-15'])).toEqual([])
  })

  it('tells types that are narrower than documented, once enough has been seen', () => {
    const model = modelOf({
      Body: {
        type: 'array',
        items: { type: 'object', properties: { sum: { type: 'number' }, note: { type: ['string', 'null'] } } },
      },
    })
    const item = { sum: 3, note: 'x' }
    expect(
      driftIn(
        model,
        Array.from({ length: 19 }, () => item),
      ),
    ).toEqual([])
    expect(
      short(
        driftIn(
          model,
          Array.from({ length: 20 }, () => item),
        ),
      ),
    ).toEqual([
      'type /Body/items/properties/sum every number is whole 0/20',
      'type /Body/items/properties/note null never came 0/20',
    ])
    expect(driftIn(model, [...Array.from({ length: 20 }, () => item), { sum: 1.5, note: null }])).toEqual([])
  })

  it('follows the branch that a value is under', () => {
    const model = modelOf({
      Body: {
        type: 'array',
        items: {
          oneOf: [ref('Cat'), ref('Dog')],
          discriminator: { propertyName: 'kind', mapping: { cat: 'Cat', dog: '#/components/schemas/Dog' } },
        },
      },
      Cat: { type: 'object', properties: { kind: { type: 'string' }, lives: { type: 'integer' } } },
      Dog: { type: 'object', properties: { kind: { type: 'string' }, tricks: { type: 'integer' } } },
    })
    expect(short(driftIn(model, [{ kind: 'cat', lives: 9, tricks: 1 }]))).toEqual([
      'unknown-field /Cat "tricks" is not documented 1/1',
    ])
    const untagged = modelOf({
      Body: { anyOf: [ref('A'), ref('B')] },
      A: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
      B: { type: 'object', required: ['b'], properties: { b: { type: 'string' } } },
    })
    expect(short(driftIn(untagged, { b: 'x', c: 1 }))).toEqual(['unknown-field /B "c" is not documented 1/1'])
  })

  it('stops at the depth and the number of names that a hostile body may have', () => {
    const model = modelOf({ Body: { type: 'object', properties: { inner: ref('Body') } } })
    let deep: unknown = 1
    for (let level = 0; level < 5000; level++) deep = { inner: deep }
    expect(driftIn(model, deep)).toEqual([])
    expect(
      driftIn(model, Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`n${index}`, 1]))).filter(
        ({ kind }) => kind === 'unknown-field',
      ),
    ).toHaveLength(200)
  })
})

describe('the overlay of what was learnt', () => {
  const model = modelOf({
    Body: {
      type: 'object',
      properties: {
        id: { type: 'string' },
        state: ref('State'),
        'paid-at': { type: 'string', enum: ['x', 'y'] },
        mixed: { type: ['string', 'integer'] },
        choice: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
        closed: { type: 'object', additionalProperties: false, properties: { a: { type: 'string' } } },
      },
    },
    State: { type: 'string', enum: ['open'] },
  })
  const bodies = ['a', 'b', 'c'].map((letter) => ({
    id: `0000000${letter}-0000-4000-8000-000000000000`,
    state: letter === 'a' ? null : 'late',
    'paid-at': null,
    mixed: null,
    choice: null,
    closed: { a: 'x', "it's": { at: '2026-01-15', list: [1, 2.5] } },
    memo: letter,
  }))

  it('makes the document fit what came', () => {
    const drift = driftIn(model, ...bodies)
    const overlayActions = driftOverlay('Things', drift)
    expect(conformance(model).body(body, bodies[0]).length).toBeGreaterThan(0)
    const wiser = compile(applyOverlay(model.document, JSON.parse(JSON.stringify(overlayActions))), { name: 'things' })
    for (const value of bodies) expect(conformance(wiser).body(body, value)).toEqual([])
    expect(driftIn(wiser, ...bodies).filter(({ overlayActions: more }) => more)).toEqual([])
    expect(wiser.document.components).toMatchObject({
      schemas: {
        Body: {
          properties: {
            id: { type: 'string', format: 'uuid' },
            state: { anyOf: [ref('State'), { type: 'null' }] },
            'paid-at': { type: ['string', 'null'], enum: ['x', 'y', null] },
            mixed: { type: ['string', 'integer', 'null'] },
            choice: { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] },
            memo: { type: 'string' },
            closed: {
              properties: {
                "it's": {
                  type: 'object',
                  properties: {
                    at: { type: 'string', format: 'date' },
                    list: { type: 'array', items: { type: 'number' } },
                  },
                },
              },
            },
          },
        },
        State: { enum: ['open', 'late'] },
      },
    })
  })

  it('leaves the document itself as it is', () => {
    const before = JSON.stringify(model.document)
    driftIn(model, ...bodies)
    expect(JSON.stringify(model.document)).toBe(before)
  })

  it('says nothing where nothing was learnt', () => {
    expect(driftOverlay('Things', driftIn(model, { id: 'a' }))).toEqual({
      overlay: '1.0.0',
      info: { title: 'What answers of Things have and its document lacks', version: '1.0.0' },
      actions: [],
    })
  })
})
