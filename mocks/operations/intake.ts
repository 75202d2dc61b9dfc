// Received invoices: submitted, claimed under a lease, acknowledged, settled.

import type { Entry, Lease } from '../../factories/index.ts'
import { identityForm, leafAt } from '../../factories/index.ts'
import { isJson, readByRole } from '../../spec/index.ts'
import type { BusinessObject, Occurrence, Role, Instant } from '../../spec/index.ts'
import { writeAnswer, invoiceOf, valueFor, Refusal } from '../context.ts'
import type { Context, Resolver } from '../context.ts'
import type { LeaseEvent } from '../state/event.ts'
import type { State } from '../state/state.ts'
import { pinsOf } from './pins.ts'
import { finderFor } from './finder.ts'
import { lawful } from './invoices.ts'

const bodySchema = ({ operation }: Context): string | undefined =>
  operation.body?.content.find(({ mediaType }) => isJson(mediaType))?.schema

/** Returns the root of the business objects in a request's body. */
export function bodyView(context: Context): BusinessObject {
  const schema = bodySchema(context)
  return readByRole(schema === undefined ? undefined : context.model.shape(schema), context.body)
}

/** Takes in a supplier's invoice. */
export const submitInvoice: Resolver = (context) => {
  const schema = bodySchema(context)
  const pins = schema === undefined ? {} : pinsOf(context, schema, context.body)
  const invoice = lawful(context, () => context.business.create({ intake: 'pendingFirst', ...pins }))
  return writeAnswer(context, { invoice })
}

const waiting: readonly Entry['intake'][] = ['pendingFirst', 'pendingRetry']

/** Leases the oldest invoices that wait; no other client gets them while the lease runs. The same key gets the same leases again. */
export const claimWaitingInvoices: Resolver = (context) => {
  const root = bodyView(context)
  const limit = Number(root.first('claim.limit')?.raw ?? 10)
  const ttl = Number(root.first('claim.ttl')?.raw ?? 300)
  const name = textIn(root, 'claim.key')
  const { business } = context
  const repeated = name === undefined ? [] : leasesNamed(business.state, name, business.time)
  if (repeated.length > 0)
    return writeAnswer(context, { page: { leases: repeated.flatMap((lease) => shownLease(context, lease)) } })
  const leases: Lease[] = []
  for (const invoice of oldest(context)) {
    if (leases.length >= limit) break
    const expiresAt = business.tick() + ttl
    const taken = business.intake(invoice, 'claimed')
    const event = claimed(business.state, invoice.index, expiresAt, name)
    business.append(event)
    leases.push({ ...leaseIn(event), invoice: taken })
  }
  return writeAnswer(context, { page: { leases } })
}

function shownLease({ business }: Context, lease: RunningLease): Lease[] {
  const invoice = business.find(lease.index)
  return invoice ? [{ ...lease, invoice }] : []
}

function* oldest(context: Context): Generator<Entry> {
  const { business } = context
  const intakeOf = finderFor(context).keep('intake', ({ status, intake }) => (status === 'draft' ? undefined : intake))
  const candidates = function* (): Generator<number> {
    for (let index = 0; index < business.ledger.size; index++) yield index
    yield* business.state.created
  }
  for (const index of candidates()) {
    const intake = intakeOf(index)
    // Whose lease has run out waits again.
    const isAbandoned = intake === 'claimed' && !leaseOf(business.state, index, business.time)
    if (intake && (waiting.includes(intake) || isAbandoned)) yield business.find(index) as Entry
  }
}

/** Confirms a claim: the invoice now waits for a result. */
export const acknowledgeInvoice: Resolver = (context) => {
  const before = invoiceOf(context)
  checkLease(context, before)
  if (before.intake === 'pendingResult')
    return writeAnswer(context, { invoice: before, transition: change(before, before) })
  if (before.intake !== 'claimed') throw new Refusal(409, `Invoice is not claimed: its state is ${before.intake}.`)
  const after = context.business.intake(before, 'pendingResult')
  return writeAnswer(context, { invoice: after, transition: change(before, after) })
}

/** Takes the result of an integration. Reporting a success twice changes nothing. */
export const settleInvoice: Resolver = (context) => {
  const before = invoiceOf(context)
  const success = bodyView(context).first('transition.success')?.raw !== false
  const debug = valueFor(context, 'transition.debug') === true
  const isRepeated = before.intake === 'processed' && success
  if (!isRepeated) checkLease(context, before)
  if (!isRepeated && before.intake !== 'pendingResult' && before.intake !== 'failed')
    throw new Refusal(409, `Invoice is not waiting for a result: its state is ${before.intake}.`)
  const after = isRepeated ? before : context.business.intake(before, success ? 'processed' : 'failed')
  const release = isRepeated ? undefined : released(context.business.state, before.index)
  if (release) context.business.append(release)
  return writeAnswer(context, { invoice: after, transition: { ...change(before, after), success, debug } })
}

const change = (
  before: Entry,
  after: Entry,
): { from: Entry['intake']; to: Entry['intake']; ok: boolean; success: boolean; debug: boolean } => ({
  from: before.intake,
  to: after.intake,
  ok: true,
  success: true,
  debug: false,
})

/** A token that is stated must be the running lease's. */
function checkLease(context: Context, invoice: Entry): void {
  const occurrence = bodyView(context).first('lease.token')
  if (!occurrence) return
  const lease = leaseOf(context.business.state, invoice.index, context.business.time)
  if (!lease || keyIn(context, occurrence) !== lease.key)
    throw new Refusal(409, 'The lease is lost: claim the invoice again.')
}

/** Returns the key that an identity in a body stands for. */
function keyIn({ model, answers }: Context, { binding, raw, schema }: Occurrence): number | undefined {
  const leaf = schema === undefined ? { types: new Set([typeof raw]) } : leafAt(model.document, schema)
  const { kind, form, prefix } = identityForm(binding, leaf, model.representation)
  return answers.identities.decode(kind, raw, form, prefix)
}

/** Returns the text a body gives to a role, or `undefined`. */
export const textIn = (object: BusinessObject, role: Role): string | undefined => {
  const raw = object.first(role)?.raw
  return raw === undefined ? undefined : String(raw)
}

/** A lease that runs, and of which invoice. */
interface RunningLease extends Pick<Lease, 'key' | 'expiresAt'> {
  readonly index: number
}

/** Attempts at one invoice have leases of their own. */
const attempts = 1024

const runs = ({ with: { expiresAt } }: LeaseEvent, at: Instant): boolean => expiresAt !== undefined && expiresAt > at

/** Returns a lease as events tell of it. */
export const leaseIn = ({ id, with: { count, expiresAt = 0 } }: LeaseEvent): RunningLease => ({
  key: id * attempts + ((count - 1) % attempts),
  index: id,
  expiresAt,
})

/** Returns the lease of an invoice that runs at a moment. */
function leaseOf({ leases }: State, invoice: number, at: Instant): RunningLease | undefined {
  const event = leases.get(invoice)
  return event && runs(event, at) ? leaseIn(event) : undefined
}

/** Returns the leases that a claim of a name was given, as far as they run at a moment. */
const leasesNamed = ({ leases }: State, name: string, at: Instant): readonly RunningLease[] =>
  [...leases.values()].filter((event) => event.with.name === name && runs(event, at)).map(leaseIn)

/** Returns the event by which an invoice is claimed. @param name tells one claim from another, so that it can be repeated */
export const claimed = (
  known: Pick<State, 'leases'>,
  invoice: number,
  expiresAt: Instant,
  name?: string,
): LeaseEvent => ({
  on: 'lease',
  does: 'put',
  id: invoice,
  with: {
    count: (known.leases.get(invoice)?.with.count ?? 0) + 1,
    expiresAt,
    ...(name !== undefined && { name }),
  },
})

/** Returns the event by which the lease of an invoice ends, if it has ever been claimed. */
function released({ leases }: State, invoice: number): LeaseEvent | undefined {
  const event = leases.get(invoice)
  if (!event) return undefined
  const { expiresAt: _, ...rest } = event.with
  return { ...event, with: rest }
}
