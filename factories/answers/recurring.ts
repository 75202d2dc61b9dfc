// Keeps the text of objects that read the same in every invoice, such as a customer.

import type { Binding, Entity, Mention, Shape } from '../../spec/index.ts'
import { flatten } from '../ledger/text.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { dependsOnInvoice } from '../values/sources.ts'
import { roleValueOf } from '../values/value.ts'
import { isCoreEntity, ruleOf } from './context.ts'
import type { Template } from './template.ts'

/** Texts kept for one place of a document; above that the place starts anew, so memory stays bounded. */
const limit = 2000

/**
 * Returns a template that writes an object that recurs (a customer, an integration) once and repeats its text, or the
 * template itself where the text depends on more than that object.
 */
export function rememberingTemplate(template: Template, binding: Binding, shape: Shape): Template {
  if (!ruleOf(binding.term.of as Entity).recurs || !dependsOnlyOnRecurring(shape, binding)) return template
  const get = roleValueOf(binding)
  // By ledger: a template serves many, and the same customer reads differently in each.
  const byLedger = new WeakMap<Ledger, Map<number, string>>()
  return {
    build: template.build,
    write(context) {
      const item = get(context) as { readonly key?: number } | null | undefined
      if (item?.key === undefined) return template.write(context)
      const key = item.key * 2 + (context.nulls ? 1 : 0)
      const texts = byLedger.get(context.ledger) ?? new Map<number, string>()
      byLedger.set(context.ledger, texts)
      const known = texts.get(key)
      if (known !== undefined) return known
      const text = flatten(template.write(context))
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
    return term.kind !== 'amount' && (!isCoreEntity(entity) || ruleOf(entity).recurs)
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
