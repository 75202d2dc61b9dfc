import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { patience } from '../support/patience.ts'
import { freePort } from '../support/redis.ts'
import { main, newFolder, run } from './support/command.ts'

// What hangs is ended by `run` after longer than a busy computer takes, and has no exit code then.
const folder = newFolder()
/** Takes a port, and answers nothing. */
const silent = createServer(() => undefined)
let port = 0
/** Accepts whoever connects, and says nothing: no protocol begins. */
const held = new Set<Socket>()
const dumb = createTcpServer((socket) => {
  held.add(socket.on('error', () => undefined))
  // Reads on, so that it notices who leaves.
  socket.resume()
})
beforeAll(async () => {
  const files = {
    'text.txt': 'text',
    'empty.yaml': '',
    'broken.yaml': 'openapi: 3.1.0\ninfo: [\n',
    'fine.yaml': 'openapi: 3.1.0\ninfo: { title: Fine, version: "1" }\npaths: {}\n',
    'idle.yaml': 'openapi: 3.1.0\ninfo: { title: Idle, version: "1" }\npaths: {}\n',
    'other.json': '{ "hello": 1 }',
    'listInvoices-1.json': '{"data":[{}]}',
    'never.mjs': 'await new Promise(() => undefined)',
    'forever.mjs': 'setInterval(() => undefined, 1000)\nawait new Promise(() => undefined)',
    'loop.mjs': 'for (;;);',
    'exit.mjs': 'process.exit(7)',
    'inferred.yaml':
      'openapi: 3.1.0\ninfo: { title: A, version: "1" }\npaths: { /invoices: { get: { operationId: a, responses: { 200: { description: b, content: { application/json: { schema: { type: array, items: { type: object, properties: { id: { type: string }, total: { type: number }, subtotal: { type: number }, tax: { type: number }, due_date: { type: string, format: date } } } } } } } } } } }\n',
    'throw.mjs': 'throw new Error("broken within")',
    'code.mjs': 'export default { apis: { stuut: { url: () => 1 } } }',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  for (const name of ['recordings', 'folder', 'folder.yaml', 'folder.json']) mkdirSync(join(folder, name))
  for (const name of pipes) execFileSync('mkfifo', [join(folder, name)])
  await new Promise<void>((resolve) => dumb.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  port = (silent.address() as AddressInfo).port
})
afterAll(() => {
  for (const socket of held) socket.destroy()
  dumb.close()
  silent.closeAllConnections()
  silent.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Options of Node that run some code before all else. */
const preload = (code: string): string => `--import data:text/javascript,${encodeURIComponent(code)}`
/** A thread, or a process of a cluster, that ends as soon as it begins. */
const stillborn = preload(
  'import{isMainThread}from"node:worker_threads";if(!isMainThread)throw new Error("no thread");if(process.env.PROFORMA_WORKER)process.exit(9)',
)
/** No process can be started. */
const barren = preload('process.execPath="/no/such/node"')

/** Nobody will ever write to them. */
const pipes = ['pipe', 'pipe.yaml', 'pipe.json', 'pipe.mjs', 'pipe.ndjson', 'pipe.db', 'recordings/0001-pipe.json']

const check = 'check stuut --url http://127.0.0.1:1'
const proxy = 'proxy stuut --url http://127.0.0.1:1 --port 0'

/** Command line, what it received, and options of Node. TAKEN is a port that somebody listens on. */
const impossible: readonly (readonly [line: string, received: RegExp, nodeOptions?: string])[] = [
  ['serve --port TAKEN', /one that is in use/],
  ['serve --port TAKEN --cluster 2', /one that is in use/],
  ['serve --port TAKEN --engine prism', /one that is in use/],
  ['serve stuut --port 0 --cluster 2', /one that ended with 9/, stillborn],
  ['serve stuut --port 0 --cluster 2', /none: spawn \/no\/such\/node ENOENT/, barren],
  ['serve --document broken.yaml', /read broken\.yaml:3:1/],
  ['serve --document empty.yaml', /received nothing/],
  ['serve ./folder', /received a folder/],
  ['serve .', /received a folder/],
  ['lint other.json', /received something else/],
  ['serve idle.yaml', /expected operations but received a document without any/],
  ['serve http://127.0.0.1:1/openapi.yaml', /Say --allow-remote/],
  ['serve --document folder', /received a folder/],
  ['serve --document text.txt/x.yaml', /ENOTDIR/],
  ['serve --document fine.yaml --overlay folder', /received a folder/],
  ['serve --scenario folder.yaml', /received a folder/],
  ['serve stuut --replay no', /ENOENT/],
  ['serve stuut --replay text.txt', /ENOTDIR/],
  ['serve stuut --replay folder', /received none/],
  ['serve --state folder', /received a folder/],
  ['serve --state /proc/x', /such a file cannot be made/],
  ['serve --state text.txt/x', /one in no folder \(text\.txt\)/],
  ['serve --state redis://127.0.0.1:1', /connection refused/],
  ['serve --state redis://127.0.0.1:TAKEN', /no answer|closed/],
  [`${proxy} --record /proc/x`, /record to \/proc\/x: .* ENOENT/],
  [`${proxy} --record text.txt`, /ENOTDIR/],
  [`${proxy} --record text.txt/x/y`, /ENOTDIR/],
  ['proxy stuut --url http://127.0.0.1:1 --port TAKEN', /a free port but received one that is in use/],
  [`${proxy} --host no.such.host.test`, /an address of this computer but received an unknown name/],
  [proxy, /inspect exchanges: .* received no thread/, stillborn],
  [check, /reach http/],
  ['check stuut --url http://127.0.0.1:TAKEN --timeout 1 --retries 0', /reach http/],
  [`${check} --config never.mjs`, /one that ends before it exports anything/],
  [`${check} --config exit.mjs`, /one that ends before it exports anything/],
  [`${check} --config forever.mjs`, /nothing for 10 seconds/],
  [`${check} --config loop.mjs`, /nothing for 10 seconds/],
  [`${check} --config throw.mjs`, /broken within/],
  [`${check} --config code.mjs`, /something that is no data/],
  [`${check} --config folder`, /received a folder/],
  [`${check} --header-file folder`, /received a folder/],
  ['check stuut --har folder', /received a folder/],
  ['check stuut --bodies text.txt/x', /ENOTDIR/],
  ['fuzz stuut --url http://127.0.0.1:1 --runs 1', /reach http/],
  ['fuzz stuut --url http://127.0.0.1:TAKEN --runs 1 --timeout 1 --retries 0', /reach http/],
  ['diff folder fine.yaml', /received a folder/],
  ['diff no.yaml fine.yaml', /ENOENT/],
  ['seed stuut --to /proc/x.json', /a directory that does not exist/],
  ['seed stuut --to text.txt/x.json', /no directory/],
  ['export-examples stuut --to folder.yaml --force', /a directory/],
  ['validator stuut --to /dev/full --force', /a device or pipe/],
  ['roles --document /proc/self/mem', /EIO/],
  ['init text.txt', /a file/],
  ['serve stuut --handlers never.mjs', /one that ends before it exports anything/],
  ['serve stuut --handlers forever.mjs', /nothing for 10 seconds/],
  ['serve stuut --handlers loop.mjs', /nothing for 10 seconds/],
  ['serve stuut --handlers exit.mjs', /one that ends before it exports anything/],
  ['serve stuut --handlers throw.mjs', /handlers from throw\.mjs:1:7: .*broken within/],
  ['serve stuut --handlers code.mjs', /an export "handlers"/],
  ['serve stuut --handlers no.mjs', /ENOENT|no such file/],
  ['serve stuut --handlers forever.mjs --cluster 2', /nothing for 10 seconds/],
  ['serve stuut --save-overlay', /a document in a file of your own but received none/],
  ['serve fine.yaml --save-overlay --no-desk', /the desk, which saves it/],
  ['serve ./pipe.yaml', /a device or pipe/],
  ['serve /dev/zero', /a device or pipe/],
  ['serve --document fine.yaml --overlay pipe.yaml', /a device or pipe/],
  ['serve --scenario pipe.yaml', /a device or pipe/],
  ['serve stuut --handlers pipe.mjs', /a device or pipe/],
  ['serve stuut --replay recordings', /a device or pipe/],
  ['serve stuut --state pipe.db', /a device or pipe/],
  ['lint pipe.json', /a device or pipe/],
  ['diff pipe.yaml fine.yaml', /a device or pipe/],
  [`${check} --config pipe.json`, /a device or pipe/],
  [`${check} --config pipe.mjs`, /a device or pipe/],
  [`${check} --header-file pipe`, /a device or pipe/],
  [`${proxy} --document pipe.yaml`.replace('proxy stuut', 'proxy'), /a device or pipe/],
  ['check stuut --har pipe.json', /a device or pipe/],
  ['check stuut --har /dev/zero', /a device or pipe/],
  ['check stuut --bodies pipe.json', /a device or pipe/],
  ['report stuut --from pipe.ndjson', /a device or pipe/],
  ['report stuut --from /dev/zero', /a device or pipe/],
  ['report stuut --from sqlite:pipe.db', /a device or pipe/],
  ['seed stuut --to sqlite:pipe.db', /a device or pipe/],
  ['seed stuut --to pipe.ndjson --force', /a device or pipe/],
  ['roles inferred.yaml --to /no/x.yaml', /no directory|does not exist/],
  ['roles inferred.yaml --to folder.yaml', /a directory/],
  ['roles inferred.yaml --to /dev/full', /a device or pipe/],
  [`check stuut --bodies listInvoices-1.json --report json=/no/x.json`, /no directory|does not exist/],
  [`check stuut --bodies listInvoices-1.json --update-overlay pipe.yaml`, /a device or pipe/],
  ['diff fine.yaml fine.yaml --report json=/no/x.json', /no directory|does not exist/],
  [
    'report stuut --from postgres://127.0.0.1:DUMB/x',
    /^Failed to report on postgres:\/\/127\.0\.0\.1:\d+\/x: .* no answer for 7 seconds/,
  ],
  ['report stuut --from mysql://u@127.0.0.1:DUMB/x', /^Failed to report on mysql:.* no answer for 7 seconds/],
  ['seed stuut --to postgres://127.0.0.1:DUMB/x', /^Failed to seed postgres:.* no answer for 7 seconds/],
  ['seed stuut --to mysql://u@127.0.0.1:DUMB/x', /^Failed to seed mysql:.* no answer for 7 seconds/],
  ['seed stuut --to http://127.0.0.1:DUMB/x', /./],
  [`${check.replace(':1', ':DUMB')} --timeout 1 --retries 0`, /reach http/],
  ['serve --state redis://127.0.0.1:DUMB', /no answer|closed/],
]

describe('a command that cannot work', () => {
  it.concurrent.for(impossible)('%s ends with 2 and one sentence', async ([line, received, nodeOptions]) => {
    const { code, stderr } = await run(
      line
        .replace('TAKEN', String(port))
        .replace('DUMB', String((dumb.address() as AddressInfo).port))
        .split(' '),
      {
        cwd: folder,
        ...(nodeOptions !== undefined && { env: { NODE_OPTIONS: nodeOptions } }),
      },
    )
    const said = stderr
      .split('\n')
      .filter((text) => text !== '' && !/^\(|ExperimentalWarning|^See proforma \w+ --help\.$/.test(text))
    expect({ code, said }).toEqual({ code: 2, said: [expect.stringMatching(/^Failed to .*[.?]$/)] })
    expect(said[0]).toMatch(received)
  })
})

/** Runs a line of a shell in which `$proforma` is the command; ends with its exit code. */
const shell = (
  line: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; text: string }> =>
  new Promise((resolve) => {
    const child = spawn('bash', ['-c', line.replaceAll('$proforma', `"${process.execPath}" "${main}"`)], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
      timeout: patience - 10_000,
      killSignal: 'SIGKILL',
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    child.on('close', (code) => resolve({ code, text }))
  })

describe('a reader that has gone', () => {
  it.concurrent.for([
    ['$proforma seed stuut --invoices 20000 --to -', 0],
    ['$proforma roles', 0],
    ['$proforma diff fine.yaml broken.yaml', 2],
    ['$proforma check stuut --url http://127.0.0.1:1', 2],
    ['$proforma check stuut --bodies code.json --report junit=report.xml', 1],
  ] as const)('leaves %s its exit code', async ([line, expected]) => {
    const { code } = await shell(`${line.replace('code.json', 'listInvoices-1.json')} | true; exit \${PIPESTATUS[0]}`)
    expect(code).toBe(expected)
  })

  it('is no full disk, which is said', async () => {
    expect(await shell('$proforma seed stuut --invoices 2000 --to - > /dev/full')).toEqual({
      code: 2,
      text: expect.stringMatching(/^Failed to write to standard output: .* ENOSPC\.\n$/),
    })
  })
})

describe('a server', () => {
  it.concurrent.for([
    'serve stuut --port 0 --invoices 10',
    'serve stuut --port 0 --invoices 10 --cluster 2',
    'proxy stuut --url http://127.0.0.1:1 --port 0',
  ])('%s ends with 0 by a signal that comes right after its banner', async (line) => {
    const child = spawn(process.execPath, [main, ...line.split(' ')], {
      timeout: patience - 10_000,
      killSignal: 'SIGKILL',
    })
    child.stdout.once('data', () => child.kill('SIGTERM'))
    const ended = await new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })))
    expect(ended).toEqual({ code: 0, signal: null })
  })

  it.concurrent.for(['<&-', '>&-', '2>&-', '<&- >&- 2>&-', '| true'])(
    'serves with %s, and ends with 0',
    async (redirection) => {
      const own = await freePort()
      const line = `$proforma serve stuut --port ${own} --invoices 10 ${redirection.replace('|', '> >(').replace('true', 'true)')} & server=$!; exec 3>&2 2>/dev/null
      until (echo > /dev/tcp/127.0.0.1/${own}); do kill -0 $server || break; sleep 0.2; done; kill -TERM $server; wait $server`
      expect((await shell(line)).code).toBe(0)
    },
  )
})
