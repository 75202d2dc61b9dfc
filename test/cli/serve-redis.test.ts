import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRedis } from '../support/redis.ts'
import type { Redis } from '../support/redis.ts'
import { run, start } from './support/command.ts'
import type { Running } from './support/command.ts'

let redis: Redis
beforeAll(async () => {
  redis = await startRedis({ password: 'hush-hush' })
})
afterAll(() => redis.stop())

const headers = {
  authorization: 'Bearer any',
  'content-type': 'application/json',
  'x-proforma': '1',
  connection: 'close',
}
const invoices = '/truto/unified/accounting/invoices?integrated_account_id=5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d'
interface Invoice {
  readonly id: string
  readonly number: string
  readonly contact: object
}
const list = async ({ url }: Running): Promise<readonly Invoice[]> =>
  ((await (await fetch(`${url}${invoices}&limit=100`, { headers })).json()) as { result: Invoice[] }).result

describe('serve --state redis://', () => {
  it('answers as one with other servers and clusters, also after one was killed while it wrote', async () => {
    const flags = ['truto', '--invoices', '20', '--today', '2026-01-15', '--state', redis.url]
    const [one, other] = await Promise.all([start(flags), start([...flags, '--cluster', '2'])])
    for (const server of [one, other]) {
      expect(JSON.stringify(server.text())).not.toContain('hush')
      expect(server.text().stdout).toContain(`state redis://127.0.0.1:${redis.port}\n`)
    }
    const [{ contact }] = (await list(one)) as [Invoice]
    const create = async ({ url }: Running): Promise<string | undefined> => {
      const response = await fetch(url + invoices, {
        method: 'POST',
        headers,
        body: JSON.stringify({ contact, line_items: [{ description: 'Anvil', unit_price: 10, quantity: 1 }] }),
      }).catch(() => undefined)
      return response?.status === 200 ? ((await response.json()) as Invoice).id : undefined
    }
    const making = Array.from({ length: 30 }, (_, place) => create(place % 2 === 0 ? one : other))
    await making[0]
    process.kill(one.pid as number, 'SIGKILL')
    const made = (await Promise.all(making)).filter((id) => id !== undefined)
    expect(new Set(made).size).toBe(made.length)
    const third = await start(flags)
    for (const server of [other, third]) {
      const listed = new Set((await list(server)).map(({ id }) => id))
      expect(made.filter((id) => !listed.has(id))).toEqual([])
    }
    expect(await create(third)).toBeDefined()
    expect((await list(other)).length).toBe((await list(third)).length)
    expect(await other.stop()).toMatchObject({ code: 0, stderr: '' })
    expect(await third.stop()).toMatchObject({ code: 0, stderr: '' })
  })

  it('is one truth for two computers whose clocks are apart', async () => {
    const flags = ['truto', '--invoices', '20', '--seed', 'clocks', '--today', '2026-01-15', '--state', redis.url]
    // Three days behind, and five minutes ahead.
    const off = (milliseconds: number): { env: Record<string, string> } => ({
      env: {
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(`const now=Date.now;Date.now=()=>now()+${milliseconds}`)}`,
      },
    })
    const [one, other] = await Promise.all([start(flags, off(-259_200_000)), start(flags, off(300_000))])
    const [{ contact }] = (await list(one)) as [Invoice]
    const create = ({ url }: Running): Promise<Invoice> =>
      fetch(url + invoices, {
        method: 'POST',
        headers,
        body: JSON.stringify({ contact, line_items: [{ description: 'Anvil', unit_price: 10, quantity: 1 }] }),
      }).then(async (response) => (await response.json()) as Invoice)
    const made = await Promise.all(Array.from({ length: 16 }, (_, place) => create(place % 2 === 0 ? one : other)))
    expect(new Set(made.map(({ number }) => number)).size).toBe(16)
    expect(await list(one)).toHaveLength(36)
    expect(await list(other)).toEqual(await list(one))
    await Promise.all([one.stop(), other.stop()])
  })

  it('says once what is wrong, without the password', async () => {
    for (const more of [[], ['--cluster', '2']]) {
      const { code, stdout, stderr } = await run([
        'serve',
        'truto',
        ...more,
        '--state',
        redis.url.replace('hush', 'other-word'),
      ])
      expect([code, stdout, stderr.match(/Failed to/g)?.length]).toEqual([2, '', 1])
      expect(stderr).toMatch(
        /^Failed to open redis:\/\/127\.0\.0\.1:\d+: (?!.*other-word).*a refusal of the user or password/,
      )
    }
    expect((await run(['serve', '--state', 'postgres://somebody:hush@127.0.0.1/x'])).stderr).toMatch(
      /^Failed to read --state: (?!.*hush).*one that begins with postgres:/,
    )
  })
})
