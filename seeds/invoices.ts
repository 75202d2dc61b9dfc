import { answersOf, present, presentationOf } from '../factories/index.ts'
import type { Ledger } from '../factories/index.ts'
import { failure, successOf } from '../spec/index.ts'
import type { Model, Operation, Pointer, Shape } from '../spec/index.ts'

/**
 * Yields every invoice of a ledger that has been issued by its day, in the ledger's order, as JSON text in the form the API
 * gives it in a list, or one by one where it has no list. Nothing is kept: a million take no more memory than one.
 * @throws Failure for a model none of whose answers holds an invoice.
 */
export function* invoicesOf(model: Model, ledger: Ledger): Generator<string, void, void> {
  const pointer = invoicePointer(model)
  const answers = answersOf(model, ledger)
  const terms = presentationOf(model)
  for (let index = 0; index < ledger.size; index++) {
    const entry = ledger.entry(index)
    if (entry.issueDate <= ledger.today) yield answers.write(pointer, { invoice: present(entry, terms) })
  }
}

/** Returns where the document describes an invoice: the item of its list, else the answer of its `get`, else of whatever shows one. */
function invoicePointer(model: Model): Pointer {
  const ranked = model.operations.toSorted((left, right) => rank(left) - rank(right))
  for (const operation of ranked) {
    for (const { schema } of successOf(operation)?.content ?? []) {
      const found = schema === undefined ? undefined : invoiceIn(model.shape(schema), new Set())
      if (found !== undefined) return found
    }
  }
  throw failure(`seed from ${model.name}`, {
    expected: 'an operation whose answer holds an invoice',
    received: 'none',
    cure: 'Bind the role "invoice", or "page.items" to a list of invoices, in an overlay.',
  })
}

const rank = ({ does }: Operation): number => (does === 'list' ? 0 : does === 'get' ? 1 : 2)

function invoiceIn(shape: Shape, seen: Set<Shape>): Pointer | undefined {
  if (seen.has(shape)) return undefined
  seen.add(shape)
  const { binding, items, properties, pointer } = shape
  if (binding?.term.of === 'invoice' && binding.term.kind === 'entity') return pointer
  if (binding?.term.of === 'invoice' && binding.term.kind === 'list' && items) return items.pointer
  for (const inner of [...properties.values(), ...(items ? [items] : [])]) {
    const found = invoiceIn(inner, seen)
    if (found !== undefined) return found
  }
  return undefined
}
