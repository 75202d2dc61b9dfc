import { Failure, isJson } from '../../spec/index.ts'
import type { Entry, Pins } from '../../factories/index.ts'
import { answer, invoiceOf, valueFor } from '../context.ts'
import type { Context, Resolver } from '../context.ts'
import { pinsOf } from '../pins.ts'
import { Refusal } from '../refusal.ts'

/** Answers one invoice. */
export const get: Resolver = (context) => {
  const nulls = valueFor(context, 'answer.includeNull')
  return answer(context, { invoice: invoiceOf(context), ...(typeof nulls === 'boolean' && { nulls }) })
}

/** Creates an invoice from what the body states; the rest is derived. */
export const create: Resolver = (context) => {
  const invoice = lawful(context, () => context.business.create(pinsInBody(context)))
  return answer(context, { invoice })
}

/** Changes an invoice; sums follow. */
export const update: Resolver = (context) => {
  const before = invoiceOf(context)
  const pins = pinsInBody(context, before)
  return answer(context, { invoice: lawful(context, () => context.business.amend(before, pins)) })
}

export const remove: Resolver = (context) => {
  const invoice = invoiceOf(context)
  context.business.delete(invoice)
  return answer(context, { invoice })
}

/** Brings an invoice up to date with the accounting system: the next list shows it. */
export const sync: Resolver = (context) => answer(context, { invoice: context.business.sync(invoiceOf(context)) })

const payable: readonly Entry['status'][] = ['open', 'overdue', 'processing', 'uncollectible']

/** Settles an invoice in full. */
export const pay: Resolver = (context) => {
  const before = invoiceOf(context)
  if (!payable.includes(before.status)) throw new Refusal(400, 'Invoice is not due')
  return answer(context, {
    invoice: lawful(context, () => context.business.amend(before, { status: 'paid', paidAt: context.business.now() })),
  })
}

/** Voids an invoice for which no money has arrived. */
export const voidInvoice: Resolver = (context) => {
  const before = invoiceOf(context)
  if (before.status === 'void') return answer(context, { invoice: before })
  if (before.paid !== 0) throw new Refusal(400, 'An invoice for which money has arrived cannot be voided')
  return answer(context, {
    invoice: lawful(context, () =>
      context.business.amend(before, { status: 'void', voidedAt: context.business.now() }),
    ),
  })
}

/** Returns what a request's body fixes about an invoice. */
export function pinsInBody(context: Context, before?: Entry): Pins {
  const schema = context.operation.body?.content.find(({ mediaType }) => isJson(mediaType))?.schema
  return schema === undefined || context.body === undefined ? {} : pinsOf(context, schema, context.body, before)
}

/** What breaks a law is the client's to mend: 422 where the document has it, else 400. */
export function lawful<T>({ operation }: Pick<Context, 'operation'>, change: () => T): T {
  try {
    return change()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Refusal(unlawful(operation), error.message)
  }
}

/** Returns the status for what is well-formed and cannot be. */
export const unlawful = ({ replies }: Context['operation']): number =>
  replies.some(({ status }) => status === '422') ? 422 : 400
