import type { Entry, Item } from '../../factories/index.ts'
import type { Answer, Context } from '../context.ts'
import { answer as answerWith } from '../context.ts'
import { lawful, pinsFrom } from '../operations/invoices.ts'
import { Refusal } from '../refusal.ts'
import { changeOf } from './invoice-actions.ts'
import type { Asked } from './resolve.ts'

/** What resources do with any item. */
interface Means {
  readonly respond: (asked: Asked, row: { readonly index: number; readonly item: Item }) => Answer
  readonly itemOf: (asked: Asked) => { readonly index: number; readonly item: Item }
  readonly checkUnchanged: (asked: Asked, index: number, item: Item) => void
}

type Act = (asked: Asked) => Answer

/** Returns what is done to invoices: it is done in the books, so sums, dates and states follow. */
export function bookedActs({
  respond,
  itemOf,
  checkUnchanged,
}: Means): Readonly<Record<'create' | 'update' | 'replace' | 'delete' | 'action', Act>> {
  return {
    create: (asked) => booked(asked, (context) => lawful(context, () => context.business.create(pinsFrom(context)))),
    update: (asked) => amended(asked),
    replace: (asked) => amended(asked),
    delete: (asked) => {
      const { index, item } = itemOf(asked)
      const { business } = asked.context
      const entry = business.find(index)
      if (entry) business.delete(entry)
      return respond(asked, { index, item })
    },
    action: (asked) => acted(asked),
  }

  function amended(asked: Asked): Answer {
    const { index, item } = itemOf(asked)
    checkUnchanged(asked, index, item)
    return booked(asked, (context) => {
      const before = entryAt(context, index)
      const pins = pinsFrom(context, before)
      return lawful(context, () => context.business.amend(before, pins))
    })
  }

  function acted(asked: Asked): Answer {
    const { operation } = asked
    if (!operation.key) return answerWith(asked.context, {})
    const { index } = itemOf(asked)
    const change = changeOf(operation.verb ?? '')
    return booked(asked, (context) => {
      const before = entryAt(context, index)
      return change ? lawful(context, () => change(context.business, before)) : before
    })
  }

  function booked(asked: Asked, change: (context: Context) => Entry): Answer {
    const { index } = change(asked.ledger as Context)
    return respond(asked, { index, item: asked.collection.item(index) ?? {} })
  }
}

function entryAt({ business }: Context, index: number): Entry {
  const entry = business.find(index)
  if (!entry) throw new Refusal(404, 'There is no such invoice.')
  return entry
}
