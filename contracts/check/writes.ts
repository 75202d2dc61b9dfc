// Runs operations that change invoices and checks what changed.

import { isJson, isObject, readWords } from '../../spec/index.ts'
import type { BusinessObject, Operation, OperationRole, Shape } from '../../spec/index.ts'
import { bodyFor, documentedBody, isRequestBody } from './bodies.ts'
import type { BodyMaterial } from './bodies.ts'
import { checkNulls } from './edges.ts'
import { invoiceIdOf, idParameter, openIn } from './items.ts'
import type { KnownInvoice } from './items.ts'
import { listedIn } from './lists.ts'
import type { Listed } from './lists.ts'
import { mayBeAnything, mustSucceed, breach } from './rules.ts'
import type { CheckedExchange } from './run.ts'
import type { Session } from './session.ts'
import { dueOf } from '../terms.ts'
import { statusText } from '../violation.ts'
import { checkIdempotency, checkLocation, checkStaleTag, checkTagChanged, notKept, notLeft } from './written.ts'

/** Order in which writes run: what later ones need, earlier ones make. */
const writeOrder: readonly OperationRole[] = [
  'submit',
  'create',
  'update',
  'sync',
  'message',
  'pay',
  'void',
  'acknowledge',
  'settle',
  'delete',
]

/** Returns operations in the order in which they are best run. */
export const inWriteOrder = (operations: readonly Operation[]): readonly Operation[] =>
  [...operations].sort((left, right) => rank(left) - rank(right))

const rank = ({ does }: Operation): number =>
  does === undefined ? writeOrder.length : (writeOrder.indexOf(does) + writeOrder.length) % writeOrder.length

/** What the writes of one run know of each other. */
export interface WriteFixtures {
  readonly targets: readonly KnownInvoice[]
  /** Proofs of claims, by id of the invoice. */
  readonly leases: ReadonlyMap<string, unknown>
  /** What was made here: only that is deleted. */
  created?: KnownInvoice
  /** What was paid or voided here: not done twice. */
  readonly used: Set<KnownInvoice>
}

/** Claims invoices, and returns the ids and the leases that come back. */
export async function claimInvoices(
  session: Session,
  operation: Operation,
): Promise<Pick<WriteFixtures, 'targets' | 'leases'>> {
  const { page } = await session.send({
    operation,
    body: bodyFor(session, operation, { values: { 'claim.limit': session.options.maxGets ?? 3 } }) ?? {},
  })
  const claimed = page
    ? page
        .within()
        .flatMap((object) =>
          object.all('invoice.id').map(({ raw }) => [String(raw), object.first('lease.token')?.raw] as const),
        )
    : []
  return { targets: claimed.map(([id]) => ({ id })), leases: new Map(claimed) }
}

/** Runs one operation that changes something, or says why not. */
export async function checkWrite(session: Session, operation: Operation, fixtures: WriteFixtures): Promise<void> {
  const parameter = idParameter(operation, session.known, session.options)
  const needsTarget = openIn(operation, session.options).length > 0
  const target = needsTarget ? targetFor(session, operation, fixtures) : undefined
  const id = target && (target.id ?? (target.listed && invoiceIdOf(target.listed.object, parameter?.binding)))
  if (needsTarget && (!parameter || id === undefined))
    return session.skip(
      operation.id,
      reasonsNotWritten[operation.does ?? 'get'] ?? 'no object is known that it could change',
    )
  const { body, isKnown } = bodyOf(session, operation, fixtures, target, id)
  if (operation.body?.required && body === undefined)
    return session.skip(
      operation.id,
      'the document gives no example of a body, and none could be made from its answers',
    )
  const values = parameter ? { [parameter.name]: id } : {}
  // What is changed or deleted has to be known as it is, to see whether it is still the same.
  const isKept = operation.does === 'delete' || operation.does === 'update'
  const prior = isKept ? await readBack(session, target?.listed?.object) : undefined
  const ask = { operation, values, ...(body !== undefined && { body }) }
  if (operation.does === 'update') await checkStaleTag(session, ask)
  const exchange = await session.send(ask, {
    expect: isKnown ? mustSucceed : mayBeAnything,
    asked: needsTarget && operation.does !== 'delete' ? { id } : {},
  })
  const { status = 0, json } = exchange
  if (!isKnown && status >= 400 && status < 500 && status !== 401 && status !== 429)
    session.skip(
      operation.id,
      `the request, made from the document, was refused: ${statusText({ status, body: json === undefined ? '' : JSON.stringify(json) })}`,
    )
  if (exchange.isSuccess) await checkWritten(session, operation, exchange, body, { known: target?.listed, prior })
  if (operation.does === 'create') {
    const get = session.model.operations.find(({ does }) => does === 'get')
    const idIn = (shown: CheckedExchange): unknown => {
      const [made] = listedIn(shown)
      return made && invoiceIdOf(made.object, get && idParameter(get, session.known, session.options)?.binding)
    }
    if (get) checkLocation(session, exchange, get, idIn(exchange))
    await checkIdempotency(session, ask, exchange, idIn)
  }
  if (operation.does === 'update' && exchange.isSuccess && target && target === fixtures.created)
    await checkNulls(session, ask)
  if (operation.does === 'create') fixtures.created = created(exchange) ?? fixtures.created
  if (operation.does === 'delete' && exchange.isSuccess) fixtures.created = undefined
}

/** Roles of what a server decides about a new or changed invoice. */
const decidedRoles = new Set(['invoice.id', 'invoice.number', 'invoice.status', 'invoice.isPaid'])

/** Holds the answer to a write, and what is read back after it, against what was sent. */
async function checkWritten(
  session: Session,
  operation: Operation,
  exchange: CheckedExchange,
  body: unknown,
  { known: listed, prior }: { readonly known: Listed | undefined; readonly prior: CheckedExchange | undefined },
): Promise<void> {
  const { does } = operation
  const known = does === 'delete' && prior ? listedIn(prior)[0] : listed
  if (does === 'pay' || does === 'void') return checkActed(session, does, known)
  if (does !== 'create' && does !== 'update' && does !== 'delete') return
  const [shown] = listedIn(exchange)
  const before = does === 'create' ? undefined : known
  const back = await readBack(session, does === 'create' ? shown?.object : before?.object)
  const [now] = back?.isSuccess ? listedIn(back) : []
  if (does === 'delete') {
    if (back && now && before && JSON.stringify(now.entry) === JSON.stringify(before.entry))
      back.report(breach('PF-WRITE', 'an object that was deleted to be gone', 'the object as it was'))
    return
  }
  if (back && does === 'update') checkTagChanged(prior, back)
  const { decided, named } = sentIn(session, operation, body)
  if (shown)
    exchange.report(
      ...notKept(body, exchange.json, decided),
      ...notKept(body, shown.entry, decided, shown.object.pointer),
    )
  if (!back || !now) return
  back.report(...notKept(body, back.json, decided), ...notKept(body, now.entry, decided, now.object.pointer))
  // Amounts follow from lines: where these were sent, more may have changed.
  if (before && ![...named].some((role) => role === 'invoice.lines' || role.startsWith('line.')))
    back.report(...notLeft(before.object, now.object, named))
}

/** After a payment less is due than before, or the invoice is paid or being paid; after voiding it is void. */
async function checkActed(session: Session, does: 'pay' | 'void', known: Listed | undefined): Promise<void> {
  const back = await readBack(session, known?.object)
  const [now] = back?.isSuccess ? listedIn(back) : []
  const status = now?.object.first('invoice.status')
  if (!back || !known || !now || !status) return
  const words = readWords(status.binding, status.raw)
  const due = ({ object, body }: Listed) => dueOf(object, session.context(body))
  const [before, after] = [due(known), due(now)]
  const isDone =
    does === 'void'
      ? words.includes('void') || now.object.first('invoice.voidedAt') !== undefined
      : words.some((word) => word === 'paid' || word === 'processing') ||
        before === undefined ||
        after === undefined ||
        before !== after
  if (isDone) return
  const expected =
    does === 'void' ? 'an invoice that was voided to be void' : 'less due after a payment, or a status that says so'
  back.report(breach('PF-WRITE', expected, String(status.raw), status.pointer))
}

/** Asks for an invoice after a write, whatever comes of it. */
async function readBack(session: Session, invoice: BusinessObject | undefined): Promise<CheckedExchange | undefined> {
  const get = session.model.operations.find(({ does }) => does === 'get')
  const parameter = get && idParameter(get, session.known, session.options)
  const id = parameter && invoice && invoiceIdOf(invoice, parameter.binding)
  if (!get || !parameter || id === undefined || openIn(get, session.options).length > 1) return undefined
  return session.send({ operation: get, values: { [parameter.name]: id } }, { expect: mayBeAnything, asked: { id } })
}

/** Returns which roles a body names, and the names of properties whose values the server decides. */
function sentIn(
  { model }: Session,
  { body: documented }: Operation,
  body: unknown,
): { readonly decided: ReadonlySet<string>; readonly named: ReadonlySet<string> } {
  const schema = documented?.content.find(({ mediaType }) => isJson(mediaType))?.schema
  const decided = new Set<string>()
  const named = new Set<string>()
  const visit = (shape: Shape, value: unknown): void => {
    if (Array.isArray(value) && shape.items) for (const item of value) visit(shape.items, item)
    if (!isObject(value)) return
    for (const [name, property] of shape.properties) {
      if (!Object.hasOwn(value, name)) continue
      const role = property.binding?.role
      if (role !== undefined) named.add(role)
      if (role !== undefined && decidedRoles.has(role)) decided.add(name)
      visit(property, value[name])
    }
  }
  if (schema !== undefined) visit(model.shape(schema), body)
  return { decided, named }
}

const reasonsNotWritten: Partial<Record<OperationRole, string>> = {
  delete: 'it would delete an invoice that this check did not create',
  pay: 'no listed invoice can be paid',
  void: 'no listed invoice can be voided',
}

function created(exchange: CheckedExchange): KnownInvoice | undefined {
  const [listed] = listedIn(exchange)
  return exchange.isSuccess && listed ? { listed } : undefined
}

function targetFor(
  session: Session,
  { does }: Operation,
  { targets, created: own, used }: WriteFixtures,
): KnownInvoice | undefined {
  if (does === 'delete') return own
  // What was made here may be changed in earnest.
  if (does === 'update' && own) return own
  if (does !== 'pay' && does !== 'void') return targets[0]
  const target = targets.find(
    (candidate) => candidate.listed && !used.has(candidate) && isOpen(session, candidate.listed.object),
  )
  if (target) used.add(target)
  return target
}

function isOpen(session: Session, invoice: BusinessObject): boolean {
  const status = invoice.first('invoice.status')
  const words = status ? readWords(status.binding, status.raw) : []
  const due = dueOf(invoice, session.context(undefined))
  return words.some((word) => word === 'open' || word === 'overdue') && due !== 0n
}

/** An update that changes nothing sends a note back as it is; a new invoice repeats the lines of a listed one. */
const copiedRoles: Partial<Record<OperationRole, readonly string[]>> = {
  create: ['invoice.direction', 'invoice.currency', 'invoice.issueDate', 'invoice.dueDate', 'invoice.lines'],
  update: ['invoice.note', 'invoice.privateNote'],
}

function bodyOf(
  session: Session,
  operation: Operation,
  { leases, targets, created }: WriteFixtures,
  target: KnownInvoice | undefined,
  id: unknown,
): { body?: unknown; isKnown: boolean } {
  if (!operation.body) return { isKnown: true }
  const documented = documentedBody(session.model.document, operation)
  const valid = documented !== undefined && operation.does !== 'update'
  // An example may contradict its own schema: whoever refuses it is not wrong.
  if (valid) return { body: documented, isKnown: isRequestBody(session, operation, documented) }
  const lease = leases.get(String(id))
  const values: Record<string, unknown> = {
    ...(id !== undefined && { 'invoice.id': id }),
    ...(lease !== undefined && { 'lease.token': lease }),
    'transition.success': true,
    ...(operation.does === 'update' &&
      target !== undefined &&
      target === created && { 'invoice.note': 'Changed by a contract check.' }),
  }
  const entry = (target ?? targets[0])?.listed?.entry
  const material: BodyMaterial = {
    values,
    ...(entry !== undefined && { entry }),
    copy: copiedRoles[operation.does ?? 'get'] ?? [],
  }
  const body = bodyFor(session, operation, material)
  return { ...(body !== undefined && { body }), isKnown: lease !== undefined }
}
