import type { Document, Operation, Parameter } from '../../spec/index.ts'
import { carriersOf, isGuarded } from './credentials.ts'
import type { Expectation } from './rules.ts'
import type { Ask } from './request.ts'
import { resolvedSchema, typeBesideNull } from '../samples.ts'
import type { Session } from './session.ts'

const refused: Expectation = {
  code: 'PF-REFUSE',
  expected: 'a status of refusal (4xx)',
  allows: (status) => status >= 400 && status < 500,
}

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

/** Asks with one bad value at a time, and without each required query parameter. */
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
    const bad = badValue(session.model.document, parameter)
    if (bad !== undefined)
      await session.send({ operation, values: { ...values, [name]: bad } }, { expect: refused, parameter })
    if (required) await session.send({ operation, values, without: [name] }, { expect: refused, parameter })
  }
}

const wrongByFormat = new Set(['uuid', 'date', 'date-time', 'email', 'uri'])

/** A text that the parameter's schema forbids, or `undefined` where it forbids none that is easily found. */
function badValue(document: Document, { schema, style }: Parameter): unknown {
  if (style === 'content' || style === 'deepObject') return undefined
  const stated = resolvedSchema(document, schema)
  const type = typeBesideNull(stated)
  if (type === 'array') {
    const items = badText(resolvedSchema(document, `${schema}/items`))
    return items === undefined ? undefined : [items]
  }
  return badText(stated)
}

function badText(schema: Readonly<Record<string, unknown>>): string | undefined {
  const type = typeBesideNull(schema)
  if (type === 'integer' || type === 'number')
    return typeof schema.minimum === 'number' ? String(schema.minimum - 1) : 'many'
  if (type === 'boolean') return 'perhaps'
  if (Array.isArray(schema.enum)) return 'no-such-word'
  return wrongByFormat.has(String(schema.format)) ? 'no-such-value' : undefined
}
