import { amend } from '../../factories/index.ts'
import type { Entry, Ledger, Page, Pins, Subject } from '../../factories/index.ts'
import { isObject, resolve } from '../../spec/index.ts'
import type { Intake, Model, Operation, OperationRole } from '../../spec/index.ts'
import { claimed, leaseIn } from '../state/leases.ts'
import { parameterFor } from '../context.ts'
import { messagesOn } from '../state/messages.ts'
import { eveningOf } from './scenes.ts'
import type { ExampleScene } from './scenes.ts'

/** What an example is made from. */
interface Telling {
  readonly model: Model
  readonly operation: Operation
  readonly ledger: Ledger
  readonly scene: ExampleScene
}

type Tell = (invoice: Entry, telling: Telling) => Subject | undefined

/** Seconds for which a claim holds. */
const lease = 300

/** What operations on one invoice answer; `undefined` where the invoice is past that. */
const single: Partial<Record<OperationRole, Tell>> = {
  get: (invoice) => ({ invoice }),
  create: (invoice) => ({ invoice }),
  update: (invoice) => ({ invoice }),
  delete: (invoice) => ({ invoice }),
  submit: (invoice) => ({ invoice: { ...invoice, intake: 'pendingFirst' } }),
  sync: (invoice, { ledger }) => ({
    invoice: { ...invoice, syncStatus: 'synced', syncedAt: eveningOf(ledger), modifiedAt: eveningOf(ledger) },
  }),
  pay: (invoice, { ledger }) =>
    invoice.due > 0 && invoice.status !== 'void' && invoice.status !== 'draft'
      ? after(ledger, invoice, { status: 'paid', paidAt: eveningOf(ledger) })
      : undefined,
  void: (invoice, { ledger }) =>
    invoice.paid === 0 && invoice.status !== 'void'
      ? after(ledger, invoice, { status: 'void', voidedAt: eveningOf(ledger) })
      : undefined,
  acknowledge: (invoice) => moved(invoice, 'claimed', 'pendingResult'),
  settle: (invoice) => moved(invoice, 'pendingResult', 'processed'),
  message: (invoice) => ({ message: messagesOn(invoice).at(-1) }),
}

/** What operations on many answer. */
const plural: Partial<Record<OperationRole, (telling: Telling) => Page>> = {
  list: ({ scene: { invoices }, ...telling }) => ({
    invoices,
    number: 0,
    size: Math.max(invoices.length, sizeOf(telling)),
    total: invoices.length,
  }),
  claim: ({ scene: { invoices }, ledger }) => ({
    leases: invoices.map((invoice) => ({
      ...leaseIn(claimed({ leases: new Map() }, invoice.index, eveningOf(ledger) + lease)),
      invoice: { ...invoice, intake: 'claimed' },
    })),
  }),
  messages: ({ scene: { invoice } }) => ({ messages: invoice ? messagesOn(invoice) : [], filters: {} }),
  changes: ({ scene: { invoices }, ledger }) => {
    const messages = invoices
      .flatMap((invoice) => messagesOn(invoice))
      .toSorted((left, right) => left.recordedAt - right.recordedAt || left.key - right.key)
    return { messages, since: messages[0]?.recordedAt ?? eveningOf(ledger), timezone: 'UTC', filters: {} }
  },
}

/** Returns what an operation would answer about a scene's invoices, or `undefined` where it has nothing to say about them. */
export function subjectOf(telling: Telling): Subject | undefined {
  const {
    operation: { does },
    scene: { name, invoice },
  } = telling
  // Of what nobody has said what it does, one example says all.
  if (!does) return name === 'default' ? {} : undefined
  const page = plural[does]?.(telling)
  if (page) return { page }
  return invoice && single[does]?.(invoice, telling)
}

function sizeOf({ model, operation }: Pick<Telling, 'model' | 'operation'>): number {
  const parameter = parameterFor(operation, 'page.size')
  const schema = parameter && resolve(model.document, parameter.schema).value
  return isObject(schema) && typeof schema.default === 'number' ? schema.default : 50
}

const after = ({ party, book }: Ledger, invoice: Entry, pins: Pins): Subject => ({
  invoice: amend(invoice, pins, { party, profile: book.profile }),
})

const moved = (invoice: Entry, from: Intake, to: Intake): Subject => ({
  invoice: { ...invoice, intake: to },
  transition: { from, to, ok: true, success: true, debug: false },
})
