import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { patience } from '../support/patience.ts'
import { main, newFolder, run, start } from './support/command.ts'

const folder = newFolder()
const headers = { authorization: 'Bearer any', 'content-type': 'application/json', connection: 'close' }
const invoices = '/truto/unified/accounting/invoices?integrated_account_id=5f3c1c5e-6f0d-4c27-9e2b-1d2f3a4b5c6d'
const flags = ['truto', '--invoices', '20', '--today', '2026-01-15']

interface Invoice {
  readonly id: string
  readonly contact: object
}

const list = async (url: string): Promise<readonly Invoice[]> =>
  ((await (await fetch(`${url}${invoices}&limit=100`, { headers })).json()) as { result: Invoice[] }).result

/** Creates an invoice; resolves with nothing where no answer comes. */
const create = (url: string, contact: object): Promise<{ status: number; text: string } | undefined> =>
  fetch(url + invoices, {
    method: 'POST',
    headers,
    // A connection that was on its way to a process when that was killed is never answered.
    signal: AbortSignal.timeout(20_000),
    body: JSON.stringify({ contact, line_items: [{ description: 'Anvil', unit_price: 10, quantity: 1 }] }),
  }).then(
    async (response) => ({ status: response.status, text: await response.text() }),
    () => undefined,
  )

const idIn = (text: string): string => (JSON.parse(text) as Invoice).id

/** A disk of 300 kB; `undefined` where none can be made. */
const disk = ((): string | undefined => {
  const place = join(folder, 'disk')
  mkdirSync(place)
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', place]).status === 0 ? place : undefined
})()
if (disk === undefined) console.log('A full disk is not tried: only a superuser can make a small one.')
afterAll(() => {
  if (disk !== undefined) execFileSync('umount', [disk])
  rmSync(folder, { recursive: true, force: true })
})

describe('serve --state', () => {
  it.skipIf(disk === undefined)(
    'says that the disk is full, loses nothing, and goes on when there is room',
    async () => {
      const [file, filler] = [join(disk as string, 'state.db'), join(disk as string, 'filler')]
      writeFileSync(filler, Buffer.alloc(100_000))
      const server = await start([...flags, '--state', file])
      const [{ contact }] = (await list(server.url)) as [Invoice]
      const made: string[] = []
      let last = await create(server.url, contact)
      for (; last?.status === 200 && made.length < 70; last = await create(server.url, contact))
        made.push(idIn(last.text))
      expect(last).toEqual({ status: 503, text: expect.stringContaining(`The disk of ${file} is full`) })
      expect((await list(server.url)).map(({ id }) => id).filter((id) => made.includes(id))).toHaveLength(made.length)
      expect(await list(server.url)).toHaveLength(20 + made.length)
      rmSync(filler)
      const next = await create(server.url, contact)
      expect(next?.status).toBe(200)
      process.kill(server.pid as number, 'SIGKILL')
      await server.stop()
      const again = await start([...flags, '--state', file])
      const ids = (await list(again.url)).map(({ id }) => id)
      expect([...made, idIn(next?.text ?? '')].filter((id) => !ids.includes(id))).toEqual([])
      expect(ids).toHaveLength(21 + made.length)
      expect(await again.stop()).toMatchObject({ code: 0, stderr: '' })
      writeFileSync(filler, Buffer.alloc(1))
      const fill = spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k'])
      expect(fill.status).not.toBe(0)
      expect((await run(['serve', ...flags, '--port', '0', '--state', join(disk as string, 'new.db')])).stderr).toMatch(
        /received a full disk\. Make room/,
      )
    },
  )

  it('says that a file, or its folder, may only be read', () => {
    // A superuser may write everything.
    const nobody = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : []
    const serve = (file: string): { readonly status: number | null; readonly stderr: string } => {
      const [program, ...args] = [...nobody, process.execPath, main, 'serve', '--port', '0', '--state', file]
      return spawnSync(program, args, {
        encoding: 'utf8',
        timeout: patience - 10_000,
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      })
    }
    const place = join(folder, 'read-only')
    mkdirSync(place)
    writeFileSync(join(place, 'state.db'), '')
    chmodSync(folder, 0o755)
    chmodSync(place, 0o777)
    chmodSync(join(place, 'state.db'), 0o444)
    expect(serve(join(place, 'state.db'))).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(
        /^Failed to open .*state\.db: .* received one that this user may not write\. Let this user write it,[^\n]*\n$/,
      ),
    })
    chmodSync(join(place, 'state.db'), 0o666)
    chmodSync(place, 0o555)
    for (const name of ['state.db', 'new.db'])
      expect(serve(join(place, name))).toMatchObject({
        status: 2,
        stderr: expect.stringMatching(
          /received one in a folder that this user may only read \(.*read-only\)\. Let this user write there/,
        ),
      })
  })

  it('has all that was acknowledged, once, although processes of a cluster are killed while they write', async () => {
    const server = await start([...flags, '--cluster', '2', '--state', join(folder, 'cluster.db')])
    const [{ contact }] = (await list(server.url)) as [Invoice]
    const made: string[] = []
    for (let round = 0; round < 3; round++) {
      const making = Array.from({ length: 12 }, () => create(server.url, contact))
      await Promise.race(making)
      const [victim] = childrenOf(server.pid)
      if (victim !== undefined) process.kill(victim, 'SIGKILL')
      for (const answer of await Promise.all(making)) if (answer?.status === 200) made.push(idIn(answer.text))
      await expect.poll(() => childrenOf(server.pid).filter((pid) => pid !== victim)).toHaveLength(2)
      // Until a worker in place of the killed one listens, there may be none that does.
      await expect.poll(() => list(server.url).catch(() => undefined)).toBeDefined()
    }
    expect(made.length).toBeGreaterThan(3)
    const seen = (await list(server.url)).map(({ id }) => id)
    expect(await server.stop()).toMatchObject({ code: 0 })
    const again = await start([...flags, '--state', join(folder, 'cluster.db')])
    const ids = (await list(again.url)).map(({ id }) => id)
    await again.stop()
    expect(made.filter((id) => !ids.includes(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(seen)
  })
})

/** Processes that a process has started. */
const childrenOf = (parent: number | undefined): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([pid, of, state]) => (Number(of) === parent && !state?.startsWith('Z') ? [Number(pid)] : []))
