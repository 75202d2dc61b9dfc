// Detects when a serving command must stop: by a signal or because its npm script has ended.

import { fstatSync, statSync } from 'node:fs'
import { devNull } from 'node:os'
import { stoppingText } from './terminal.ts'
import { warnText } from './output.ts'

const signals = ['SIGINT', 'SIGTERM'] as const

/** npm passes on what the terminal has already sent: one Ctrl-C comes twice. */
const echo = 500

/**
 * Calls a listener at the first signal to stop; one that comes later, because stopping takes too long, ends the process at once.
 * Returns what takes the listener away.
 */
export function onStopSignal(listener: () => void): () => void {
  const leave = (): void => {
    for (const signal of signals) process.off(signal, heard)
  }
  let isFirst = true
  const heard = (): void => {
    if (!isFirst) return
    isFirst = false
    setTimeout(leave, echo).unref()
    listener()
  }
  for (const signal of signals) process.on(signal, heard)
  return leave
}

/** Resolves at the first signal to stop, or when the npm script is ended whose foreground this is. */
export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = (): void => {
      if (process.stderr.isTTY) warnText(stoppingText())
      resolve()
    }
    onStopSignal(stop)
    if (
      process.env.npm_lifecycle_event !== undefined &&
      (!isInBackground() || servesInFront(process.env.npm_lifecycle_script))
    )
      onOrphaned(stop)
  })

/** Whose child it was from the start: the shell may be gone as soon as the server says that it listens. */
const parent = process.ppid

/** npm passes a signal on to the shell of its script, and the shell to nobody: then nobody is left who waits for us. */
function onOrphaned(stop: () => void): void {
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop()
  }, 500).unref()
}

/** Tells whether a script itself serves, and waits for that: then it was put into the background as a whole, and ends as a whole. */
export const servesInFront = (script = ''): boolean => /\bserve\b/.test(script) && !/(?<![&>|])&(?![&>])/.test(script)

/** A shell gives a job that it does not wait for an empty input (POSIX, 2.9.3.1): such a one is meant to stay. */
function isInBackground(): boolean {
  try {
    return fstatSync(0).rdev === statSync(devNull).rdev
  } catch {
    return true
  }
}
