import { describe, expect, it } from 'vitest'
import {
  applyFitting,
  changesGithub,
  changesHtml,
  changesJunit,
  changesMarkdown,
  changesSarif,
  diff,
} from '../../contracts/index.ts'
import type { DocumentComparison } from '../../contracts/index.ts'
import { apiNames, builtIn, compile } from '../../spec/index.ts'
import type { Document } from '../../spec/index.ts'

type Json = Record<string, any>

/** One operation whose query, body and answer have one schema each. */
const documentOf = (change: (parts: Json) => void = () => undefined): Document => {
  const parts: Json = {
    query: { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } },
    body: { type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { type: 'string' } } },
    answer: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, status: { enum: ['open', 'paid'] }, note: { type: 'string' } },
    },
    operation: {},
    paths: {},
    replies: {},
  }
  change(parts)
  const json = (schema: unknown): object => ({ content: { 'application/json': { schema } } })
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/things/{id}': {
        put: {
          operationId: 'putThing',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }, ...[parts.query].flat()],
          ...(parts.body && { requestBody: { ...json(parts.body), ...parts.bodyMore } }),
          responses: {
            200: { description: 'ok', ...json(parts.answer) },
            404: { description: 'no' },
            ...parts.replies,
          },
          ...parts.operation,
        },
      },
      ...parts.paths,
    },
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } }, schemas: parts.schemas ?? {} },
  }
}
const model = (change?: (parts: Json) => void) => compile(documentOf(change), { name: 't' })
const told = (change: (parts: Json) => void, before: (parts: Json) => void = () => undefined): string[] =>
  diff(
    model(before),
    model((parts) => {
      before(parts)
      change(parts)
    }),
  ).map(({ impact, code, says }) => `${impact} ${code}: ${says}`)

describe('diff', () => {
  it.each(apiNames)('finds nothing between %s and itself', (name) => {
    expect(diff(builtIn(name), builtIn(name))).toEqual([])
  })

  it.each<[string, (parts: Json) => void, string[]]>([
    [
      'a lower maximum of what is sent',
      ({ query }) => {
        query.schema.maximum = 50
      },
      ['breaking maximum: query limit has maximum 50, was 100'],
    ],
    [
      'a higher maximum of what is sent',
      ({ query }) => {
        query.schema.maximum = 500
      },
      ['safe maximum: query limit has maximum 500, was 100'],
    ],
    [
      'another type of what is sent',
      ({ query }) => {
        query.schema.type = 'boolean'
      },
      [
        'breaking type-changed: query limit is never integer any more',
        'safe type-changed: query limit may now be boolean',
      ],
    ],
    [
      'a parameter that is required',
      ({ query }) => {
        query.required = true
      },
      ['breaking parameter-required: query limit is now required'],
    ],
    [
      'an operation that is deprecated',
      ({ operation }) => {
        operation.deprecated = true
      },
      ['risky operation-deprecated: it is now deprecated: it may go away'],
    ],
    [
      'a parameter that is gone',
      (parts) => {
        parts.query = []
      },
      ['risky parameter-removed: query limit is gone: it may be passed over'],
    ],
    [
      'a new parameter',
      (parts) => {
        parts.query = [parts.query, { name: 'q', in: 'query', schema: { type: 'string' } }]
      },
      ['safe parameter-added: query q is new'],
    ],
    [
      'a new parameter that is required',
      (parts) => {
        parts.query = [parts.query, { name: 'q', in: 'query', required: true, schema: { type: 'string' } }]
      },
      ['breaking parameter-added: query q is new and required'],
    ],
    [
      'a field of the body that is now required',
      ({ body }) => {
        body.required = ['a', 'b']
      },
      ['breaking property-required: body/b is now required'],
    ],
    [
      'a field of the body that is new and required',
      ({ body }) => {
        body.required = ['a', 'c']
        body.properties.c = {}
      },
      ['breaking property-added: body/c is new and required'],
    ],
    [
      'a field of the body that is gone',
      ({ body }) => {
        delete body.properties.b
      },
      ['risky property-removed: body/b is gone'],
    ],
    [
      'a body that allows nothing else any more',
      ({ body }) => {
        body.additionalProperties = false
      },
      ['breaking additional-properties: body allows no other properties any more'],
    ],
    [
      'a body that is now required',
      (parts) => {
        parts.bodyMore = { required: true }
      },
      ['breaking body-required: a body is now required'],
    ],
    [
      'a field of the answer that is gone',
      ({ answer }) => {
        delete answer.properties.note
      },
      ['breaking property-removed: 200/note is gone'],
    ],
    [
      'a field of the answer that may be missing',
      ({ answer }) => {
        answer.required = []
      },
      ['breaking property-optional: 200/id may now be missing'],
    ],
    [
      'a field of the answer that may be null',
      ({ answer }) => {
        answer.properties.note.type = ['string', 'null']
      },
      ['breaking type-widened: 200/note may now be null'],
    ],
    [
      'a new field of the answer',
      ({ answer }) => {
        answer.properties.more = {}
      },
      ['safe property-added: 200/more is new'],
    ],
    [
      'a new word of the answer',
      ({ answer }) => {
        answer.properties.status.enum = ['open', 'paid', 'void']
      },
      ['risky enum-widened: 200/status may now be "void"'],
    ],
    [
      'a word that never comes again',
      ({ answer }) => {
        answer.properties.status.enum = ['open']
      },
      ['safe enum-narrowed: 200/status is never "paid" any more'],
    ],
    [
      'another format of the answer',
      ({ answer }) => {
        answer.properties.id.format = 'uuid'
      },
      ['safe format-changed: 200/id has format "uuid", was none'],
    ],
    [
      'an answer of success that is gone',
      ({ operation }) => {
        operation.responses = { 201: { description: 'ok' }, 404: { description: 'no' } }
      },
      ['breaking status-removed: it no longer answers 200', 'risky status-added: it may now answer 201'],
    ],
    [
      'a new refusal',
      ({ replies }) => {
        replies[409] = { description: 'no' }
      },
      ['safe status-added: it may now answer 409'],
    ],
    [
      'another name of the operation',
      ({ operation }) => {
        operation.operationId = 'replaceThing'
      },
      ['risky operation-renamed: its operationId is now replaceThing, was putThing'],
    ],
    [
      'credentials that are now needed',
      ({ operation }) => {
        operation.security = [{ key: [] }]
      },
      ['breaking security-narrowed: credentials none no longer let in'],
    ],
    [
      'a new operation',
      ({ paths }) => {
        paths['/new'] = { get: { responses: {} } }
      },
      ['safe operation-added: the operation is new'],
    ],
  ])('weighs %s', (_, change, expected) => {
    expect(told(change)).toEqual(expected)
  })

  it('weighs an operation that is gone, or has moved', () => {
    const old = documentOf()
    const put = (old.paths as Json)['/things/{id}'].put
    const at = (paths: object) => compile({ ...old, paths }, { name: 't' })
    expect(diff(at(old.paths as object), at({})).map(({ impact, code, request }) => [impact, code, request])).toEqual([
      ['breaking', 'operation-removed', 'PUT /things/{id}'],
    ])
    expect(diff(at(old.paths as object), at({ '/items/{id}': { put } }))[0]).toMatchObject({
      impact: 'breaking',
      code: 'operation-moved',
      says: 'it is now PUT /items/{id}',
    })
    const renamed = {
      ...put,
      parameters: [{ name: 'key', in: 'path', required: true, schema: { type: 'string' } }, ...put.parameters.slice(1)],
    }
    expect(diff(at(old.paths as object), at({ '/things/{key}': { put: renamed } }))).toEqual([])
  })

  it('compares alternatives by their names, and rings once', () => {
    const before = (parts: Json): void => {
      parts.schemas = {
        Cat: {
          type: 'object',
          properties: { lives: { type: 'integer' }, kitten: { $ref: '#/components/schemas/Cat' } },
        },
        Dog: { type: 'object' },
      }
      parts.answer = { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
    }
    expect(
      told(({ schemas }) => {
        delete schemas.Cat.properties.lives
      }, before),
    ).toEqual(['breaking property-removed: 200/lives is gone'])
    expect(
      told(({ answer, schemas }) => {
        schemas.Eel = {}
        answer.oneOf.push({ $ref: '#/components/schemas/Eel' })
      }, before),
    ).toEqual(['risky alternative-added: 200 may now be Eel'])
    expect(
      told(({ answer }) => {
        answer.oneOf.pop()
      }, before),
    ).toEqual(['safe alternative-removed: 200 is never Dog any more'])
  })

  it('names roles and laws that are lost', () => {
    const invoice = (parts: Json): void => {
      parts.answer = {
        'x-role': 'invoice',
        type: 'object',
        properties: {
          subtotal: { type: 'number', 'x-role': 'invoice.subtotal' },
          tax: { type: 'number', 'x-role': 'invoice.tax' },
          total: { type: 'number', 'x-role': 'invoice.total' },
        },
      }
    }
    const changes = told(({ answer }) => {
      delete answer.properties.total
    }, invoice)
    expect(changes).toContain('risky role-lost: no answer states invoice.total any more')
    expect(changes.some((line) => line.startsWith('risky law-lost: BR-CO-15 (total = subtotal + tax)'))).toBe(true)
  })
})

describe('reports of changes', () => {
  const place = (file: string) => ({ file, line: 7, column: 3 })
  const compared: DocumentComparison = {
    title: 'Things <T>',
    before: 'old.yaml',
    after: 'new.yaml',
    requests: ['GET /things', 'PUT /things/{id}', 'DELETE /things/{id}'],
    changes: [
      {
        impact: 'breaking',
        code: 'property-removed',
        says: '200/note is gone',
        request: 'GET /things',
        pointer: '/a',
        before: place('old.yaml'),
        after: place('new.yaml'),
      },
      {
        impact: 'breaking',
        code: 'operation-removed',
        says: 'the operation is gone',
        request: 'DELETE /things/{id}',
        pointer: '/b',
        before: place('old.yaml'),
      },
      { impact: 'breaking', code: 'property-removed', says: '200/word is gone', request: 'GET /things', pointer: '/c' },
      { impact: 'risky', code: 'role-lost', says: 'no answer states invoice.tax any more', pointer: '' },
      { impact: 'safe', code: 'parameter-added', says: 'query q is new', request: 'GET /things', pointer: '/d' },
    ],
  }

  it('say in Markdown what breaks, what may, and what does not', () => {
    expect(changesMarkdown(compared)).toBe(`## ❌ Things &lt;T&gt;: 3 breaking changes, 1 risky, 1 safe

\`old.yaml\` → \`new.yaml\`

### Breaking

- \`GET /things\` 200/note is gone (\`property-removed\`, \`was at old.yaml:7:3\`, \`is at new.yaml:7:3\`)
- \`DELETE /things/{id}\` the operation is gone (\`operation-removed\`, \`was at old.yaml:7:3\`)
- \`GET /things\` 200/word is gone (\`property-removed\`)

### Risky

- no answer states invoice.tax any more (\`role-lost\`)

<details><summary>Safe: 1</summary>

- \`GET /things\` query q is new (\`parameter-added\`)

</details>
`)
    expect(changesMarkdown({ ...compared, changes: [] })).toBe(
      '## ✅ Things &lt;T&gt;: 0 breaking changes, 0 risky, 0 safe\n\n`old.yaml` → `new.yaml`\n',
    )
  })

  it('fail one JUnit test for each operation that breaks, gone ones included', () => {
    const xml = changesJunit(compared)
    expect(xml).toContain('<testsuite name="Things &lt;T&gt;: changes" tests="4" failures="2" skipped="0">')
    expect(xml).toContain(
      '<failure type="property-removed" message="200/note is gone">breaking property-removed 200/note is gone\nwas at old.yaml:7:3\nis at new.yaml:7:3\nbreaking property-removed 200/word is gone</failure>',
    )
    expect(xml).toContain('name="PUT /things/{id}"/>')
    expect(xml).toContain('name="servers, roles and laws">\n      <system-out>risky role-lost no answer')
  })

  it('stand beside the lines of the new document, or of the old one where they are gone', () => {
    expect(changesGithub(compared).split('\n')).toEqual([
      '::error file=new.yaml,line=7,col=3,title=breaking%3A property-removed::GET /things: 200/note is gone%0Awas at old.yaml:7:3%0Ais at new.yaml:7:3',
      '::error file=old.yaml,line=7,col=3,title=breaking%3A operation-removed::DELETE /things/{id}: the operation is gone%0Awas at old.yaml:7:3',
      '::error title=breaking%3A property-removed::GET /things: 200/word is gone',
      '::warning title=risky%3A role-lost::no answer states invoice.tax any more',
      '',
    ])
    const { rules, results } = ((run: Json) => ({ rules: run.tool.driver.rules, results: run.results }))(
      JSON.parse(changesSarif(compared)).runs[0],
    )
    expect(rules).toEqual(
      ['property removed', 'operation removed', 'role lost'].map((text) => ({
        id: text.replaceAll(' ', '-'),
        shortDescription: { text },
      })),
    )
    expect(
      results.map(({ ruleId, ruleIndex, level, message, locations }: Json) => [
        rules[ruleIndex].id === ruleId,
        level,
        message.text,
        locations?.[0].physicalLocation.artifactLocation.uri,
      ]),
    ).toEqual([
      [true, 'error', 'GET /things: 200/note is gone', 'new.yaml'],
      [true, 'error', 'DELETE /things/{id}: the operation is gone', 'old.yaml'],
      [true, 'error', 'GET /things: 200/word is gone', undefined],
      [true, 'warning', 'no answer states invoice.tax any more', undefined],
    ])
  })

  it('are one HTML page in which nothing is markup', () => {
    const page = changesHtml(compared)
    expect(page).toContain('<h1>Things &lt;T&gt;</h1>')
    expect(page).toContain('<div class="verdict bad">3 breaking changes</div>')
    expect([
      page.includes('<h2>Safe<small>1</small></h2>'),
      changesHtml({ ...compared, changes: [] }).includes('Nothing breaks'),
    ]).toEqual([true, true])
  })
})

describe('annotate', () => {
  const overlay = {
    overlay: '1.0.0',
    info: {},
    actions: [
      {
        target: '$.components.schemas.A.properties',
        update: { total: { 'x-role': 'invoice.total' }, tax: { 'x-role': { role: 'invoice.tax' } } },
      },
      { target: '$.components.schemas.B', update: { 'x-role': 'invoice' } },
    ],
  }
  const document = { openapi: '3.1.0', components: { schemas: { A: { properties: { tax: {} } } } } }

  it('applies what still fits of an overlay, and names what does not', () => {
    const { document: annotated, lost } = applyFitting(document, overlay)
    expect(annotated.components).toEqual({
      schemas: { A: { properties: { tax: { 'x-role': { role: 'invoice.tax' } } } } },
    })
    expect(lost).toEqual([
      { target: '$.components.schemas.A.properties.total', says: 'invoice.total' },
      { target: '$.components.schemas.B', says: 'invoice' },
    ])
  })

  it('throws for what is no overlay', () => {
    expect(() => applyFitting(document, [])).toThrow('Failed to apply overlay')
  })
})

describe('the servers of an API', () => {
  const at = (...urls: string[]) => compile({ ...documentOf(), servers: urls.map((url) => ({ url })) }, { name: 't' })

  it('are missed where one is gone', () => {
    expect(
      diff(at('https://a.example', 'https://b.example'), at('https://b.example', 'https://c.example')).map(
        ({ impact, code, says }) => [impact, code, says],
      ),
    ).toEqual([
      [
        'risky',
        'server-removed',
        'it no longer says that it answers at https://a.example, but at https://b.example and https://c.example',
      ],
    ])
    expect(diff(at('https://a.example'), at('https://a.example', 'https://b.example'))).toMatchObject([
      { impact: 'safe', code: 'server-added' },
    ])
  })
})
