import { describe, expect, it } from 'vitest'
import { conformance } from '../../contracts/index.ts'
import { apiNames, builtIn, compile, lostIn, operationOf, sentencesOf } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'

type Json = Record<string, any>

const nothing = { $ref: '#/components/schemas/Nothing' }
const json = (schema: unknown): Json => ({ description: 'One.', content: { 'application/json': { schema } } })
const thing = { $ref: '#/components/schemas/Thing' }

/** A sound document of three operations, in which something is changed. */
function documentWith(change: (document: Json) => void = () => undefined): Json {
  const document: Json = {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      '/things': {
        get: {
          operationId: 'listThings',
          parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
          responses: { 200: json({ type: 'array', items: thing }), 404: json({ type: 'object' }) },
        },
        post: {
          operationId: 'createThing',
          requestBody: { required: true, ...json(thing) },
          responses: { 201: json(thing) },
        },
      },
      '/pings': { get: { operationId: 'ping', responses: { 200: json({ type: 'boolean' }) } } },
    },
    components: { schemas: { Thing: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } } },
  }
  change(document)
  return document
}

const modelWith = (change: (document: Json) => void): Model =>
  compile(documentWith(change), { name: 'things', locate: () => ({ file: 'things.yaml', line: 7, column: 3 }) })
const list = (document: Json): Json => document.paths['/things'].get
const schemas = (document: Json): Json => document.components.schemas

describe('a document with a fault', () => {
  it.each<[string, (document: Json) => void, string, string, string[]]>([
    [
      'a schema of an answer',
      (document) => {
        schemas(document).Other = { properties: { b: nothing } }
        list(document).responses[200] = json({ $ref: '#/components/schemas/Other' })
      },
      '/components/schemas/Other/properties/b/$ref',
      'expected something at /components/schemas/Nothing but received nothing',
      [],
    ],
    [
      'a schema that is sent, too',
      (document) => {
        schemas(document).Thing.properties.a = nothing
      },
      '/components/schemas/Thing/properties/a/$ref',
      'received nothing',
      ['createThing'],
    ],
    [
      'an answer',
      (document) => {
        list(document).responses[404] = { $ref: '#/components/responses/Nothing' }
      },
      '/paths/~1things/get/responses/404/$ref',
      'something at /components/responses/Nothing',
      [],
    ],
    [
      'a header',
      (document) => {
        list(document).responses[200].headers = { 'X-Count': { $ref: '#/components/headers/Nothing' } }
      },
      '/paths/~1things/get/responses/200/headers/X-Count/$ref',
      'something at /components/headers/Nothing',
      [],
    ],
    [
      'an example',
      (document) => {
        list(document).responses[200].content['application/json'].examples = {
          one: { $ref: '#/components/examples/Nothing' },
        }
      },
      '/paths/~1things/get/responses/200/content/application~1json/examples/one/$ref',
      'something at',
      [],
    ],
    [
      'a parameter',
      (document) => {
        list(document).parameters.push({ $ref: '#/components/parameters/Nothing' })
      },
      '/paths/~1things/get/parameters/1/$ref',
      'something at',
      ['listThings'],
    ],
    [
      'a parameter of a path',
      (document) => {
        document.paths['/things'].parameters = [{ $ref: '#/components/parameters/Nothing' }]
      },
      '/paths/~1things/parameters/0/$ref',
      'something at',
      ['listThings', 'createThing'],
    ],
    [
      'a parameter without a place',
      (document) => {
        list(document).parameters.push({ name: 'x' })
      },
      '/paths/~1things/get/parameters/1',
      'expected a name and "in: path | query | header | cookie" but received {"name":"x"}',
      ['listThings'],
    ],
    [
      'a required parameter’s schema',
      (document) => {
        Object.assign(list(document).parameters[0], { required: true, schema: nothing })
      },
      '/paths/~1things/get/parameters/0/schema/$ref',
      'something at',
      ['listThings'],
    ],
    [
      'a request body',
      (document) => {
        document.paths['/things'].post.requestBody = { $ref: '#/components/requestBodies/Nothing' }
      },
      '/paths/~1things/post/requestBody/$ref',
      'something at',
      ['createThing'],
    ],
    [
      'a path',
      (document) => {
        document.paths['/things'] = { $ref: '#/components/pathItems/Nothing' }
      },
      '/paths/~1things/$ref',
      'something at',
      ['/things'],
    ],
    [
      'parameters that are no list',
      (document) => {
        list(document).parameters = { limit: {} }
      },
      '/paths/~1things/get/parameters',
      'expected a list of parameters but received {"limit":{}}',
      ['listThings'],
    ],
    [
      'parameters of a path that are no list',
      (document) => {
        document.paths['/things'].parameters = null
      },
      '/paths/~1things/parameters',
      'expected a list of parameters but received null',
      ['listThings', 'createThing'],
    ],
    [
      'a path that is null',
      (document) => {
        document.paths['/other'] = null
      },
      '/paths/~1other',
      'expected a path item but received null',
      ['/other'],
    ],
    [
      'a path that refers to none',
      (document) => {
        document.components.pathItems = { Other: [] }
        document.paths['/other'] = { $ref: '#/components/pathItems/Other' }
      },
      '/components/pathItems/Other',
      'expected a path item but received []',
      ['/other'],
    ],
    [
      'an operation that is null',
      (document) => {
        document.paths['/pings'].put = null
      },
      '/paths/~1pings/put',
      'expected an operation but received null',
      ['put /pings'],
    ],
    [
      'an operation that is a text',
      (document) => {
        document.paths['/pings'].put = 'later'
      },
      '/paths/~1pings/put',
      'expected an operation but received "later"',
      ['put /pings'],
    ],
    [
      'answers that are a list',
      (document) => {
        list(document).responses = [json(true)]
      },
      '/paths/~1things/get/responses',
      'expected answers by status but received [',
      [],
    ],
    [
      'answers elsewhere',
      (document) => {
        list(document).responses = { $ref: '#/components/responses' }
      },
      '/paths/~1things/get/responses',
      'expected answers by status but received {"$ref"',
      [],
    ],
    [
      'an answer that is null',
      (document) => {
        list(document).responses[200] = null
      },
      '/paths/~1things/get/responses/200',
      'expected an answer but received null',
      [],
    ],
    [
      'content of an answer that is a text',
      (document) => {
        list(document).responses[200].content = 'application/json'
      },
      '/paths/~1things/get/responses/200/content',
      'expected media types by name but received "application/json"',
      [],
    ],
    [
      'content of a request that is null',
      (document) => {
        document.paths['/things'].post.requestBody.content = null
      },
      '/paths/~1things/post/requestBody/content',
      'expected media types by name but received null',
      ['createThing'],
    ],
    [
      'a media type without anything',
      (document) => {
        list(document).responses[200].content['text/csv'] = null
      },
      '/paths/~1things/get/responses/200/content/text~1csv',
      'expected a media type with its schema but received null',
      [],
    ],
    [
      'content of a parameter that is a list',
      (document) => {
        list(document).parameters[0].content = []
      },
      '/paths/~1things/get/parameters/0/content',
      'expected media types by name but received []',
      ['listThings'],
    ],
    [
      'a request body that is a text',
      (document) => {
        document.paths['/things'].post.requestBody = 'Thing'
      },
      '/paths/~1things/post/requestBody',
      'expected a request body but received "Thing"',
      ['createThing'],
    ],
    [
      'headers that are a list',
      (document) => {
        list(document).responses[200].headers = ['X-Count']
      },
      '/paths/~1things/get/responses/200/headers',
      'expected headers by name but received ["X-Count"]',
      [],
    ],
    [
      'a webhook that is null',
      (document) => {
        document.webhooks = { made: null }
      },
      '/webhooks/made',
      'expected a path item but received null',
      [],
    ],
    [
      'webhooks that are a list',
      (document) => {
        document.webhooks = []
      },
      '/webhooks',
      'expected webhooks by name but received []',
      [],
    ],
    [
      'paths that are none',
      (document) => {
        document.paths = []
      },
      '/paths',
      'expected paths by name but received []',
      [],
    ],
    [
      'a webhook',
      (document) => {
        document.webhooks = { made: { $ref: '#/components/pathItems/Nothing' } }
      },
      '/webhooks/made/$ref',
      'something at',
      [],
    ],
    [
      'a security requirement',
      (document) => {
        list(document).security = [{ Key: [] }]
      },
      '/paths/~1things/get/security/0/Key',
      'expected a scheme under components.securitySchemes but received "Key"',
      [],
    ],
    [
      'a security scheme',
      (document) => {
        document.components.securitySchemes = { Key: { $ref: '#/components/securitySchemes/Other' } }
      },
      '/components/securitySchemes/Key/$ref',
      'something at',
      [],
    ],
    [
      'a schema that nobody uses',
      (document) => {
        schemas(document).Unused = nothing
      },
      '/components/schemas/Unused/$ref',
      'something at',
      [],
    ],
    [
      'another file',
      (document) => {
        schemas(document).Unused = { $ref: 'other.yaml#/A' }
      },
      '/components/schemas/Unused/$ref',
      'expected a reference inside the document (#/…) but received "other.yaml#/A". Bundle the document into one file first.',
      [],
    ],
    [
      'an escape that is none',
      (document) => {
        schemas(document).Unused = { $ref: '#/%ZZ' }
      },
      '/components/schemas/Unused/$ref',
      'expected a URI fragment',
      [],
    ],
    [
      'something that is no schema',
      (document) => {
        schemas(document).Unused = { $ref: '#/paths/~1things/get' }
      },
      '/components/schemas/Unused/$ref',
      'expected a schema at /paths/~1things/get but received something else',
      [],
    ],
    [
      'the whole document',
      (document) => {
        schemas(document).Unused = { $ref: '#' }
      },
      '/components/schemas/Unused/$ref',
      'expected a schema at the root',
      [],
    ],
    [
      'a reference that is a number',
      (document) => {
        schemas(document).Unused = { $ref: 5 }
      },
      '/components/schemas/Unused/$ref',
      'expected a text but received 5',
      [],
    ],
    [
      'itself',
      (document) => {
        schemas(document).Unused = { $ref: '#/components/schemas/Unused' }
      },
      '/components/schemas/Unused/$ref',
      'a circle that comes back without a step into the value',
      [],
    ],
    [
      'a ring of nothing but references',
      (document) => {
        schemas(document).A = { $ref: '#/components/schemas/B' }
        schemas(document).B = { $ref: '#/components/schemas/A' }
      },
      '/components/schemas/B/$ref',
      'a circle',
      [],
    ],
    [
      'a ring through a choice',
      (document) => {
        schemas(document).Unused = { anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/Unused' }] }
      },
      '/components/schemas/Unused/anyOf/1/$ref',
      'a circle',
      [],
    ],
    [
      'a word of a mapping',
      (document) => {
        schemas(document).Unused = { oneOf: [thing], discriminator: { propertyName: 'a', mapping: { x: 'Nothing' } } }
      },
      '/components/schemas/Unused/discriminator/mapping/x',
      'expected a schema of the document but received "Nothing"',
      [],
    ],
    [
      'a keyword nobody knows',
      (document) => {
        schemas(document).Unused = { maxLenght: 3 }
      },
      '/components/schemas/Unused/maxLenght',
      'received "maxLenght". Did you mean "maxLength"?',
      [],
    ],
    [
      'a pattern that is none',
      (document) => {
        schemas(document).Unused = { pattern: '(' }
      },
      '/components/schemas/Unused/pattern',
      'expected a regular expression (ECMA-262) but received "("',
      [],
    ],
    [
      'a pattern of names that is none',
      (document) => {
        schemas(document).Unused = { patternProperties: { '(': {} } }
      },
      '/components/schemas/Unused/patternProperties/(',
      'received "("',
      [],
    ],
    [
      'a type that is none',
      (document) => {
        schemas(document).Unused = { type: 'strin' }
      },
      '/components/schemas/Unused/type',
      'expected types of JSON Schema but received "strin"',
      [],
    ],
    [
      'a schema that is none',
      (document) => {
        schemas(document).Unused = { properties: { a: null } }
      },
      '/components/schemas/Unused/properties/a',
      'expected a schema but received null',
      [],
    ],
  ])('at %s is compiled without it, and loses only what cannot be asked', (_, change, pointer, part, lost) => {
    const model = modelWith(change)
    const [sentence = '', ...others] = sentencesOf(model.diagnostics, model.locate)
    expect(others).toEqual([])
    expect(sentence).toContain(`Failed to read ${pointer} (things.yaml:7:3): `)
    expect(sentence).toContain(part)
    expect(model.lost.map(({ id }) => id)).toEqual(lost)
    expect(sentence.includes(` Left out: ${lost.join(', ')}.`)).toBe(lost.length > 0)
    const rest = ['listThings', 'createThing', 'ping'].filter(
      (id) =>
        !lost.includes(id) && !(pointer.startsWith('/paths/~1things/$ref') && id !== 'ping') && pointer !== '/paths',
    )
    expect(model.operations.map(({ id }) => id)).toEqual(rest)
  })

  it('keeps an operation whose optional parameter cannot be read, and leaves out the parameter', () => {
    const model = modelWith((document) => {
      list(document).parameters[0].schema = nothing
    })
    expect(operationOf(model, 'listThings').parameters).toEqual([])
    expect(model.lost).toEqual([])
  })

  it('lets any answer pass where none can be read', () => {
    const judge = (change: (document: Json) => void): readonly string[] => {
      const model = modelWith(change)
      return conformance(model)
        .response(operationOf(model, 'listThings'), {
          status: 200,
          headers: new Headers({ 'content-type': 'text/plain' }),
          body: 'x',
        })
        .map(({ code }) => code)
    }
    expect(judge(() => undefined)).toContain('OAS-TYPE')
    expect(
      judge((document) => {
        list(document).responses[200] = null
      }),
    ).toEqual([])
    expect(
      judge((document) => {
        list(document).responses[200].content = 'x'
      }),
    ).toEqual([])
    expect(
      judge((document) => {
        list(document).responses = null
      }),
    ).toEqual([])
  })

  it('may have anything in what it adds to OpenAPI', () => {
    const model = modelWith((document) => {
      document.paths['x-note'] = null
      document.paths['/things']['x-owner'] = null
      list(document).responses['x-note'] = 'x'
    })
    expect(model.diagnostics).toEqual([])
  })

  it('says why an operation is not there, and knows its path', () => {
    const model = modelWith((document) => {
      document.paths['/things'].post.requestBody = { $ref: '#/components/requestBodies/Nothing' }
    })
    expect(() => operationOf(model, 'createThing')).toThrow(
      'expected an operation that can be read but received one that cannot. Failed to read /paths/~1things/post/requestBody/$ref (things.yaml:7:3)',
    )
    const isLost = lostIn(model)
    expect([
      isLost('POST', '/things'),
      isLost('GET', '/things'),
      isLost('DELETE', '/things'),
      isLost('POST', '/pings'),
    ]).toEqual([true, false, false, false])
  })

  it('knows that any method of a path that leads nowhere may be meant', () => {
    const isLost = lostIn(
      modelWith((document) => {
        document.paths['/things'] = { $ref: '#/components/pathItems/Nothing' }
      }),
    )
    expect([isLost('GET', '/things'), isLost('DELETE', '/things'), isLost('GET', '/pings')]).toEqual([
      true,
      true,
      false,
    ])
  })

  it('tells of a schema what cannot be read in it, however far away', () => {
    const model = modelWith((document) => {
      Object.assign(schemas(document), {
        Near: { items: { $ref: '#/components/schemas/Far' } },
        Far: { properties: { b: nothing } },
      })
    })
    expect(model.diagnosticsBelow('/components/schemas/Near').map(({ pointer }) => pointer)).toEqual([
      '/components/schemas/Far/properties/b/$ref',
    ])
    expect(model.diagnosticsBelow('/components/schemas/Thing')).toEqual([])
  })

  it('is compiled although something refers into what had to be left out', () => {
    const model = modelWith((document) => {
      document.paths['/things'].post.requestBody = { $ref: '#/components/requestBodies/Nothing' }
      schemas(document).Made = {
        properties: { made: { $ref: '#/paths/~1things/post/responses/201/content/application~1json/schema' } },
      }
      schemas(document).Choice = { oneOf: [{ type: 'string' }, nothing] }
      schemas(document).Chosen = { items: { $ref: '#/components/schemas/Choice/oneOf/0' } }
      document.paths['/pings'].get.responses[200] = json({ $ref: '#/components/schemas/Made' })
    })
    expect(model.operations.map(({ id }) => id)).toEqual(['listThings', 'ping'])
    expect(model.diagnostics.slice(2).map(({ pointer, received }) => [pointer, received])).toEqual([
      ['/components/schemas/Made/properties/made/$ref', 'what had to be left out'],
      ['/components/schemas/Chosen/items/$ref', 'what had to be left out'],
    ])
    expect(conformance(model).body('/components/schemas/Chosen', ['x'])).toEqual([])
  })

  it('is never changed itself', () => {
    const document = documentWith((changed) => {
      schemas(changed).Unused = { oneOf: [nothing] }
    })
    const before = JSON.stringify(document)
    compile(document, { name: 'things' })
    expect(JSON.stringify(document)).toBe(before)
  })
})

describe('a document without faults', () => {
  it('stays the very one', () => {
    const document = documentWith((changed) => {
      schemas(changed).Ring = { properties: { next: { $ref: '#/components/schemas/Ring' } } }
    })
    const model = compile(document, { name: 'things' })
    expect(model.diagnostics).toEqual([])
    expect(model.document).toBe(document)
  })

  it('is every built-in one, although they are not looked through when they are loaded', () => {
    for (const name of apiNames) expect(compile(builtIn(name).document, { name }).diagnostics).toEqual([])
  })
})

describe('a hostile document', () => {
  it('that goes on from reference to reference ends after two hundred', () => {
    const model = modelWith((document) => {
      for (let index = 0; index < 5000; index++)
        schemas(document)[`S${index}`] = index === 4999 ? {} : { $ref: `#/components/schemas/S${index + 1}` }
    })
    expect(model.diagnostics).toHaveLength(24)
    expect(model.diagnostics[0]).toMatchObject({
      pointer: '/components/schemas/S4798/$ref',
      expected: 'an end after at most 200 references',
    })
    expect(conformance(model).body('/components/schemas/S0', 1)).toEqual([])
  })

  it('that nests without end is one clear error', () => {
    let deep: Json = {}
    for (let depth = 0; depth < 20_000; depth++) deep = { items: deep }
    expect(() =>
      modelWith((document) => {
        schemas(document).Deep = deep
      }),
    ).toThrow('Failed to compile "things": expected a document that does not nest so deep but received')
  })

  it('of a thousand faults is told in a few sentences', () => {
    const model = modelWith((document) => {
      for (let index = 0; index < 1000; index++) schemas(document)[`S${index}`] = nothing
    })
    expect(sentencesOf(model.diagnostics, model.locate)).toHaveLength(21)
    expect(sentencesOf(model.diagnostics, model.locate).at(-1)).toBe('980 more places cannot be read.')
  })
})

describe('what is left of a schema', () => {
  const held = (Body: unknown, value: unknown): boolean =>
    conformance(
      modelWith((document) => {
        schemas(document).Body = Body
      }),
    ).fits('/components/schemas/Body', value)

  it.each<[string, unknown, unknown]>([
    ['beside properties', { properties: [], additionalProperties: false }, { a: 1 }],
    ['beside a pattern', { patternProperties: { '(': {} }, additionalProperties: false }, { '(': 1 }],
    ['beside the first items', { prefixItems: 5, items: { type: 'string' } }, [1]],
    ['beside what is contained', { contains: { type: 'string' }, minContains: 'none' }, [1]],
    ['of nullable', { type: 'string', nullable: 'yes' }, null],
    [
      'of a word that a mapping has',
      {
        oneOf: [{ $ref: '#/components/schemas/Thing' }],
        discriminator: { propertyName: 'a', mapping: { x: 'Nothing' } },
      },
      { a: 'x' },
    ],
    ['where nothing of it may hold', { not: nothing }, 1],
    ['where it decides', { if: nothing, then: { type: 'string' } }, 1],
    ['where it leaves something over', { allOf: [nothing], unevaluatedProperties: false }, { a: 1 }],
    ['where it leaves items over', { allOf: [nothing], unevaluatedItems: false }, [1]],
    [
      'far from where it is turned round',
      { items: { not: { properties: { a: { items: nothing } }, required: ['a'] } } },
      [{ a: [1] }],
    ],
    ['with one branch too few to count', { oneOf: [{ type: 'object' }, nothing] }, {}],
  ])('forbids nothing that the whole would allow, %s', (_, body, value) => {
    expect(held(body, value)).toBe(true)
  })

  it('still forbids what it can be read to forbid', () => {
    expect(
      held(
        {
          type: 'object',
          required: ['a'],
          properties: { a: nothing, b: { type: 'string' } },
          additionalProperties: false,
        },
        { b: 'x' },
      ),
    ).toBe(false)
    expect(held({ type: 'object', properties: { a: nothing }, additionalProperties: false }, { c: 1 })).toBe(false)
    expect(held({ anyOf: [{ type: 'string' }], items: nothing }, [1])).toBe(false)
  })
})
