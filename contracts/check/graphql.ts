// Asks GraphQL operations and checks their answers.

import { atPointer, isObject, join, resolve, successOf } from '../../spec/index.ts'
import type { Document, Operation, Pointer } from '../../spec/index.ts'
import { shownJson } from '../violation.ts'
import { documentedBody } from './bodies.ts'
import { invoiceIdOf } from './items.ts'
import type { KnownInvoice } from './items.ts'
import { writesNotAllowed, nothingSucceeded } from '../report.ts'
import { checkCredentials } from './edges.ts'
import type { Ask } from './request.ts'
import { breach } from './rules.ts'
import type { Session } from './session.ts'

/**
 * Runs the GraphQL operation that the document gives as an example; queries only, unless writes are allowed. The parts of its
 * answer that `x-graphql` maps to an operation are judged as that operation's answer.
 */
export async function checkGraphql(
  session: Session,
  operation: Operation,
  targets: readonly KnownInvoice[],
): Promise<void> {
  const { document } = session.model
  const body = documentedBody(document, operation)
  if (!isObject(body) || typeof body.query !== 'string')
    return session.skip(operation.id, 'the document gives no example of a GraphQL operation')
  const isWrite = /^\s*mutation\b/.test(body.query)
  if (isWrite && !session.options.writes) return session.skip(operation.id, writesNotAllowed)
  const variables = isObject(body.variables) ? body.variables : variablesOf(body.query, targets)
  if (!variables) return session.skip(operation.id, 'no id is known for the variables of the documented example')
  const ask: Ask = { operation, body: { ...body, ...(Object.keys(variables).length > 0 && { variables }) } }
  const exchange = await session.send(ask)
  const { json } = exchange
  if (!exchange.isSuccess) return session.skip(`${operation.id}: missing credentials`, nothingSucceeded)
  await checkCredentials(session, ask)
  if (!isObject(json)) return
  if (Array.isArray(json.errors)) exchange.report(breach('PF-GRAPHQL', 'no errors', shownJson(json.errors), '/errors'))
  for (const [field, value] of Object.entries(isObject(json.data) ? json.data : {})) {
    const schema = schemaOf(document, operation, session, field)
    if (schema === undefined) continue
    const violations = session.judge(schema, value, exchange.request)
    exchange.report(
      ...violations.map((violation) => ({ ...violation, pointer: join('/data', field) + violation.pointer })),
    )
  }
}

/** Values for `$id: ID!` and the like; `undefined` where one is needed and none is known. */
function variablesOf(query: string, targets: readonly KnownInvoice[]): Record<string, unknown> | undefined {
  const names = [...query.matchAll(/\$(\w+)\s*:\s*ID!/g)].map((match) => match[1] as string)
  const [first] = targets
  const id = first?.id ?? (first?.listed && invoiceIdOf(first.listed.object, undefined))
  if (names.length > 0 && id === undefined) return undefined
  return Object.fromEntries(names.map((name) => [name, id]))
}

function schemaOf(document: Document, operation: Operation, { model }: Session, field: string): Pointer | undefined {
  const { value } = resolve(document, operation.pointer)
  const fields = isObject(value) ? atPointer(value, '/x-graphql/fields') : undefined
  const mapped = isObject(fields) ? (fields[`Query.${field}`] ?? fields[`Mutation.${field}`]) : undefined
  const target = isObject(mapped) ? model.operations.find(({ id }) => id === mapped.operation) : undefined
  return target && successOf(target)?.content[0]?.schema
}
