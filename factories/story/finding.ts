import type { Talk } from './dialogue.ts'
import type { Finding } from './story.ts'
import { taskOf } from './task.ts'
import type { Heard } from './task.ts'
import type { Topic } from './timeline.ts'
import { endOf } from './words.ts'

/** What a call was understood to mean, in words. */
interface Verdict {
  readonly kind: string
  readonly reason: string
  readonly recommendation: string
  readonly replyReason: string
  readonly isReplyRequired: boolean
  /** What may have remained unclear. */
  readonly doubts: readonly string[]
  /** What the understanding rests on where nothing remained unclear. */
  readonly certainty: string
}

const verdicts: Readonly<Record<Topic, (talk: Talk) => Verdict>> = {
  promise: ({ contactName, number, open, promised, due }) => ({
    kind: 'promise_to_pay',
    reason: `${contactName} named ${promised} as the payment date for invoice ${number} (${open} open, due ${due}).`,
    recommendation: `Hold back reminders, and check for the payment on ${promised}.`,
    replyReason: 'The buyer named a payment date; a written confirmation is enough.',
    isReplyRequired: false,
    doubts: ['It was not said from which account the payment will come.', 'The payment method was not mentioned.'],
    certainty: 'The payment date was stated and confirmed when repeated.',
  }),
  dispute: ({ contactName, number, open, due, report }) => ({
    kind: 'dispute',
    reason: `${contactName} disputes invoice ${number} (${open} open, due ${due}). ${report}`,
    recommendation: 'Compare the line with order and delivery papers, and answer in writing.',
    replyReason: 'The buyer waits for an answer to the objection.',
    isReplyRequired: true,
    doubts: [
      'No papers have been sent for the objection yet.',
      'It was not said whether the rest of the invoice is accepted.',
    ],
    certainty: 'The line and the difference were named.',
  }),
  inquiry: ({ contactName, number, open, due }) => ({
    kind: 'payment_inquiry',
    reason: `${contactName} asked about invoice ${number} (${open}, due ${due}) and named no payment date.`,
    recommendation: `Send a copy of invoice ${number}, and ask for a payment date.`,
    replyReason: 'The buyer asked for a copy of the invoice.',
    isReplyRequired: true,
    doubts: ['It remained open who approves the invoice.', 'It is not clear when the invoice will be paid.'],
    certainty: 'The request was made in so many words.',
  }),
  wrongContact: ({ contactName, otherName, number, open, due }) => ({
    kind: 'wrong_contact',
    reason: `${contactName} does not deal with invoice ${number} (${open}, due ${due}) and referred to ${otherName}.`,
    recommendation: `Contact ${otherName} instead.`,
    replyReason: 'Nothing was asked; the right contact has to be approached instead.',
    isReplyRequired: false,
    doubts: [
      'It was not said whether the new contact knows of the invoice.',
      'The direct number of the new contact is not known.',
    ],
    certainty: 'The person called said so and named somebody else.',
  }),
  noAnswer: ({ contactName, number, open, due }) => ({
    kind: 'no_answer',
    reason: `The call to ${contactName} about invoice ${number} (${open}, due ${due}) reached a voicemail box.`,
    recommendation: 'Call again on another day, at another hour.',
    replyReason: 'Nobody was reached, so there is nothing to answer.',
    isReplyRequired: false,
    doubts: ['It is not certain that the message was heard.', 'The mailbox may belong to somebody else.'],
    certainty: 'A recorded greeting was followed by a tone.',
  }),
}

/** Returns what was understood from a call, with the task that follows from it. */
export function findingOf(
  topic: Topic,
  talk: Talk,
  { entry, agent, endAt, doneAt }: Omit<Heard, 'createdAt'>,
): Finding {
  const { doubts, certainty, kind, ...verdict } = verdicts[topic](talk)
  const random = talk.random.at('finding')
  const isSure = random.chance(0.7)
  const doubt = random.pick(doubts)
  const createdAt = Math.min(endOf(entry), endAt + random.int(20, 90))
  return {
    index: 0,
    kind,
    reason: verdict.reason,
    recommendation: verdict.recommendation,
    confidence: (isSure ? random.int(90, 99) : random.int(68, 86)) / 100,
    confidenceReason: isSure ? certainty : `${certainty} One point stayed open, though.`,
    replyReason: verdict.replyReason,
    isActionRequired: true,
    isReplyRequired: verdict.isReplyRequired,
    language: 'en',
    uncertainties: isSure ? [] : [doubt],
    createdAt,
    tasks: [taskOf(topic, talk, { entry, agent, endAt, doneAt, createdAt })],
  }
}
