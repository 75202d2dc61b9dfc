import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { Agent, createServer, request } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'

/**
 * How much later an answer ends that comes through `proforma proxy` than one that comes through the least that `node:http` can
 * do, for the same bodies: `npx tsx bench/proxy.ts`. Upstream, both proxies and the client are processes of their own. Rounds
 * alternate, so that whatever else the computer does slows both; figures are lower quartiles of a request's time.
 *
 * `paced` leaves the time between requests that a person or a page leaves, in which the inspector's thread does its work;
 * `back to back` leaves none, so that with fewer cores than processes the inspector competes with everybody.
 */
const self = fileURLToPath(import.meta.url)
const sizes = [1, 5, 50]

const listen = (listener: RequestListener): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer(listener).listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

/** Answers ready buffers: a page of as many invoices as asked for. */
async function upstream(): Promise<number> {
  const { mock } = await import('../index.ts')
  const { fetch } = mock('stuut', { invoices: 100 })
  const pages = new Map(await Promise.all(sizes.map(async (size) => {
    const response = await fetch(new Request(`http://localhost/v1/invoices?limit=${size}`, { headers: { authorization: 'Bearer any' } }))
    return [String(size), Buffer.from(await response.text())] as const
  })))
  return listen(({ url = '' }, outgoing) => {
    const page = pages.get(/limit=(\d+)/.exec(url)?.[1] ?? '') ?? Buffer.from('{}')
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': page.length }).end(page)
  })
}

/** The least that a proxy does. */
function bare(port: number): Promise<number> {
  const agent = new Agent({ keepAlive: true })
  return listen((incoming, outgoing) => {
    const forwarded = request({ port, host: '127.0.0.1', agent, method: incoming.method, path: incoming.url, headers: incoming.headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(outgoing)
    })
    incoming.pipe(forwarded)
  })
}

async function child(role: string, port = 0): Promise<{ process: ChildProcess; port: number }> {
  const process = fork(self, [role, String(port)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return { process, port: await new Promise<number>((resolve) => process.once('message', (message) => resolve(Number(message)))) }
}

async function ours(upstreamPort: number, extra: readonly string[]): Promise<{ process: ChildProcess; port: number }> {
  const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
  const process = fork(main, ['proxy', 'stuut', '--url', `http://127.0.0.1:${upstreamPort}`, '--port', '0', '--today', '2026-01-15', ...extra], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  return { process, port: await new Promise<number>((resolve) => process.stdout?.on('data', (text: Buffer) => {
    const port = /127\.0\.0\.1:(\d+) /.exec(String(text))?.[1]
    if (port !== undefined) resolve(Number(port))
  })) }
}

const agent = new Agent({ keepAlive: true })

const once = (port: number, size: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const start = performance.now()
    request({ port, host: '127.0.0.1', agent, path: `/v1/invoices?limit=${size}`, headers: { authorization: 'Bearer any' } }, (response) => {
      response.resume().on('end', () => resolve(performance.now() - start))
    }).on('error', reject).end()
  })

/** What else a computer does only ever adds: the lower quartile tells more than the mean. */
const quartile = (times: readonly number[]): number => [...times].sort((left, right) => left - right)[Math.floor(times.length / 4)] as number
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, milliseconds) })

async function compare(name: string, ports: Readonly<Record<string, number>>, size: number, rounds: number, rest: number): Promise<void> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(ports).map((key) => [key, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [key, port] of Object.entries(ports)) {
      const time = await once(port, size)
      if (round >= 25) times[key]?.push(time)
      if (rest > 0) await pause(rest)
    }
  }
  const base = quartile(times.bare ?? [])
  const told = Object.entries(times).map(([key, own]) => `${key} ${quartile(own).toFixed(2)} ms${key === 'bare' ? '' : ` (${((quartile(own) / base - 1) * 100).toFixed(0)} % more)`}`)
  console.log(`${name.padEnd(14)}${String(size).padStart(3)} invoices: ${told.join(', ')}`)
}

const [role, port] = process.argv.slice(2)
if (role !== undefined) {
  process.send?.(await (role === 'upstream' ? upstream() : bare(Number(port))))
} else {
  const server = await child('upstream')
  const plain = await child('bare', server.port)
  const passing = await ours(server.port, [])
  const waiting = await ours(server.port, ['--wait'])
  // The threads load their model meanwhile.
  await once(waiting.port, 1)
  await pause(3000)
  for (const size of sizes) await compare('paced', { bare: plain.port, proforma: passing.port }, size, 125, 20 + size * 3)
  for (const size of sizes.slice(0, 2)) await compare('back to back', { bare: plain.port, proforma: passing.port }, size, 525, 0)
  for (const size of sizes.slice(0, 2)) await compare('with --wait', { bare: plain.port, proforma: waiting.port }, size, 65, 0)
  for (const { process } of [server, plain, passing, waiting]) process.kill('SIGKILL')
  agent.destroy()
}
