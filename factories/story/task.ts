import type { Instant } from '../../spec/index.ts'
import type { Entry, Person } from '../ledger/entry.ts'
import type { Talk } from './dialogue.ts'
import type { Task } from './story.ts'
import type { Topic } from './timeline.ts'

/** The call that a task comes from. */
export interface Heard {
  readonly entry: Entry
  readonly agent: Person
  readonly endAt: Instant
  /** When it was understood. */
  readonly createdAt: Instant
  /** When what was agreed was done, where it has been. */
  readonly doneAt?: Instant | undefined
}

/** What has to be done after a call. */
interface Job {
  readonly kind: string
  readonly label: string
  readonly description: string
  /** Why it is closed once done; missing where only the end of the matter closes it. */
  readonly done?: string
}

const jobs: Readonly<Record<Topic, (talk: Talk) => Job>> = {
  promise: ({ number, open, promised, due, buyer }) => ({
    kind: 'promise_to_pay',
    label: `Check for payment by ${promised}`,
    description: `${buyer} promised to pay invoice ${number} (${open} open, due ${due}) by ${promised}. Check that the money has arrived.`,
  }),
  dispute: ({ number, report, due }) => ({
    kind: 'dispute',
    label: `Resolve dispute about invoice ${number}`,
    description: `Invoice ${number}, due ${due}, is disputed. ${report}`,
  }),
  inquiry: ({ number, open, due, contactName }) => ({
    kind: 'payment_inquiry',
    label: `Send copy of invoice ${number}`,
    description: `Send ${contactName} a copy of invoice ${number} (${open}, due ${due}), and ask for a payment date.`,
    done: 'The copy has been sent.',
  }),
  wrongContact: ({ number, open, due, otherName, buyer }) => ({
    kind: 'wrong_contact',
    label: `Contact ${otherName} instead`,
    description: `Write to ${otherName} of ${buyer} about invoice ${number} (${open}, due ${due}).`,
    done: 'The right contact has been written to.',
  }),
  noAnswer: ({ number, open, due, contactName }) => ({
    kind: 'activity_summary_outreach',
    label: `Call ${contactName} again`,
    description: `Nobody answered. Try ${contactName} again about invoice ${number} (${open}, due ${due}).`,
    done: 'The contact has been reached.',
  }),
}

/** Returns the task that follows from a call: open while something is left to do, closed once done or once the invoice is closed. */
export function taskOf(topic: Topic, talk: Talk, { entry, agent, endAt, doneAt, createdAt }: Heard): Task {
  const { done, ...job } = jobs[topic](talk)
  const isDone = done !== undefined && doneAt !== undefined
  const end = endingOf(entry)
  const closure =
    end && !(isDone && doneAt < end.at)
      ? end
      : isDone
        ? ({ action: 'complete', closeReason: done, at: doneAt } as const)
        : undefined
  return {
    index: 0,
    ...job,
    status: closure ? 'closed' : 'open',
    ...(closure && { action: closure.action, closeReason: closure.closeReason }),
    assignee: agent,
    event: {
      index: 0,
      name: 'call.completed',
      message: `The call about invoice ${entry.number} has ended.`,
      at: endAt,
    },
    createdAt,
    modifiedAt: Math.max(createdAt, closure?.at ?? createdAt),
  }
}

/** Returns how and when an invoice left the books; `undefined` while it is in them. */
function endingOf({
  number,
  status,
  paidAt,
  voidedAt,
  uncollectibleAt,
  modifiedAt,
}: Entry): { action: 'complete' | 'dismiss'; closeReason: string; at: Instant } | undefined {
  if (status === 'paid')
    return { action: 'complete', closeReason: `Invoice ${number} has been paid in full.`, at: paidAt ?? modifiedAt }
  if (status === 'void')
    return { action: 'dismiss', closeReason: `Invoice ${number} has been voided.`, at: voidedAt ?? modifiedAt }
  if (status === 'uncollectible')
    return {
      action: 'dismiss',
      closeReason: `Invoice ${number} has been written off.`,
      at: uncollectibleAt ?? modifiedAt,
    }
  return undefined
}
