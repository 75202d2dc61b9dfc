import { isObject, successOf } from '../spec/index.ts'
import type { Role, Shape } from '../spec/index.ts'
import { valueFor } from './context.ts'
import type { Answer, Context } from './context.ts'

/** Returns an answer without what the request asked to leave out: named fields of each invoice, and the accounting system's record. */
export function trim(context: Context, answer: Answer): Answer {
  const names = new Set((valueFor(context, 'answer.exclude') as readonly string[] | undefined) ?? [])
  const roles = new Set<Role>(valueFor(context, 'answer.excludeRemote') === true ? ['invoice.remoteData'] : [])
  if ((names.size === 0 && roles.size === 0) || answer.text === undefined) return answer
  const schema = successOf(context.operation)?.content[0]?.schema
  if (schema === undefined) return answer
  const body = JSON.parse(answer.text) as unknown
  return { ...answer, text: JSON.stringify(without(context.model.shape(schema), body, { names, roles })) }
}

interface Unwanted {
  readonly names: ReadonlySet<string>
  readonly roles: ReadonlySet<Role>
}

function without(shape: Shape, value: unknown, unwanted: Unwanted): unknown {
  if (Array.isArray(value))
    return shape.items ? value.map((item) => without(shape.items as Shape, item, unwanted)) : value
  if (!isObject(value)) return value
  const isInvoice = [...shape.properties.values()].some(({ binding }) => binding?.role === 'invoice.id')
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => {
      const inner = shape.properties.get(name)
      if ((isInvoice && unwanted.names.has(name)) || (inner?.binding && unwanted.roles.has(inner.binding.role)))
        return []
      return [[name, inner && !isInvoice ? without(inner, part, unwanted) : part]]
    }),
  )
}
