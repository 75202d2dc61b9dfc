import type { Entry, Message } from '../../factories/index.ts'
import type { Note } from './event.ts'

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
export type BareMessage = Omit<Message, 'invoice'>

/** Returns the life-cycle messages of a received invoice: those that follow from its state, then those that were posted. */
export const messagesOn = (invoice: Entry, posted: readonly Note[] = []): Message[] =>
  numbered(invoice.index, [...reportedOn(invoice), ...posted]).map((message) => ({ ...message, invoice }))

/** Returns what was noted on the invoice of an index, in order, as messages. */
export const numbered = (index: number, notes: readonly Note[]): BareMessage[] =>
  notes.map((note, count) => ({ ...note, key: index * share + count, tier: tiers[note.code] ?? '1' }))

/** Returns the index of the invoice that a message is about. */
export const invoiceOfMessage = ({ key }: BareMessage): number => Math.floor(key / share)

/** Returns what the system itself reports, from an invoice's state. */
export function reportedOn({ createdAt, modifiedAt, intake, paidAt, status }: Entry): Note[] {
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
