// Creates, changes, replaces and deletes one item of a resource and checks each answer.

import { isObject, valueAt } from '../../spec/index.ts'
import type { Operation, Resource, ResourceOperation } from '../../spec/index.ts'
import { sampleObject } from '../samples.ts'
import { statusText } from '../violation.ts'
import { documentedBody, isRequestBody } from './bodies.ts'
import { checkBadBodies, checkNulls } from './edges.ts'
import { openIn } from './items.ts'
import type { PathValues } from './known-items.ts'
import { bodyContent } from './request.ts'
import { breach, mayBeAnything } from './rules.ts'
import type { CheckedExchange } from './run.ts'
import type { Session } from './session.ts'
import { changedBesides, checkIdempotency, checkLocation, checkStaleTag, checkTagChanged, notKept } from './written.ts'

type ResourceAct = ResourceOperation['does']

/** What one run of writes knows of the object that it made. */
interface MadeItem {
  readonly values: PathValues
  /** As it was read back, where it could be, and the answer that showed it. */
  json?: unknown
  shown?: CheckedExchange
}

/**
 * Makes an item of a resource, reads it, changes it, replaces it and deletes it, as far as the document has operations for that, and holds each
 * answer against what was sent. Only what was made here is changed. Returns the operations that were tried or skipped.
 */
export async function checkResourceWrites(session: Session, resource: Resource): Promise<readonly Operation[]> {
  const own = resource.operations.filter(({ operation }) => operation.does === undefined)
  const find = (...acts: readonly ResourceAct[]): ResourceOperation | undefined =>
    own.find(({ does, operation: { method } }) => acts.includes(does) && method !== 'GET' && method !== 'HEAD')
  const [create, update, replace, remove] = [find('create'), find('update'), find('replace'), find('delete')]
  if (!create) return []
  const get = resource.operations.find(({ does }) => does === 'get')
  const tried = [create, update, replace, remove].flatMap((act) => act?.operation ?? [])
  const made = await makeItem(session, resource, create, get)
  const reason = `no ${resource.noun} could be made that it could change`
  if (!made) for (const { id } of tried.slice(1)) session.skip(id, reason)
  if (!made) return tried
  for (const act of [update, replace]) if (act) await changeItem(session, act, get, made)
  if (remove) await deleteItem(session, remove, get, made)
  return tried
}

async function makeItem(
  session: Session,
  resource: Resource,
  create: ResourceOperation,
  get: ResourceOperation | undefined,
): Promise<MadeItem | undefined> {
  const { operation } = create
  const [around] = session.known.valuesFor(operation, openIn(operation, session.options), 1)
  if (!around) return skipped(session, operation, 'no object is known that it would belong to')
  const body = bodyToCreate(session, resource, operation)
  if (body === undefined) return skipped(session, operation, 'no valid body could be made from its schema')
  const ask = { operation, values: around, body }
  const exchange = await session.send(ask, { expect: mayBeAnything })
  if (!exchange.isSuccess) return refused(session, operation, exchange)
  const shown = valueAt(exchange.json, create.answer?.path ?? [])
  if (isObject(shown)) exchange.report(...notKept(body, shown, new Set(), pointerTo(create)))
  const key = get?.key ?? create.key
  const id = isObject(shown) && resource.identity ? valueAt(shown, resource.identity) : undefined
  const named = get && checkLocation(session, exchange, get.operation, id)
  const known = id ?? named
  await checkIdempotency(session, ask, exchange, ({ json }) => {
    const again = valueAt(json, create.answer?.path ?? [])
    return isObject(again) && resource.identity ? valueAt(again, resource.identity) : undefined
  })
  if (!key || known === undefined)
    return skipped(session, operation, 'its answer does not say what the new object is called')
  await checkBadBodies(session, ask)
  const made: MadeItem = { values: { ...around, [key.name]: known } }
  const back = get && (await readItem(session, get, made))
  if (back && !back.isSuccess) back.report(breach('PF-WRITE', 'the object that was made', statusOf(back)))
  if (get && back && isObject(made.json)) back.report(...notKept(body, made.json, new Set(), pointerTo(get)))
  return made
}

async function changeItem(
  session: Session,
  act: ResourceOperation,
  get: ResourceOperation | undefined,
  made: MadeItem,
): Promise<void> {
  const { operation, does } = act
  const { json: before, shown: shownBefore } = made
  const body = bodyToChange(session, operation, does, before)
  if (!body) return session.skip(operation.id, 'no valid body could be made that changes something')
  const ask = { operation, values: made.values, body }
  await checkStaleTag(session, ask)
  const exchange = await session.send(ask, { expect: mayBeAnything })
  if (!exchange.isSuccess) return refused(session, operation, exchange)
  const shown = valueAt(exchange.json, act.answer?.path ?? [])
  if (isObject(shown)) exchange.report(...notKept(body, shown, new Set(), pointerTo(act)))
  const back = get && (await readItem(session, get, made))
  if (!get || !back?.isSuccess || !isObject(made.json)) return
  checkTagChanged(shownBefore, back)
  back.report(...notKept(body, made.json, new Set(), pointerTo(get)))
  if (does === 'update' && isObject(before)) back.report(...changedBesides(before, made.json, body, pointerTo(get)))
  if (does === 'update') await checkNulls(session, ask)
}

async function deleteItem(
  session: Session,
  act: ResourceOperation,
  get: ResourceOperation | undefined,
  made: MadeItem,
): Promise<void> {
  const { operation } = act
  const before = JSON.stringify(made.json)
  const exchange = await session.send({ operation, values: made.values }, { expect: mayBeAnything })
  if (!exchange.isSuccess) return refused(session, operation, exchange)
  const back = get && (await readItem(session, get, made))
  if (back?.isSuccess && JSON.stringify(made.json) === before)
    back.report(breach('PF-WRITE', 'an object that was deleted to be gone', 'the object as it was'))
}

/** Reads an item, and keeps what it says. */
async function readItem(
  session: Session,
  { operation, answer }: ResourceOperation,
  made: MadeItem,
): Promise<CheckedExchange> {
  const exchange = await session.send({ operation, values: made.values }, { expect: mayBeAnything })
  if (exchange.isSuccess) Object.assign(made, { json: valueAt(exchange.json, answer?.path ?? []), shown: exchange })
  return exchange
}

/** The example of the document, or values for everything that may be sent, or for what has to be; keys name objects that are known. */
function bodyToCreate(session: Session, { relations }: Resource, operation: Operation): unknown {
  const { document } = session.model
  const schema = bodyContent(operation)?.schema
  const documented = documentedBody(document, operation)
  if (schema === undefined) return documented
  const keys = Object.fromEntries(
    relations.flatMap(({ path: [name, ...below], resource }) => {
      const id = session.known.idOf(resource)
      return name === undefined || below.length > 0 || id === undefined ? [] : [[name, id]]
    }),
  )
  const candidates = [true, false].map((isWhole) => withKeys(sampleObject(document, schema, { isWhole }), keys))
  return [documented, ...candidates].find((body) => body !== undefined && isRequestBody(session, operation, body))
}

const withKeys = (body: unknown, keys: Readonly<Record<string, unknown>>): unknown =>
  isObject(body)
    ? { ...body, ...Object.fromEntries(Object.entries(keys).filter(([name]) => Object.hasOwn(body, name))) }
    : body

/** One value that is another than before; where the whole is replaced, among the others as they were. */
function bodyToChange(
  session: Session,
  operation: Operation,
  does: ResourceAct,
  before: unknown,
): Readonly<Record<string, unknown>> | undefined {
  const schema = bodyContent(operation)?.schema
  if (schema === undefined) return undefined
  const whole = sampleObject(session.model.document, schema, { isWhole: true })
  const needed = sampleObject(session.model.document, schema, { isWhole: false })
  if (!isObject(whole) || !isObject(needed)) return undefined
  const known = isObject(before) ? before : {}
  const kept = (names: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(names.map((name) => [name, known[name] ?? whole[name]]))
  const base = kept(Object.keys(does === 'replace' ? whole : needed))
  for (const name of Object.keys(whole))
    for (const value of otherValues(known[name] ?? whole[name])) {
      const body = { ...base, [name]: value }
      if (isRequestBody(session, operation, body)) return body
    }
  return undefined
}

/** Keys stay as they are: what they would name is not known. */
const otherValues = (value: unknown): readonly unknown[] =>
  typeof value === 'string'
    ? /^[\w ]*proforma/i.test(value)
      ? [`${value} two`]
      : []
    : typeof value === 'number'
      ? [value + 1, value - 1]
      : typeof value === 'boolean'
        ? [!value]
        : []

const pointerTo = ({ answer }: ResourceOperation): string => (answer?.path ?? []).map((name) => `/${name}`).join('')

const statusOf = ({ status = 0 }: CheckedExchange): string => String(status)

function skipped(session: Session, { id }: Operation, reason: string): undefined {
  session.skip(id, reason)
  return undefined
}

function refused(session: Session, operation: Operation, { status = 0, json }: CheckedExchange): undefined {
  if (status < 400 || status >= 500 || status === 401 || status === 429) return undefined
  const told = statusText({ status, body: json === undefined ? '' : JSON.stringify(json) })
  return skipped(session, operation, `the request, made from the document, was refused: ${told}`)
}
