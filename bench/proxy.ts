import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { Agent, createServer, request } from 'node:http'
import type { RequestListener } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

/**
 * How much later an answer ends that comes through `proforma proxy` than one that comes through the least that `node:http` can
 * do, for the same bodies: `node bench/proxy.ts`, with `short` for a glance. Upstream, proxies and client are processes of their
 * own; each proxy is asked over one connection that stays open.
 *
 * All proxies are asked in turns, and who comes first changes. A block is some turns; its figure is the ratio of the lower quartiles of
 * its times. The figure printed is the median of all blocks, with their quartiles in brackets. `control` is a second bare proxy, measured in the
 * same way: it shows by how much such figures are off.
 *
 * `paced` leaves the time between requests that a person or a page leaves, in which the inspector's thread does its work.
 * `back to back` leaves none: a turn is many requests, and the inspector competes with those of its own proxy; what it has not done by then it
 * does in the pause before the next turn, not while others are measured. `new questions` does the same with another page every time, so that
 * nothing that is remembered of requests helps.
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
  const pages = new Map(
    await Promise.all(
      sizes.map(async (size) => {
        const response = await fetch(
          new Request(`http://localhost/v1/invoices?limit=${size}`, { headers: { authorization: 'Bearer any' } }),
        )
        return [String(size), Buffer.from(await response.text())] as const
      }),
    ),
  )
  return listen(({ url = '' }, outgoing) => {
    const page = pages.get(/limit=(\d+)/.exec(url)?.[1] ?? '') ?? Buffer.from('{}')
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': page.length }).end(page)
  })
}

/** The least that a proxy does. */
function bare(port: number): Promise<number> {
  const agent = new Agent({ keepAlive: true })
  return listen((incoming, outgoing) => {
    const forwarded = request(
      { port, host: '127.0.0.1', agent, method: incoming.method, path: incoming.url, headers: incoming.headers },
      (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers)
        response.pipe(outgoing)
      },
    )
    incoming.pipe(forwarded)
  })
}

interface Running {
  readonly process: ChildProcess
  readonly port: number
}

async function child(role: string, port = 0): Promise<Running> {
  const process = fork(self, [role, String(port)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return {
    process,
    port: await new Promise<number>((resolve) => process.once('message', (message) => resolve(Number(message)))),
  }
}

async function ours(upstreamPort: number, extra: readonly string[]): Promise<Running> {
  const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
  const process = fork(
    main,
    ['proxy', 'stuut', '--url', `http://127.0.0.1:${upstreamPort}`, '--port', '0', '--today', '2026-01-15', ...extra],
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  )
  return {
    process,
    port: await new Promise<number>((resolve) =>
      process.stdout?.on('data', (text: Buffer) => {
        const port = /127\.0\.0\.1:(\d+) /.exec(String(text))?.[1]
        if (port !== undefined) resolve(Number(port))
      }),
    ),
  }
}

/** Asks over one connection, and counts bytes: the least that a client does. */
class Client {
  readonly #port: number
  #socket: Socket | undefined
  constructor(port: number) {
    this.#port = port
  }

  /** Returns the milliseconds until the last byte. @param page makes it another question */
  once(size: number, page = 1): Promise<number> {
    return new Promise((resolve, reject) => {
      // Servers end connections that are idle for long.
      const socket =
        this.#socket?.readyState === 'open'
          ? this.#socket
          : connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
      this.#socket = socket
      let head = ''
      let awaited = -1
      let received = 0
      const start = performance.now()
      const read = (chunk: Buffer): void => {
        received += chunk.length
        if (awaited < 0) {
          head += chunk.toString('latin1')
          const end = head.indexOf('\r\n\r\n')
          if (end < 0) return
          if (!head.startsWith('HTTP/1.1 200 ')) reject(new Error(head))
          awaited = end + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1])
        }
        if (received < awaited) return
        socket.off('data', read).off('error', reject).off('close', gone)
        resolve(performance.now() - start)
      }
      const gone = (): void => reject(new Error('The connection ended before the answer.'))
      socket.on('data', read).on('error', reject).on('close', gone)
      socket.write(
        `GET /v1/invoices?limit=${size}&page=${page} HTTP/1.1\r\nHost: 127.0.0.1:${this.#port}\r\nAuthorization: Bearer any\r\nAccept: application/json\r\nUser-Agent: bench\r\nConnection: keep-alive\r\n\r\n`,
      )
    })
  }

  close(): void {
    this.#socket?.destroy()
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((left, right) => left - right)[Math.floor((values.length - 1) * share)] as number
const more = (ratio: number): string => `${((ratio - 1) * 100).toFixed(1)} %`

interface Plan {
  readonly size: number
  readonly blocks: number
  /** Turns of each in a block. */
  readonly turns: number
  /** Requests in a row. */
  readonly row: number
  /** Milliseconds after a turn. */
  readonly rest: number
  /** Ask for another page every time. */
  readonly isNew?: boolean
}

async function compare(
  name: string,
  clients: Readonly<Record<string, Client>>,
  { size, blocks, turns, row, rest, isNew = false }: Plan,
): Promise<void> {
  const keys = Object.keys(clients)
  const ratios: Record<string, number[]> = Object.fromEntries(keys.map((key) => [key, []]))
  const medians: Record<string, number[]> = Object.fromEntries(keys.map((key) => [key, []]))
  const bases: number[] = []
  let number = 0
  let page = 1
  // The first block warms up.
  for (let block = -1; block < blocks; block++) {
    const times: Record<string, number[]> = Object.fromEntries(keys.map((key) => [key, []]))
    for (let turn = 0; turn < turns; turn++, number++) {
      const order = number % 2 === 0 ? keys : keys.toReversed()
      for (let step = 0; step < keys.length; step++) {
        const key = order[(number + step) % keys.length] as string
        for (let index = 0; index < row; index++)
          times[key]?.push(await (clients[key] as Client).once(size, isNew ? page++ : 1))
        await pause(rest)
      }
    }
    if (block < 0) continue
    const base = times.bare ?? []
    bases.push(quantile(base, 0.25))
    for (const [key, own] of Object.entries(times)) {
      ratios[key]?.push(quantile(own, 0.25) / quantile(base, 0.25))
      medians[key]?.push(quantile(own, 0.5) / quantile(base, 0.5))
    }
  }
  const told = keys
    .filter((key) => key !== 'bare')
    .map((key) => {
      const own = ratios[key] ?? []
      return `${key} ${more(quantile(own, 0.5))} (${more(quantile(own, 0.25))} to ${more(quantile(own, 0.75))}; by medians ${more(quantile(medians[key] ?? [], 0.5))})`
    })
  console.log(
    `${name.padEnd(14)}${String(size).padStart(3)} invoices: bare ${quantile(bases, 0.5).toFixed(2)} ms; more: ${told.join(', ')}`,
  )
}

const [role, port] = process.argv.slice(2)
if (role === 'upstream' || role === 'bare') {
  process.send?.(await (role === 'upstream' ? upstream() : bare(Number(port))))
} else {
  const server = await child('upstream')
  const running = {
    bare: await child('bare', server.port),
    control: await child('bare', server.port),
    proforma: await ours(server.port, []),
    wait: await ours(server.port, ['--wait']),
  }
  const of = ({ port }: Running): Client => new Client(port)
  const clients = { bare: of(running.bare), control: of(running.control), proforma: of(running.proforma) }
  const waiting = { bare: clients.bare, proforma: of(running.wait) }
  // The threads load their model meanwhile.
  await waiting.proforma.once(1)
  await pause(3000)
  const scale = role === 'short' ? 0.25 : 1
  const blocks = (count: number): number => Math.ceil(count * scale)
  for (const size of sizes)
    await compare('paced', clients, {
      size,
      blocks: blocks(size === 50 ? 6 : 12),
      turns: 12,
      row: 1,
      rest: 20 + size * 3,
    })
  const rowOf = (size: number): Plan => {
    const row = size === 50 ? 3 : 8
    return { size, blocks: blocks(size === 50 ? 4 : 8), turns: size === 50 ? 12 : 18, row, rest: 40 + row * size * 2 }
  }
  for (const size of sizes) await compare('back to back', clients, rowOf(size))
  for (const size of sizes.slice(0, 2)) await compare('new questions', clients, { ...rowOf(size), isNew: true })
  for (const size of sizes.slice(0, 2))
    await compare('with --wait', waiting, { size, blocks: blocks(8), turns: 2, row: 6, rest: 5 })
  for (const { process } of Object.values(running)) process.kill('SIGKILL')
  server.process.kill('SIGKILL')
  for (const client of [...Object.values(clients), waiting.proforma]) client.close()
}
