import { Session } from 'node:inspector/promises'
import { fileURLToPath } from 'node:url'
import { programOf } from '../cli/program.ts'
import { readOptions } from '../cli/options/read.ts'
import { conformance, judge } from '../contracts/index.ts'
import { factory } from '../index.ts'
import { mockModel, Worlds } from '../mocks/index.ts'
import { serve } from '../mocks/server.ts'
import { isJson, parseDay, successOf } from '../spec/index.ts'
import { load } from '../spec/load.ts'

/**
 * How many files and functions of ours run when something is done: `npm run journeys`. A function counts that is called at least once
 * in that step, by V8's precise coverage; what a module does when it is loaded does not. Fewer is easier to follow.
 */
const repository = new URL('..', import.meta.url).href
const rooms = /^(?:spec|factories|contracts|mocks|seeds|cli)\/|^(?:index|mocking)\.ts$/
const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })

/** Does a step, prints what ran, and returns what came of it. */
async function journey<T>(name: string, step: () => T | Promise<T>): Promise<T> {
  await session.post('Profiler.takePreciseCoverage')
  const done = await step()
  const { result } = await session.post('Profiler.takePreciseCoverage')
  const files = new Map<string, number>()
  for (const { url, functions } of result) {
    const path = url.startsWith(repository) ? url.slice(repository.length) : ''
    if (!rooms.test(path)) continue
    // The first is the module itself.
    const called = functions.slice(1).filter(({ ranges: [range] }) => (range?.count ?? 0) > 0).length
    if (called > 0) files.set(path, (files.get(path) ?? 0) + called)
  }
  const counts = new Map<string, number>()
  for (const path of files.keys()) {
    const room = path.split('/')[0] as string
    counts.set(room, (counts.get(room) ?? 0) + 1)
  }
  const functions = [...files.values()].reduce((sum, count) => sum + count, 0)
  const where = [...counts].toSorted(([, left], [, right]) => right - left).map(([room, count]) => `${room} ${count}`)
  console.log(
    `${name.padEnd(34)} ${String(files.size).padStart(4)} files ${String(functions).padStart(6)} functions   ${where.join(', ')}`,
  )
  return done
}

const today = parseDay('2026-01-15') as number
const document = fileURLToPath(new URL('../spec/apis/stuut/openapi.yaml', import.meta.url))
const path = '/v1/invoices?limit=50'
const headers = { authorization: 'Bearer any' }

const model = await journey('a  load and compile stuut', () => load(document))

const worlds = new Worlds()
const mocked = mockModel(model, { worlds })
const ask = async (): Promise<unknown> =>
  (await mocked.fetch(new Request(`http://localhost${path}`, { headers }))).json()
const page = await journey('b  GET list, cold', ask)
await journey('b  GET list, again', ask)
const server = await serve([{ prefix: '/stuut', model, worlds, fetch: mocked.fetch }], { port: 0 })
try {
  const anew = `${server.url}/stuut${path}&page=1`
  await journey('b  GET list, through the server', async () => (await fetch(anew, { headers })).text())
  await journey('b  GET list, the same again', async () => (await fetch(anew, { headers })).text())
} finally {
  await server.close()
}

// A model of its own: nothing of it is remembered yet.
const fresh = load(document)
const invoices = await journey('c  build, cold', () => {
  const made = factory(fresh)
  made.build()
  return made
})
await journey('c  build, warm', () => invoices.build())

// Another one again: text is written by other functions than objects.
const unwritten = load(document)
const texts = await journey('c  write, cold', () => {
  const made = factory(unwritten)
  made.write()
  return made
})
await journey('c  write, warm', () => texts.write())

const list = model.operations.find(({ does }) => does === 'list')
const schema = (list && successOf(list))?.content.find(({ mediaType }) => isJson(mediaType))?.schema as string
const examine = (conform: ReturnType<typeof conformance>): void => {
  const found = [...conform.body(schema, page), ...judge(model, schema, page, { today }).violations]
  if (found.length > 0) throw new Error(`The list has ${found.length} violations.`)
}
const conform = await journey('d  an answer judged, cold', () => {
  const own = conformance(model)
  examine(own)
  return own
})
await journey('d  an answer judged, again', () => examine(conform))

await journey('e  build({ total, status })', () => invoices.build({ total: '121.00', status: 'overdue' }))

await journey('f  argv to options of check', async () => {
  const program = programOf(() => undefined)
  const command = program.commands.find((known) => known.name() === 'check')
  command?.action((_api, flags) => void readOptions('check', flags))
  await program.parseAsync(['check', 'stuut', '--url', 'http://127.0.0.1:4010', '--tolerance', '1'], { from: 'user' })
})

session.disconnect()
