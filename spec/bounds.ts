import { isObject, resolve } from './document.ts'
import type { Document } from './document.ts'
import type { Fault } from './fault.ts'
import type { Model } from './model.ts'
import { unitOf } from './read.ts'
import type { Shape } from './shape.ts'

/** Amounts of invoices stay below this, in major units. */
const largest = 1_000_000

/**
 * Returns where a schema leaves no room for what a role of the same place stands for: a total that may be 1000 at most, amounts
 * in major units that must be whole. Values follow the role there, so answers may break the schema.
 */
export function boundsBesideRoles({ document, operations, representation, shape }: Model): Fault[] {
  const faults = new Map<string, Fault>()
  const seen = new Set<Shape>()
  const visit = (here: Shape): void => {
    if (seen.has(here)) return
    seen.add(here)
    const { binding } = here
    if (binding?.term.kind === 'amount' && !faults.has(here.pointer)) {
      const received = tooNarrow(document, here, unitOf(binding, representation) === 'minor')
      if (received !== undefined)
        faults.set(here.pointer, {
          pointer: here.pointer,
          expected: `room for ${binding.role}`,
          received,
          cure: 'Values follow the role, so some of them break the schema; mend the bound, or bind nothing here.',
          loses: [],
        })
    }
    for (const inner of here.properties.values()) visit(inner)
    if (here.items) visit(here.items)
  }
  for (const { replies } of operations)
    for (const { status, content } of replies)
      if (status.startsWith('2')) for (const { schema } of content) if (schema !== undefined) visit(shape(schema))
  return [...faults.values()]
}

/** Returns the keyword that an amount may break, with its value. */
function tooNarrow(document: Document, { pointer }: Shape, isMinor: boolean): string | undefined {
  const { value } = resolve(document, pointer)
  if (!isObject(value)) return undefined
  const most = largest * (isMinor ? 100 : 1)
  for (const keyword of ['maximum', 'exclusiveMaximum'])
    if (typeof value[keyword] === 'number' && value[keyword] < most) return `${keyword}: ${value[keyword]}`
  if (value.type === 'integer' && !isMinor) return 'type: integer, for amounts in major units'
  const step = value.multipleOf
  if (typeof step === 'number' && step > (isMinor ? 1 : 0.01)) return `multipleOf: ${step}`
  return undefined
}
