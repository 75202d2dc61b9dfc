import { readFileSync, writeFileSync } from 'node:fs'
import { stringify } from 'yaml'
import { describe, expect, it } from 'vitest'
import { diff } from '../../contracts/index.ts'
import { documentRules, sameSchemas, schemaRules } from '../../contracts/diff/rules.ts'
import { compile } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'

/** One operation that sends or answers values of a schema. */
function modelOf(schema: unknown, direction: 'request' | 'response'): Model {
  const json = { content: { 'application/json': { schema } } }
  const sends = direction === 'request'
  const operation = {
    operationId: 'op',
    ...(sends && { requestBody: json }),
    responses: { 200: { description: '', ...(!sends && json) } },
  }
  const pet = { type: 'object', properties: { kind: { type: 'string' }, type: { type: 'string' } } }
  return compile(
    {
      openapi: '3.1.0',
      info: { title: 'x', version: '1' },
      paths: { '/x': { post: operation } },
      components: { schemas: { Cat: pet, Dog: pet } },
    },
    { name: 'x' },
  )
}

const changes = (old: unknown, now: unknown, direction: 'request' | 'response') =>
  diff(modelOf(old, direction), modelOf(now, direction))
const worst = (old: unknown, now: unknown, direction: 'request' | 'response'): string =>
  changes(old, now, direction)[0]?.impact ?? 'safe'

describe('a rule of diff', () => {
  it.each(schemaRules)('weighs $code both ways, sent and answered: $says', ({ code, old, now, request, response }) => {
    expect([worst(old, now, 'request'), worst(now, old, 'request')]).toEqual(request)
    expect([worst(old, now, 'response'), worst(now, old, 'response')]).toEqual(response)
    const all = [...changes(old, now, 'request'), ...changes(old, now, 'response')]
    expect(all.map((change) => change.code)).toContain(code)
  })

  it.each(sameSchemas)('sees no change in %s', (_, old, now) => {
    for (const direction of ['request', 'response'] as const) {
      expect(changes(old, now, direction)).toEqual([])
      expect(changes(now, old, direction)).toEqual([])
    }
  })
})

it('docs/diff.md lists every rule', () => {
  const file = new URL('../../docs/diff.md', import.meta.url)
  const cell = (schema: unknown): string =>
    `\`${stringify(schema, { collectionStyle: 'flow', lineWidth: 0, aliasDuplicateObjects: false }).trim().replaceAll('|', '\\|')}\``
  const rows = schemaRules.map(
    ({ code, says, old, now, request, response }) =>
      `| \`${code}\` | ${says} | ${cell(old)} | ${cell(now)} | ${request.join(', ')} | ${response.join(', ')} |`,
  )
  const text = `# What diff compares

Written from \`contracts/diff/rules.ts\`; each row is a test (\`test/contracts/diff-rules.test.ts\`). Whatever differs and is compared by no rule is
*risky: changed, not compared* (\`not-compared\`). Texts for people, examples and extensions (\`x-…\`) are no changes.

## Schemas

What the second schema does that the first does not, and how that is weighed where values are sent and where they are answered: from the first to
the second, and back. A second code may stand beside it (\`type-changed\` is told for what is lost and for what is new).

| code | change | first | second | sent | answered |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

No changes: ${sameSchemas.map(([says]) => says).join('; ')}; schemas in place or by reference.

## Everything else

| code | weight |
| --- | --- |
${Object.entries(documentRules)
  .map(([code, says]) => `| \`${code}\` | ${says} |`)
  .join('\n')}
`
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

describe('what is said outside of schemas', () => {
  const text = { type: 'string' }
  const json = (schema: unknown): object => ({ content: { 'application/json': { schema } } })
  const documentOf = (more: Record<string, unknown>, operation: object = {}): Model =>
    compile(
      {
        openapi: '3.1.0',
        info: { title: 'x', version: '1' },
        paths: { '/x': { post: { operationId: 'op', responses: { 200: { description: '' } }, ...operation } } },
        ...more,
      },
      { name: 'x' },
    )
  const told = (old: Model, now: Model): string[] => diff(old, now).map(({ impact, code }) => `${impact} ${code}`)
  const event = (schema: unknown): Record<string, unknown> => ({
    webhooks: { paid: { post: { requestBody: json(schema), responses: { 200: { description: '' } } } } },
  })
  const answer = (reply: object): object => ({ responses: { 200: { description: '', ...reply } } })
  const query = (more: object): object => ({ parameters: [{ name: 'q', in: 'query', schema: text, ...more }] })
  const scheme = (own: object): Record<string, unknown> => ({
    components: { securitySchemes: { key: own } },
    security: [{ key: [] }],
  })
  const oauth = (scopes: string[]): object => ({ security: [{ key: scopes }] })
  const oauthScheme = scheme({ type: 'oauth2', flows: {} })
  const called = (schema: unknown): object => ({
    callbacks: {
      done: {
        '{$request.body#/url}': { post: { requestBody: json(schema), responses: { 200: { description: '' } } } },
      },
    },
  })

  it.each<[string, Model, Model, string[], string[]]>([
    ['a webhook', documentOf(event(text)), documentOf({}), ['breaking webhook-removed'], ['safe webhook-added']],
    [
      'what a webhook carries',
      documentOf(event({ type: 'object', properties: { a: text } })),
      documentOf(event({ type: 'object', properties: {} })),
      ['breaking property-removed'],
      ['safe property-added'],
    ],
    [
      'what a callback carries',
      documentOf({}, called({ type: 'object', required: ['a'], properties: { a: text } })),
      documentOf({}, called({ type: 'object', properties: { a: text } })),
      ['breaking property-optional'],
      ['safe property-required'],
    ],
    [
      'a callback',
      documentOf({}, called(text)),
      documentOf({}),
      ['breaking callback-removed'],
      ['safe callback-added'],
    ],
    [
      'the header of a key',
      documentOf(scheme({ type: 'apiKey', in: 'header', name: 'k' })),
      documentOf(scheme({ type: 'apiKey', in: 'header', name: 'other' })),
      ['breaking security-scheme-changed'],
      ['breaking security-scheme-changed'],
    ],
    [
      'a scope',
      documentOf(oauthScheme, oauth(['read'])),
      documentOf(oauthScheme, oauth(['read', 'write'])),
      ['breaking scope-added'],
      ['safe scope-removed'],
    ],
    [
      'a field that is not compared',
      documentOf({}, query({})),
      documentOf({}, query({ allowReserved: true })),
      ['risky not-compared'],
      ['risky not-compared'],
    ],
    [
      'a schema of an answer',
      documentOf({}, answer({ content: { 'application/json': {} } })),
      documentOf({}, answer(json(text))),
      ['safe schema-added'],
      ['breaking schema-removed'],
    ],
    [
      'a header that was always there',
      documentOf({}, answer({ headers: { 'X-N': { required: true, schema: text } } })),
      documentOf({}, answer({})),
      ['breaking header-removed'],
      ['safe header-added'],
    ],
    [
      'a header that may be missing',
      documentOf({}, answer({ headers: { 'X-N': { required: true, schema: text } } })),
      documentOf({}, answer({ headers: { 'X-N': { schema: text } } })),
      ['breaking header-optional'],
      ['safe header-required'],
    ],
    [
      'a parameter that is deprecated',
      documentOf({}, query({})),
      documentOf({}, query({ deprecated: true })),
      ['risky deprecated'],
      [],
    ],
  ])('is weighed: %s', (_, old, now, forth, back) => {
    expect(told(old, now)).toEqual(forth)
    expect(told(now, old)).toEqual(back)
  })

  it('asks for nothing that only answers have', () => {
    const body = (properties: object): object => ({
      requestBody: json({ type: 'object', required: Object.keys(properties), properties }),
    })
    const old = documentOf({}, body({ a: text }))
    const now = documentOf({}, body({ a: text, id: { ...text, readOnly: true } }))
    expect(told(old, now)).toEqual([])
  })
})
