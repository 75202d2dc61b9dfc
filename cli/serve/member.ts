import type { WebhookCall } from '../../mocks/index.ts'
import type { FromClient, FromServer } from '../../mocks/stores/processes.ts'
import type { Day } from '../../spec/index.ts'

/** What a worker is told when it begins. */
export interface Briefing {
  /** The day it was when the first began: those that replace others begin later. */
  readonly today: Day
  readonly newest?: Day
  readonly port: number
}

/** What workers say. */
export type ToPrimary =
  | FromClient
  | { readonly is: 'serves'; readonly url: string; readonly invoices: number }
  | { readonly is: 'failed'; readonly message: string }
  | { readonly is: 'call'; readonly call: WebhookCall }
  | { readonly is: 'deliveries' }

/** What workers are told. */
export type ToWorker =
  | FromServer
  | { readonly is: 'show' }
  | { readonly is: 'stop' }
  | { readonly is: 'deliveries'; readonly deliveries: readonly unknown[] }

const name = 'PROFORMA_WORKER'

/** Returns the environment that makes a process a worker. */
export const workerSetting = (briefing: Briefing): Record<string, string> => ({ [name]: JSON.stringify(briefing) })

/** Returns what a worker was told, `undefined` in every other process. */
export const settingOf = (environment: NodeJS.ProcessEnv): Briefing | undefined =>
  environment[name] === undefined ? undefined : (JSON.parse(environment[name]) as Briefing)
