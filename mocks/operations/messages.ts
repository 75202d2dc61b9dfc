// Lists and posts life-cycle messages of invoices and answers the feed of changes.

import type { Entry, Message } from '../../factories/index.ts'
import { formatDay, parseInstant, readWords, secondsPerDay } from '../../spec/index.ts'
import type { BusinessObject, Instant, Role } from '../../spec/index.ts'
import { writeAnswer, invoiceOf, parameterFor, valueFor, Refusal } from '../context.ts'
import type { Context, Resolver } from '../context.ts'
import { cursorAt } from '../resources/page.ts'
import type { Business } from '../state/business.ts'
import type { Note } from '../state/event.ts'
import { conditionsOf } from './filter.ts'
import { bodyView, textIn } from './intake.ts'
import { finderFor } from './finder.ts'
import type { Finder } from './finder.ts'
import { unlawful, startOf } from './invoices.ts'

/** Answers the life-cycle messages of one invoice. */
export const listMessages: Resolver = (context) => {
  const found = messagesOf(context, invoiceOf(context))
    .filter(wanted(context))
    .map((message) => shown(context, message))
  return writeAnswer(context, { page: { messages: found, ...asked(context) } })
}

/** Returns the messages of an invoice up to today: those posted on a later day, before the clock went back, are left out. */
const messagesOf = ({ business }: Context, invoice: Entry): readonly Message[] =>
  messagesOn(invoice, postedOn(business, invoice.index)).filter(({ recordedAt }) => recordedAt < endOf(business))

const postedOn = ({ state }: Context['business'], index: number): readonly Note[] =>
  state.postsOn(index).map((event) => event.with)

const endOf = ({ today }: Context['business']): number => (today + 1) * secondsPerDay

/** Returns the moment of which a message tells, where it states one. @throws Refusal for one that has not come yet. */
function statedMoment({ business, operation }: Context, body: BusinessObject): number | undefined {
  const occurrence = body.first('message.at')
  const at = parseInstant(occurrence?.raw)
  if (at === undefined || at < endOf(business)) return at
  throw new Refusal(
    unlawful(operation),
    `${occurrence?.pointer ?? ''}: expected a moment of ${formatDay(business.today)} or before, because it has happened, but received ${JSON.stringify(occurrence?.raw)}.`,
  )
}

/** Adds a life-cycle message. */
export const addMessage: Resolver = (context) => {
  const invoice = invoiceOf(context)
  const body = bodyView(context)
  const stated = statedMoment(context, body)
  const at = context.business.tick()
  const note = {
    code: textIn(body, 'message.code') ?? 'NOTE',
    source: 'api' as const,
    at: stated ?? at,
    recordedAt: at,
    ...text(body, 'message.noteInternal', 'noteInternal'),
    ...text(body, 'message.noteSupplier', 'noteSupplier'),
    ...text(body, 'message.reference', 'reference'),
    ...text(body, 'message.clarification', 'clarification'),
    ...referenceType(body),
  }
  context.business.append({ on: 'message', does: 'post', id: invoice.index, with: note })
  return writeAnswer(context, { message: messagesOn(invoice, postedOn(context.business, invoice.index)).at(-1) })
}

const text = (body: BusinessObject, role: Role, name: string): object => {
  const value = textIn(body, role)
  return value === undefined ? {} : { [name]: value }
}

function referenceType(body: BusinessObject): object {
  const occurrence = body.first('message.referenceType')
  const [word] = occurrence ? readWords(occurrence.binding, occurrence.raw) : []
  return word === undefined ? {} : { referenceType: word }
}

/** Most messages in one answer. */
const pageSize = 100

/** Answers what was recorded on all invoices since a moment, oldest first. */
export const listChanges: Resolver = (context) => {
  const { business } = context
  const since = sinceOf(context)
  const recorded = merged(reportedBy(finderFor(context)), postedIn(business))
  const [first, end] = [placeOf(recorded, since), placeOf(recorded, endOf(business))]
  const all = recorded.slice(first, end).filter(wanted(context))
  const keys = all.map(({ key }) => key)
  const offset = startOf(context, keys)
  const next = offset + pageSize
  return writeAnswer(context, {
    page: {
      messages: all
        .slice(offset, next)
        .map((one) => shown(context, { ...one, invoice: business.find(invoiceOfMessage(one)) as Entry })),
      since,
      timezone: String(valueFor(context, 'page.timezone') ?? 'UTC'),
      ...(next < all.length && { nextCursor: cursorAt(keys, next) }),
      ...asked(context),
    },
  })
}

/** Messages in the order in which they were recorded. */
type Recorded = readonly BareMessage[]

const byMoment = (left: BareMessage, right: BareMessage): number =>
  left.recordedAt - right.recordedAt || left.key - right.key

/** What the system has reported on all invoices, for each finder, as of a version of its invoices. */
const reports = new WeakMap<Finder, { readonly version: number; readonly messages: Recorded }>()

/** Changed invoices of which the reports are mended; of more, all are read anew. */
const few = 512

/**
 * Returns what the system has reported on all invoices. It is kept, and mended where few of them have changed since, or since they were
 * drawn: that takes time in the number of messages, and reads the changed invoices only.
 */
function reportedBy(finder: Finder): Recorded {
  const { business, drawn } = finder
  const { state } = business
  const version = state.invoiceVersion
  const known = reports.get(finder)
  if (known?.version === version) return known.messages
  const read = finder.keep('messages', (entry) => numbered(entry.index, reportedOn(entry)))
  const since = known && state.changedSince(known.version)
  const messagesOnAll = (invoices: Iterable<number>): Recorded =>
    inOrder([...invoices].map((index) => read(index) ?? []))
  const mended = (before: Recorded, changed: ReadonlySet<number>): Recorded =>
    merged(
      before.filter((one) => !changed.has(invoiceOfMessage(one))),
      messagesOnAll(changed),
    )
  const messages =
    known && since && since.length <= few
      ? mended(known.messages, new Set(since))
      : drawn && state.changedCount <= few
        ? mended(reportedBy(drawn), new Set(state.changed()))
        : messagesOnAll(everyInvoice(business))
  reports.set(finder, { version, messages })
  return messages
}

/** Returns what was posted about invoices that are there still. */
function postedIn(business: Business): Recorded {
  const lists = [...business.state.posted()].map((index) => {
    const invoice = business.find(index)
    if (!invoice) return []
    const reported = reportedOn(invoice)
    return numbered(index, [...reported, ...postedOn(business, index)]).slice(reported.length)
  })
  return inOrder(lists)
}

/** Returns the messages of all lists in order. Those of one invoice are nearly in order, and so are the first ones of all: quick to sort. */
function inOrder(lists: readonly Recorded[]): Recorded {
  const result: BareMessage[] = []
  for (let turn = 0, rest = lists; rest.length > 0; turn++) {
    rest = rest.filter(({ length }) => length > turn)
    for (const list of rest) result.push(list[turn] as BareMessage)
  }
  return result.sort(byMoment)
}

/** Returns the messages of two lists in order. */
function merged(left: Recorded, right: Recorded): Recorded {
  if (right.length === 0) return left
  const result: BareMessage[] = []
  let at = 0
  for (const one of right) {
    while (at < left.length && byMoment(left[at] as BareMessage, one) <= 0) result.push(left[at++] as BareMessage)
    result.push(one)
  }
  while (at < left.length) result.push(left[at++] as BareMessage)
  return result
}

/** Returns the place of the first message that was recorded at a moment or later. */
function placeOf(messages: Recorded, moment: Instant): number {
  let [low, high] = [0, messages.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((messages[middle] as BareMessage).recordedAt < moment) low = middle + 1
    else high = middle
  }
  return low
}

/** Messages follow their invoices: those made long before `since` have none that is newer, but a change may have added one. */
function everyInvoice({ ledger, state }: Business): number[] {
  return [...Array.from({ length: ledger.size }, (_, index) => index), ...state.created]
}

function sinceOf(context: Context): number {
  const value = valueFor(context, 'page.since')
  if (value === undefined) return 0
  const since = parseInstant(value)
  if (since === undefined)
    throw new Refusal(
      400,
      `Parameter "${parameterFor(context.operation, 'page.since')?.name}": expected a date or date-time but received ${JSON.stringify(value)}.`,
    )
  return since
}

function wanted(context: Context): (message: BareMessage) => boolean {
  const conditions = conditionsOf(context).filter(({ name }) => name.role === 'message.tier')
  return ({ tier }) => conditions.every(({ holds }) => holds(tier, 0, () => undefined))
}

/** Notes for colleagues are shown only to those who ask for them. */
const shown = (context: Context, one: Message): Message => {
  if (
    !parameterFor(context.operation, 'answer.includeInternal') ||
    valueFor(context, 'answer.includeInternal') === true
  )
    return one
  const { noteInternal: _, ...rest } = one
  return rest
}

const asked = ({ operation, values }: Context): { filters: Record<string, unknown> } => ({
  filters: Object.fromEntries(
    operation.parameters.flatMap(({ name, binding }) =>
      binding?.role === 'filter' && binding.of && values[name] !== undefined ? [[binding.of, values[name]]] : [],
    ),
  ),
})

/** Messages of one invoice share a space of keys. */
const share = 1024

const tiers: Readonly<Record<string, Message['tier']>> = {
  ACCEPTED: '2',
  APPROVED: '2',
  REJECTED: '2',
  DISPUTED: '2',
  PAID: '3',
  PAYMENT_SCHEDULED: '3',
}

/** A life-cycle message without the invoice that it is about. */
type BareMessage = Omit<Message, 'invoice'>

/** Returns the life-cycle messages of a received invoice: those that follow from its state, then those that were posted. */
export const messagesOn = (invoice: Entry, posted: readonly Note[] = []): Message[] =>
  numbered(invoice.index, [...reportedOn(invoice), ...posted]).map((message) => ({ ...message, invoice }))

/** Numbers the notes on the invoice of an index, in order, as messages. */
const numbered = (index: number, notes: readonly Note[]): BareMessage[] =>
  notes.map((note, count) => ({ ...note, key: index * share + count, tier: tiers[note.code] ?? '1' }))

/** Returns the index of the invoice that a message is about. */
const invoiceOfMessage = ({ key }: BareMessage): number => Math.floor(key / share)

/** Returns the notes that the system itself makes, from an invoice's state. */
function reportedOn({ createdAt, modifiedAt, intake, paidAt, status }: Entry): Note[] {
  const report = (code: string, at: number): Note => ({
    code,
    source: 'system',
    at,
    recordedAt: at,
    actorName: 'Intake',
  })
  return [
    report('RECEIVED', createdAt),
    report('READY', createdAt + 90),
    ...(intake === 'failed' ? [report('VALIDATION_FAILED', createdAt + 300)] : []),
    ...(intake === 'processed' ? [report('ACKNOWLEDGED', createdAt + 300), report('ACCEPTED', createdAt + 320)] : []),
    ...(intake === 'processed' && status === 'paid'
      ? [report('PAID', Math.max(paidAt ?? 0, Math.min(modifiedAt, createdAt + 340)))]
      : []),
  ]
}
