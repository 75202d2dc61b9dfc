import { Agent, request } from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { controlOf, mockModel, Worlds } from '../../mocks/index.ts'
import { ResponseCache } from '../../mocks/server/response-cache.ts'
import type { CachedResponse } from '../../mocks/server/response-cache.ts'
import { serve } from '../../mocks/server.ts'
import type { Served } from '../../mocks/server.ts'
import { builtIn } from '../../spec/index.ts'
import type { Model, Operation } from '../../spec/index.ts'
import { clientOf, idFor } from '../support/client.ts'
import { credentialsFor } from '../support/credentials.ts'

const names = ['truto', 'nuntiq', 'customeros'] as const
const models = names.map((name) => builtIn(name))
const accounting = '/truto/unified/accounting/invoices'
const account = 'integrated_account_id=5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d'

const open = async (ready?: number): Promise<{ served: Served; worlds: Worlds }> => {
  const worlds = new Worlds({ invoices: 12, maxWorlds: 2 })
  const routes = models.map((model) => ({
    prefix: `/${model.name}`,
    model,
    worlds,
    fetch: mockModel(model, { worlds }).fetch,
  }))
  return {
    served: await serve(routes, { control: controlOf(worlds), isAlone: true, ...(ready !== undefined && { ready }) }),
    worlds,
  }
}

let ids: Readonly<Record<string, readonly string[]>>
const agent = new Agent({ keepAlive: true })
beforeAll(async () => {
  ids = Object.fromEntries(
    await Promise.all(
      models.map(async (model) => {
        const client = clientOf(model, mockModel(model, { invoices: 12 }).fetch)
        return [
          model.name,
          (await client.some(3)).map((invoice) => String(idFor(client.find('get') as Operation, invoice))),
        ] as const
      }),
    ),
  )
})
afterAll(() => agent.destroy())

const headersOf = (path: string): Record<string, string> =>
  credentialsFor(builtIn(/^\/(?:__world\/\w+\/)?(\w+)/.exec(path)?.[1] ?? 'truto'))

interface Asked {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
}

interface Answered {
  readonly status: number | undefined
  readonly headers: readonly string[]
  readonly body: string
}

/** All that comes over the wire but the time. */
const ask = ({ url }: Served, { method, path, headers = {}, body }: Asked): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const all = {
      ...(path.startsWith('/__proforma') ? { 'x-proforma': '1' } : headersOf(path)),
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    }
    const sent = request(url + path, { method, agent, headers: all }, (answer) => {
      const chunks: Buffer[] = []
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const pairs = answer.rawHeaders.flatMap((name, index, { [index + 1]: value }) =>
            index % 2 === 0 && name !== 'Date' ? [`${name.toLowerCase()}: ${value}`] : [],
          )
          resolve({
            status: answer.statusCode,
            headers: pairs.toSorted(),
            body: Buffer.concat(chunks).toString('latin1'),
          })
        })
    })
    sent.on('error', reject).end(body && JSON.stringify(body))
  })

/** A tag that was seen is put in the place of this one. */
const seen = '"seen"'
const paths = fc.oneof(
  fc.constantFrom(
    `${accounting}?${account}&limit=3`,
    `${accounting}?${account}&limit=3&x=1`,
    '/customeros/invoices',
    '/customeros/invoices?limit=2',
    '/nuntiq/v1/invoices/lifecycle-messages',
    '/truto',
    '/truto/__proforma',
    `${accounting}?${account}&limit=x`,
  ),
  fc
    .nat(2)
    .chain((index) => fc.constantFrom(0, 1).map((api) => ({ index, api })))
    .map(({ index, api }) =>
      api === 0 ? `${accounting}/${ids.truto?.[index]}?${account}` : `/customeros/invoices/${ids.customeros?.[index]}`,
    ),
)
const header = fc.constantFrom(
  ['accept', 'text/html'],
  ['accept', '*/*'],
  ['accept-encoding', 'gzip'],
  ['accept-encoding', 'gzip'],
  ['accept-encoding', 'gzip;q=0'],
  ['if-none-match', seen],
  ['if-none-match', seen],
  ['if-none-match', '"other"'],
  ['origin', 'https://app.example'],
  ['x-proforma-world', 'a'],
  ['x-proforma-world', 'b'],
  ['x-proforma-world', 'c'],
  ['cookie', 'proforma-world=a'],
  ['cookie', 'x=1'],
  ['prefer', 'code=404'],
  ['prefer', 'nonsense'],
  ['prefer', 'scenario=overdue'],
  ['prefer', 'seed=7'],
  ['authorization', ''],
  ['user-agent', 'two'],
  ['connection', 'close'],
)
const headers = fc.array(header, { maxLength: 2 }).map((pairs) => Object.fromEntries(pairs) as Record<string, string>)
const reading = fc.record({
  method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'OPTIONS'),
  path: fc.oneof(
    paths,
    fc.tuple(fc.constantFrom('/__world/a', '/__world/b'), paths).map((parts) => parts.join('')),
  ),
  headers,
})
const happening = fc.oneof(
  fc.constantFrom<Asked>(
    { method: 'POST', path: '/nuntiq/v1/invoices/claim', body: { limit: 2 } },
    { method: 'POST', path: '/__proforma/reset', body: {} },
    { method: 'POST', path: '/__proforma/reset', body: { seed: 7 } },
    { method: 'POST', path: '/__proforma/reset', body: { all: true } },
    { method: 'POST', path: '/__proforma/clock', body: { today: '2026-03-01' } },
    { method: 'POST', path: '/__proforma/clock', body: { today: '2026-01-15' } },
    { method: 'POST', path: '/__proforma/snapshot' },
    { method: 'POST', path: '/__proforma/restore', body: {} },
    ...['overdue', 'rate-limited', 'single', 'malformed', 'server-error'].map((name) => ({
      method: 'POST',
      path: '/__proforma/scenario',
      body: { name },
    })),
  ),
  fc.record({ index: fc.nat(2), world: fc.constantFrom('', 'a') }).chain(({ index, world }) =>
    fc.constantFrom<Asked>(
      {
        method: 'DELETE',
        path: `${accounting}/${ids.truto?.[index]}?${account}`,
        headers: { 'x-proforma-world': world },
      },
      { method: 'PATCH', path: `${accounting}/${ids.truto?.[index]}?${account}`, body: { memo: `Memo ${index}` } },
      {
        method: 'POST',
        path: `/customeros/invoices/${ids.customeros?.[index]}/pay`,
        headers: { 'x-proforma-world': world },
      },
    ),
  ),
)

describe('an answer that was ready', () => {
  it('cannot be told from one that is made anew', async () => {
    // Few questions, asked again and again: what matters is what happens in between, and what they differ in.
    const questions = fc
      .tuple(paths, fc.array(headers, { minLength: 2, maxLength: 3 }), fc.array(reading, { maxLength: 2 }))
      .map(([path, many, others]): readonly Asked[] => [
        { method: 'GET', path },
        { method: 'HEAD', path },
        ...many.map((one) => ({ method: 'GET', path, headers: one })),
        ...others,
      ])
    const turn = fc.oneof({ weight: 5, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: happening })
    await fc.assert(
      fc.asyncProperty(questions, fc.array(turn, { minLength: 10, maxLength: 60 }), async (known, turns) => {
        const servers = await Promise.all([open(), open(0)])
        let tag = '"none"'
        const sequence = turns.map((one) => (typeof one === 'number' ? (known[one % known.length] as Asked) : one))
        for (const question of [
          ...sequence,
          { method: 'GET', path: '/__proforma' },
          { method: 'GET', path: '/__proforma/worlds' },
        ]) {
          const stated = Object.fromEntries(
            Object.entries(question.headers ?? {}).map(([name, value]) => [name, value === seen ? tag : value]),
          )
          const [first, second] = await Promise.all(
            servers.map(({ served }) => ask(served, { ...question, headers: stated })),
          )
          expect({ question, ...first }).toEqual({ question, ...second })
          tag = second?.headers.find((line) => line.startsWith('etag: '))?.slice(6) ?? tag
        }
        await Promise.all(servers.map(({ served }) => served.close()))
      }),
      { numRuns: 20 },
    )
  })

  it('is the very same bytes, and counts as a request', async () => {
    const { served, worlds } = await open()
    const { business } = worlds.first
    let found = 0
    const find = business.find.bind(business)
    business.find = (index) => {
      found++
      return find(index)
    }
    const question = { method: 'GET', path: `/customeros/invoices/${ids.customeros?.[0]}` }
    const first = await ask(served, question)
    const before = found
    expect(before).toBeGreaterThan(0)
    expect(await ask(served, question)).toEqual(first)
    expect([found, worlds.first.requests]).toEqual([before, 2])
    await served.close()
  })
})

describe('an answer in the making', () => {
  it('is not kept when something happens meanwhile', async () => {
    const worlds = new Worlds({ invoices: 12 })
    const mock = mockModel(models[0] as Model, { worlds })
    let isFirst = true
    const route = {
      prefix: '/truto',
      model: mock.model,
      worlds,
      fetch: async (question: Request) => {
        const answer = await mock.fetch(question)
        if (isFirst) mock.business.delete(mock.business.find(11) as never)
        isFirst = false
        return answer
      },
    }
    const served = await serve([route])
    const question = { method: 'GET', path: `${accounting}?${account}` }
    const before = await ask(served, question)
    expect((await ask(served, question)).body).not.toBe(before.body)
    await served.close()
  })
})

describe('answers that are ready', () => {
  const ready = (bytes: number, version = 0): CachedResponse => ({
    wired: { status: 200, headers: [], body: new Uint8Array(bytes) },
    model: models[0] as never,
    world: { version: 0 } as never,
    version,
  })

  it('take no more room than they may, those asked for least lately make it', () => {
    const answers = new ResponseCache(10_000)
    for (const name of ['a', 'b', 'c', 'd']) answers.keep(name, ready(1000))
    answers.find('a')
    answers.keep('e', ready(1000))
    expect(['a', 'b', 'c', 'd', 'e'].filter((name) => answers.find(name))).toEqual(['a', 'c', 'd', 'e'])
  })

  it('leave out what would take a quarter of it', () => {
    const answers = new ResponseCache(10_000)
    answers.keep('a', ready(3000))
    expect(answers.find('a')).toBeUndefined()
  })

  it('are forgotten when their world has moved on, and their room is free again', () => {
    const answers = new ResponseCache(10_000)
    for (let index = 0; index < 100; index++) {
      answers.keep('old', ready(1000, 1))
      expect(answers.find('old')).toBeUndefined()
    }
    for (const name of ['a', 'b', 'c', 'd']) answers.keep(name, ready(1000))
    expect(['a', 'b', 'c', 'd'].every((name) => answers.find(name))).toBe(true)
  })
})
