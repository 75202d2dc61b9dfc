import type { Email } from '../story.ts'
import type { Beat } from '../timeline.ts'
import { writeAcknowledged, writeVoided } from './closing.ts'
import { writeDispute, writeDisputeNoted } from './dispute.ts'
import { writeIssued } from './issued.ts'
import type { Write } from './letter.ts'
import { writeOrdered, writeReceipt, writeRemittance } from './payment.ts'
import { writeCopy, writeReferred } from './copy.ts'
import { writePromise, writePromiseNoted } from './promise.ts'
import { reminderWriter } from './reminder.ts'

/** Something that is told in writing. */
export type WrittenBeat = Exclude<Beat, { readonly kind: 'call' }>

/** How one sort of letter is sent. */
export interface Post {
  readonly write: Write
  readonly reason: Email['reason']
  /** Who writes to whom: the seller to the buyer, the buyer's contact or payer to the seller. */
  readonly way: 'outbound' | 'contact' | 'payer'
  /** Share of letters that software sends. */
  readonly automated: number
  /** Carries the invoice's PDF. */
  readonly hasPdf: boolean
  /** Answers the last letter of the other side, where there is one. */
  readonly isReply: boolean
}

const post = (write: Write, reason: Email['reason'], way: Post['way'], rest: Partial<Post> = {}): Post => ({
  automated: 0,
  hasPdf: false,
  isReply: false,
  ...rest,
  write,
  reason,
  way,
})

const reply = { isReply: true }
const automatic = { automated: 0.8, hasPdf: true }

const posts = {
  issued: post(writeIssued, 'issued', 'outbound', automatic),
  acknowledged: post(writeAcknowledged, 'reply', 'payer', reply),
  courtesy: post(reminderWriter(0), 'reminder', 'outbound', automatic),
  promiseBroken: post(reminderWriter('promise'), 'reminder', 'outbound', { hasPdf: true }),
  dispute: post(writeDispute, 'dispute', 'contact', reply),
  disputeNoted: post(writeDisputeNoted, 'dispute', 'outbound', reply),
  promise: post(writePromise, 'promise', 'contact', reply),
  promiseNoted: post(writePromiseNoted, 'promise', 'outbound', reply),
  ordered: post(writeOrdered, 'reply', 'payer', reply),
  remittance: post(writeRemittance, 'reply', 'payer', { automated: 0.5 }),
  receipt: post(writeReceipt, 'receipt', 'outbound', { automated: 0.7, isReply: true }),
  copy: post(writeCopy, 'reply', 'outbound', { hasPdf: true }),
  referred: post(writeReferred, 'reply', 'outbound', { hasPdf: true }),
  voided: post(writeVoided, 'reply', 'outbound'),
} as const

const reminders = {
  1: post(reminderWriter(1), 'reminder', 'outbound', automatic),
  2: post(reminderWriter(2), 'reminder', 'outbound', { automated: 0.5, hasPdf: true }),
  3: post(reminderWriter(3), 'reminder', 'outbound', { hasPdf: true }),
}

/** Returns how a beat is told in writing. */
export function postOf(beat: WrittenBeat): Post {
  if (beat.kind === 'reminder') return reminders[beat.level]
  const found = posts[beat.kind]
  return 'byCall' in beat && beat.byCall ? { ...found, isReply: false } : found
}
