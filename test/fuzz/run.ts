import { Random } from '../../factories/index.ts'
import { apiNames } from '../../spec/index.ts'
import { kinds } from './hostile.ts'
import type { Hostile } from './hostile.ts'
import { gaugedServer } from './server.ts'
import type { Usage } from './server.ts'
import { soundAsk } from './sound.ts'
import { lending, targetsAt } from './target.ts'
import type { Target } from './target.ts'
import { askFor, hangUp, send, silence } from './wire.ts'
import type { Reply } from './wire.ts'

/** What to send. */
export interface FuzzServerOptions {
  readonly seed: number
  readonly requests: number
  /** Number of the first request; each is drawn from its own number. */
  readonly from?: number
  readonly invoices?: number
  /** Told the answers to each request. */
  readonly onShot?: (shot: Shot, replies: readonly Reply[]) => void
  readonly onProgress?: (done: number) => void
  /** Ends it before all are sent; what was sent is reported. */
  readonly signal?: AbortSignal
}

/** One request of many. */
export interface Shot extends Hostile {
  readonly number: number
  /** Name of the API for a sound one, of what is wrong with it for another. */
  readonly kind: string
  readonly isSound: boolean
}

/** Something that must not be, and the number of the request. */
export interface Flaw {
  readonly number: number
  readonly kind: string
  readonly what: string
}

/** Requests of one kind. */
export interface Tally {
  sent: number
  /** Answers of 2xx and 304. */
  reached: number
  refused: number
  /** Sent without any answer: connections that were closed on it. */
  unanswered: number
}

/** What came of it. */
export interface FuzzServerReport {
  readonly seed: number
  readonly tallies: ReadonlyMap<string, Tally>
  readonly flaws: readonly Flaw[]
  /** Answers that took longer than they may, and were asked for again alone: the computer was busy, or there is a flaw. */
  readonly late: number
  /** After the first tenth, and at the end. */
  readonly usage: readonly [Usage, Usage]
}

/** Requests under way at once. */
const atOnce = 12
/** Connections at once that are waited on until the server hangs up or has been silent for a second. */
const mostSilent = 48
/** Share of the requests that are sound. */
const sound = 0.7
/** Milliseconds of a processor that one answer may take. */
const mostCpu = 2000
/** Growth of the heap that is no leak: megabytes, and a share of what it was. What happened to invoices is kept, so some is due. */
const growth = { megabytes: 24, share: 0.25 }

const leak =
  /\b(?:Type|Range|Reference|Syntax|Internal)Error\b|\n\s+at \S+ \(|node:internal|Maximum call stack|\/(?:mocks|spec|factories|node_modules)\/[\w./-]+\.[jt]s/

/** Sends requests drawn from a seed to a server of all APIs and a foreign document, and returns what must not be. */
export async function fuzzServer(options: FuzzServerOptions): Promise<FuzzServerReport> {
  const { seed, requests, from = 0, invoices = 2000, onShot, onProgress, signal } = options
  const served = ['--seed', String(seed), '--invoices', String(invoices), '--today', '2026-01-15', '--no-watch']
  const server = await gaugedServer([...apiNames, '--document', lending, ...served])
  const [tallies, flaws, late] = [new Map<string, Tally>(), [] as Flaw[], [] as Shot[]]
  try {
    const targets = await targetsAt(server.url)
    let next = from
    const isStopped = (): boolean => signal?.aborted === true
    const make = async (shot: Shot): Promise<void> => {
      const before = performance.now()
      const replies = await fire(server.port, shot)
      // Of bytes, the time in which it is waited for more does not count.
      if (performance.now() - before - (shot.bytes ? silence : 0) > mostCpu) late.push(shot)
      tally(tallies, shot, replies)
      flaws.push(...flawsIn(shot, replies))
      onShot?.(shot, replies)
    }
    const silent = new Set<Promise<void>>()
    const worker = async (end: number): Promise<void> => {
      while (next < end && server.ended() === undefined && !isStopped()) {
        const shot = shotOf(seed, next++, targets)
        const made = make(shot)
        if (shot.bytes) {
          const waited = made.finally(() => silent.delete(waited))
          silent.add(waited)
          if (silent.size >= mostSilent) await Promise.race(silent)
        } else await made
        onProgress?.(next - from)
      }
    }
    const run = async (end: number): Promise<void> => {
      await Promise.all(Array.from({ length: atOnce }, () => worker(end)))
      await Promise.all(silent)
    }
    await run(from + Math.floor(requests / 10))
    const warm = await server.usage('memory')
    await run(from + requests)
    const last = await server.usage('memory')
    if (last.heap > warm.heap * (1 + growth.share) + growth.megabytes)
      flaws.push({
        number: from,
        kind: 'all',
        what: `the heap grew from ${warm.heap.toFixed(0)} to ${last.heap.toFixed(0)} MB`,
      })
    // The computer may have been busy: what was late is asked for again, alone, and the server's own time counts.
    for (const shot of late) {
      const { cpu } = await server.usage('cpu')
      await fire(server.port, shot)
      const spent = (await server.usage('cpu')).cpu - cpu
      if (spent > mostCpu) flaws.push(flaw(shot, `an answer took ${spent.toFixed(0)} ms of the processor`))
    }
    return { seed, tallies, flaws, late: late.length, usage: [warm, last] }
  } catch (error) {
    if (server.ended() === undefined) throw error
    flaws.push({
      number: from,
      kind: 'all',
      what: `the server ended with ${server.ended()}: ${server.told().slice(-800)}`,
    })
    const none = { cpu: Number.NaN, heap: Number.NaN, resident: Number.NaN }
    return { seed, tallies, flaws, late: late.length, usage: [none, none] }
  } finally {
    hangUp()
    if (server.ended() === undefined) await server.stop()
  }
}

/** Returns the request of a number: the same for the same seed, as far as the server gives the same ids. */
function shotOf(seed: number, number: number, targets: readonly Target[]): Shot {
  const random = Random.of(seed).at(number)
  const target = random.at('target').pick(targets)
  const ask = soundAsk(random.at('sound'), target)
  if (random.at('share').chance(sound)) return { number, kind: target.name, isSound: true, ask }
  const [kind, spoil] = random.at('kind').pick(Object.entries(kinds))
  return { number, kind, isSound: false, ...spoil(random.at(kind), ask) }
}

/** Returns the answers that come, none where the connection is closed instead. */
async function fire(port: number, { ask, bytes }: Shot): Promise<readonly Reply[]> {
  try {
    return bytes ? await send(port, bytes) : ask ? [await askFor(port, ask)] : []
  } catch {
    return []
  }
}

function tally(tallies: Map<string, Tally>, { kind }: Shot, replies: readonly Reply[]): void {
  const counts = tallies.get(kind) ?? { sent: 0, reached: 0, refused: 0, unanswered: 0 }
  tallies.set(kind, counts)
  const isReached = ({ status }: Reply): boolean => (status >= 200 && status < 300) || status === 304
  counts.sent++
  if (replies.length === 0) counts.unanswered++
  else if (replies.some(isReached)) counts.reached++
  else counts.refused++
}

const flaw = ({ number, kind, ask, bytes }: Shot, what: string): Flaw => ({
  number,
  kind,
  what: `${what} · ${(ask ? `${ask.method} ${ask.path}` : String(bytes?.pieces[0])).slice(0, 160)}`,
})

/** Returns what must not be in the answers to a request. */
export function flawsIn(shot: Shot, replies: readonly Reply[]): readonly Flaw[] {
  if (replies.length === 0) return shot.isSound ? [flaw(shot, 'no answer')] : []
  return replies.flatMap(({ status, text }) => [
    ...(status >= 500 && shot.mayFail !== true ? [flaw(shot, `${status} ${text.slice(0, 200)}`)] : []),
    ...(leak.test(text) ? [flaw(shot, `an answer shows ${leak.exec(text)?.[0]}: ${text.slice(0, 200)}`)] : []),
  ])
}
