// Defines the options and progress of a check.

import type { Day, Mode } from '../../spec/index.ts'
import type { SeverityLevel } from './rules.ts'

/** What a check does and how. */
export interface CheckOptions {
  /** Where the API answers: `https://api.example.com`. The document's paths follow it. */
  readonly baseUrl: string
  /** Sent with every request; those that carry credentials are never printed. */
  readonly headers?: Readonly<Record<string, string>>
  /** The day it is at the server; without it, nothing that depends on the day is judged. */
  readonly today?: Day
  /** Pages of a list to read, 3 unless given. */
  readonly maxPages?: number
  /** Page size to ask for, 25 unless given. */
  readonly limit?: number
  /** Objects to fetch one by one, 3 unless given. */
  readonly maxGets?: number
  /** Codes of the laws to hold against it, all unless given. */
  readonly laws?: readonly string[]
  /** Severity of laws and rules, by code; those that are turned off are not judged. */
  readonly levels?: Readonly<Record<string, SeverityLevel>>
  /** `strict`: fields that are not documented are violations; `lenient`: not even where the document forbids them. */
  readonly mode?: Mode
  /** Difference in minor units that arithmetic may have, 0 unless given. */
  readonly tolerance?: number
  /** Ids of objects to fetch, for an API that lists none. */
  readonly ids?: readonly string[]
  /** Values of parameters by name: sent wherever an operation documents the parameter, or to one operation (`getClient.client_id`). */
  readonly parameters?: Readonly<Record<string, string>>
  /** Also runs what changes something: create, update, sync, pay, claim, … */
  readonly writes?: boolean
  /** Milliseconds to wait for an answer, 30 seconds unless given. */
  readonly timeout?: number
  /** Requests a second at most; as fast as answers come, unless given. */
  readonly rate?: number
  /** How often a request is sent again where the network fails or the server asks for it, 2 unless given. */
  readonly retries?: number
  /** Waits so many milliseconds. */
  readonly pause?: (milliseconds: number) => Promise<void>
  /** Bytes of a body to read, 20 MB unless given. */
  readonly maxBytes?: number
  /** Shows values as they came, people and secrets of answers included; otherwise only their form is shown. */
  readonly showValues?: boolean
  /** Told after every request. */
  readonly onProgress?: (progress: CheckProgress) => void
}

/** How far a check is. */
export interface CheckProgress {
  readonly operation: string
  readonly request: string
  readonly status?: number
  /** Requests and violations so far. */
  readonly requests: number
  readonly violations: number
}
