import { describe, expect, it } from 'vitest'
import { controlOf, mockModel, Worlds } from '../../mocks/index.ts'
import { builtIn } from '../../spec/index.ts'

const marked = { 'x-proforma': '1' }
const call = async (
  fetch: (request: Request) => Promise<Response>,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) => {
  const response = await fetch(
    new Request(
      `http://localhost${path}`,
      body === undefined
        ? { headers }
        : {
            method: 'POST',
            body: typeof body === 'string' ? body : JSON.stringify(body),
            headers: { ...marked, ...headers },
          },
    ),
  )
  return { status: response.status, json: (await response.json()) as Record<string, any> }
}

describe('control calls', () => {
  const mock = mockModel(builtIn('stuut'), { invoices: 40 })
  const { fetch } = mock

  it('tell how things stand', async () => {
    const { json } = await call(fetch, '/__proforma')
    expect(json).toEqual({
      world: '',
      seed: 42,
      invoices: 40,
      today: '2026-01-15',
      scenarios: [],
      changes: 0,
      requests: 0,
      worlds: 0,
    })
  })

  it('move the clock; statuses follow', async () => {
    const open = Array.from({ length: 40 }, (_, index) => index).find(
      (index) => mock.business.find(index)?.status === 'open',
    ) as number
    expect((await call(fetch, '/__proforma/clock', { today: '2026-12-01' })).json.today).toBe('2026-12-01')
    expect(mock.business.find(open)?.status).not.toBe('open')
    await call(fetch, '/__proforma/reset', {})
    expect(mock.business.find(open)?.status).toBe('open')
  })

  it('put the world of a header into a scenario, and back', async () => {
    const world = { 'x-proforma-world': 'a' }
    expect((await call(fetch, '/__proforma/scenario', { name: ['single', 'slow'] }, world)).json).toMatchObject({
      world: 'a',
      invoices: 1,
      scenarios: ['single', 'slow'],
    })
    expect((await call(fetch, '/__proforma')).json).toMatchObject({ invoices: 40, scenarios: [], worlds: 1 })
    expect((await call(fetch, '/__proforma/reset', {}, world)).json).toMatchObject({ invoices: 40, scenarios: [] })
  })

  it('begin a world anew in another way', async () => {
    const world = { 'x-proforma-world': 'b' }
    expect(
      (
        await call(
          fetch,
          '/__proforma/reset',
          { seed: 7, invoices: 5, today: '2025-06-01', scenario: 'overdue' },
          world,
        )
      ).json,
    ).toMatchObject({ seed: 7, invoices: 5, today: '2025-06-01', scenarios: ['overdue'] })
    expect(mock.world('b').business.find(4)?.status).toBe('overdue')
    expect((await call(fetch, '/__proforma/reset', {}, world)).json).toMatchObject({
      seed: mock.business.ledger.seed,
      invoices: 40,
      today: (await call(fetch, '/__proforma')).json.today,
      scenarios: [],
    })
  })

  it('put a world aside and bring it back', async () => {
    mock.business.create({ lines: [{ name: 'Anvil', price: 100 }] })
    const { json: snapshot } = await call(fetch, '/__proforma/snapshot', {})
    expect((await call(fetch, '/__proforma/snapshot')).json).toEqual(snapshot)
    mock.reset()
    expect((await call(fetch, '/__proforma/restore', {})).json.changes).toBe(1)
    mock.reset()
    expect((await call(fetch, '/__proforma/restore', snapshot)).json.changes).toBe(1)
    expect(mock.business.find(40)?.total).toBeGreaterThan(0)
  })

  it('are refused with what is wrong about them', async () => {
    const bad: readonly (readonly [path: string, body: unknown, says: string])[] = [
      ['clock', { today: '2026-02-30' }, 'expected a day'],
      ['clock', {}, 'expected a day'],
      ['clock', '[]', 'expected a JSON object'],
      ['clock', '{', 'expected a JSON object'],
      ['scenario', { name: 'overdew' }, 'Did you mean "overdue"?'],
      ['scenario', {}, 'expected the name of a scenario'],
      ['scenario', { name: [] }, 'expected the name'],
      ['reset', { seed: {} }, 'expected seed'],
      ['reset', { invoices: 1e9 }, 'from 0 to 1000000'],
      ['restore', { order: 1 }, 'Failed to restore a snapshot'],
      ['clock', '{"__proto__":{"today":"2026-01-01"}}', 'expected a day'],
    ]
    for (const [path, body, says] of bad)
      expect(await call(fetch, `/__proforma/${path}`, body)).toEqual({
        status: 400,
        json: expect.objectContaining({ detail: expect.stringContaining(says) as string }) as object,
      })
    expect((await call(fetch, '/__proforma/nonsense', {})).status).toBe(404)
    expect((await call(fetch, '/__proforma/__proto__', {})).status).toBe(404)
    expect((await call(fetch, '/__proforma/clock')).status).toBe(405)
    expect((await call(fetch, '/__proforma', undefined, { 'x-proforma-world': 'a b' })).status).toBe(400)
  })

  it('are refused to pages of other origins, under foreign names, and without a mark', async () => {
    const control = controlOf(new Worlds(), { hosts: ['mock.example'] })
    const status = async (headers: Record<string, string>, method = 'POST'): Promise<number> =>
      (await control(new Request('http://127.0.0.1:4010/__proforma/reset', { method, headers }))).status
    expect(await status(marked)).toBe(200)
    expect(await status({ 'content-type': 'application/json; charset=utf-8' })).toBe(200)
    for (const host of ['127.0.0.1:4010', 'localhost:4010', 'app.localhost', '[::1]:4010', 'mock.example'])
      expect([host, await status({ ...marked, host })]).toEqual([host, 200])
    expect(await status({ ...marked, host: '127.0.0.1:4010', origin: 'http://127.0.0.1:4010' })).toBe(200)
    for (const headers of [
      {},
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
    ] as Record<string, string>[])
      expect(await status(headers)).toBe(403)
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '192.0.2.1', 'a b'])
      expect([host, await status({ ...marked, host })]).toEqual([host, 403])
    for (const origin of [
      'https://evil.example',
      'null',
      'http://192.0.2.1:4010',
      'http://localhost.evil.example',
      'file://localhost',
      'http://evil.example:4010',
    ])
      expect([origin, await status({ ...marked, host: '127.0.0.1:4010', origin })]).toEqual([origin, 403])
    // Whoever is refused is also refused to ask, and to read.
    const asked = {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-proforma',
    }
    const refused = await control(
      new Request('http://127.0.0.1:4010/__proforma/reset', { method: 'OPTIONS', headers: asked }),
    )
    expect([refused.status, refused.headers.has('access-control-allow-origin')]).toEqual([403, false])
    const look = await control(
      new Request('http://127.0.0.1:4010/__proforma', { headers: { origin: 'https://evil.example' } }),
    )
    expect([look.status, look.headers.has('access-control-allow-origin')]).toEqual([403, false])
    const picture = (site: string) =>
      control(new Request('http://127.0.0.1:4010/__proforma', { headers: { 'sec-fetch-site': site } }))
    expect([(await picture('cross-site')).status, (await picture('same-origin')).status]).toEqual([403, 200])
  })

  it('are answered to pages of this computer, on whatever port', async () => {
    const control = controlOf(new Worlds())
    for (const origin of [
      'http://127.0.0.1:5173',
      'http://localhost:5173',
      'https://app.localhost',
      'http://[::1]:3000',
    ]) {
      const url = 'http://127.0.0.1:4010/__proforma/reset'
      const preflight = await control(
        new Request(url, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-proforma' },
        }),
      )
      expect([
        preflight.status,
        ...['origin', 'methods', 'headers'].map((name) => preflight.headers.get(`access-control-allow-${name}`)),
      ]).toEqual([204, origin, 'POST', 'x-proforma'])
      const response = await control(new Request(url, { method: 'POST', headers: { ...marked, origin } }))
      expect([
        response.status,
        response.headers.get('access-control-allow-origin'),
        response.headers.get('vary'),
      ]).toEqual([200, origin, 'origin'])
      // A form has no mark, wherever it comes from.
      expect(
        (await control(new Request(url, { method: 'POST', headers: { origin, 'content-type': 'text/plain' } }))).status,
      ).toBe(403)
    }
  })
})
