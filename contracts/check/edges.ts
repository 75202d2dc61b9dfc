// Sends requests without credentials, with edge values and with invalid parameters and bodies.

import { engineOf, isJson, isObject, join, resolve } from '../../spec/index.ts'
import type { Document, Operation, Parameter, Pointer } from '../../spec/index.ts'
import { resolvedSchema, typeBesideNull } from '../samples.ts'
import { bodyContent } from './request.ts'
import type { Ask, VerbatimBody } from './request.ts'
import { carriersOf, isGuarded } from './credentials.ts'
import { mayBeAnything, mustBeRefused, mustSucceed } from './rules.ts'
import type { Expectation } from './rules.ts'
import type { CheckedExchange } from './run.ts'
import type { Session } from './session.ts'

type StatedSchema = Readonly<Record<string, unknown>>

/** Words of one parameter that are tried, texts and properties that are made too long. */
const most = { words: 12, length: 1000, properties: 12, body: 2_000_000 }

/** Asks without credentials. */
export async function checkCredentials(session: Session, ask: Ask): Promise<void> {
  const { operation } = ask
  if (!isGuarded(operation)) return
  const only403 =
    operation.replies.some(({ status }) => status === '403') &&
    !operation.replies.some(({ status }) => status === '401')
  // 401 is what HTTP has for this (RFC 9110, 15.5.2), whatever the document lists.
  const wanted = only403 ? [401, 403] : [401]
  await session.send(
    { ...ask, isAnonymous: true },
    { expect: { code: 'PF-AUTH', expected: wanted.join(' or '), allows: (status) => wanted.includes(status) } },
  )
}

/**
 * Asks with each value at the edge of what a query parameter documents: every word and every bound, which must be accepted, and what lies just
 * outside, of another type or missing, which must be refused.
 */
export async function checkParameters(
  session: Session,
  operation: Operation,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const keys = carriersOf(session.model).queries
  const queries = operation.parameters.filter(
    ({ in: place, name }) => place === 'query' && !keys.has(name.toLowerCase()),
  )
  for (const parameter of queries) {
    const { name, required } = parameter
    const { inside, outside } = edgesOf(session.model.document, parameter)
    const send = (value: unknown, expect: typeof mustSucceed) =>
      session.send({ operation, values: { ...values, [name]: value } }, { expect, parameter })
    for (const value of inside) await send(value, mustSucceed)
    for (const value of outside) await send(value, mustBeRefused)
    if (required) await session.send({ operation, values, without: [name] }, { expect: mustBeRefused, parameter })
  }
}

interface Edges {
  /** What the document allows, only just. */
  readonly inside: readonly unknown[]
  /** What it forbids, only just. */
  readonly outside: readonly unknown[]
}

const noEdges: Edges = { inside: [], outside: [] }

function edgesOf(document: Document, { schema, style, binding }: Parameter): Edges {
  if (style === 'content' || style === 'deepObject') return noEdges
  const stated = resolvedSchema(document, schema)
  const isList = typeBesideNull(stated) === 'array'
  const { inside, outside } = textEdges(
    isList ? resolvedSchema(document, join(resolve(document, schema).pointer, 'items')) : stated,
  )
  const wrap = (texts: readonly string[]): readonly unknown[] => (isList ? texts.map((text) => [text]) : texts)
  // Orders are asked for one by one, and there need be no page of every number; filters of several fields have no single value.
  const isAsked = binding?.role === 'sort.by' || binding?.role === 'page.number' || binding?.role === 'page.cursor'
  return { inside: isAsked ? [] : wrap(inside), outside: wrap(outside) }
}

const wrongByFormat = new Set(['uuid', 'date', 'date-time', 'email', 'uri'])

function textEdges(schema: StatedSchema): { readonly inside: readonly string[]; readonly outside: readonly string[] } {
  const { minimum, maximum, exclusiveMaximum, maxLength, enum: words, format } = schema
  const type = typeBesideNull(schema)
  if (Array.isArray(words))
    return {
      inside: words
        .slice(0, most.words)
        .filter((word) => word !== null && word !== '')
        .map(String),
      outside: ['no-such-word'],
    }
  if (type === 'boolean') return { inside: ['true', 'false'], outside: ['perhaps'] }
  if (type === 'integer' || type === 'number') {
    const bounds = [minimum, maximum].filter((bound) => typeof bound === 'number' && Number.isSafeInteger(bound))
    const beyond = [
      ...(typeof minimum === 'number' ? [minimum - 1] : []),
      ...(typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? [maximum + 1] : []),
      ...(typeof exclusiveMaximum === 'number' ? [exclusiveMaximum] : []),
    ]
    return { inside: bounds.map(String), outside: [...beyond.map(String), ...(beyond.length === 0 ? ['many'] : [])] }
  }
  if (wrongByFormat.has(String(format))) return { inside: [], outside: ['no-such-value'] }
  return typeof maxLength === 'number' && maxLength < most.length && type === 'string'
    ? { inside: [], outside: ['x'.repeat(maxLength + 1)] }
    : { inside: [], outside: [] }
}

/**
 * Sends bodies with one flaw each to an operation that accepted the same body without it: no JSON, two megabytes, another type of body where the document has 415,
 * a property that is missing, of another type, no word of its list, too long or unknown. All must be refused.
 */
export async function checkBadBodies(session: Session, ask: Ask): Promise<void> {
  const { operation, body } = ask
  const { body: _, ...rest } = ask
  const content = bodyContent(operation)
  if (!content || !isObject(body)) return
  const text = JSON.stringify(body)
  const refuse = (raw: VerbatimBody, expect = mustBeRefused) => session.send({ ...rest, raw }, { expect })
  const type = content.mediaType
  if (isJson(type)) {
    await refuse({ text: text.slice(0, -1), type })
    await refuse({ text: '{"proforma":"'.padEnd(most.body, 'x'), type, told: '{"proforma":"xxx…' }, tooLarge)
    await refuse({ text: withNameTwice(body), type }, mayBeAnything)
  }
  if (operation.replies.some(({ status }) => status === '415')) await refuse({ text, type: 'application/x-proforma' })
  if (content.schema === undefined) return
  const check = engineOf(session.model.document, { direction: 'request' }).at(content.schema)
  const bad = badBodies(session.model.document, content.schema, body).filter((candidate) => !check.accepts(candidate))
  for (const candidate of bad) await session.send({ ...rest, body: candidate }, { expect: mustBeRefused })
}

/** A server may refuse it before it reads the whole (RFC 9110, 15.5.14). */
const tooLarge: Expectation = { ...mustBeRefused, isBare: (status) => status === 413 }

/** RFC 8259 leaves open what that means: a server may take either value, or refuse it, but must not fail. */
function withNameTwice(body: Readonly<Record<string, unknown>>): string {
  const [name = 'proforma', value = null] = Object.entries(body)[0] ?? []
  return `{${JSON.stringify(name)}:${JSON.stringify(value)},${JSON.stringify(body).slice(1)}`.replace(/,\}$/, '}')
}

function badBodies(document: Document, schema: Pointer, body: Readonly<Record<string, unknown>>): readonly unknown[] {
  const { properties } = resolvedSchema(document, schema)
  const { pointer: here } = resolve(document, schema)
  const names = Object.keys(isObject(properties) ? properties : {}).slice(0, most.properties)
  return [
    ...Object.keys(body).map((name) => Object.fromEntries(Object.entries(body).filter(([other]) => other !== name))),
    ...names.flatMap((name) =>
      wrongValues(resolvedSchema(document, join(here, 'properties', name))).map((value) => ({
        ...body,
        [name]: value,
      })),
    ),
    { ...body, 'proforma-unknown': true },
  ]
}

function wrongValues(schema: StatedSchema): readonly unknown[] {
  const { maxLength, maximum, minimum, enum: words } = schema
  return [
    [{ proforma: 'another type' }],
    ...(Array.isArray(words) ? ['no-such-word'] : []),
    ...(typeof maxLength === 'number' && maxLength < most.length ? ['x'.repeat(maxLength + 1)] : []),
    ...(typeof maximum === 'number' ? [maximum + 1] : []),
    ...(typeof minimum === 'number' ? [minimum - 1] : []),
  ]
}

/** RFC 9110 asks for 405 or 501, but only with SHOULD: who serves any method alike is not wrong, who fails is. */
const mayLackMethod: Expectation = { ...mayBeAnything, isBare: (status) => status < 500 || status === 501 }

/** Asks a path with a method that changes nothing and that no document describes (PROPFIND, RFC 4918). */
export const checkMethod = (session: Session, { operation, ...rest }: Ask): Promise<CheckedExchange> =>
  session.send({ ...rest, operation: { ...operation, method: 'PROPFIND' } }, { expect: mayLackMethod })

/** Sends null for each property of a change that may be null: the server must accept it. */
export async function checkNulls(session: Session, ask: Ask): Promise<void> {
  const schema = bodyContent(ask.operation)?.schema
  if (schema === undefined || !isObject(ask.body)) return
  const check = engineOf(session.model.document, { direction: 'request' }).at(schema)
  const { properties } = resolvedSchema(session.model.document, schema)
  for (const name of Object.keys(isObject(properties) ? properties : {}).slice(0, most.properties)) {
    const body = { ...ask.body, [name]: null }
    if (check.accepts(body)) await session.send({ ...ask, body }, { expect: mustSucceed })
  }
}
