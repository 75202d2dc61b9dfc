// Tells the e-mails about an invoice: who wrote to whom, when, and what.

import { secondsPerDay } from '../../spec/index.ts'
import type { Instant } from '../../spec/index.ts'
import type { Entry, Person } from '../ledger/entry.ts'
import { Random } from '../random.ts'
import { assigneeOf, contactOf, dateText, dayAt, endOf, factsOf, openAt, payerOf, referredOf } from './facts.ts'
import type { Facts } from './facts.ts'
import { postOf, toneOf } from './letters.ts'
import type { Letter, Post, Scene, WrittenBeat } from './letters.ts'
import { claimText, disputeOf, disputeReason, methodText, pdfOf, receivedAt } from './papers.ts'
import type { Email, StoryFile } from './story.ts'
import { timelineOf } from './timeline.ts'
import type { Beat } from './timeline.ts'

/** What all letters about an invoice share. */
interface Desk {
  readonly entry: Entry
  readonly facts: Facts
  readonly claim: string
  readonly report: string
  readonly assignee: Person
  /** Who is written to, and from then on: who the contact has referred to. */
  readonly contact: Person
  readonly referred: Person
  readonly referredFrom: Instant
  readonly pdf: StoryFile
  readonly random: Random
}

/** Returns the e-mails about an invoice, oldest first; none about a draft. */
export function emailsOf(
  entry: Entry,
  staff: readonly Person[],
  timeline: readonly Beat[] = timelineOf(entry),
): readonly Email[] {
  if (timeline.length === 0) return []
  const desk = deskOf(entry, staff, timeline.find(({ kind }) => kind === 'referred')?.at)
  const emails: Email[] = []
  for (const beat of timeline) if (beat.kind !== 'call') emails.push(emailOf(desk, beat, emails))
  return emails
}

/** Returns the e-mail an invoice was received with: its first, as the buyer's inbox has it; of a draft, the one it would be sent with. */
export function capturedEmailOf(entry: Entry, staff: readonly Person[]): Email {
  const sent = emailOf(deskOf(entry, staff), { kind: 'issued', at: receivedAt(entry) }, [])
  return { ...sent, direction: 'inbound', status: 'received' }
}

function deskOf(entry: Entry, staff: readonly Person[], referredFrom = Infinity): Desk {
  const dispute = disputeOf(entry)
  return {
    entry,
    facts: factsOf(entry),
    claim: dispute ? claimText(dispute) : 'We cannot find what it is based on.',
    report: disputeReason(entry) ?? '',
    assignee: assigneeOf(entry, staff),
    contact: contactOf(entry),
    referred: referredOf(entry),
    referredFrom,
    pdf: pdfOf(entry),
    random: new Random(entry.key).at('story').at('emails'),
  }
}

function emailOf(desk: Desk, beat: WrittenBeat, earlier: readonly Email[]): Email {
  const { entry, pdf } = desk
  const post = postOf(beat)
  const random = desk.random.at(earlier.length)
  const direction = post.way === 'contact' || post.way === 'payer' ? 'inbound' : 'outbound'
  const parent = post.isReply ? earlier.findLast((email) => email.direction !== direction) : undefined
  const { author, reader, copied } = correspondents(desk, post, beat, parent)
  const isAutomated = random.chance(post.automated)
  const letter = post.write(sceneOf(desk, beat, reader, random))
  return {
    index: earlier.length,
    parent: parent?.index,
    direction,
    status: direction === 'inbound' ? 'received' : 'sent',
    reason: post.reason,
    subject: parent ? `Re: ${parent.subject.replace(/^Re: /, '')}` : letter.subject,
    body: bodyOf(desk, { post, beat, letter, author, reader, parent, random }),
    author,
    from: author.email,
    to: [reader.email],
    cc: copied,
    replyTo: [author.email],
    sentAt: beat.at,
    isAutomated,
    isUnread: direction === 'inbound' && beat.at > endOf(entry) - 2 * secondsPerDay && random.chance(0.6),
    files: post.hasPdf ? [pdf] : [],
  }
}

interface Correspondents {
  readonly author: Person
  readonly reader: Person
  readonly copied: readonly string[]
}

/** An answer goes to who asked; serious letters and the invoice itself are copied to the buyer's general address. */
function correspondents(
  { entry, assignee, contact: first, referred, referredFrom }: Desk,
  { way }: Post,
  beat: WrittenBeat,
  parent: Email | undefined,
): Correspondents {
  const contact = beat.at >= referredFrom ? referred : first
  if (way === 'contact') return { author: contact, reader: assignee, copied: [] }
  if (way === 'payer') return { author: payerOf(entry), reader: assignee, copied: [] }
  const reader = parent?.author ?? contact
  const isCopied =
    beat.kind === 'issued' || beat.kind === 'promiseBroken' || (beat.kind === 'reminder' && beat.level === 3)
  return { author: assignee, reader, copied: isCopied && entry.buyer.email !== reader.email ? [entry.buyer.email] : [] }
}

function sceneOf(
  { entry, facts, claim, report, contact }: Desk,
  beat: WrittenBeat,
  reader: Person,
  random: Random,
): Scene {
  const payment = 'payment' in beat ? beat.payment : undefined
  return {
    ...sceneAt(entry, facts, beat.at),
    claim,
    report,
    byCall: 'byCall' in beat && beat.byCall,
    ...(payment && {
      payment,
      amount: facts.money(payment.amount),
      method: methodText(payment.method),
      on: facts.date(dayAt(payment.at)),
    }),
    givenName: reader.givenName,
    contactName: contact.name,
    random: random.at('text'),
  }
}

/** Returns what is owed at a moment, in numbers and in words. */
export function sceneAt(entry: Entry, facts: Facts, at: Instant) {
  const owed = openAt(entry, at)
  const isLate = dayAt(at) > entry.dueDate
  return {
    ...facts,
    entry,
    owed,
    open: facts.money(owed),
    credit: facts.money(-owed),
    isLate,
    was: isLate ? 'was' : 'is',
    dueSince: isLate ? 'overdue since' : 'due on',
    promised: facts.date(entry.promisedDate ?? entry.dueDate),
  } as const
}

interface Sheet extends Pick<Correspondents, 'author' | 'reader'> {
  readonly post: Post
  readonly beat: WrittenBeat
  readonly letter: Letter
  readonly parent: Email | undefined
  readonly random: Random
}

function bodyOf({ facts, entry, random }: Desk, { post, beat, letter, author, reader, parent }: Sheet): string {
  const isInbound = post.way === 'contact' || post.way === 'payer'
  const isSerious = beat.kind === 'promiseBroken' || (beat.kind === 'reminder' && beat.level > 1)
  const tone = toneOf(random.at(isInbound ? 'buyer' : 'seller'), isSerious) // one person keeps one tone
  const body = [
    tone.greet(reader),
    ...letter.paragraphs,
    `${tone.close}\n${author.name}\n${author.jobTitle}, ${isInbound ? facts.buyer : facts.seller}`,
  ]
  if (parent) body.push(quote(parent, entry.buyer.locale))
  return body.join('\n\n')
}

const quoteLength = 240

/** Quotes the first paragraph of the letter that is answered. */
function quote({ sentAt, author, body }: Email, locale: string): string {
  const paragraph = (body.split('\n\n', 2)[1] ?? '').replaceAll('\n', ' ')
  const cut =
    paragraph.length > quoteLength ? `${paragraph.slice(0, paragraph.lastIndexOf(' ', quoteLength))} …` : paragraph
  return `On ${dateText(dayAt(sentAt), locale)}, ${author.name} wrote:\n> ${cut}`
}

const snippetLength = 120

/** Returns the first words of an e-mail after its salutation, in one line of at most 120 characters. */
export function snippetOf(body: string): string {
  const start = Math.max(0, body.indexOf('\n\n'))
  let text = ''
  for (const line of body.slice(start, start + 2 * snippetLength).split('\n'))
    if (line !== '') text += text === '' ? line : ` ${line}`
  return text.length > snippetLength ? `${text.slice(0, text.lastIndexOf(' ', snippetLength - 1))}…` : text
}
