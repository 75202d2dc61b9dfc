import type { Random } from '../../factories/index.ts'
import { isObject, resolve } from '../../spec/index.ts'
import type { Operation, Parameter } from '../../spec/index.ts'
import { credentialQuery } from './target.ts'
import type { Target } from './target.ts'
import type { Ask } from './wire.ts'

/** Returns a request that an API takes, about an item that there is. @param chosen the operation, drawn where it is not given */
export function soundAsk(random: Random, target: Target, chosen?: Operation): Ask {
  const operation =
    chosen ??
    random.at('operation').weighted(target.model.operations.map((value) => ({ value, weight: weightOf(value) })))
  const path = operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name)
    return encodeURIComponent(random.at(name).pick(parameter ? target.values(operation, parameter) : ['any']))
  })
  const query = [
    ...credentialQuery(target),
    ...operation.parameters.flatMap((parameter) => queryOf(random.at(parameter.name), target, operation, parameter)),
  ]
  const id = decodeURIComponent(path.split('/').at(-1) ?? '')
  const body = operation.does === 'graphql' ? graphqlBody(random.at('graphql'), target) : target.body(operation, id)
  const text = body === undefined ? undefined : JSON.stringify(body)
  return {
    method: operation.method,
    path: `/${target.name}${path}${query.length > 0 ? `?${new URLSearchParams(query as [string, string][])}` : ''}`,
    headers: {
      ...target.headers,
      ...(text !== undefined && {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(text)),
      }),
      ...(random.at('world').chance(0.2) && { 'x-proforma-world': `w${random.at('name').int(0, 200)}` }),
      ...(random.at('zip').chance(0.2) && { 'accept-encoding': 'gzip;q=0.001, identity' }),
      ...(operation.method === 'POST' &&
        random.at('key').chance(0.3) && { 'idempotency-key': `k${random.at('key').int(0, 2000)}` }),
    },
    body: text,
  }
}

/** Most requests read; what can happen to an invoice only once is seldom asked for. */
const weightOf = ({ method, does }: Operation): number =>
  method === 'GET' ? 12 : does === 'delete' || does === 'acknowledge' || does === 'pay' || does === 'void' ? 0.3 : 2

function queryOf(
  random: Random,
  target: Target,
  operation: Operation,
  parameter: Parameter,
): readonly (readonly [string, string])[] {
  if (parameter.in !== 'query') return []
  const { role } = parameter.binding ?? {}
  // Whole lists of thousands are asked for by the soak.
  if (role === 'page.unlimited') return []
  const isWanted = parameter.required || role === 'page.size' || random.chance(0.15)
  if (!isWanted) return []
  const { value } = resolve(target.model.document, parameter.schema)
  const words = isObject(value) && Array.isArray(value.enum) ? value.enum.map(String) : []
  const known = [...target.values(operation, parameter), ...words]
  return known.length > 0 ? [[parameter.name, random.at('value').pick(known)]] : []
}

const graphqlTexts: readonly string[] = [
  '{ invoices(pagination: { page: 2, limit: 5 }) { content { metadata { id } status invoiceLineItems { total } } totalPages } }',
  'query One($id: ID!) { invoice(id: $id) { invoiceNumber amountDue ...more } } fragment more on Invoice { organization { name } }',
  'query ($id: ID!) { a: invoice(id: $id) { status } b: invoice(id: $id) { due } invoices { totalElements } }',
  'mutation ($id: ID!) { invoice_Pay(id: $id) { status amountRemaining } }',
]

function graphqlBody(random: Random, target: Target): unknown {
  const get = target.model.operations.find(({ does }) => does === 'get')
  const parameter = get?.parameters.find((one) => one.in === 'path')
  const id = get && parameter ? random.at('id').pick(target.values(get, parameter)) : 'any'
  const query = random.pick(graphqlTexts)
  return { query, ...(query.includes('$id') && { variables: { id } }) }
}
