// Puts letters together from their sentences, and says how each sort is sent.

import type { Entry, Payment, Person } from '../ledger/entry.ts'
import type { Random } from '../random.ts'
import { render } from './facts.ts'
import type { Facts } from './facts.ts'
import { letterTexts as texts } from './letter-texts.ts'
import type { Variant } from './letter-texts.ts'
import type { Email } from './story.ts'
import type { Beat } from './timeline.ts'

/** What texts about an invoice may speak of at a moment: the facts by name, and who writes or speaks. */
export interface Scene extends Facts {
  readonly entry: Entry
  /** Minor units owed at the moment, and their spelling. */
  readonly owed: number
  readonly open: string
  /** What was paid beyond the total, spelled. */
  readonly credit: string
  /** The due date has passed; `was` and `dueSince` say so. */
  readonly isLate: boolean
  readonly was: 'was' | 'is'
  readonly dueSince: 'overdue since' | 'due on'
  /** The promised day in words; the due date where none was promised. */
  readonly promised: string
  /** What is disputed, as the buyer puts it and as others report it. */
  readonly claim: string
  readonly report: string
  /** It follows a telephone call rather than a letter. */
  readonly byCall: boolean
  /** The payment it is about: amount, method and day in words. */
  readonly payment?: Payment | undefined
  readonly amount?: string
  readonly method?: string
  readonly on?: string
  /** The buyer's first contact. */
  readonly contactName: string
  /** First name of the person written to. */
  readonly givenName: string
  readonly random: Random
}

/** A letter without salutation and signature. */
export interface Letter {
  readonly subject: string
  readonly paragraphs: readonly string[]
}

type Write = (scene: Scene) => Letter

/** Returns one of several ways to say something. */
export function say(scene: Scene, variants: readonly Variant[]): string {
  const variant = scene.random.pick(variants)
  return render(typeof variant === 'function' ? variant(scene) : variant, scene)
}

/** Returns the writer of letters with a subject and a sentence of each list, a paragraph each. */
const letter =
  (subject: string, ...paragraphs: readonly (readonly Variant[] | ((scene: Scene) => string))[]): Write =>
  (scene) => ({
    subject: render(subject, scene),
    paragraphs: paragraphs.map((part) => (typeof part === 'function' ? part(scene) : say(scene, part))),
  })

/** Returns the invoice's facts as a block of labelled lines. */
function factsBlock({ number, issued, total, due, order }: Facts, label = 'Amount due'): string {
  const lines = [`Invoice number: ${number}`, `Invoice date: ${issued}`, `${label}: ${total}`, `Due date: ${due}`]
  if (order !== undefined) lines.push(`Purchase order: ${order}`)
  return lines.join('\n')
}

/** Writes the letter an invoice is sent with. */
function writeIssued(scene: Scene): Letter {
  const subject = render('Invoice {number} from {seller}', scene)
  if (scene.entry.total <= 0)
    return { subject, paragraphs: [say(scene, texts.creditIssued), factsBlock(scene, 'Amount')] }
  const covers = coverage(scene)
  const isTabular = scene.random.chance(0.5)
  const order = scene.order === undefined || isTabular ? '' : ` ${say(scene, texts.issuedOrder)}`
  const paragraphs = [
    `${say(scene, texts.issued)}${order}`,
    ...(isTabular ? [factsBlock(scene)] : []),
    ...(covers === undefined ? [] : [covers]),
    say(scene, texts.issuedClosing),
  ]
  return { subject, paragraphs }
}

/** Names what is billed, in every other letter. */
function coverage({ entry: { lines }, random }: Scene): string | undefined {
  const [first] = lines
  if (!first || random.chance(0.5)) return undefined
  const others = lines.length - 1
  if (others === 0) return `It covers “${first.name}”.`
  return `It covers “${first.name}” and ${others === 1 ? 'one more item' : `${others} more items`}.`
}

/** Returns the writer of reminders, which name what has been paid already. */
const reminder =
  (subject: string, openings: readonly Variant[], closings: readonly Variant[]): Write =>
  (scene) => {
    const { owed, entry, random } = scene
    const part = owed < entry.total ? render(' Of the total of {total}, the rest has been settled.', scene) : ''
    const facts = random.chance(0.3) ? [factsBlock(scene, 'Invoice amount')] : []
    return {
      subject: render(subject, scene),
      paragraphs: [say(scene, openings) + part, ...facts, say(scene, closings)],
    }
  }

const acknowledged = letter('Receipt of invoice {number}', texts.acknowledged, texts.acknowledgedClosing)
const dispute = letter(
  'Query about invoice {number}',
  (scene) => `${say(scene, texts.dispute)} ${scene.claim}`,
  texts.disputeClosing,
)
const disputeNoted = letter(
  'Our call about invoice {number}',
  (scene) => say(scene, scene.byCall ? texts.disputeNotedByCall : texts.disputeNoted),
  ({ report }) => `Our note reads: ${report}`,
  texts.disputeNotedClosing,
)
const promise = letter(
  'Payment date for invoice {number}',
  (scene) =>
    `${say(scene, scene.entry.isDisputed ? texts.promiseOfPart : texts.promise)} ${say(scene, texts.promiseClosing)}`,
)
const promiseNoted = letter(
  'Our call about invoice {number}',
  (scene) =>
    say(scene, scene.byCall ? texts.promiseNotedByCall : texts.promiseNoted) +
    (scene.entry.isDisputed ? ' Your query stays open in the meantime.' : ''),
  texts.promiseNotedClosing,
)
const remittance = letter('Remittance advice for invoice {number}', texts.remittance, (scene) =>
  say(scene, scene.isLate ? texts.remittanceClosing : texts.remittanceClosing.slice(0, 4)),
)
const receipt = letter('Payment received for invoice {number}', texts.receipt, (scene) =>
  say(scene, scene.owed > 0 ? texts.receiptOfPart : scene.owed < 0 ? texts.receiptOfMore : texts.receiptOfAll),
)

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
const pdf = { hasPdf: true }
const automatic = { automated: 0.8, hasPdf: true }

const posts = {
  issued: post(writeIssued, 'issued', 'outbound', automatic),
  acknowledged: post(acknowledged, 'reply', 'payer', reply),
  courtesy: post(
    reminder('Invoice {number} is due on {due}', texts.courtesy, texts.courtesyClosing),
    'reminder',
    'outbound',
    automatic,
  ),
  promiseBroken: post(
    reminder('Missed payment date for invoice {number}', texts.promiseBroken, texts.secondReminderClosing),
    'reminder',
    'outbound',
    pdf,
  ),
  dispute: post(dispute, 'dispute', 'contact', reply),
  disputeNoted: post(disputeNoted, 'dispute', 'outbound', reply),
  promise: post(promise, 'promise', 'contact', reply),
  promiseNoted: post(promiseNoted, 'promise', 'outbound', reply),
  ordered: post(
    letter('Payment of invoice {number} is on its way', texts.ordered, texts.orderedClosing),
    'reply',
    'payer',
    reply,
  ),
  remittance: post(remittance, 'reply', 'payer', { automated: 0.5 }),
  receipt: post(receipt, 'receipt', 'outbound', { automated: 0.7, isReply: true }),
  copy: post(letter('Copy of invoice {number}', texts.copy, texts.copyClosing), 'reply', 'outbound', pdf),
  referred: post(
    letter('Invoice {number}, overdue since {due}', texts.referred, texts.referredClosing),
    'reply',
    'outbound',
    pdf,
  ),
  voided: post(letter('Invoice {number} has been cancelled', texts.voided, texts.voidedClosing), 'reply', 'outbound'),
} as const

const reminders = {
  1: post(
    reminder('Reminder: invoice {number} is past due', texts.firstReminder, texts.firstReminderClosing),
    'reminder',
    'outbound',
    automatic,
  ),
  2: post(
    reminder('Second reminder: invoice {number} is overdue', texts.secondReminder, texts.secondReminderClosing),
    'reminder',
    'outbound',
    { automated: 0.5, hasPdf: true },
  ),
  3: post(
    reminder('Final reminder: invoice {number}', texts.thirdReminder, texts.thirdReminderClosing),
    'reminder',
    'outbound',
    pdf,
  ),
}

/** Returns how a beat is told in writing. */
export function postOf(beat: WrittenBeat): Post {
  if (beat.kind === 'reminder') return reminders[beat.level]
  const found = posts[beat.kind]
  return 'byCall' in beat && beat.byCall ? { ...found, isReply: false } : found
}

/** How somebody begins and ends letters. */
interface Tone {
  readonly greet: (person: Person) => string
  readonly close: string
}

const formal: Tone = { greet: ({ name }) => `Dear ${name},`, close: 'Yours sincerely,' }

const tones: readonly Tone[] = [
  { greet: ({ name }) => `Dear ${name},`, close: 'Kind regards,' },
  { greet: ({ givenName }) => `Dear ${givenName},`, close: 'Best regards,' },
  { greet: ({ givenName }) => `Hello ${givenName},`, close: 'Many thanks,' },
  { greet: ({ givenName }) => `Hi ${givenName},`, close: 'Best,' },
  { greet: ({ name }) => `Hello ${name},`, close: 'With kind regards,' },
  { greet: ({ givenName }) => `Good day ${givenName},`, close: 'Regards,' },
]

/** Returns one of the tones people write in; the formal one where the matter is serious. */
export const toneOf = (random: Random, isSerious: boolean): Tone => (isSerious ? formal : random.pick(tones))
