import { availableParallelism } from 'node:os'
import { misuse } from '../misuse.ts'
import { readOptions } from '../options/read.ts'
import type { Flags, Values } from '../options/values.ts'

/** What is to be served, and how. */
export interface Settings extends Values<'serve'> {
  /** Of built-in APIs. */
  readonly names: readonly string[]
  /** Processes that serve, where it is not this one alone. */
  readonly workers?: number
}

/** Returns what a command line states. @throws Misuse for what it states wrongly. */
export function settingsOf(named: readonly string[], flags: Flags<'serve'>): Settings {
  // Whatever follows an option that may have a value is taken for it: `--cluster stuut` names an API.
  const api = typeof flags.cluster === 'string' && /^[a-z]/i.test(flags.cluster) ? flags.cluster : undefined
  const options = readOptions('serve', api === undefined ? flags : { ...flags, cluster: true })
  const { cluster, engine, document } = options
  if (options.handlers !== undefined && engine === 'prism')
    throw misuse('--handlers', { expected: 'the native engine', received: 'prism' })
  if (options.saveOverlay && !/^(?:localhost|127(?:\.\d+){3}|::1)$/.test(options.host))
    throw misuse('--save-overlay', {
      expected: 'a --host of this computer alone',
      received: options.host,
      cure: 'Whoever reaches the server could write.',
    })
  const settings = { ...options, names: api === undefined ? named : [api, ...named] }
  if (cluster === undefined) return settings
  if (document?.includes('-'))
    throw misuse('--cluster', { expected: 'documents that each process can read', received: 'standard input' })
  if (engine === 'prism') throw misuse('--cluster', { expected: 'the native engine', received: 'prism' })
  return { ...settings, workers: cluster === true ? availableParallelism() : cluster }
}
