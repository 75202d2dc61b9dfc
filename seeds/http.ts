// Seeds a real API through its own operations.

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { failure, isObject, valueAt } from '../spec/index.ts'
import type { Model, Operation } from '../spec/index.ts'
import type { Batch } from './batch.ts'
import { creationsOf, referTo } from './creations.ts'
import type { Creation } from './creations.ts'
import { PartSet, partOf } from './dataset.ts'
import { openJournal } from './http-journal.ts'
import type { Journal } from './http-journal.ts'
import { checkProvenance } from './notes.ts'
import type { SeedPlan, SeedTarget } from './target.ts'

/** How an API is seeded. */
export interface HttpOptions {
  readonly model: Model
  /** Sent with every request, never shown. */
  readonly headers: Readonly<Record<string, string>>
  /** Query and path parameters by name, where an operation has them. */
  readonly parameters: Readonly<Record<string, string>>
  /** File in which is noted what has been created. */
  readonly journal: string
  /** Requests at the same time. */
  readonly concurrency: number
  /** Requests a second at most. */
  readonly rate?: number
  /** How often to ask again where the network fails or the server says later. */
  readonly retries: number
  /** Milliseconds to wait for an answer. */
  readonly timeout: number
}

/** A thing to be created: identity of our own, body, customer. */
type Row = readonly [ours: string, document: string, customer: string | null]

/** Statuses after which the same request may succeed (RFC 9110, 6585). */
const later = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * Returns a target of an API, in which things are created by its own operations, customers before their invoices. What was created is
 * noted in a journal with the identity that the API gave it, so the same command goes on, and creates nothing twice: each request has an
 * `Idempotency-Key` of its own, always the same.
 */
export function httpTarget(baseUrl: string, options: HttpOptions): SeedTarget {
  const { model, concurrency, timeout, retries, rate } = options
  const creations = new Map(creationsOf(model).map((creation) => [creation.name.replace(/\W+/g, '_'), creation]))
  let journal: Journal | undefined
  let plan: SeedPlan | undefined
  let next = 0

  /** Waits for its turn: so many a second, and none while the server has asked to wait. */
  async function turn(): Promise<void> {
    const now = performance.now()
    const at = Math.max(now, next)
    if (rate !== undefined) next = at + 1000 / rate
    if (at > now) await sleep(at - now)
  }

  async function send(operation: Operation, path: string, key: string, body?: string): Promise<Response> {
    const url = addressOf(baseUrl, path, operation, options.parameters)
    const request = {
      method: operation.method,
      headers: {
        accept: 'application/json',
        'idempotency-key': key,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(body !== undefined && { body }),
      redirect: 'manual' as const,
    }
    for (let attempt = 0; ; attempt++) {
      await turn()
      const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(timeout) }).catch(
        (error: unknown) => error as Error,
      )
      const isLast = attempt >= retries
      if (answer instanceof Response && (isLast || !later.has(answer.status))) return answer
      if (isLast) throw unreachable(operation, path, answer as Error)
      const pause =
        (answer instanceof Response ? retryAfter(answer) : undefined) ?? Math.min(30_000, 500 * 2 ** attempt)
      if (answer instanceof Response) await answer.body?.cancel()
      // The server asks all to wait, not this request alone.
      next = Math.max(next, performance.now() + pause)
    }
  }

  async function create(entity: string, creation: Creation, [ours, document, customer]: Row): Promise<void> {
    if (!journal || journal.find(entity, ours) !== undefined) return
    const body = JSON.parse(document) as unknown
    const customers = [...creations].find(([, { of }]) => of === 'party')?.[0]
    referTo(
      body,
      creation,
      (customer !== null && customers !== undefined && journal.find(customers, customer)) || undefined,
    )
    const { create: operation } = creation
    const text = JSON.stringify(body)
    const answer = await send(operation, operation.path, idempotencyKey(journal.nonce, entity, ours, text), text)
    const told = await answer.text().catch(() => '')
    if (!answer.ok) throw refused(operation, operation.path, answer.status, told)
    journal.created(entity, ours, identityIn(creation, answer, told))
  }

  async function remove(entity: string, creation: Creation, ours: string): Promise<void> {
    const theirs = journal?.find(entity, ours)
    if (theirs === undefined) return
    const { remove: operation } = creation
    if (!operation || theirs === null)
      throw failure(`clean ${baseUrl}`, {
        expected: `an operation that deletes ${entity}`,
        received: operation ? 'things whose identity it did not tell' : 'none in the document',
        cure: 'Delete them by other means; the journal names them.',
      })
    const path = pathTo(operation, theirs)
    const answer = await send(operation, path, idempotencyKey(journal?.nonce, 'delete', entity, ours))
    const text = await answer.text().catch(() => '')
    if (!answer.ok && ![404, 410].includes(answer.status)) throw refused(operation, operation.path, answer.status, text)
    journal?.removed(entity, ours)
  }

  /** Tells whether a thing that was created is still there. */
  async function isThere({ read }: Creation, theirs: string | null | undefined): Promise<boolean> {
    if (theirs === undefined) return false
    if (theirs === null || !read) return true
    const answer = await send(read, pathTo(read, theirs), idempotencyKey('read', theirs))
    await answer.body?.cancel()
    return answer.ok
  }

  /** Does something with every row of a batch, some at the same time; the first failure is told when all that were begun have ended. */
  async function forEachRow(
    batch: Batch,
    work: (entity: string, creation: Creation, row: Row) => Promise<void>,
  ): Promise<void> {
    const decoder = new TextDecoder()
    for (const { entity: place, bytes } of batch.pieces) {
      const entity = plan?.dataset.entities[place]?.name ?? ''
      const creation = creations.get(entity)
      if (!creation) continue
      const rows = (JSON.parse(decoder.decode(bytes)) as Row[]).values()
      let failed: { readonly error: unknown } | undefined
      const worker = async (): Promise<void> => {
        for (const row of rows) {
          if (failed) return
          try {
            await work(entity, creation, row)
          } catch (error) {
            failed ??= { error }
          }
        }
      }
      await Promise.all(Array.from({ length: concurrency }, worker))
      if (failed) throw failed.error
    }
  }

  function donePartsOf({ dataset: { sizes } }: SeedPlan): PartSet {
    const done = new PartSet()
    for (const part of journal?.parts() ?? [])
      if (part.to >= partOf(part.stage, part.number, sizes[part.stage]).to) done.add(part)
    return done
  }

  const open = async (): Promise<Journal> => (journal ??= await openJournal(options.journal))

  return {
    name: baseUrl,
    form: { encoding: 'values' },
    isShared: true,
    concurrency: 1,
    recall: async ({ api, form, seed }) => {
      if (!existsSync(options.journal)) return undefined
      const { provenance } = await open()
      return provenance?.api === api && provenance.form === form && provenance.seed === seed ? provenance : undefined
    },
    async inspect(wanted) {
      if (existsSync(options.journal)) checkJournal(baseUrl, options.journal, await open(), wanted)
      return donePartsOf(wanted)
    },
    async begin(wanted) {
      plan = wanted
      const opened = await open()
      checkJournal(baseUrl, options.journal, opened, wanted)
      opened.begin(wanted.provenance)
      return donePartsOf(wanted)
    },
    clearing: {
      remove: (batch) => forEachRow(batch, (entity, creation, [ours]) => remove(entity, creation, ours)),
      forget: async () => journal?.forget(),
    },
    async verifier(wanted) {
      plan = wanted
      await open()
      return {
        async check(batch) {
          const missing = new Map<string, number>()
          await forEachRow(batch, async (entity, creation, [ours]) => {
            if (!(await isThere(creation, journal?.find(entity, ours))))
              missing.set(entity, (missing.get(entity) ?? 0) + 1)
          })
          return [...missing].map(([entity, rows]) => ({ entity, what: 'cannot be read back', rows }))
        },
        end: async () => [],
      }
    },
    async write(batch) {
      await forEachRow(batch, create)
      journal?.note(batch.part)
    },
    finish: async () => undefined,
    async close() {
      journal?.close()
      journal = undefined
    },
  }
}

function checkJournal(target: string, file: string, { provenance }: Journal, plan: SeedPlan): void {
  const { api, form, seed } = plan.provenance
  if (provenance && (provenance.api !== api || provenance.form !== form || provenance.seed !== seed))
    throw failure(`seed ${target}`, {
      expected: `a journal of ${api}, seed ${seed}`,
      received: `${file}, which is of ${provenance.api}, seed ${provenance.seed}`,
      cure: 'Name another with --journal.',
    })
  checkProvenance(target, provenance, plan)
}

/** Returns a UUID that is the same for the same request of a run, however often it is sent. */
function idempotencyKey(...parts: readonly (string | undefined)[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Returns the path of an operation on one thing: its last parameter is the identity. */
function pathTo({ path, parameters }: Operation, identity: string): string {
  const parameter = parameters.filter(({ in: place }) => place === 'path').at(-1)
  return path.replace(`{${parameter?.name ?? ''}}`, encodeURIComponent(identity))
}

function addressOf(
  base: string,
  path: string,
  { parameters }: Operation,
  stated: Readonly<Record<string, string>>,
): string {
  const filled = path.replace(/\{([^}]+)\}/g, (whole, name: string) => {
    const value = stated[name]
    return value === undefined ? whole : encodeURIComponent(value)
  })
  const query = parameters.filter(({ in: place, name }) => place === 'query' && stated[name] !== undefined)
  const search = new URLSearchParams(query.map(({ name }) => [name, stated[name] ?? ''])).toString()
  return `${base.replace(/\/$/, '')}${filled}${search === '' ? '' : `?${search}`}`
}

/** Milliseconds that a server asks to wait: seconds, or a date (RFC 9110, 10.2.3). */
function retryAfter(answer: Response): number | undefined {
  const text = answer.headers.get('retry-after')
  if (text === null) return undefined
  const pause = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isNaN(pause) ? undefined : Math.min(600_000, Math.max(0, pause))
}

function identityIn({ identity }: Creation, answer: Response, text: string): string | null {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    // An answer without a body may still say where the thing is.
  }
  const found = identity && isObject(body) ? valueAt(body, identity) : undefined
  if (typeof found === 'string' || typeof found === 'number') return String(found)
  return answer.headers.get('location')?.split('/').at(-1) ?? null
}

const goesOn = 'What was created is noted: the same command goes on from there.'

const refused = ({ method }: Operation, path: string, status: number, text: string): Error =>
  failure(`create what ${method} ${path} creates`, {
    expected: 'an answer of success',
    received: `${status}${text === '' ? '' : `: ${text.slice(0, 300)}`}`,
    cure: status === 401 || status === 403 ? "Say credentials with --header 'Authorization: …'." : goesOn,
  })

function unreachable({ method }: Operation, path: string, error: Error): Error {
  const cause = error.cause as NodeJS.ErrnoException | undefined
  return failure(`create what ${method} ${path} creates`, {
    expected: 'an answer',
    received: cause?.code ?? cause?.message ?? error.message,
    cure: goesOn,
  })
}
