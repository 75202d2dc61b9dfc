import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { IncomingMessage, RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { forward } from '../../cli/proxy/forward.ts'
import type { ForwardOptions } from '../../cli/proxy/forward.ts'
import { budgetOf } from '../../cli/proxy/keep.ts'
import { joined } from '../../cli/proxy/passed.ts'
import type { Passed } from '../../cli/proxy/passed.ts'
import { watchOf } from '../../contracts/index.ts'
import { mock } from '../../index.ts'
import { newFolder, start } from './support/command.ts'

const stuut = mock('stuut', { invoices: 10 })
const first = await stuut.fetch(new Request('http://localhost/v1/invoices?limit=1', { headers: { authorization: 'Bearer any' } })).then((response) => response.text())
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function upstream(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function proxied(baseUrl: string, options: Partial<ForwardOptions> = {}): Promise<{ url: string; passed: Passed[]; missed: string[] }> {
  const passed: Passed[] = []
  const missed: string[] = []
  const proxy = await forward({
    baseUrl, host: '127.0.0.1', port: 0, fail: false, wait: false, maxBytes: 100_000, budget: budgetOf(1_000_000), timeout: 5000, watch: watchOf(stuut.model),
    overhear: (exchange) => void passed.push(exchange),
    onMissed: (request, reason) => void missed.push(`${request} ${reason}`),
    inspect: async (exchange) => {
      passed.push(exchange)
      return { request: exchange.target, violations: [] }
    },
    ...options,
  })
  closing.push(proxy.close)
  return { url: proxy.url, passed, missed }
}

const textOf = (chunks: readonly Uint8Array[] | undefined): string | undefined => chunks && new TextDecoder().decode(joined(chunks))

/** Sends a request as it stands, hop-by-hop headers included. */
const raw = (url: string, options: object): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request(url, options, (response) => resolve(response.resume())).on('error', reject).end()
  })

describe('forward', () => {
  it('passes on what belongs to the message, and keeps what belongs to the connection', async () => {
    let seen: IncomingMessage | undefined
    const base = await upstream((incoming, outgoing) => {
      seen = incoming
      outgoing.writeHead(200, { 'set-cookie': ['a=1', 'b=2'], connection: 'x-hop', 'x-hop': '1', 'x-kept': '1' }).end('{}')
    })
    const { url } = await proxied(`${base}/base`)
    const response = await raw(url, { path: '/v1/invoices?limit=1', headers: { connection: 'x-secret-hop', 'x-secret-hop': '1', te: 'trailers', 'proxy-authorization': 'Basic x', 'x-kept': '1', authorization: 'Bearer any' } })
    expect(seen?.url).toBe('/base/v1/invoices?limit=1')
    expect(seen?.headers).toMatchObject({ host: base.slice(7), via: '1.1 proforma', 'x-kept': '1', authorization: 'Bearer any' })
    for (const name of ['x-secret-hop', 'te', 'proxy-authorization']) expect(seen?.headers[name]).toBeUndefined()
    expect(response.headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'x-kept': '1' })
    expect(response.headers['x-hop']).toBeUndefined()
  })

  it('asks the upstream and nobody else, whatever a request line says', async () => {
    const urls: unknown[] = []
    const { url } = await proxied(await upstream((incoming, outgoing) => {
      urls.push([incoming.url, incoming.headers.host?.startsWith('127.0.0.1:')])
      outgoing.end('{}')
    }))
    for (const path of ['http://elsewhere.test/v1/invoices', '//elsewhere.test/v1', '/v1/../v1']) await raw(url, { path, headers: { host: 'elsewhere.test' } })
    expect(urls).toEqual([['/v1/invoices', true], ['//elsewhere.test/v1', true], ['/v1/../v1', true]])
  })

  it('passes bytes on before the answer ends, and hands over the whole', async () => {
    let finish: (() => void) | undefined
    const { url, passed } = await proxied(await upstream((_, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'application/json' })
      outgoing.write('{"data":')
      finish = () => outgoing.end('[]}')
    }))
    const reader = (await fetch(`${url}/v1/invoices`)).body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('{"data":')
    finish?.()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('[]}')
    await expect.poll(() => passed.length).toBe(1)
    expect(textOf(passed[0]?.answerBody)).toBe('{"data":[]}')
  })

  it('passes on bodies of requests, and answers that are too long to be looked at, also when it waits', async () => {
    const { url, passed } = await proxied(await upstream((incoming, outgoing) => void incoming.pipe(outgoing)), { wait: true, maxBytes: 1000 })
    for (const size of [10, 100_000]) {
      const body = 'x'.repeat(size)
      expect(await (await fetch(`${url}/v1/invoices/1/sync`, { method: 'POST', body })).text()).toBe(body)
    }
    expect(passed.map(({ body, answerBody }) => [textOf(body)?.length, textOf(answerBody)?.length])).toEqual([[10, 10], [undefined, undefined]])
  })

  it('says at once how many violations the head shows', async () => {
    const { url } = await proxied(await upstream((_, outgoing) => outgoing.writeHead(418).end()))
    const response = await fetch(`${url}/v1/invoices?limit=0`)
    // No credentials, a limit that is too small, a status nobody documents.
    expect(response.headers.get('x-proforma-violations')).toBe('3')
  })

  it('answers 502 where the upstream is gone, silent or cut short', async () => {
    const gone = await proxied('http://127.0.0.1:9')
    expect(await (await fetch(`${gone.url}/v1/invoices`)).json()).toMatchObject({ status: 502, detail: expect.stringContaining('Failed to reach http://127.0.0.1:9') })
    const silent = await proxied(await upstream(() => undefined), { timeout: 50 })
    expect(await (await fetch(`${silent.url}/v1/invoices`)).json()).toMatchObject({ detail: expect.stringContaining('nothing within 0.05 seconds') })
    const cut = await proxied(await upstream((_, outgoing) => {
      outgoing.writeHead(200, { 'content-length': 100 }).write('{')
      setTimeout(() => outgoing.destroy(), 20)
    }))
    await expect(fetch(`${cut.url}/v1/invoices`).then((response) => response.text())).rejects.toThrow('terminated')
  })

  it('refuses a body that is too long to be held back', async () => {
    const { url } = await proxied(await upstream((_, outgoing) => outgoing.end('{}')), { fail: true, wait: true, maxBytes: 10 })
    expect((await fetch(`${url}/v1/invoices/1/sync`, { method: 'POST', body: 'x'.repeat(100), headers: { authorization: 'Bearer any' } })).status).toBe(413)
  })

  it('leads redirects to the upstream back through itself', async () => {
    const base = await upstream((_, outgoing) => outgoing.writeHead(302, { location: `${base}/v1/invoices?page=2` }).end())
    const { url } = await proxied(base)
    expect((await fetch(`${url}/v1/invoices`, { redirect: 'manual' })).headers.get('location')).toBe(`${url}/v1/invoices?page=2`)
  })
})

describe('proforma proxy', () => {
  const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))

  async function run(...args: readonly string[]): Promise<{ url: string; stdout: () => string; stop: () => Promise<number | null> }> {
    const child = spawn(process.execPath, [main, 'proxy', 'stuut', '--port', '0', '--today', '2026-01-15', ...args], { env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined }, timeout: 50_000 })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    await Promise.race([expect.poll(() => text, { timeout: 40_000 }).toContain('Ctrl-C stops.'), ended])
    return {
      url: /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '',
      stdout: () => text,
      stop: () => {
        child.kill('SIGINT')
        return ended
      },
    }
  }

  const lying = first.replace(/"total_amount":(\d+)/, (_, amount) => `"total_amount":${Number(amount) + 1}`)

  it('tells violations as they pass, records, and ends with 1; what was recorded is served again', async () => {
    const base = await upstream((_, outgoing) => outgoing.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(lying)))
    const folder = newFolder()
    const proxy = await run('--url', base, '--record', folder)
    const response = await fetch(`${proxy.url}/v1/invoices?limit=1`, { headers: { authorization: 'Bearer top-secret' } })
    expect(await response.text()).toBe(lying)
    await expect.poll(proxy.stdout, { timeout: 20_000 }).toMatch(/GET \/v1\/invoices\?limit=1 {2}200 {2}\d+ violations?\n/)
    expect(proxy.stdout()).toMatch(/BR-CO-\d\d|PF-/)
    expect(await proxy.stop()).toBe(1)
    expect(proxy.stdout()).toMatch(/\d+ violations? in 1 exchange\.\n$/)
    expect(readdirSync(folder)).toEqual(['0001-listInvoices.json'])
    const recording = readFileSync(join(folder, '0001-listInvoices.json'), 'utf8')
    expect(recording).not.toContain('top-secret')
    const served = await start(['stuut', '--replay', folder])
    const again = await fetch(`${served.url}/stuut/v1/invoices?limit=1`, { headers: { authorization: 'Bearer any' } })
    expect(await again.json()).toEqual(JSON.parse(recording).response.body)
    await served.stop()
  })

  it('answers 502 instead, when it is told to fail', async () => {
    const base = await upstream((_, outgoing) => outgoing.writeHead(200, { 'content-type': 'application/json' }).end(lying))
    const proxy = await run('--url', base, '--fail')
    const response = await fetch(`${proxy.url}/v1/invoices?limit=1`, { headers: { authorization: 'Bearer any' } })
    expect(response.status).toBe(502)
    expect(Number(response.headers.get('x-proforma-violations'))).toBeGreaterThan(0)
    expect(await proxy.stop()).toBe(1)
  })

  it('ends with 0 where all held', async () => {
    const base = await upstream((_, outgoing) => outgoing.writeHead(200, { 'content-type': 'application/json' }).end(first))
    const proxy = await run('--url', base, '--wait')
    const response = await fetch(`${proxy.url}/v1/invoices?limit=1`, { headers: { authorization: 'Bearer any' } })
    expect(response.headers.get('x-proforma-violations')).toBe('0')
    expect(await proxy.stop()).toBe(0)
    expect(proxy.stdout()).toContain('No violations in 1 exchange.')
  })
})
