/**
 * Returns a schema with what is left of OpenAPI 3.0 in it written as JSON Schema 2020-12: `nullable`, and bounds that are
 * exclusive by a flag. Only the schema itself, not those inside it.
 */
export function upgrade(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { nullable, ...rest } = schema
  const bounded = exclusive(exclusive(rest, 'exclusiveMinimum', 'minimum'), 'exclusiveMaximum', 'maximum')
  return nullable === true ? orNull(bounded) : bounded
}

function exclusive(schema: Record<string, unknown>, flag: string, bound: string): Record<string, unknown> {
  if (typeof schema[flag] !== 'boolean') return schema
  const { [flag]: isExclusive, [bound]: limit, ...rest } = schema
  return isExclusive === true ? { ...rest, [flag]: limit } : { ...rest, ...(limit !== undefined && { [bound]: limit }) }
}

function orNull(schema: Record<string, unknown>): Record<string, unknown> {
  const { type, enum: words } = schema
  if (typeof type !== 'string' && !Array.isArray(type)) return { anyOf: [schema, { type: 'null' }] }
  const types: readonly unknown[] = Array.isArray(type) ? type : [type]
  return {
    ...schema,
    type: [...new Set([...types, 'null'])],
    ...(Array.isArray(words) && { enum: [...new Set([...(words as unknown[]), null])] }),
  }
}
