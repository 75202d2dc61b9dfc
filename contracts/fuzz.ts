// Sends random valid and invalid requests and reports what does not hold.

import type { Fetch, Model, Occurrence, Operation } from '../spec/index.ts'
import { failure, nameOf, operationOf, readByRole } from '../spec/index.ts'
import { withoutUserInfo } from './check/credentials.ts'
import { writesNotAllowed, requestUnreadable } from './report.ts'
import { invoiceIdOf, idParameter } from './check/items.ts'
import type { CheckOptions } from './check/options.ts'
import { KnownItems } from './check/known-items.ts'
import { parameterOf } from './check/lists.ts'
import { conformance } from './conformance.ts'
import type { Skip } from './report.ts'
import type { Fc } from './fuzz/arbitrary.ts'
import { invalidRequests, validRequests } from './fuzz/drawn-requests.ts'
import type { DrawingMaterial } from './fuzz/drawn-requests.ts'
import { probeOf } from './fuzz/probe.ts'
import type { DrawnRequest, Probe, Probed } from './fuzz/probe.ts'
import { runProperty } from './fuzz/property.ts'
import type { FuzzProperty, FuzzStep } from './fuzz/property.ts'
import type { PropertyReport, TestSource } from './fuzz/report.ts'
import { sequences } from './fuzz/sequences.ts'

/** How to fuzz, besides what a check needs. */
export interface FuzzOptions extends Pick<
  CheckOptions,
  | 'baseUrl'
  | 'headers'
  | 'parameters'
  | 'ids'
  | 'today'
  | 'tolerance'
  | 'timeout'
  | 'maxBytes'
  | 'rate'
  | 'retries'
  | 'pause'
  | 'levels'
  | 'mode'
  | 'showValues'
> {
  /** Requests to draw in all, about; 200 unless given. */
  readonly runs?: number
  /** Same seed, same requests, as far as the server gives the same ids. */
  readonly seed: number
  /** Also draws what changes something. */
  readonly writes?: boolean
  /** Only this operation. */
  readonly operation?: string
  /** Where to begin, as a failure printed it: of one operation and one kind. */
  readonly path?: string
  readonly kind?: PropertyReport['kind']
  /** Brings the server back to where it began: called before every run that may change something, so that a failure depends on its own requests alone. */
  readonly reset?: () => Promise<void>
  /** Files that the printed tests load, where the document is not built in. */
  readonly source?: TestSource
  /** Told after every request. */
  readonly onProgress?: (requests: number, operation: string) => void
}

/** What fuzzing found. */
export interface FuzzReport {
  readonly api: string
  readonly title: string
  readonly baseUrl: string
  readonly seed: number
  readonly requests: number
  readonly properties: readonly PropertyReport[]
  /** Operations that were left alone, and why. */
  readonly skipped: readonly Skip[]
}

/**
 * Sends requests drawn from a document, valid ones and ones with a flaw, and returns what does not hold: no answer is 5xx, what
 * is valid is accepted, what is not is refused, every answer conforms and obeys the laws, what was created can be read back.
 * Failures are shrunk.
 * @throws Failure where fast-check is not installed, an operation is unknown, or the server never answers.
 */
export async function fuzz(model: Model, fetch: Fetch, options: FuzzOptions): Promise<FuzzReport> {
  const fc = await loadFastCheck()
  const { onProgress, reset, ...rest } = options
  const prepared = withoutUserInfo(rest)
  const documented = conformance(model, { ...(options.mode && { mode: options.mode }) })
  let requests = 0
  const send = probeOf(model, fetch, documented, prepared)
  const probe: Probe = async (operation, ...about) => {
    const probed = await send(operation, ...about)
    requests++
    onProgress?.(requests, operation.id)
    return probed
  }
  const wanted = options.operation === undefined ? model.operations : [operationOf(model, options.operation)]
  const drawn = wanted.filter((operation) => reasonToSkip(operation, options) === undefined)
  const known = await knownIds(model, probe, options)
  const material: DrawingMaterial = {
    fc,
    model,
    conformance: documented,
    stated: { ...namedIn(model, options.headers ?? {}), ...options.parameters },
    ids: known,
  }
  const plan = planOf(material, drawn, probe, options)
  const numRuns = Math.max(5, Math.ceil((options.runs ?? 200) / Math.max(1, plan.length)))
  const properties: PropertyReport[] = []
  for (const property of plan)
    properties.push(
      await runProperty(fc, property, {
        seed: options.seed,
        numRuns,
        api: model.name,
        baseUrl: prepared.baseUrl,
        ...(options.source && { source: options.source }),
        ...(reset && isChanging(property.operation) && { reset }),
        ...(options.path !== undefined && { path: options.path }),
      }),
    )
  const left =
    options.operation === undefined ? model.lost.map(({ id }) => ({ what: id, reason: requestUnreadable })) : []
  const skipped = wanted.flatMap((operation) => {
    const reason = reasonToSkip(operation, options)
    return reason === undefined ? [] : [{ what: operation.id, reason }]
  })
  return {
    api: model.name,
    title: model.title,
    baseUrl: prepared.baseUrl,
    seed: options.seed,
    requests,
    properties,
    skipped: [...skipped, ...left],
  }
}

/** Returns the headers that the document has as parameters, too, under the names it has for them. */
const namedIn = ({ operations }: Model, headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    operations
      .flatMap(({ parameters }) => parameters)
      .flatMap(({ in: place, name }) => {
        const [, value] =
          Object.entries(headers).find(
            ([header]) => place === 'header' && header.toLowerCase() === name.toLowerCase(),
          ) ?? []
        return value === undefined ? [] : [[name, value]]
      }),
  )

/** Sequences may change something, too. */
const isChanging = (operation: Operation | undefined): boolean =>
  operation?.method !== 'GET' && operation?.method !== 'HEAD'

function reasonToSkip(operation: Operation, { writes }: FuzzOptions): string | undefined {
  if (operation.does === 'graphql') return 'GraphQL queries are not drawn; a check asks the documented ones'
  return writes || !isChanging(operation) ? undefined : writesNotAllowed
}

function planOf(
  material: DrawingMaterial,
  operations: readonly Operation[],
  probe: Probe,
  { writes, kind, operation: only }: FuzzOptions,
): readonly FuzzProperty[] {
  // What is deleted cannot be asked for any more.
  const last = (operation: Operation): number => Number(operation.method === 'DELETE')
  const single = [...operations]
    .sort((left, right) => last(left) - last(right))
    .flatMap((operation): FuzzProperty[] => {
      const valid: FuzzProperty = {
        operation,
        kind: 'valid',
        arbitrary: validRequests(material, operation),
        run: async (draft: DrawnRequest) => sendValid(material.model, probe, operation, draft),
      }
      const flawed = invalidRequests(material, operation)
      if (!flawed) return [valid]
      return [
        valid,
        {
          operation,
          kind: 'invalid',
          arbitrary: flawed,
          run: async (draft: DrawnRequest) =>
            draft.flaw === undefined
              ? []
              : [{ operation, aim: 'invalid', probed: await probe(operation, draft, 'invalid') }],
        },
      ]
    })
  const changing = operations.filter(({ method }) => method !== 'GET' && method !== 'HEAD')
  const all =
    writes && only === undefined && changing.length > 0 ? [...single, sequences(material, operations, probe)] : single
  return all.filter((property) => kind === undefined || property.kind === kind)
}

/** What was created can be read back. */
async function sendValid(
  model: Model,
  probe: Probe,
  operation: Operation,
  draft: DrawnRequest,
): Promise<readonly FuzzStep[]> {
  const probed = await probe(operation, draft, 'valid')
  const step: FuzzStep = { operation, aim: 'valid', probed }
  if (operation.does !== 'create' || !probed.isSuccess || probed.violations.length > 0) return [step]
  const back = await readCreated(model, probe, probed)
  return back ? [step, back] : [step]
}

async function readCreated(model: Model, probe: Probe, { invoices }: Probed): Promise<FuzzStep | undefined> {
  const get = model.operations.find(({ does }) => does === 'get')
  const parameter = get && idParameter(get, new KnownItems(model))
  const [created] = invoices
  const id = created && invoiceIdOf(created, parameter?.binding)
  if (!get || !parameter || id === undefined) return undefined
  return {
    operation: get,
    aim: 'read back',
    probed: await probe(get, { values: { [parameter.name]: id } }, 'read back', { id }),
  }
}

/** Ids that the caller states, those that the first page of a list shows, and, where changes are allowed, those of a claim. */
async function knownIds(
  model: Model,
  probe: Probe,
  { ids = [], writes = false }: FuzzOptions,
): Promise<DrawingMaterial['ids']> {
  const list = model.operations.find(({ does }) => does === 'list')
  const size = list && parameterOf(list, 'page.size')
  const claim = model.operations.find(({ does }) => does === 'claim')
  const shown: Occurrence[] = []
  const see = ({ json, schema }: Probed): void => {
    if (schema === undefined) return
    for (const object of readByRole(model.shape(schema), json).within())
      for (const occurrence of object.occurrences) if (occurrence.binding.term.kind === 'id') shown.push(occurrence)
  }
  if (list) see(await probe(list, { values: size ? { [size.name]: 10 } : {} }, 'valid'))
  else if (claim && writes) see(await probe(claim, { values: {}, body: {} }, 'valid'))
  return (binding) => {
    if (!binding) return []
    const same = shown.filter((occurrence) => nameOf(occurrence.binding) === nameOf(binding))
    const fitting = same.filter((occurrence) => occurrence.binding.as === binding.as)
    return [
      ...new Set([
        ...(binding.role === 'invoice.id' ? ids : []),
        ...(fitting.length > 0 ? fitting : same).map(({ raw }) => raw),
      ]),
    ]
  }
}

/** Only who fuzzes needs it. */
async function loadFastCheck(): Promise<Fc> {
  try {
    return await import('fast-check')
  } catch {
    throw failure('fuzz', {
      expected: 'fast-check to be installed',
      received: 'no such package',
      cure: 'Install it: npm install --save-dev fast-check.',
    })
  }
}
