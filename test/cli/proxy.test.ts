import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mock } from '../../index.ts'
import { newFolder, start, startCommand } from './support/command.ts'
import type { Running } from './support/command.ts'
import { closingAfterEach, upstream as startUpstream } from './support/upstream.ts'

const stuut = mock('stuut', { invoices: 10 })
const first = await stuut
  .fetch(new Request('http://localhost/v1/invoices?limit=1', { headers: { authorization: 'Bearer any' } }))
  .then((response) => response.text())
const closing = closingAfterEach()
const upstream = (listener: RequestListener): Promise<string> => startUpstream(listener, closing)

describe('proforma proxy', () => {
  const run = (...args: readonly string[]): Promise<Running> =>
    startCommand(['proxy', 'stuut', '--port', '0', '--today', '2026-01-15', ...args])

  const lying = first.replace(/"total_amount":(\d+)/, (_, amount) => `"total_amount":${Number(amount) + 1}`)

  it('tells violations as they pass, records, and ends with 1; what was recorded is served again', async () => {
    const base = await upstream((_, outgoing) =>
      outgoing.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(lying)),
    )
    const folder = newFolder()
    const proxy = await run('--url', base, '--record', folder)
    const response = await fetch(`${proxy.url}/v1/invoices?limit=1`, {
      headers: { authorization: 'Bearer top-secret' },
    })
    expect(await response.text()).toBe(lying)
    await expect.poll(() => proxy.text().stdout).toMatch(/GET \/v1\/invoices\?limit=1 {2}200 {2}\d+ violations?\n/)
    expect(proxy.text().stdout).toMatch(/BR-CO-\d\d|PF-/)
    expect(await proxy.stop('SIGINT')).toMatchObject({ code: 1 })
    expect(proxy.text().stdout).toMatch(/\d+ violations? in 1 exchange\.\n$/)
    expect(readdirSync(folder)).toEqual(['0001-listInvoices.json'])
    const recording = readFileSync(join(folder, '0001-listInvoices.json'), 'utf8')
    expect(recording).not.toContain('top-secret')
    const served = await start(['stuut', '--replay', folder])
    const again = await fetch(`${served.url}/stuut/v1/invoices?limit=1`, { headers: { authorization: 'Bearer any' } })
    expect(await again.json()).toEqual(JSON.parse(recording).response.body)
    await served.stop()
  })

  it('keeps no half of a recording where the disk is full, and says so', async (context) => {
    const disk = newFolder()
    const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status === 0
    if (!isMounted) return context.skip()
    onTestFinished(() => void spawnSync('umount', [disk]))
    const long = JSON.stringify({ data: ['x'.repeat(40_000)] })
    const base = await upstream((_, outgoing) =>
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(long),
    )
    const proxy = await run('--url', base, '--record', join(disk, 'kept'), '--wait')
    for (let count = 0; count < 2; count++)
      await fetch(`${proxy.url}/v1/invoices`, { headers: { authorization: 'Bearer any' } }).then((one) => one.text())
    const { code, stderr } = await proxy.stop('SIGINT')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Failed to record .*0002-listInvoices\.json: .* ENOSPC\.$/m)
    const files = readdirSync(join(disk, 'kept'))
    expect(files).toEqual(['0001-listInvoices.json'])
    JSON.parse(readFileSync(join(disk, 'kept', '0001-listInvoices.json'), 'utf8'))
  })

  it('answers 502 instead, when it is told to fail', async () => {
    const base = await upstream((_, outgoing) =>
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(lying),
    )
    const proxy = await run('--url', base, '--fail')
    const response = await fetch(`${proxy.url}/v1/invoices?limit=1`, { headers: { authorization: 'Bearer any' } })
    expect(response.status).toBe(502)
    expect(Number(response.headers.get('x-proforma-violations'))).toBeGreaterThan(0)
    expect(await proxy.stop('SIGINT')).toMatchObject({ code: 1 })
  })

  it('counts answers that are too long to be looked at', async () => {
    const base = await upstream((_, outgoing) =>
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(lying),
    )
    const proxy = await run('--url', base, '--max-bytes', '1000')
    const response = await fetch(`${proxy.url}/v1/invoices?limit=1`, { headers: { authorization: 'Bearer any' } })
    expect(await response.text()).toBe(lying)
    await proxy.stop('SIGINT')
    expect(proxy.text().stdout).toContain(
      'No violations in 1 exchange. 1 JSON answer passed unread: longer than --max-bytes, or no text.',
    )
  })

  it('ends with 0 where all held', async () => {
    const base = await upstream((_, outgoing) =>
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(first),
    )
    const proxy = await run('--url', base, '--wait')
    const response = await fetch(`${proxy.url}/v1/invoices?limit=1`, { headers: { authorization: 'Bearer any' } })
    expect(response.headers.get('x-proforma-violations')).toBe('0')
    expect(await proxy.stop('SIGINT')).toMatchObject({ code: 0 })
    expect(proxy.text().stdout).toContain('No violations in 1 exchange.')
  })

  it('ends with 2 where nobody ever answered', async () => {
    const proxy = await run('--url', 'http://127.0.0.1:9')
    expect((await fetch(`${proxy.url}/v1/invoices`, { headers: { authorization: 'Bearer any' } })).status).toBe(502)
    expect(await proxy.stop('SIGINT')).toMatchObject({ code: 2 })
    expect(proxy.text().stdout).toMatch(/GET \/v1\/invoices {2}no answer {2}connect ECONNREFUSED 127\.0\.0\.1:9\n/)
    expect(proxy.text().stdout).toContain(
      'No violations in 0 exchanges. The upstream left 1 request without an answer.',
    )
  })
})
