import { describe, expect, it } from 'vitest'
import { apiNames, builtIn, mock } from '../index.ts'
import { isObject, resolve } from '../spec/index.ts'
import type { Model, Operation, Parameter } from '../spec/index.ts'
import { bodies } from './support/bodies.ts'
import { clientOf, idFor, pathParameter } from './support/client.ts'
import type { Answered, Client } from './support/client.ts'
import { credentialsFor } from './support/credentials.ts'
import { examOf } from './support/exam.ts'

const schemaOf = ({ document }: Model, { schema }: Parameter): Record<string, unknown> => {
  const { value } = resolve(document, schema)
  return isObject(value) ? value : {}
}

/** Returns a text that the schema of a parameter forbids, or `undefined` where it lets every text pass. */
function forbidden(model: Model, parameter: Parameter): string | undefined {
  const { type, format, enum: words, items, minimum } = schemaOf(model, parameter)
  const types = [type].flat()
  if (types.includes('integer') || types.includes('number'))
    return typeof minimum === 'number' ? String(minimum - 1) : 'twelve'
  if (types.includes('boolean')) return 'perhaps'
  if (
    Array.isArray(words) ||
    (isObject(items) && JSON.stringify(resolve(model.document, `${parameter.schema}/items`).value).includes('"enum"'))
  )
    return 'no-such-word'
  return format === 'uuid' || format === 'date-time' || format === 'date' ? 'no-such-value' : undefined
}

const isPointless = ({ method }: Operation): boolean => method === 'OPTIONS' || method === 'HEAD'

/** Returns an id of the form of a known one that belongs to nothing. */
const strange = (id: unknown): string =>
  String(id)
    .replace(/[0-9a-f](?=[^_]*$)/gi, '0')
    .replace(/[g-z](?=[^_]*$)/gi, 'Z')

describe.each(apiNames)('%s refuses', (name) => {
  const model = builtIn(name)
  const open = (): Client => clientOf(model, mock(name, { seed: 42, invoices: 30 }).fetch)
  const operations = model.operations.filter((operation) => !isPointless(operation))
  const withPath = operations.filter(({ parameters }) => parameters.some((parameter) => parameter.in === 'path'))

  /** Each refusal has a status of its own, and the body its document promises. */
  function expectRefusal(answered: Answered, statuses: readonly number[], what: string): void {
    expect(statuses, `${what}: ${answered.status} ${answered.text}`).toContain(answered.status)
    expect(
      answered.operation.replies.map(({ status }) => status),
      what,
    ).toContain(String(answered.status))
    expect(examOf(model).of(answered), what).toEqual([])
    expect(answered.text, what).not.toMatch(/\bat \w+ \(|undefined|\[object /)
  }

  /** Returns what names an invoice that is there. */
  async function namingOne(client: Client, operation: Operation): Promise<Record<string, unknown>> {
    const path = operation.parameters.find((parameter) => parameter.in === 'path')
    if (!path) return {}
    const [known] = await client.some(1)
    return { [path.name]: idFor(operation, known ?? expect.fail('no invoice')) }
  }

  it.each(operations)('$id without credentials', async (operation) => {
    const client = open()
    const values = await namingOne(client, operation)
    const none = Object.fromEntries(Object.keys(credentialsFor(model)).map((header) => [header, '']))
    expectRefusal(
      await client.ask(operation, { values, headers: none, ...(operation.body && { body: {} }) }),
      [401],
      operation.id,
    )
  })

  it.each(withPath)('$id of an invoice that is not there', async (operation) => {
    const client = open()
    const id = strange(Object.values(await namingOne(client, operation))[0])
    const body = bodies[name][operation.id]?.(id)
    const answered = await client.ask(operation, {
      values: { [pathParameter(operation).name]: id },
      ...(body !== undefined && { body }),
    })
    expectRefusal(answered, [404], `${operation.id} ${id}`)
  })

  it.each(operations.filter(({ parameters }) => parameters.some((parameter) => parameter.in === 'query')))(
    '$id with a bad parameter',
    async (operation) => {
      const client = open()
      const values = await namingOne(client, operation)
      for (const parameter of operation.parameters.filter((candidate) => candidate.in === 'query')) {
        const bad = forbidden(model, parameter)
        if (bad !== undefined)
          expectRefusal(
            await client.ask(operation, { values: { ...values, [parameter.name]: bad } }),
            [400, 422],
            `${parameter.name}=${bad}`,
          )
        if (parameter.required)
          expectRefusal(
            await client.ask(operation, { values: { ...values, [parameter.name]: undefined } }),
            [400, 422],
            `no ${parameter.name}`,
          )
      }
    },
  )

  it.each(operations.filter(({ body }) => body?.required))('$id with a body that is none', async (operation) => {
    const client = open()
    const asking = { values: await namingOne(client, operation) }
    for (const body of [[], 'text', 7, null]) {
      const answered = await client.ask(operation, { ...asking, body })
      expectRefusal(answered, [400, 404, 409, 422], JSON.stringify(body))
    }
  })

  it.each(operations.filter(({ body }) => body))('$id with a body that is no JSON', async (operation) => {
    const client = open()
    const asking = { values: await namingOne(client, operation), body: {} }
    expectRefusal(await client.ask(operation, { ...asking, text: '{"torn":' }), [400, 422], operation.id)
    expect((await client.ask(operation, { ...asking, headers: { 'content-type': 'image/png' } })).status).toBe(415)
  })
})
