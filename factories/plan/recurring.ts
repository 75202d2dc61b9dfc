import type { Binding, Entity, Mention, Shape } from '../../spec/index.ts'
import { flatten } from '../ledger/text.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { dependsOnInvoice } from '../values/sources.ts'
import { entityRules, ruleOf } from './entity.ts'
import type { Frame } from './frame.ts'
import type { Node } from './node.ts'

/** Texts kept for one place of a document; above that the place starts anew, so memory stays bounded. */
const limit = 2000

/**
 * Returns a node that writes an object that recurs (a customer, an integration) once and repeats its text, or the node
 * itself where the text depends on more than that object.
 */
export function memoised(node: Node, binding: Binding, shape: Shape, get: (frame: Frame) => unknown): Node {
  const entity = binding.term.of as Entity
  const rule = ruleOf(entity)
  if (!rule.recurs || !dependsOnlyOnRecurring(shape, binding)) return node
  // By ledger: a plan serves many, and the same customer reads differently in each.
  const shelves = new WeakMap<Ledger, Map<number, string>>()
  return {
    build: node.build,
    write(frame) {
      const item = get(frame)
      if (item === undefined || item === null) return ''
      const { key: own } = item as { readonly key?: number }
      if (own === undefined) return node.write(frame)
      const key = own * 2 + (frame.nulls ? 1 : 0)
      const texts = shelves.get(frame.ledger) ?? new Map<number, string>()
      shelves.set(frame.ledger, texts)
      const known = texts.get(key)
      if (known !== undefined) return known
      const text = flatten(node.write(frame))
      if (texts.size >= limit) texts.clear()
      texts.set(key, text)
      return text
    },
  }
}

/** Whether nothing below a shape looks at the invoice around it; the buyer inside the buyer is no look outside. */
function dependsOnlyOnRecurring(root: Shape, opening: Binding): boolean {
  const seen = new Set<Shape>()
  const isOwn = ({ role, anchor, term }: Mention): boolean => {
    // The day and the company are the same for all that a ledger writes.
    if (anchor === 'company' || role === 'today') return true
    if (anchor !== undefined) return opening.role === `invoice.${anchor}`
    if (term.value) return !dependsOnInvoice(term.value) && [...term.value.roles.values()].every(isOwn)
    const entity = role.split('.')[0] as Entity
    // What a document declares stands in an object that has been looked at before.
    return term.kind !== 'amount' && (!Object.hasOwn(entityRules, entity) || ruleOf(entity).recurs)
  }
  const holds = (shape: Shape): boolean => {
    if (seen.has(shape)) return true
    seen.add(shape)
    if (shape !== root && shape.binding && !isOwn(shape.binding)) return false
    if (shape.keyed?.entries.some(({ binding }) => !isOwn(binding))) return false
    return [...shape.properties.values(), ...(shape.items ? [shape.items] : [])].every(holds)
  }
  return holds(root)
}
