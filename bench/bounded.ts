import { isObject, resolve } from '../spec/index.ts'
import type { Document, Pointer } from '../spec/index.ts'

/** A schema without references whose values all have the same members: the same work for everybody. */
export interface Bounded {
  readonly type?: unknown
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Bounded>>
  readonly required?: readonly string[]
  readonly items?: Bounded
  readonly minItems?: number
  readonly maxItems?: number
}

const kept = ['type', 'format', 'enum', 'const', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern'] as const

/** Returns the schema at a pointer with every property required, every array of one item, and rings cut where they close. */
export function bounded(document: Document, pointer: Pointer, open: readonly Pointer[] = []): Bounded | undefined {
  const { pointer: here, value } = resolve(document, pointer)
  if (!isObject(value) || open.includes(here)) return undefined
  const within = [...open, here]
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    const branches = value[keyword]
    if (!Array.isArray(branches)) continue
    const index = branches.findIndex((branch) => !isObject(branch) || branch.type !== 'null')
    return bounded(document, `${here}/${keyword}/${index}`, within)
  }
  const schema: Record<string, unknown> = Object.fromEntries(
    kept.flatMap((keyword) => (keyword in value ? [[keyword, value[keyword]]] : [])),
  )
  if (isObject(value.properties)) {
    const names = Object.keys(value.properties)
    const members = names.flatMap((name) => {
      const member = bounded(document, `${here}/properties/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, within)
      return member ? [[name, member] as const] : []
    })
    Object.assign(schema, {
      type: 'object',
      properties: Object.fromEntries(members),
      required: members.map(([name]) => name),
      additionalProperties: false,
    })
  }
  if (isObject(value.items)) {
    const items = bounded(document, `${here}/items`, within)
    Object.assign(schema, {
      type: 'array',
      ...(items ? { items, minItems: 1, maxItems: 1 } : { items: {}, maxItems: 0 }),
    })
  }
  return schema
}
