// Finds query parameters that an operation does not have.

import { isObject, resolve } from '../../spec/index.ts'
import type { Model, Operation } from '../../spec/index.ts'

/** Header that names the parameters of a request to which its answer pays no attention. */
export const ignoredHeader = 'x-proforma-ignored'

/** Names of the query parameters that an operation and its credentials have; nothing where it takes any. */
const names = new WeakMap<Operation, ReadonlySet<string> | 'any'>()

/** Returns the names of query parameters that neither the operation nor its credentials have. */
export function unknownParameters(query: string, model: Model, operation: Operation): readonly string[] {
  if (query === '') return []
  const known = names.get(operation) ?? namesOf(model, operation)
  names.set(operation, known)
  if (known === 'any') return []
  // `filter[status]` belongs to `filter`, unless it has a name of its own.
  const isKnown = (name: string): boolean =>
    known.has(name) || known.has(name.replace(/\[.*$/s, '')) || known.has(`${name}[]`)
  return [...new Set(new URLSearchParams(query).keys())].filter((name) => !isKnown(name))
}

function namesOf({ document, security }: Model, { parameters }: Operation): ReadonlySet<string> | 'any' {
  // An object that is spread over parameters has names of its own.
  const isSpread = parameters.some(
    ({ in: place, style, explode, schema }) =>
      place === 'query' && style === 'form' && explode && isObjectSchema(resolve(document, schema).value),
  )
  if (isSpread) return 'any'
  return new Set([
    ...parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
    ...Object.values(security).flatMap(({ type, in: place, name }) =>
      type === 'apiKey' && place === 'query' && name !== undefined ? [name] : [],
    ),
  ])
}

const isObjectSchema = (schema: unknown): boolean => isObject(schema) && [schema.type].flat().includes('object')
