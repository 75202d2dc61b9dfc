import { existsSync } from 'node:fs'
import { setupServer } from 'msw/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { check } from '../contracts/index.ts'
import { apiNames, mock } from '../index.ts'
import type { ApiName, Fetch, MswMock } from '../index.ts'
import { mountPrism } from '../mocks/prism.ts'
import { serve } from '../mocks/server.ts'
import { credentialsFor } from './support/credentials.ts'
import { today } from './support/exam.ts'
import { lawsHeld } from './support/laws-held.ts'
import { requestFor, shows } from './support/showcase.ts'
import type { Show } from './support/showcase.ts'

const options = { seed: 42, invoices: 40 } as const
const open = (): Record<ApiName, MswMock> =>
  Object.fromEntries(
    apiNames.map((name) => [name, mock(name, { ...options, baseUrl: `${offline}/${name}` })]),
  ) as Record<ApiName, MswMock>

/** Nobody listens there. */
const offline = 'https://mocks.example'

/** One way in: how to start it, where it answers, and how to stop it. */
interface Door {
  start(mocks: Record<ApiName, MswMock>): Promise<{ readonly url: string; stop(): Promise<void> }>
}

const handlers: Door = {
  async start(mocks) {
    const server = setupServer(...apiNames.flatMap((name) => mocks[name].handlers))
    server.listen({ onUnhandledFrame: 'error' })
    return { url: offline, stop: async () => server.close() }
  },
}

const standalone: Door = {
  async start(mocks) {
    const { url, close } = await serve(apiNames.map((name) => ({ prefix: `/${name}`, fetch: mocks[name].fetch })))
    return { url, stop: close }
  },
}

const prism: Door = {
  async start(mocks) {
    const { url, close } = await mountPrism(
      apiNames.map((name) => ({ prefix: `/${name}`, document: mocks[name].model.document, fetch: mocks[name].fetch })),
    )
    return { url, stop: close }
  },
}

const isPrismThere = existsSync(new URL('../node_modules/@stoplight/prism-cli/package.json', import.meta.url))
if (!isPrismThere) console.log('Prism is skipped: @stoplight/prism-cli is not installed.')

interface Said {
  readonly status: number
  readonly type: string
  readonly body: unknown
}

const say = async (response: Response): Promise<Said> => {
  const text = await response.text()
  const type = (response.headers.get('content-type') ?? '').split(';')[0] as string
  return { status: response.status, type, body: /json/.test(type) ? JSON.parse(text) : text }
}

/** Requests that read, that change something, and that are refused. */
const story: Readonly<Record<ApiName, readonly Show[]>> = {
  stuut: [
    ...shows.stuut,
    { method: 'GET', path: '/v1/invoices?status=paid&status=overdue&sort_by=due_date&limit=3' },
    { method: 'GET', path: '/v1/invoices?limit=many' },
    { method: 'GET', path: '/v1/invoices/inv_000000000000' },
  ],
  truto: [
    ...shows.truto,
    { method: 'GET', path: '/unified/accounting/invoices' },
    {
      method: 'POST',
      path: '/unified/accounting/invoices?integrated_account_id=5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d',
      body: { number: 7 },
    },
  ],
  nuntiq: [
    ...shows.nuntiq,
    { method: 'GET', path: '/v1/invoices/5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d' },
    { method: 'POST', path: '/v1/invoices/claim', body: { limit: 0 } },
  ],
  customeros: [
    ...shows.customeros,
    { method: 'GET', path: '/invoices?status=LOST' },
    { method: 'GET', path: '/invoices/5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d' },
  ],
}

/** Returns what is answered to a story, from the start. */
async function heard({ model, reset }: MswMock, ask: Fetch, base: string): Promise<Said[]> {
  reset()
  const said: Said[] = []
  for (const show of story[model.name as ApiName])
    said.push(await say(await ask(requestFor(show, base, credentialsFor(model)))))
  const [first] = story[model.name as ApiName]
  if (first) said.push(await say(await ask(requestFor(first, base, {}))))
  return said
}

function suite({ start }: Door): void {
  const mocks = open()
  const direct = open()
  let door: Awaited<ReturnType<Door['start']>>
  beforeAll(async () => {
    door = await start(mocks)
  })
  afterAll(() => door.stop())

  it.each(apiNames)('%s says what its mock says', async (name) => {
    const expected = await heard(direct[name], direct[name].fetch, 'http://localhost')
    expect(expected.map(({ status }) => status)).toEqual(
      expect.arrayContaining([200, 401, 404].filter((status) => status !== 404 || name !== 'truto')),
    )
    expect(await heard(mocks[name], (request) => fetch(request), `${door.url}/${name}`)).toEqual(expected)
  })

  it.each(apiNames)('%s passes a check', async (name) => {
    mocks[name].reset()
    const report = await check(mocks[name].model, (request) => fetch(request), {
      baseUrl: `${door.url}/${name}`,
      headers: credentialsFor(mocks[name].model),
      today,
      writes: true,
      limit: 5,
      maxPages: 2,
      maxGets: 2,
    })
    expect(lawsHeld(report)).toEqual(expect.arrayContaining(['BR-CO-10', 'PF-DATES']))
    expect(report.counts.requests).toBeGreaterThan(5)
  })

  it('keeps what happened to one API from the others', async () => {
    for (const name of apiNames) mocks[name].reset()
    const [list] = shows.customeros
    const ask = async (): Promise<Said> =>
      say(await fetch(requestFor(list as Show, `${door.url}/customeros`, credentialsFor(mocks.customeros.model))))
    const before = await ask()
    await heard(mocks.nuntiq, (request) => fetch(request), `${door.url}/nuntiq`)
    expect(await ask()).toEqual(before)
  })
}

describe('MSW handlers', () => {
  suite(handlers)
})

describe('the standalone server', () => {
  suite(standalone)
})

describe.runIf(isPrismThere)('Prism', () => {
  suite(prism)
})
