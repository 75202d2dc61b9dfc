import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/**
 * How long `proforma serve` takes from the start of its process to its first answer, in times of a bare script of `node:http`:
 * `npm run bench:start`. The two are started in turns, so that whatever else the computer does slows both. Says how many modules
 * are loaded as well, of all and of this package.
 */
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const bare =
  "const server = require('node:http').createServer((_, outgoing) => outgoing.end('{}')).listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port))"
const rounds = 15

const median = (values: readonly number[]): number =>
  values.toSorted((left, right) => left - right)[values.length >> 1] as number

/** Returns the milliseconds until a server that says its address has answered. */
async function timeOf(args: readonly string[], path: string): Promise<number> {
  const before = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const response = await fetch((await addressOf(child)) + path, { headers: { authorization: 'Bearer any' } })
  await response.text()
  const time = performance.now() - before
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  child.kill('SIGTERM')
  await once(child, 'exit')
  return time
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (text: Buffer) => {
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec((said += String(text))) ?? []
      if (address !== undefined) resolve(address)
    })
    child.once('exit', () => reject(new Error(`A server ended: ${said}`)))
  })
}

const commands = {
  'serve, four APIs': { args: [main, 'serve', '--port', '0'], path: '/stuut/v1/invoices?limit=1' },
  'serve stuut': { args: [main, 'serve', 'stuut', '--port', '0'], path: '/stuut/v1/invoices?limit=1' },
}
const times = new Map<string, number[]>(Object.keys(commands).map((name) => [name, []]))
const bares: number[] = []
for (let round = -1; round < rounds; round++) {
  const least = await timeOf(['-e', bare], '/')
  if (round >= 0) bares.push(least)
  for (const [name, { args, path }] of Object.entries(commands)) {
    const time = await timeOf(args, path)
    // The first start fills Node's compile cache.
    if (round >= 0) times.get(name)?.push(time)
  }
}
console.log(`a bare script of node:http   ${median(bares).toFixed(0)} ms`)
for (const [name, own] of times)
  console.log(
    `${name.padEnd(28)} ${median(own).toFixed(0)} ms, ${median(own.map((time, round) => time / (bares[round] as number))).toFixed(1)} ×`,
  )

const counter = fileURLToPath(new URL('loaded.ts', import.meta.url))
const { stderr } = spawnSync(process.execPath, ['--import', counter, main, 'serve', 'stuut', '--port', '0'], {
  timeout: 20_000,
  encoding: 'utf8',
})
console.log(`modules loaded by serve stuut: ${stderr.trim()}`)
