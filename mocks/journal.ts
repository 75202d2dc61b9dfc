import type { Entry, Message } from '../factories/index.ts'

/** What a posted life-cycle message says. */
export type Note = Omit<Message, 'key' | 'invoice' | 'tier'>

/** What was posted about one invoice. */
export type PostedNotes = readonly [index: number, notes: readonly Note[]]

/** Life-cycle messages of received invoices: those that follow from their state, and those that were posted. */
export interface Journal {
  /** Returns the messages of an invoice, oldest first. */
  messages(invoice: Entry): readonly Message[]
  /** Adds a posted message and returns it. */
  post(invoice: Entry, note: Note): Message
  /** Adds what somebody else posted. */
  add(index: number, note: Note): void
  /** Returns what was posted, by invoice. */
  save(): readonly PostedNotes[]
  /** Puts what was kept in place of its own. */
  load(notes: readonly PostedNotes[]): void
  reset(): void
  /** About how many invoices something was posted. */
  readonly size: number
  /** Rises with every change. */
  readonly version: number
}

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

/** Returns a journal kept in memory. @param tell is told what is posted here */
export function journalInMemory(tell: (index: number, note: Note) => void = () => undefined): Journal {
  const posted = new Map<number, readonly Note[]>()
  let version = 0
  const withKeys = (invoice: Entry, notes: readonly Note[]): Message[] =>
    notes.map((note, index) => ({
      ...note,
      key: invoice.index * share + index,
      invoice,
      tier: tiers[note.code] ?? '1',
    }))
  const add = (index: number, note: Note): void => {
    version++
    posted.set(index, [...(posted.get(index) ?? []), note])
  }
  const all = (invoice: Entry): Message[] =>
    withKeys(invoice, [...followed(invoice), ...(posted.get(invoice.index) ?? [])])
  return {
    messages: all,
    post(invoice, note) {
      add(invoice.index, note)
      tell(invoice.index, note)
      return all(invoice).at(-1) as Message
    },
    add,
    save: () => [...posted],
    load(notes) {
      version++
      posted.clear()
      for (const [index, list] of notes) posted.set(index, list)
    },
    reset() {
      version++
      posted.clear()
    },
    get size() {
      return posted.size
    },
    get version() {
      return version
    },
  }
}

/** What the system itself reports, from an invoice's state. */
function followed({ createdAt, modifiedAt, intake, paidAt, status }: Entry): Note[] {
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
