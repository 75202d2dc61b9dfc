// Seeds a real API through its own operations.

import { existsSync } from 'node:fs'
import { failure, isObject, valueAt } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'
import type { Batch } from './batch.ts'
import { creationsOf, referTo } from './creations.ts'
import type { Creation } from './creations.ts'
import { PartSet, partOf } from './dataset.ts'
import { openJournal } from './http-journal.ts'
import type { Journal } from './http-journal.ts'
import { requestKey, PacedRequests, pathTo, refused } from './http-requests.ts'
import type { RequestOptions } from './http-requests.ts'
import { checkProvenance } from './notes.ts'
import type { Clearing, Provenance, SeedPlan, SeedTarget } from './target.ts'
import type { Verifier } from './verify.ts'

/** How an API is seeded. */
export interface HttpOptions extends RequestOptions {
  readonly model: Model
  /** File in which is noted what has been created. */
  readonly journal: string
  /** Requests at the same time. */
  readonly concurrency: number
}

/** A thing to be created: identity of our own, body, customer. */
type Row = readonly [ours: string, document: string, customer: string | null]

/** What is done with a row. */
type RowWork = (entity: string, creation: Creation, row: Row, journal: Journal) => Promise<void>

/**
 * Returns a target of an API, in which things are created by its own operations, customers before their invoices. What was created is
 * noted in a journal with the identity that the API gave it, so the same command goes on, and creates nothing twice: each request has an
 * `Idempotency-Key` of its own, always the same.
 */
export const httpTarget = (baseUrl: string, options: HttpOptions): SeedTarget => new HttpTarget(baseUrl, options)

class HttpTarget implements SeedTarget {
  readonly name: string
  readonly form = { encoding: 'values' } as const
  readonly isShared = true
  readonly concurrency = 1
  readonly clearing: Clearing
  readonly #options: HttpOptions
  readonly #requests: PacedRequests
  /** By the names of their tables. */
  readonly #creations: ReadonlyMap<string, Creation>
  #journal: Journal | undefined
  #plan: SeedPlan | undefined

  constructor(baseUrl: string, options: HttpOptions) {
    this.name = baseUrl
    this.#options = options
    this.#requests = new PacedRequests(baseUrl, options)
    this.#creations = new Map(
      creationsOf(options.model).map((creation) => [creation.name.replace(/\W+/g, '_'), creation]),
    )
    this.clearing = {
      remove: (batch) => this.#forEachRow(batch, (...row) => this.#remove(...row)),
      forget: async () => this.#journal?.forget(),
    }
  }

  async recall({ api, form, seed }: Pick<Provenance, 'api' | 'form' | 'seed'>): Promise<Provenance | undefined> {
    if (!existsSync(this.#options.journal)) return undefined
    const { provenance } = await this.#open()
    return provenance?.api === api && provenance.form === form && provenance.seed === seed ? provenance : undefined
  }

  async inspect(plan: SeedPlan): Promise<PartSet> {
    if (existsSync(this.#options.journal)) checkJournal(this.name, this.#options.journal, await this.#open(), plan)
    return this.#donePartsOf(plan)
  }

  async begin(plan: SeedPlan): Promise<PartSet> {
    this.#plan = plan
    const journal = await this.#open()
    checkJournal(this.name, this.#options.journal, journal, plan)
    journal.begin(plan.provenance)
    return this.#donePartsOf(plan)
  }

  async verifier(plan: SeedPlan): Promise<Verifier> {
    this.#plan = plan
    await this.#open()
    return {
      check: async (batch) => {
        const missing = new Map<string, number>()
        await this.#forEachRow(batch, async (entity, creation, [ours], journal) => {
          if (!(await this.#isThere(creation, journal.find(entity, ours))))
            missing.set(entity, (missing.get(entity) ?? 0) + 1)
        })
        return [...missing].map(([entity, rows]) => ({ entity, what: 'cannot be read back', rows }))
      },
      end: async () => [],
    }
  }

  async write(batch: Batch): Promise<void> {
    await this.#forEachRow(batch, (...row) => this.#create(...row))
    this.#journal?.note(batch.part)
  }

  async finish(): Promise<void> {
    // What was created is there.
  }

  async close(): Promise<void> {
    this.#journal?.close()
    this.#journal = undefined
  }

  async #open(): Promise<Journal> {
    return (this.#journal ??= await openJournal(this.#options.journal))
  }

  #donePartsOf({ dataset: { sizes } }: SeedPlan): PartSet {
    const done = new PartSet()
    for (const part of this.#journal?.parts() ?? [])
      if (part.to >= partOf(part.stage, part.number, sizes[part.stage]).to) done.add(part)
    return done
  }

  async #create(entity: string, creation: Creation, [ours, document, customer]: Row, journal: Journal): Promise<void> {
    if (journal.find(entity, ours) !== undefined) return
    const body = JSON.parse(document) as unknown
    const customers = [...this.#creations].find(([, { of }]) => of === 'party')?.[0]
    const theirs = customer !== null && customers !== undefined && journal.find(customers, customer)
    referTo(body, creation, theirs || undefined)
    const { create: operation } = creation
    const text = JSON.stringify(body)
    const key = requestKey(journal.nonce, entity, ours, text)
    const answer = await this.#requests.send(operation, operation.path, key, text)
    const told = await answer.text().catch(() => '')
    if (!answer.ok) throw refused(operation, operation.path, answer.status, told)
    journal.created(entity, ours, identityIn(creation, answer, told))
  }

  async #remove(entity: string, { remove: operation }: Creation, [ours]: Row, journal: Journal): Promise<void> {
    const theirs = journal.find(entity, ours)
    if (theirs === undefined) return
    if (!operation || theirs === null)
      throw failure(`clean ${this.name}`, {
        expected: `an operation that deletes ${entity}`,
        received: operation ? 'things whose identity it did not tell' : 'none in the document',
        cure: 'Delete them by other means; the journal names them.',
      })
    const key = requestKey(journal.nonce, 'delete', entity, ours)
    const answer = await this.#requests.send(operation, pathTo(operation, theirs), key)
    const text = await answer.text().catch(() => '')
    if (!answer.ok && ![404, 410].includes(answer.status)) throw refused(operation, operation.path, answer.status, text)
    journal.removed(entity, ours)
  }

  /** Tells whether a thing that was created is still there. */
  async #isThere({ read }: Creation, theirs: string | null | undefined): Promise<boolean> {
    if (theirs === undefined) return false
    if (theirs === null || !read) return true
    const answer = await this.#requests.send(read, pathTo(read, theirs), requestKey('read', theirs))
    await answer.body?.cancel()
    return answer.ok
  }

  /** Does something with every row of a batch, some at the same time; the first failure is told when all that were begun have ended. */
  async #forEachRow({ pieces }: Batch, work: RowWork): Promise<void> {
    const journal = await this.#open()
    const decoder = new TextDecoder()
    for (const { entity: place, bytes } of pieces) {
      const entity = this.#plan?.dataset.entities[place]?.name ?? ''
      const creation = this.#creations.get(entity)
      if (!creation) continue
      const rows = (JSON.parse(decoder.decode(bytes)) as Row[]).values()
      await inParallel(rows, this.#options.concurrency, (row) => work(entity, creation, row, journal))
    }
  }
}

/** Works on items, so many at the same time. @throws what the first of them threw, when all that were begun have ended. */
async function inParallel<T>(
  items: IterableIterator<T>,
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let failed: { readonly error: unknown } | undefined
  const worker = async (): Promise<void> => {
    for (const item of items) {
      if (failed) return
      try {
        await work(item)
      } catch (error) {
        failed ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  if (failed) throw failed.error
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
