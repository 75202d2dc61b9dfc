// Runs the serve command: serves mocks in one process or in several.

import { flushCompileCache } from 'node:module'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import { availableParallelism } from 'node:os'
import type { Flags, OptionValues } from './options/table.ts'
import { serveAlone } from './serve/alone.ts'
import { isRemote } from '../spec/index.ts'
import { usageError } from './usage-error.ts'
import { readOptions } from './options/read.ts'

/**
 * Serves APIs until a signal comes, and returns 0.
 * @throws Failure for what the command line states wrongly, or a port that cannot be listened on.
 */
export async function serveCommand(names: readonly string[], flags: Flags<'serve'>): Promise<number> {
  limitStartMemory()
  const settings = readServeSettings(names, flags)
  const { replay } = settings
  if (replay !== undefined) return (await import('./replay.ts')).replayCommand(settings.names, { ...settings, replay })
  return settings.workers === undefined
    ? serveAlone(settings)
    : (await import('./serve/cluster.ts')).serveTogether(settings)
}

/** Milliseconds in which a server is asked for the first time, for what it then keeps. */
const startTime = 15_000

/**
 * Keeps a server's memory small while it starts: what documents and schemas are compiled with is soon thrown away, but V8 would make
 * room for it that it never gives back. What Node has compiled is written after that, because servers are seldom left to end by themselves.
 */
function limitStartMemory(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setTimeout(() => {
    setFlagsFromString('--semi-space-growth-factor=2')
    flushCompileCache()
  }, startTime).unref()
}

/** Bytes of V8's new space from which more room would hold garbage only. */
const enoughRoom = 8_000_000

/**
 * Keeps the memory of long work flat: V8 would let garbage lie for as long as there is memory. Returns a function to call between
 * pieces of work, which stops the new space from growing once it is large enough.
 */
export function workLean(): () => void {
  setFlagsFromString('--heap-growing-percent=30')
  let isEnough = false
  return () => {
    if (isEnough) return
    const { space_size: size = 0 } = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space') ?? {}
    isEnough = size >= enoughRoom
    if (isEnough) setFlagsFromString('--semi-space-growth-factor=1')
  }
}

/** What is to be served, and how. */
export interface ServeSettings extends OptionValues<'serve'> {
  /** Of built-in APIs. */
  readonly names: readonly string[]
  /** Processes that serve, where it is not this one alone. */
  readonly workers?: number
}

/** Returns what a command line states. @throws UsageError for what it states wrongly. */
function readServeSettings(named: readonly string[], flags: Flags<'serve'>): ServeSettings {
  // Whatever follows an option that may have a value is taken for it: `--cluster stuut` names an API.
  const api = typeof flags.cluster === 'string' && /^[a-z]/i.test(flags.cluster) ? flags.cluster : undefined
  const options = readOptions('serve', api === undefined ? flags : { ...flags, cluster: true })
  const { cluster, engine, document } = options
  const front = options.handlers === undefined ? options.upstream && '--upstream' : '--handlers'
  if (front !== undefined && engine === 'prism')
    throw usageError(front, { expected: 'the native engine', received: 'prism' })
  if (options.saveOverlay && !/^(?:localhost|127(?:\.\d+){3}|::1)$/.test(options.host))
    throw usageError('--save-overlay', {
      expected: 'a --host of this computer alone',
      received: options.host,
      cure: 'Whoever reaches the server could write.',
    })
  if (options.saveOverlay && !document?.some((one) => one !== '-' && !isRemote(one)))
    throw usageError('--save-overlay', { expected: 'a document in a file of your own', received: 'none' })
  if (options.saveOverlay && !options.desk)
    throw usageError('--save-overlay', { expected: 'the desk, which saves it', received: '--no-desk' })
  const settings = { ...options, names: api === undefined ? named : [api, ...named] }
  if (cluster === undefined) return settings
  if (document?.includes('-'))
    throw usageError('--cluster', { expected: 'documents that each process can read', received: 'standard input' })
  if (engine === 'prism') throw usageError('--cluster', { expected: 'the native engine', received: 'prism' })
  return { ...settings, workers: cluster === true ? availableParallelism() : cluster }
}
