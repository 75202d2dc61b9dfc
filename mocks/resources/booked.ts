// Changes invoices of a resource through the books, so that sums, dates and states follow.

import type { Entry, Item, Pins } from '../../factories/index.ts'
import type { Binding } from '../../spec/index.ts'
import { Failure, isObject, parseDecimal, toMinor, unitOf, wordsOf } from '../../spec/index.ts'
import type { OperationAnswer, Context } from '../context.ts'
import { writeAnswer as answerWith, Refusal } from '../context.ts'
import { lawful, pinsInBody } from '../operations/invoices.ts'
import type { Business } from '../state/business.ts'
import type { Asked } from './resolve.ts'
import { answerWithItem, conflictStatus } from './respond.ts'
import { keepSent } from './sent.ts'

/** What resources do with any item. */
interface Means {
  readonly itemOf: (asked: Asked) => { readonly index: number; readonly item: Item }
  readonly checkUnchanged: (asked: Asked, index: number, item: Item) => void
  readonly sentBy: (asked: Asked) => Item
}

type Act = (asked: Asked) => OperationAnswer

/** Returns the writes to invoices by operation: they are done in the books, so sums, dates and states follow. */
export function bookedActs({
  itemOf,
  checkUnchanged,
  sentBy,
}: Means): Readonly<Record<'create' | 'update' | 'replace' | 'delete' | 'action', Act>> {
  return {
    create: (asked) =>
      booked(asked, (context) =>
        taken(context, begun(asked, pinsInBody(context)), (pins) => context.business.create(pins)),
      ),
    update: (asked) => amended(asked),
    replace: (asked) => amended(asked),
    delete: (asked) => {
      const { index, item } = itemOf(asked)
      const { business } = asked.context
      const entry = business.find(index)
      if (entry && entry.status !== 'draft' && entry.status !== 'void' && has(asked, voids))
        throw new Refusal(conflictStatus(asked.operation), 'What has been issued is voided, not deleted.')
      if (entry) business.delete(entry)
      return answerWithItem(asked, { index, item })
    },
    action: (asked) => acted(asked),
  }

  function amended(asked: Asked): OperationAnswer {
    const { index, item } = itemOf(asked)
    checkUnchanged(asked, index, item)
    return booked(asked, (context) => {
      const before = entryAt(context, index)
      return taken(context, pinsInBody(context, before), (pins) => context.business.amend(before, pins))
    })
  }

  function acted(asked: Asked): OperationAnswer {
    const { operation } = asked
    if (!operation.key) return answerWith(asked.context, {})
    const { index } = itemOf(asked)
    const change = changeOf(operation.verb ?? '')
    return booked(asked, (context) => {
      const before = issued(asked, context, entryAt(context, index))
      return change ? lawful(context, () => change(context.business, before, amountIn(asked, before))) : before
    })
  }

  function booked(asked: Asked, change: (context: Context) => Entry): OperationAnswer {
    const ledger = asked.ledger as Context
    const entry = change(ledger)
    const { index } = entry
    const { request, does } = asked.operation
    if (request && does !== 'action') {
      const parents = does === 'create' ? asked.parents : undefined
      keepSent(ledger, asked.resource, index, { sent: sentBy(asked), ...(parents && { parents }) })
      keepSent(ledger, asked.resource, index, { sent: { roles: unlike(ledger, entry) }, part: 'shown' })
      if (request.path.length > 0 && isObject(ledger.body))
        keepSent(ledger, asked.resource, index, { sent: ledger.body, part: 'body' })
    }
    return answerWithItem(asked, { index, item: asked.collection.item(index) ?? {} })
  }
}

/** Tells whether an API does something to its invoices. */
const has = ({ resource }: Asked, isIt: (verb: string) => boolean): boolean =>
  resource.operations.some(({ verb }) => verb !== undefined && isIt(verb))

/** Where an API issues its drafts, what is created is one. */
function begun(asked: Asked, pins: Pins): Pins {
  const words = wordsFor(asked)
  return pins.status === undefined && words && words.draft !== words.open && has(asked, issues)
    ? { ...pins, status: 'draft' }
    : pins
}

/** Returns the words of an API for the states of its invoices. */
const wordsFor = ({ context: { model }, resource }: Asked): Binding['values'] =>
  [...model.shape(resource.schema).properties.values()].find(({ binding }) => binding?.role === 'invoice.status')
    ?.binding?.values

/** Where an API has one word for drafts and for what is issued, a draft is as good as issued once something is done to it. */
function issued(asked: Asked, { business }: Context, invoice: Entry): Entry {
  if (invoice.status !== 'draft') return invoice
  const words = wordsFor(asked)
  return words && words.draft === words.open ? business.amend(invoice, { status: 'open' }) : invoice
}

/** Returns the amount that an action states, in minor units: a number, a decimal text, or an object with its currency. */
function amountIn({ context: { body, model }, resource }: Asked, { exponent }: Entry): number | undefined {
  const stated = amountStated(body)
  const inner = isObject(stated) ? (stated.amount ?? stated.value) : stated
  const decimal = typeof inner === 'number' || typeof inner === 'string' ? parseDecimal(String(inner)) : undefined
  if (decimal === undefined) return undefined
  const { binding } = [...model.shape(resource.schema).properties.values()].find(
    (shape) => shape.binding?.term.kind === 'amount',
  ) ?? { binding: undefined }
  const isMinor = binding !== undefined && unitOf(binding, model.representation) === 'minor'
  return isMinor ? Number(inner) : toMinor(decimal, exponent)
}

/** Returns the amount in a body, or in an object of it: `{ amount }`, `{ transaction: { amount } }`, `transaction[amount]` of a form. */
function amountStated(body: unknown): unknown {
  if (!isObject(body)) return undefined
  const isAmount = ([name]: [string, unknown]): boolean => amounts.test(/\[(\w+)\]$/.exec(name)?.[1] ?? name)
  const parts = [body, ...Object.values(body).filter(isObject)]
  return parts.flatMap((part) => Object.entries(part)).find(isAmount)?.[1]
}

const amounts =
  /^(?:amount|value|sum|paid_?amount|payment_?amount|amount_?paid|betrag|montant|importe|monto|importo|bedrag)$/i

/** What follows from lines, and is only said again by who sends an invoice. */
const derived = [
  'subtotal',
  'tax',
  'total',
  'lineTotal',
  'allowances',
  'charges',
  'paid',
  'due',
  'rounding',
  'payable',
] as const

/** What a client may have spelt as only the real API reads it, in the order in which it is given up. */
const parts: readonly (readonly (keyof Pins)[])[] = [
  derived.filter(
    (name): name is Exclude<typeof name, 'rounding' | 'payable'> => name !== 'rounding' && name !== 'payable',
  ),
  ['issueDate'],
  ['paidAt', 'voidedAt', 'status'],
  ['dueDate'],
  ['currency', 'exchangeRate'],
  ['lines'],
]

/** Every choice of parts to give up, those of few and early parts first. */
const choices: readonly (readonly (keyof Pins)[])[] = [...Array(2 ** parts.length).keys()]
  .map((bits) => parts.filter((_, index) => (bits >> index) % 2 === 1))
  .toSorted((one, other) => one.length - other.length)
  .map((given) => given.flat())

/**
 * Does what a request fixes of an invoice. Where roles were inferred they may be wrong, and what contradicts itself by them is no
 * mistake of the client: as little of it as possible is given up.
 */
function taken(context: Context, pins: Pins, change: (pins: Pins) => Entry): Entry {
  if (context.model.document['x-inferred'] !== true) return lawful(context, () => change(pins))
  for (const names of choices) {
    if (names.length > 0 && !names.some((name) => pins[name] !== undefined)) continue
    try {
      return change(without(pins, names))
    } catch (error) {
      if (!(error instanceof Failure)) throw error
    }
  }
  return lawful(context, () => change(without(pins, parts.flat())))
}

/** Days from issue to due, where a client issues ahead of today and says nothing else. */
const usualTerms = 30

/** A day of issue that the books refuse, one ahead of today, still says when payment is due. */
function without(pins: Pins, names: readonly (keyof Pins)[]): Pins {
  const rest = Object.fromEntries(Object.entries(pins).filter(([name]) => !(names as readonly string[]).includes(name)))
  return names.includes('issueDate') && pins.issueDate !== undefined && pins.dueDate === undefined
    ? { ...rest, dueDate: pins.issueDate + usualTerms }
    : rest
}

/** Returns the roles of what was sent and the books do not have. Days and keys stand for themselves; amounts have to add up. */
function unlike(context: Context, { issueDate }: Entry): string[] {
  if (context.model.document['x-inferred'] !== true) return []
  const pins = pinsInBody(context)
  return [
    ...(pins.buyer === undefined ? ['party.id'] : []),
    ...(pins.issueDate !== undefined && pins.issueDate !== issueDate ? ['invoice.issueDate'] : []),
  ]
}

function entryAt({ business }: Context, index: number): Entry {
  const entry = business.find(index)
  if (!entry) throw new Refusal(404, 'There is no such invoice.')
  return entry
}

/** Does to an invoice in the books what an action's name says. @throws Refusal for what its state does not allow. */
type Change = (business: Business, invoice: Entry, amount?: number) => Entry

/** In full, or as much as is said: minor units. */
const pay: Change = (business, invoice, amount) => {
  if (!['open', 'overdue', 'processing', 'uncollectible'].includes(invoice.status))
    throw new Refusal(400, `An invoice that is ${invoice.status} cannot be paid.`)
  if (amount !== undefined && (amount <= 0 || amount > invoice.due))
    throw new Refusal(400, `Expected an amount above 0 and at most what is owed, but received another.`)
  return amount === undefined || amount === invoice.due
    ? business.amend(invoice, { status: 'paid', paidAt: business.tick() })
    : business.amend(invoice, { paid: invoice.paid + amount })
}

const cancel: Change = (business, invoice) => {
  if (invoice.status === 'void') return invoice
  if (invoice.paid !== 0) throw new Refusal(400, 'An invoice for which money has arrived cannot be voided.')
  return business.amend(invoice, { status: 'void', voidedAt: business.tick() })
}

const issue: Change = (business, invoice) =>
  invoice.status === 'draft'
    ? business.amend(invoice, { status: invoice.dueDate < invoice.today ? 'overdue' : 'open' })
    : invoice

const writeOff: Change = (business, invoice) =>
  business.amend(invoice, { status: 'uncollectible', uncollectibleAt: business.tick() })

const words: readonly (readonly [RegExp, Change])[] = [
  [
    /^(?:pay|paid|settle|capture|collect|collect payment|record payment|mark as paid|mark paid|payments?|bezahlen|zahlungen?|pagar|pagos?|payer|paiements?|paga|pagamenti|betalen|betalingen)$/,
    pay,
  ],
  [/^(?:void|cancel|annul|reverse|storno|stornieren|anular|annuler|annulla|annullare|annuleren|mark as void)$/, cancel],
  [
    /^(?:finali[sz]e|issue|send|approve|open|post|publish|book|bookkeep|confirm|submit|authori[sz]e|mark as sent|email|festschreiben|versenden|emitir|finali[sz]ar|release|emettre|emetti|versturen)$/,
    issue,
  ],
  [/^(?:uncollectible|mark uncollectible|mark as uncollectible|write off|writeoff)$/, writeOff],
]

/** Tells whether an action voids an invoice. */
const voids = (verb: string): boolean => changeOf(verb) === cancel

/** Tells whether an action issues a draft. */
const issues = (verb: string): boolean => changeOf(verb) === issue

/** Returns the change that an action makes to an invoice, or `undefined` for one that changes nothing in the books. */
function changeOf(verb: string): Change | undefined {
  const name = wordsOf(verb)
    .filter((word) => word !== 'invoice' && word !== 'bill')
    .join(' ')
  return words.find(([pattern]) => pattern.test(name))?.[1]
}
