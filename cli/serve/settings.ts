import { availableParallelism } from 'node:os'
import type { Day } from '../../spec/index.ts'
import { day } from '../day.ts'
import { misuse } from '../misuse.ts'
import type { OwnDocument } from '../models.ts'
import { optionalOf } from '../optional.ts'
import { seedOf } from '../seed-of.ts'
import { whole } from '../whole.ts'
import { word } from '../word.ts'

/** Options of `proforma serve`, as the command line has them. */
export interface ServeFlags extends OwnDocument {
  readonly port: string
  readonly host: string
  readonly seed: string
  readonly invoices: string
  readonly today: string
  readonly engine: string
  readonly scenario?: readonly string[]
  readonly webhookUrl?: string
  readonly webhookSecret?: string
  readonly allowRemoteWebhooks?: boolean
  /** Where what happens is kept: a file, or the address of a Redis. */
  readonly state?: string
  /** Processes that serve; `true` for as many as there are processors. */
  readonly cluster?: string | true
  /** Whether files are read again when they change. */
  readonly watch: boolean
  /** Folder of recordings to answer from. */
  readonly replay?: string
  readonly optional?: string
  /** What one GraphQL document may cost. */
  readonly graphqlCost: string
}

const engines = ['native', 'prism'] as const

/** Lists, filters and sorts keep some facts of every invoice in memory: about a hundred bytes each. */
const mostServed = 10_000_000

/** What is to be served, and how. */
export interface Settings extends Omit<
  ServeFlags,
  'port' | 'seed' | 'invoices' | 'today' | 'engine' | 'scenario' | 'cluster' | 'optional' | 'graphqlCost'
> {
  /** Of built-in APIs. */
  readonly names: readonly string[]
  readonly port: number
  readonly seed: string | number
  readonly invoices: number
  readonly today: Day
  readonly engine: (typeof engines)[number]
  /** Names and files. */
  readonly scenarios: readonly string[]
  /** Processes that serve, where it is not this one alone. */
  readonly workers?: number
  readonly optional: ReturnType<typeof optionalOf>
  readonly graphqlCost: number
}

/** Returns what a command line states. @throws Misuse for what it states wrongly. */
export function settingsOf(named: readonly string[], flags: ServeFlags): Settings {
  const { port, seed, invoices, today, engine, scenario = [], cluster, optional: _, graphqlCost, ...rest } = flags
  if (flags.host.trim() === '')
    throw misuse('--host', { expected: 'a name or address of this computer', received: 'an empty text' })
  // Whatever follows an option that may have a value is taken for it: `--cluster one` names an API.
  const isName = typeof cluster === 'string' && !/^-?\d/.test(cluster)
  const settings = {
    ...rest,
    names: isName ? [cluster, ...named] : named,
    port: whole('--port', port, { least: 0, most: 65_535 }),
    seed: seedOf(seed),
    invoices: whole('--invoices', invoices, { least: 0, most: mostServed }),
    today: day('--today', today),
    engine: word('--engine', engine, engines),
    scenarios: scenario,
    optional: optionalOf(flags),
    graphqlCost: whole('--graphql-cost', graphqlCost, { least: 1, most: 1_000_000_000 }),
  }
  if (cluster === undefined) return settings
  if (settings.engine === 'prism') throw misuse('--cluster', { expected: 'the native engine', received: 'prism' })
  return {
    ...settings,
    workers: cluster === true || isName ? availableParallelism() : whole('--cluster', cluster, { least: 1, most: 256 }),
  }
}
