import { fork, spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { fileURLToPath } from 'node:url'
import { answersOf, ledgerOf, present, presentationOf } from '../factories/index.ts'
import { mock } from '../index.ts'
import { apiNames, builtIn, isJson, parseDay, successOf } from '../spec/index.ts'
import type { Operation } from '../spec/index.ts'
import { clientOf, idFor, pathParameter } from '../test/support/client.ts'
import type { Load } from './load.ts'

/**
 * How fast `proforma serve` is beside the least that `node:http` can do: `npm run build`, then `node bench/serve.ts`. Servers and the
 * generator of load are processes of their own, on a core of their own where that can be had; rounds alternate, so that whatever else
 * the computer does slows both; figures are medians. About a minute.
 *
 * - again: answers a second, for questions asked before, of a ready buffer of the same bytes
 * - anew: time to write a page in this process, of the time until it has come from the server that never saw it
 * - start: time from the start of the process to the first answer, of that of a bare script
 * - memory: resident, with four APIs over 1,000 invoices, after a list and an invoice of each
 */
const least = fileURLToPath(new URL('bare.ts', import.meta.url))
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const generator = fileURLToPath(new URL('load.ts', import.meta.url))
const authorization = 'Bearer any'
const page = '/v1/invoices?limit=50'

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[values.length >> 1] as number
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })

/** Linux can tie a process to a core. */
const pinned = spawnSync('taskset', ['-c', '1', 'true']).status === 0
const pin = (process: ChildProcess, core: number): void =>
  void (pinned && spawnSync('taskset', ['-a', '-p', '-c', String(core), String(process.pid)]))

interface Server {
  readonly process: ChildProcess
  readonly port: number
}

/** Starts a script that says its address when it listens. */
function start(args: readonly string[], input: Buffer = Buffer.alloc(0)): Promise<Server> {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (text: Buffer) => {
      const port = /127\.0\.0\.1:(\d+)/.exec((said += String(text)))?.[1]
      if (port !== undefined) resolve({ process: child, port: Number(port) })
    })
    child.on('exit', () => reject(new Error(`${args.join(' ')} ended: ${said}`)))
  })
}

const stop = ({ process: child }: Server): Promise<void> =>
  new Promise((resolve) => {
    child.removeAllListeners('exit').on('exit', () => resolve())
    child.kill('SIGTERM')
  })

const serving = (...args: readonly string[]): Promise<Server> =>
  start([main, 'serve', '--port', '0', '--today', '2026-01-15', '--quiet', ...args])

interface Answer {
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

const get = (
  { port }: Pick<Server, 'port'>,
  path: string,
  headers: Readonly<Record<string, string>> = { authorization },
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = []
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          if (answer.statusCode === 200) resolve({ headers: answer.headers, body: Buffer.concat(chunks) })
          else reject(new Error(`${path}: ${answer.statusCode} ${String(Buffer.concat(chunks)).slice(0, 300)}`))
        })
    })
      .on('error', reject)
      .end()
  })

/** The least that a server does, under headers that are as long as ours. */
function bareWith({ headers, body }: Answer): Promise<Server> {
  const own = Object.entries(headers)
    .filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name))
    .flat()
  return start([least], Buffer.concat([Buffer.from(`${JSON.stringify(own)}\n`), body]))
}

async function loadOf(load: ChildProcess, { port }: Server, path: string, milliseconds: number): Promise<number> {
  const asked: Load = { port, path, headers: { authorization }, connections: 50, milliseconds }
  load.send(asked)
  return new Promise((resolve) => {
    load.once('message', (rate) => resolve(Number(rate)))
  })
}

async function again(name: string, path: string, { rounds = 9, milliseconds = 1000 } = {}): Promise<void> {
  const ours = await serving('stuut', '--invoices', '1000')
  const answer = await get(ours, `/stuut${path}`)
  const bare = await bareWith(answer)
  const load = fork(generator)
  load.on('exit', (code) => {
    if (code) throw new Error('The generator of load ended.')
  })
  for (const { process: child } of [ours, bare]) pin(child, 0)
  pin(load, 1)
  const rates: [number, number][] = []
  for (let round = -1; round < rounds; round++) {
    const rate: [number, number] = [
      await loadOf(load, ours, `/stuut${path}`, milliseconds),
      await loadOf(load, bare, path, milliseconds),
    ]
    if (round >= 0) rates.push(rate)
  }
  load.kill()
  await Promise.all([stop(ours), stop(bare)])
  const [own, bares] = [median(rates.map(([rate]) => rate)), median(rates.map(([, rate]) => rate))]
  console.log(
    `again  ${name.padEnd(12)}${median(rates.map(([rate, limit]) => rate / limit)).toFixed(2)} x node:http (${own.toFixed(0)} of ${bares.toFixed(0)} answers/s, ${answer.body.length} bytes)`,
  )
}

/** Pages are asked for in turns with writing them here; both sides have been warmed up with others. */
async function anew(pages = 60): Promise<void> {
  const model = builtIn('stuut')
  const invoices = pages * 50
  const ledger = ledgerOf({ seed: 42, invoices, today: parseDay('2026-01-15') as number })
  const [answers, terms] = [answersOf(model, ledger), presentationOf(model)]
  const list = model.operations.find(({ does }) => does === 'list')
  const schema = (list && successOf(list))?.content.find(({ mediaType }) => isJson(mediaType))?.schema as string
  const server = await serving('stuut', '--invoices', String(invoices))
  // A server keeps its memory small at first.
  await pause(16_000)
  const ratios: number[] = []
  for (let number = 1; number < pages; number++) {
    const before = performance.now()
    const entries = Array.from({ length: 50 }, (_, index) =>
      present(ledger.entry(invoices - 1 - (number - 1) * 50 - index), terms),
    )
    Buffer.from(answers.write(schema, { page: { number: number - 1, size: 50, total: invoices, invoices: entries } }))
    const between = performance.now()
    await get(server, `/stuut${page}&page=${number}`)
    if (number > pages / 3) ratios.push((between - before) / (performance.now() - between))
  }
  await stop(server)
  console.log(`anew   page of 50  ${median(ratios).toFixed(2)} x writing it`)
}

async function timeOf(args: readonly string[], path: string): Promise<number> {
  const before = performance.now()
  const server = await start(args)
  await get(server, path)
  const time = performance.now() - before
  await stop(server)
  return time
}

async function starts(rounds = 9): Promise<void> {
  const script =
    "const server = require('node:http').createServer((_, outgoing) => outgoing.end('{}')).listen(0, '127.0.0.1', () => console.log('127.0.0.1:' + server.address().port))"
  const times: [number, number][] = []
  for (let round = -2; round < rounds; round++) {
    const time: [number, number] = [
      await timeOf([main, 'serve', '--port', '0'], '/stuut/v1/invoices?limit=1'),
      await timeOf(['-e', script], '/'),
    ]
    if (round >= 0) times.push(time)
  }
  const [own, bares] = [median(times.map(([time]) => time)), median(times.map(([, time]) => time))]
  console.log(
    `start  four APIs   ${median(times.map(([time, limit]) => time / limit)).toFixed(2)} x a bare script (${own.toFixed(0)} ms of ${bares.toFixed(0)} ms)`,
  )
}

/** Megabytes that a process has in memory, where the system tells. */
function memoryOf({ process: child }: Server): number {
  const file = `/proc/${child.pid}/status`
  return existsSync(file) ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]) / 1024 : Number.NaN
}

async function memory(): Promise<void> {
  const server = await serving('--invoices', '1000')
  for (const name of apiNames) {
    const client = clientOf(builtIn(name), (question) => fetch(question), `http://127.0.0.1:${server.port}/${name}`)
    const [invoice] = await client.some(50)
    const one = client.find('get')
    if (one && invoice) await client.ask(one, { values: { [pathParameter(one).name]: idFor(one, invoice) } })
  }
  await pause(500)
  console.log(`memory four APIs   ${memoryOf(server).toFixed(0)} MB`)
  await stop(server)
}

const model = builtIn('stuut')
const client = clientOf(model, mock(model, { invoices: 1000 }).fetch)
const [invoice] = await client.some(1)
await again('one', `/v1/invoices/${String(invoice && idFor(client.find('get') as Operation, invoice))}`)
await again('page of 50', page)
await anew()
await starts()
await memory()
