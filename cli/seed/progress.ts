import type { Batch, Todo } from '../../seeds/index.ts'
import { progressOn } from '../progress.ts'
import { count, size } from '../say.ts'

/** How progress is shown: on a terminal as a line that moves, elsewhere a line every ten seconds; or as JSON; or not. */
const progressModes = ['auto', 'json', 'none'] as const
export type ProgressMode = (typeof progressModes)[number]

/** Shows how far a run has come. */
export interface SeedProgress {
  readonly begin: (todo: Todo) => void
  readonly batch: (batch: Batch) => void
  readonly end: () => void
}

/** Milliseconds between two lines where there is no terminal, and between two lines of JSON. */
const pauses = { auto: 10_000, json: 1000, none: Infinity } as const

/** Returns what shows the progress of a run on standard error. */
export function showProgress(mode: ProgressMode): SeedProgress {
  const stream = process.stderr
  const isLive = mode === 'auto' && stream.isTTY
  let todo: Todo = { parts: 0, missing: 0 }
  let line = progressOn(stream)
  const done = { parts: 0, invoices: 0, bytes: 0 }
  let began = performance.now()
  let told = began

  const facts = (): { perSecond: number; bytesPerSecond: number; secondsLeft: number } => {
    const seconds = Math.max(0.001, (performance.now() - began) / 1000)
    const rest = todo.missing - done.parts
    return {
      perSecond: Math.round(done.invoices / seconds),
      bytesPerSecond: Math.round(done.bytes / seconds),
      secondsLeft: Math.ceil((rest * seconds) / Math.max(1, done.parts)),
    }
  }
  const text = (): string => {
    const { perSecond, bytesPerSecond, secondsLeft } = facts()
    return `${count(done.invoices)} invoices · ${size(done.bytes)} · ${count(perSecond)} invoices/s · ${size(bytesPerSecond)}/s · ${duration(secondsLeft)} left`
  }
  const json = (): void =>
    console.error(
      JSON.stringify({
        parts: todo.parts,
        done: todo.parts - todo.missing + done.parts,
        invoices: done.invoices,
        bytes: done.bytes,
        ...facts(),
      }),
    )

  return {
    begin(given) {
      todo = given
      began = told = performance.now()
      line = progressOn(stream, Math.max(1, todo.missing))
    },
    batch({ pieces, summary }) {
      done.parts++
      done.invoices += summary.invoices
      for (const { bytes } of pieces) done.bytes += bytes.length
      if (isLive) return line.show(done.parts, text())
      if (performance.now() - told < pauses[mode]) return
      told = performance.now()
      if (mode === 'json') json()
      else console.error(`${count(done.parts)} of ${count(todo.missing)} parts · ${text()}`)
    },
    end() {
      if (isLive) line.clear()
      if (mode === 'json' && done.parts > 0) json()
      done.parts = 0
    },
  }
}

/** Returns `1 h 20 min`, `3 min`, `12 s`. */
export function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
