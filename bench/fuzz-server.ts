import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { fuzzServer } from '../test/fuzz/run.ts'
import type { Shot, Tally } from '../test/fuzz/run.ts'
import type { Reply } from '../test/fuzz/wire.ts'

/**
 * Sends requests, sound and hostile, to `proforma serve` with four APIs and a document it does not know, and ends with 1 where one of
 * them is answered with 5xx that it did not ask for, shows a stack, takes two seconds of the processor, or ends the server, or where
 * the heap grows: `npm run fuzz:server -- --requests 100000 --seed 1`. With `--show` each exchange is printed.
 */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    show: { type: 'boolean', default: false },
  },
})
const [requests, seed, from] = [Number(values.requests), Number(values.seed), Number(values.from)]

const show = ({ number, kind, ask, bytes }: Shot, replies: readonly Reply[]): void => {
  const sent = ask
    ? `${ask.method} ${ask.path}\n${JSON.stringify(ask.headers)}\n${String(ask.body ?? '').slice(0, 2000)}`
    : String(Buffer.concat(bytes?.pieces ?? [])).slice(0, 2000)
  console.log(`#${number} ${kind}\n${sent}`)
  for (const { status, text } of replies) console.log(`→ ${status} ${text.slice(0, 1000)}`)
}

const [startedAt, stopping] = [performance.now(), new AbortController()]
process.once('SIGINT', () => stopping.abort()).once('SIGTERM', () => stopping.abort())
const { tallies, flaws, late, usage } = await fuzzServer({
  seed,
  requests,
  from,
  ...(values.show && { onShot: show }),
  signal: stopping.signal,
  onProgress: (done) => {
    if (done % 10_000 === 0 && done < requests) console.error(`${done} of ${requests}`)
  },
})
const line = (name: string, { sent, reached, refused, unanswered }: Tally): string =>
  `${name.padEnd(18)}${[sent, reached, refused, unanswered].map((count) => String(count).padStart(10)).join('')}`
const sum = { sent: 0, reached: 0, refused: 0, unanswered: 0 }
for (const counts of tallies.values()) for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += counts[key]
console.log(`${'request'.padEnd(18)}      sent   reached   refused  no answer`)
for (const [name, counts] of [...tallies].toSorted(([one], [other]) => one.localeCompare(other)))
  console.log(line(name, counts))
console.log(line('all', sum))
const [warm, last] = usage
const seconds = (performance.now() - startedAt) / 1000
console.log(
  `\nseed ${seed} · ${seconds.toFixed(0)} s · ${((100 * sum.reached) / sum.sent).toFixed(0)} % reached something · heap ${warm.heap.toFixed(0)} → ${last.heap.toFixed(0)} MB · resident ${warm.resident.toFixed(0)} → ${last.resident.toFixed(0)} MB · ${((last.cpu - warm.cpu) / (0.9 * sum.sent)).toFixed(1)} ms of the server's processor each · ${late} late by the clock · load ${loadavg()[0]?.toFixed(1)}`,
)
for (const { number, kind, what } of flaws.slice(0, 50))
  console.log(`\n${kind}: ${what}\n  npm run fuzz:server -- --seed ${seed} --from ${number} --requests 1 --show`)
console.log(`\n${flaws.length} failure${flaws.length === 1 ? '' : 's'}`)
process.exitCode = flaws.length > 0 ? 1 : 0
