import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { newFolder, run, start } from './support/command.ts'

const folder = newFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const headers = {
  authorization: 'Bearer any',
  'content-type': 'application/json',
  'x-proforma': '1',
  connection: 'close',
}
const invoices = '/truto/unified/accounting/invoices?integrated_account_id=5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d'
const flags = ['truto', '--invoices', '20', '--today', '2026-01-15', '--cluster', '2']

interface Invoice {
  readonly id: string
  readonly number: string
  readonly contact: { readonly id: string }
}

const list = async (url: string): Promise<readonly Invoice[]> =>
  ((await (await fetch(`${url}${invoices}&limit=100`, { headers })).json()) as { result: Invoice[] }).result

async function create(url: string): Promise<Invoice> {
  const [{ contact }] = (await list(url)) as [Invoice]
  const response = await fetch(url + invoices, {
    method: 'POST',
    headers,
    body: JSON.stringify({ contact, line_items: [{ description: 'Anvil', unit_price: 10, quantity: 1 }] }),
  })
  expect(response.status).toBe(200)
  return (await response.json()) as Invoice
}

/** Processes that a process has started. */
const children = (parent: number | undefined): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid = 0, of]) => (of === parent ? [pid] : []))

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('serve --cluster', () => {
  it('answers as one, replaces who ends, and leaves nobody behind', async () => {
    const server = await start(flags)
    expect(server.text().stdout.match(/http:\/\/[\d.:]+\/truto(?= )/g)).toHaveLength(1)
    const made = await Promise.all(Array.from({ length: 12 }, () => create(server.url)))
    expect(new Set(made.map(({ number }) => number)).size).toBe(12)
    for (let count = 0; count < 4; count++) expect(await list(server.url)).toHaveLength(32)
    const before = children(server.pid)
    process.kill(before[0] as number, 'SIGKILL')
    await expect.poll(() => children(server.pid).filter((pid) => !before.includes(pid))).toHaveLength(1)
    await expect
      .poll(
        async () =>
          new Set(
            await Promise.all(Array.from({ length: 6 }, async () => (await list(server.url).catch(() => [])).length)),
          ),
      )
      .toEqual(new Set([32]))
    const all = children(server.pid)
    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' })
    expect(all.filter(isAlive)).toEqual([])
  })

  it('leaves no request without an answer when a process is killed', async () => {
    const server = await start(flags)
    const [stalled = 0] = children(server.pid)
    process.kill(stalled, 'SIGSTOP')
    // One that stands still takes none; nothing that waits for it may be lost with it.
    const waiting = Promise.all(Array.from({ length: 12 }, async () => (await list(server.url)).length))
    await fetch(`${server.url}/__proforma`, { headers })
    process.kill(stalled, 'SIGKILL')
    expect(new Set(await waiting)).toEqual(new Set([20]))
    expect(await server.stop()).toMatchObject({ code: 0 })
  })

  it('shares a file, and calls webhooks from one process', async () => {
    const received: string[] = []
    const hook = createServer((incoming, outgoing) => {
      incoming.resume().on('end', () => outgoing.end())
      received.push(incoming.method ?? '')
    })
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
    const kept = [
      ...flags,
      '--state',
      join(folder, 'state.db'),
      '--webhook-url',
      `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`,
    ]
    const first = await start(kept)
    for (let count = 0; count < 4; count++) await create(first.url)
    await expect
      .poll(
        async () =>
          new Set(
            (
              await Promise.all(
                Array.from(
                  { length: 4 },
                  async () =>
                    (
                      (await (await fetch(`${first.url}/__proforma/webhooks`, { headers })).json()) as {
                        deliveries: { state: string }[]
                      }
                    ).deliveries,
                ),
              )
            ).map((deliveries) => deliveries.map(({ state }) => state).join(' ')),
          ),
      )
      .toEqual(new Set(['delivered delivered delivered delivered']))
    expect(received).toHaveLength(4)
    await first.stop('SIGINT')
    hook.close()
    const second = await start(kept)
    expect(await list(second.url)).toHaveLength(24)
    await second.stop()
  })

  it('says once what is wrong', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const { code, stderr } = await run(['serve', ...flags, '--port', String(port)])
    expect([code, stderr.match(/Failed to/g)?.length, stderr]).toEqual([
      2,
      1,
      expect.stringContaining(`serve on http://127.0.0.1:${port}: expected a free port`),
    ])
    other.close()
    expect((await run(['serve', '--cluster', 'trut'])).stderr).toContain('Did you mean "truto"?')
    expect((await run(['serve', '--cluster', '0'])).stderr).toContain(
      'Failed to read --cluster: expected a whole number from 1 to 256',
    )
    expect((await run(['serve', '--cluster', '--engine', 'prism'])).stderr).toContain(
      'Failed to read --cluster: expected the native engine',
    )
  })
})
