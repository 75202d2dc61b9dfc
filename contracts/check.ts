// Checks an API: asks its operations and returns a report.

import type { Fetch, Model, Operation } from '../spec/index.ts'
import { withoutUserInfo } from './check/credentials.ts'
import { checkFilters } from './check/filters.ts'
import { checkGets, checkUnknown, openIn } from './check/items.ts'
import type { KnownInvoice } from './check/items.ts'
import { checkGraphql } from './check/graphql.ts'
import type { CheckOptions } from './check/options.ts'
import { firstPage, readPages } from './check/lists.ts'
import { writesNotAllowed, nothingSucceeded } from './report.ts'
import { reportOf } from './check/summary.ts'
import { checkCredentials, checkMethod, checkParameters } from './check/edges.ts'
import { checkResourceWrites } from './check/resource-writes.ts'
import { Session } from './check/session.ts'
import { checkSorts } from './check/sorts.ts'
import { claimInvoices, inWriteOrder, checkWrite } from './check/writes.ts'
import type { WriteFixtures } from './check/writes.ts'
import type { Report } from './report.ts'

/**
 * Holds a server against its document and the laws, and returns what was found. Plans the requests from the document alone:
 * lists (pages, orders, filters), objects one by one, an unknown id, missing credentials, bad parameters; with `writes` also
 * what changes something. Every answer is checked for conformance, answers of success for the laws.
 * @throws Failure for a server that never answers, an unknown law, or a schema that cannot be compiled.
 * @example const report = await check(load('openapi.yaml'), fetch, { baseUrl: 'https://api.example.com' })
 */
export async function check(model: Model, fetch: Fetch, options: CheckOptions): Promise<Report> {
  const session = new Session(model, fetch, withoutUserInfo(options))
  const operations = model.operations.filter(
    (operation) => operation.method !== 'OPTIONS' && operation.method !== 'TRACE',
  )
  const reads = operations.filter(({ method, does }) => method === 'GET' || method === 'HEAD' || does === 'graphql')
  const claims = operations.filter(({ does }) => does === 'claim')
  const listed = await readLists(session, reads)
  const claimed = await readClaims(session, claims)
  const targets: readonly KnownInvoice[] = [...(options.ids ?? []).map((id) => ({ id })), ...listed, ...claimed.targets]
  // What is in no path comes first: its answers show what the paths of others name.
  const depth = (operation: Operation): number => openIn(operation, options).length
  for (const operation of [...reads].sort((left, right) => depth(left) - depth(right)))
    await readOne(session, operation, targets)
  // One path stands for all: methods are told apart before paths are.
  const welcome = reads.find((operation) => session.isWelcome(operation) && depth(operation) === 0)
  if (welcome) await checkMethod(session, { operation: welcome, values: firstPage(session, welcome).values })
  const fixtures: WriteFixtures = { targets, leases: claimed.leases, used: new Set() }
  const writes = operations.filter((operation) => !reads.includes(operation) && !claims.includes(operation))
  const lived: Operation[] = []
  if (options.writes)
    for (const resource of session.known.resources) lived.push(...(await checkResourceWrites(session, resource)))
  for (const operation of inWriteOrder(writes)) {
    if (!options.writes) session.skip(operation.id, writesNotAllowed)
    else if (!lived.includes(operation)) await checkWrite(session, operation, fixtures)
  }
  session.end()
  return reportOf(session, session.options)
}

const isList = ({ does }: Operation): boolean => does === 'list'

async function readLists(session: Session, reads: readonly Operation[]): Promise<readonly KnownInvoice[]> {
  const targets: KnownInvoice[] = []
  for (const operation of reads.filter(isList)) {
    const listed = await readPages(session, operation)
    if (listed.length === 0) session.skip(`${operation.id}: orders and filters`, 'the list shows no invoice')
    else {
      await checkSorts(session, operation)
      await checkFilters(session, operation, listed)
    }
    targets.push(...listed.map((entry) => ({ listed: entry })))
  }
  return targets
}

async function readClaims(
  session: Session,
  claims: readonly Operation[],
): Promise<Pick<WriteFixtures, 'targets' | 'leases'>> {
  const [first] = claims
  if (first && session.options.writes) return claimInvoices(session, first)
  for (const { id } of claims) session.skip(id, writesNotAllowed)
  return { targets: [], leases: new Map() }
}

async function readOne(session: Session, operation: Operation, targets: readonly KnownInvoice[]): Promise<void> {
  if (operation.does === 'graphql') return checkGraphql(session, operation, targets)
  if (openIn(operation, session.options).length > 0) return readObjects(session, operation, targets)
  const { values, asked } = firstPage(session, operation)
  if (!isList(operation)) await session.send({ operation, values }, { asked })
  await checkRefusals(session, operation, values)
}

/** A refusal proves something only where the same without the flaw succeeds. */
async function checkRefusals(
  session: Session,
  operation: Operation,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (session.isWelcome()) await checkCredentials(session, { operation, values })
  if (session.isWelcome(operation)) {
    await checkParameters(session, operation, values)
  } else
    session.skip(
      `${operation.id}: ${session.isWelcome() ? 'bad parameters' : 'missing credentials and bad parameters'}`,
      nothingSucceeded,
    )
}

async function readObjects(session: Session, operation: Operation, targets: readonly KnownInvoice[]): Promise<void> {
  const items = await checkGets(session, operation, targets)
  const [first] = items
  if (!first || session.isWelcome()) await checkUnknown(session, operation, items)
  if (first) await checkRefusals(session, operation, first.values)
}
