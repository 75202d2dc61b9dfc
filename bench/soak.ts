import { loadavg } from 'node:os'
import { Random } from '../factories/index.ts'
import { apiNames } from '../spec/index.ts'
import { gaugedServer } from '../test/fuzz/server.ts'
import { soundAsk } from '../test/fuzz/sound.ts'
import { lending, targetsAt } from '../test/fuzz/target.ts'
import { askFor, hangUp } from '../test/fuzz/wire.ts'

/**
 * Keeps a server of all APIs busy over a hundred connections and ten thousand worlds, a request in five a new invoice, and ends with 1
 * where it becomes slower or its memory grows: `npm run soak -- 10` for ten minutes. Speed is answers for a second of the server's
 * own processor time, because the computer may have other things to do.
 */
const minutes = Number(process.argv[2] ?? 1)
const [connections, worlds, windows] = [100, 10_000, 10]
/** What the last fifth may be of the first, after the first window, in which code is compiled and pages are written anew. */
const least = { speed: 0.95 }
/** Megabytes that the heap may grow by, beside what a created invoice takes. */
const most = { growth: 32, created: 0.002 }

const server = await gaugedServer([
  ...apiNames,
  '--document',
  lending,
  '--invoices',
  '1000',
  '--today',
  '2026-01-15',
  '--no-watch',
])
const targets = await targetsAt(server.url)
const truto = targets.find(({ name }) => name === 'truto')
const creation = truto?.model.operations.find(({ does }) => does === 'create')
const random = Random.of(1)
let [number, answers, created, failed] = [0, 0, 0, 0]
const over = new AbortController()

async function client(): Promise<void> {
  while (!over.signal.aborted) {
    const own = random.at(number++)
    const isCreation = own.at('create').chance(0.2)
    const ask = soundAsk(
      own,
      isCreation && truto ? truto : own.at('target').pick(targets),
      isCreation ? creation : undefined,
    )
    const world = own.at('first').chance(0.2) ? '' : `w${own.at('world').int(1, worlds)}`
    const { 'idempotency-key': key, 'x-proforma-world': _, ...headers } = ask.headers
    const { status } = await askFor(server.port, {
      ...ask,
      headers: {
        ...headers,
        ...(key !== undefined && { 'idempotency-key': `k${number}` }),
        ...(world !== '' && { 'x-proforma-world': world }),
      },
    })
    answers++
    if (isCreation && status < 300) created++
    if (status >= 500) failed++
  }
}

interface Window {
  readonly answers: number
  readonly created: number
  readonly cpu: number
  readonly heap: number
  readonly resident: number
}

const seen: Window[] = []
async function watch(): Promise<void> {
  console.log('minute   answers   answers/s of processor   created   heap   resident   load')
  let before = { cpu: (await server.usage('memory')).cpu, answers: 0 }
  for (let window = 0; window < windows; window++) {
    await new Promise((resolve) => {
      setTimeout(resolve, (minutes * 60_000) / windows)
    })
    const counted = answers
    const { cpu } = await server.usage('cpu')
    const { heap, resident } = await server.usage('memory')
    seen.push({ answers: counted - before.answers, created, cpu: cpu - before.cpu, heap, resident })
    const speed = ((counted - before.answers) * 1000) / (cpu - before.cpu)
    before = { cpu: (await server.usage('cpu')).cpu, answers: counted }
    console.log(
      [
        (((window + 1) * minutes) / windows).toFixed(1).padStart(6),
        String(counted).padStart(10),
        speed.toFixed(0).padStart(25),
        String(created).padStart(10),
        `${heap.toFixed(0)} MB`.padStart(7),
        `${resident.toFixed(0)} MB`.padStart(11),
        (loadavg()[0] ?? 0).toFixed(1).padStart(7),
      ].join(''),
    )
  }
}

await Promise.all([watch().finally(() => over.abort()), ...Array.from({ length: connections }, client)])
hangUp()
await server.stop()

const speedOf = (part: readonly Window[]): number =>
  part.reduce((sum, one) => sum + one.answers, 0) / part.reduce((sum, one) => sum + one.cpu, 0)
const ratio = speedOf(seen.slice(-2)) / speedOf(seen.slice(1, 3))
const [first, last] = [seen[1], seen.at(-1)]
const growth = (last?.heap ?? 0) - (first?.heap ?? 0)
const due = most.growth + most.created * ((last?.created ?? 0) - (first?.created ?? 0))
console.log(
  `\nspeed at the end ${ratio.toFixed(2)} of that at the start · heap grew by ${growth.toFixed(0)} MB of ${due.toFixed(0)} · ${failed} answers of 5xx`,
)
process.exitCode = ratio < least.speed || growth > due || failed > 0 ? 1 : 0
