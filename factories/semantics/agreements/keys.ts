import { isObject } from '../../../spec/index.ts'
import { spoken } from '../members.ts'
import type { Agreement } from '../members.ts'

const parts = ['id', 'uuid', 'key', 'code', 'name', 'number', 'currency', 'email'] as const

/** `customer_details` and `supplierRef` are the customer and the supplier. */
const described = /(?: detail| details| info| ref| reference| data| object| record| summary)?$/

interface Link {
  readonly name: string
  readonly beside: string
  readonly part: string
}

function linksOf(names: readonly string[]): Link[] {
  return names.flatMap((name) => {
    const [, owner, part] = /^(.+) (\w+)$/.exec(spoken(name)) ?? []
    if (owner === undefined || part === undefined || !parts.some((one) => one === part)) return []
    const beside = names.find((other) => other !== name && spoken(other).replace(described, '') === owner)
    return beside === undefined ? [] : [{ name, beside, part }]
  })
}

/** `customer_id` is the `id` of the `customer` beside it, `customer_name` its `name`; `customer_ids` are those of the `customers`. */
export const keysAgree: Agreement = (members) => {
  const { value } = members
  const changes: Record<string, unknown> = {}
  for (const { name, beside, part } of members.once(linksOf)) {
    const thing = value[beside]
    const current = value[name]
    if (isObject(thing)) {
      const stated = thing[partIn(thing, part) ?? '']
      if (stated !== undefined && stated !== null && typeof stated === typeof current && stated !== current)
        changes[name] = stated
    } else if (Array.isArray(thing) && Array.isArray(current)) {
      const stated = thing.map((item) => (isObject(item) ? item[partIn(item, part) ?? ''] : undefined))
      if (stated.length > 0 && stated.every((one) => one !== undefined && one !== null)) changes[name] = stated
    }
  }
  return changes
}

/** A manager is an employee: its id is its `employee_id`, the first of its members. */
function partIn(thing: Record<string, unknown>, part: string): string | undefined {
  const names = Object.keys(thing)
  const [first = ''] = names
  return (
    names.find((name) => spoken(name) === part) ?? (part === 'id' && spoken(first).endsWith(' id') ? first : undefined)
  )
}
