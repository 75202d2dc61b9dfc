import { includes, isObject, join } from '../../spec/index.ts'
import type { Examiner } from './evaluate.ts'
import { kinds, kindOf, kindsOf } from './kind.ts'
import type { Kind } from './kind.ts'
import type { Spot } from './spot.ts'

/** What can be told of a schema at a glance. */
interface Glance {
  readonly kinds: ReadonlySet<Kind>
  readonly required: ReadonlySet<string>
  /** Values that members of a name are limited to. */
  readonly members: ReadonlyMap<string, readonly unknown[]>
}

/** Tells whether it is plain at a glance that no value satisfies both schemas. Where it is not plain it answers no. */
export function areDisjoint(examiner: Examiner, left: Spot, right: Spot): boolean {
  const [a, b] = [glance(examiner, left, 0), glance(examiner, right, 0)]
  const shared = [...a.kinds].filter((kind) => b.kinds.has(kind))
  if (shared.length === 0) return true
  if (shared.some((kind) => kind !== 'object')) return false
  return [...a.members].some(([name, values]) => {
    const others = b.members.get(name)
    return (
      others !== undefined &&
      (a.required.has(name) || b.required.has(name)) &&
      !values.some((value) => includes(others, value))
    )
  })
}

function glance(examiner: Examiner, spot: Spot, depth: number): Glance {
  const { schema } = spot
  if (typeof schema === 'boolean' || spot.denied || depth > 8) {
    return { kinds: new Set(schema === false ? [] : kinds), required: new Set(), members: new Map() }
  }
  const { spots } = examiner
  const inner: Glance[] = []
  if (typeof schema.$ref === 'string') inner.push(glance(examiner, spots.follow(spot, schema.$ref), depth + 1))
  if (Array.isArray(schema.allOf))
    for (const index of schema.allOf.keys())
      inner.push(glance(examiner, spots.child(spot, join('/allOf', index)), depth + 1))
  const values = valuesOf(schema)
  let allowed = 'type' in schema ? kindsOf(schema.type) : new Set(kinds)
  for (const limit of [...(values ? [new Set(values.map(kindOf))] : []), ...inner.map((one) => one.kinds)]) {
    allowed = new Set([...allowed].filter((kind) => limit.has(kind)))
  }
  const members = new Map(inner.flatMap((one) => [...one.members]))
  for (const name of isObject(schema.properties) ? Object.keys(schema.properties) : []) {
    const limit = limitOf(examiner, spots.child(spot, join('/properties', name)), 0)
    if (limit) members.set(name, limit)
  }
  const required = new Set(inner.flatMap((one) => [...one.required]))
  if (Array.isArray(schema.required)) for (const name of schema.required as string[]) required.add(name)
  return { kinds: allowed, required, members }
}

function limitOf({ spots }: Examiner, spot: Spot, depth: number): readonly unknown[] | undefined {
  const { schema } = spot
  if (typeof schema === 'boolean' || depth > 8) return undefined
  return (
    valuesOf(schema) ??
    (typeof schema.$ref === 'string'
      ? limitOf({ spots } as Examiner, spots.follow(spot, schema.$ref), depth + 1)
      : undefined)
  )
}

function valuesOf(schema: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  if ('const' in schema) return [schema.const]
  return Array.isArray(schema.enum) ? (schema.enum as unknown[]) : undefined
}
