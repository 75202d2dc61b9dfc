import { readFileSync, writeFileSync } from 'node:fs'
import { stringify } from 'yaml'
import { describe, expect, it } from 'vitest'
import { diff } from '../../contracts/index.ts'
import { documentRules, meaningRules } from '../../contracts/diff/document-rules.ts'
import { sameSchemas, schemaRules } from '../../contracts/diff/schema-rules.ts'
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
  const others = documentRules.map(({ says, operation, document: whole, forth, back }) => {
    const [old, now] = whole ?? operation ?? [{}, {}]
    const told = [forth, back].map(([impact, code]) => `${impact} \`${code}\``)
    return `| ${says} | ${cell(old)} | ${cell(now)} | ${told.join(' | ')} |`
  })
  const text = `# What diff compares

Written from \`contracts/diff/schema-rules.ts\` and \`document-rules.ts\`; each row is a test (\`test/contracts/diff-rules.test.ts\`), and so is that
no edit of a document that says everything is passed over (\`diff-silence.test.ts\`). Whatever differs and is compared by no rule is
*risky: changed, not compared* (\`not-compared\`). Texts for people, examples and extensions (\`x-…\`) are no changes.

## Schemas

What the second schema does that the first does not, and how that is weighed where values are sent and where they are answered: from the first to
the second, and back. A second code may stand beside it (\`type-changed\` is told for what is lost and for what is new).

| code | change | first | second | sent | answered |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

No changes: ${sameSchemas.map(([says]) => says).join('; ')}; schemas in place or by reference.

## Everything else

What the second document says that the first does not, of one operation or of the document; what is told from the first to the second, and back.
In webhooks and callbacks, which the API sends, bodies are weighed as answers are.

| change | first | second | there | back |
| --- | --- | --- | --- | --- |
${others.join('\n')}

Of documents whose places can be read or not, and of what they mean:

| code | weight |
| --- | --- |
${Object.entries(meaningRules)
  .map(([code, says]) => `| \`${code}\` | ${says} |`)
  .join('\n')}
`
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

describe('what is said outside of schemas', () => {
  const documentOf = (document: object = {}, operation: object = {}): Model =>
    compile(
      {
        openapi: '3.1.0',
        info: { title: 'x', version: '1' },
        paths: { '/x': { post: { operationId: 'op', responses: { 200: { description: '' } }, ...operation } } },
        ...document,
      },
      { name: 'x' },
    )
  const told = (old: Model, now: Model): string[] => diff(old, now).map(({ impact, code }) => `${impact} ${code}`)

  it.each(documentRules)('is weighed there and back: $says', ({ operation, document, forth, back }) => {
    const [old, now] = [0, 1].map((side) => documentOf(document?.[side], operation?.[side])) as [Model, Model]
    expect(told(old, now)[0]).toBe(forth.join(' '))
    expect(told(now, old)[0]).toBe(back.join(' '))
  })

  it('asks for nothing that only answers have', () => {
    const body = (properties: object): object => ({
      requestBody: {
        content: {
          'application/json': { schema: { type: 'object', required: Object.keys(properties), properties } },
        },
      },
    })
    const text = { type: 'string' }
    const old = documentOf({}, body({ a: text }))
    const now = documentOf({}, body({ a: text, id: { ...text, readOnly: true } }))
    expect(told(old, now)).toEqual([])
  })
})
