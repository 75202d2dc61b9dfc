import { describe, expect, it } from 'vitest'
import { check, judge, laws, lawsFor } from '../contracts/index.ts'
import { factoryOf } from '../factories/index.ts'
import { apiNames, builtIn, mock } from '../index.ts'
import type { Fetch, Model } from '../index.ts'
import { invoicesIn, readByRole, successOf } from '../spec/index.ts'
import type { Pointer } from '../spec/index.ts'
import { clientOf, idFor, parameterFor, pathParameter } from './support/client.ts'
import { credentialsFor } from './support/credentials.ts'
import { edited } from './support/edit.ts'
import type { Edit } from './support/edit.ts'
import { lawsHeld } from './support/laws-held.ts'
import { seeds, today } from './support/exam.ts'
import { envelopes, saboteurs } from './support/saboteurs.ts'

const named = Object.entries(saboteurs).flatMap(([law, list]) =>
  list.map((saboteur) => ({ law, name: `${saboteur.api} ${saboteur.edit.at}`, ...saboteur })),
)
const aroundInvoices = Object.entries(envelopes).flatMap(([law, list]) =>
  list.map((saboteur) => ({ law, name: `${saboteur.api} ${saboteur.edit.at}`, ...saboteur })),
)

/** Laws about what none of the built-in APIs has: their saboteurs are in `test/contracts/tax-laws.test.ts`. */
const elsewhere = ['BR-53']

const schemaOf = (model: Model, does: 'list' | 'get'): Pointer => {
  const operation = model.operations.find((candidate) => candidate.does === does)
  return (operation && successOf(operation)?.content[0]?.schema) ?? expect.fail(`${model.name} has no ${does}`)
}

const fallen = (model: Model, schema: Pointer, body: unknown, options: object = {}): string[] =>
  [...new Set(judge(model, schema, body, { today, ...options }).violations.map(({ code }) => code))].sort()

/** Returns a `Fetch` that edits the invoices, or the whole body, of answers of success. */
function sabotage(model: Model, fetch: Fetch, edit: Edit, what: 'invoices' | 'body'): Fetch {
  return async (request) => {
    const response = await fetch(request)
    const { pathname } = new URL(request.url)
    const operation = model.operations.find(
      ({ does, method, path }) =>
        (does === 'list' || does === 'get') && method === request.method && matches(path, pathname),
    )
    const schema = operation && successOf(operation)?.content[0]?.schema
    if (!response.ok || schema === undefined) return response
    const json: unknown = await response.json()
    const places =
      what === 'body' ? [''] : invoicesIn(readByRole(model.shape(schema), json)).map(({ pointer }) => pointer)
    const changed = places.reduce(
      (body, place) =>
        edited(body, { ...edit, at: place + edit.at, ...('like' in edit && { like: place + edit.like }) }) ?? body,
      json,
    )
    return Response.json(changed, { status: response.status })
  }
}

const matches = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path)

describe('a saboteur', () => {
  it('is there for every law', () => {
    const covered = new Set([...Object.keys(saboteurs), ...Object.keys(envelopes), ...elsewhere])
    expect(laws.map(({ code }) => code).filter((code) => !covered.has(code))).toEqual([])
    expect([...covered].filter((code) => !laws.some((law) => law.code === code))).toEqual([])
  })

  it.each(named)('makes $law fall at $name', ({ law, api, edit, traits = [], params = {}, with: others = [] }) => {
    const model = builtIn(api)
    const schema = schemaOf(model, 'get')
    expect(lawsFor(model).map(({ code }) => code)).toContain(law)
    for (const seed of seeds().slice(0, 2)) {
      const body = factoryOf(model, { seed, invoices: 40, today })
        .traits(...traits)
        .build(params)
      expect(lawsHeld(judge(model, schema, body, { today })), `seed ${seed}, before`).toContain(law)
      const broken = edited(body, edit) ?? expect.fail(`seed ${seed}: nothing at ${edit.at}`)
      expect(fallen(model, schema, broken), `seed ${seed}`).toEqual([law, ...others].sort())
    }
  })

  it.each(aroundInvoices)(
    'makes $law fall at $name, around invoices',
    async ({ law, api, edit, with: others = [] }) => {
      const model = builtIn(api)
      const client = clientOf(model, mock(api, { seed: 42, invoices: 60 }).fetch)
      const operation = client.find('list') ?? expect.fail('no operation lists invoices')
      const number = parameterFor(operation, 'page.number')
      const base = number?.binding?.base ?? 0
      const list = await client.ask(operation, {
        values: { [parameterFor(operation, 'page.size')?.name as string]: 20 },
      })
      const get = client.find('get') ?? expect.fail('no operation gets one invoice')
      const id = idFor(get, list.invoices[0] ?? expect.fail('no invoice'))
      const isOne = law === 'PF-SAME'
      const answered = isOne ? await client.ask(get, { values: { [pathParameter(get).name]: id } }) : list
      const asked = { asked: isOne ? { id } : { size: 20, ...(number && { number: base, base }) } }
      const schema = answered.schema as Pointer
      expect(lawsHeld(judge(model, schema, answered.json, { today, ...asked }))).toContain(law)
      expect(fallen(model, schema, edited(answered.json, edit) ?? expect.fail(`nothing at ${edit.at}`), asked)).toEqual(
        [law, ...others].sort(),
      )
    },
  )
})

describe.each(apiNames)('a check of %s', (name) => {
  const model = builtIn(name)
  const isClaimed = model.operations.some(({ does }) => does === 'claim')
  const books = mock(name, { seed: 42, invoices: 20 })
  const run = async (wrap: (fetch: Fetch) => Fetch) => {
    books.reset()
    return check(model, wrap(books.fetch), {
      baseUrl: 'http://localhost',
      headers: credentialsFor(model),
      today,
      writes: isClaimed,
      limit: 2,
      maxPages: 1,
      maxGets: isClaimed ? 12 : 1,
    })
  }

  it('finds nothing where nobody has tampered', async () => {
    const broken = [...named, ...aroundInvoices].filter(({ api }) => api === name).map(({ law }) => law)
    expect(lawsHeld(await run((fetch) => fetch))).toEqual(expect.arrayContaining(broken))
  })

  it.each(named.filter(({ api }) => api === name))(
    'finds the edit at $name that breaks $law',
    async ({ law, edit }) => {
      const { violations } = await run((fetch) => sabotage(model, fetch, edit, 'invoices'))
      expect(violations.map(({ code }) => code)).toContain(law)
    },
  )

  it.each(aroundInvoices.filter(({ api }) => api === name))(
    'finds the edit at $name that breaks $law, around invoices',
    async ({ law, edit }) => {
      const { violations } = await run((fetch) => sabotage(model, fetch, edit, 'body'))
      expect(violations.map(({ code }) => code)).toContain(law)
    },
  )
})
