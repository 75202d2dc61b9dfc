import type { Binding, BusinessObject, Operation, Parameter } from '../../spec/index.ts'
import type { AskedFor } from '../law.ts'
import { checkCondition } from './conditions.ts'
import type { Expectation } from './expectation.ts'
import type { CheckOptions } from './options.ts'
import type { Listed } from './pages.ts'
import { nameless } from './reasons.ts'
import { nilUuid, resolvedSchema, typeOf } from './sample.ts'
import type { Session } from './session.ts'

/** An object to ask for. */
export interface KnownInvoice {
  /** The invoice as a list or a claim showed it, where one did. */
  readonly listed?: Listed
  /** Given by the caller; wins over what the list shows. */
  readonly id?: string
}

/** Returns the path parameters of an operation whose values the caller does not state. */
export const openIn = (
  { parameters }: Operation,
  { parameters: stated = {} }: Pick<CheckOptions, 'parameters'> = {},
): readonly Parameter[] =>
  parameters.filter((parameter) => parameter.in === 'path' && !Object.hasOwn(stated, parameter.name))

/** Returns the path parameter that names the object. */
export const idParameter = (
  operation: Operation,
  options?: Pick<CheckOptions, 'parameters'>,
): Parameter | undefined => {
  const inPath = openIn(operation, options)
  return inPath.find(({ binding }) => binding?.role === 'invoice.id') ?? (inPath.length === 1 ? inPath[0] : undefined)
}

/** Returns the id that a parameter takes: an object may have several, a number inside and a token outside. */
export function invoiceIdOf(object: BusinessObject, binding: Binding | undefined): unknown {
  const ids = object.all('invoice.id')
  return (ids.find((id) => id.binding.as === binding?.as) ?? ids[0])?.raw
}

/** Asks for objects one by one; each has to be the one asked for, and what its list entry said. */
export async function checkGets(
  session: Session,
  operation: Operation,
  targets: readonly KnownInvoice[],
): Promise<void> {
  const parameter = idParameter(operation, session.options)
  if (!parameter)
    return session.skip(
      operation.id,
      `it names its object by more than one path parameter: ${openIn(operation, session.options)
        .map(({ name }) => name)
        .join(', ')}`,
    )
  const known = targets.slice(0, session.options.maxGets ?? 3)
  if (known.length === 0) return session.skip(operation.id, nameless)
  for (const [index, { listed, id = listed && invoiceIdOf(listed.object, parameter.binding) }] of known.entries()) {
    const asked: AskedFor =
      operation.does === 'get' ? { id, ...(listed?.entry !== undefined && { entry: listed.entry }) } : {}
    const ask = { operation, values: { [parameter.name]: id } }
    const exchange = await session.send(ask, { asked })
    if (index === 0) await checkCondition(session, ask, exchange)
  }
}

/** A 404, or where that is not documented any refusal. */
const missing = ({ replies }: Operation): Expectation => {
  const isDocumented = replies.some(({ status }) => status === '404')
  return isDocumented
    ? { code: 'PF-UNKNOWN', expected: '404', allows: (status) => status === 404 }
    : { code: 'PF-UNKNOWN', expected: 'a status of refusal', allows: (status) => status >= 400 && status < 500 }
}

/** Asks for an object that is not there. */
export async function checkUnknown(
  session: Session,
  operation: Operation,
  targets: readonly KnownInvoice[],
): Promise<void> {
  const parameter = idParameter(operation, session.options)
  if (!parameter) return
  const [first] = targets
  const known = first?.id ?? (first?.listed && invoiceIdOf(first.listed.object, parameter.binding))
  await session.send(
    { operation, values: { [parameter.name]: unknownId(session, parameter, known) } },
    { expect: missing(operation), parameter },
  )
}

/** An id of the same form as a known one, so that it is well formed but belongs to nothing. */
function unknownId(
  { model: { document, representation } }: Session,
  { binding, schema }: Parameter,
  known: unknown,
): unknown {
  const stated = resolvedSchema(document, schema)
  if (stated.format === 'uuid' || (binding?.as ?? representation.id) === 'uuid') return nilUuid
  if (typeOf(stated) === 'integer') return typeof stated.maximum === 'number' ? stated.maximum : 2_147_483_647
  const text = typeof known === 'string' || typeof known === 'number' ? String(known) : 'unknown'
  const body = text.includes('_') ? text.slice(text.indexOf('_') + 1) : text
  return (
    text.slice(0, text.length - body.length) + body.replace(/[0-9]/g, '0').replace(/[a-z]/g, 'z').replace(/[A-Z]/g, 'Z')
  )
}
