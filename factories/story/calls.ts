import type { Entry, Person } from '../ledger/entry.ts'
import { Random } from '../random.ts'
import { assigneeOf, contactOf, referredOf } from './assignee.ts'
import { dialogueOf } from './dialogue.ts'
import type { Talk } from './dialogue.ts'
import { claimText, disputeOf, disputeReason } from './dispute.ts'
import { findingOf } from './finding.ts'
import type { Call } from './story.ts'
import { timelineOf } from './timeline.ts'
import type { Beat, Topic } from './timeline.ts'
import { isLateAt, openAt, wordsOf } from './words.ts'

type CallBeat = Extract<Beat, { readonly kind: 'call' }>

/** Returns the calls about an invoice, oldest first: none unless it is or was overdue, disputed or promised; two at most. */
export function callsOf(
  entry: Entry,
  staff: readonly Person[],
  timeline: readonly Beat[] = timelineOf(entry),
): readonly Call[] {
  const beats = timeline.filter((beat) => beat.kind === 'call')
  return beats.map((beat, index) => callOf(entry, assigneeOf(entry, staff), beat, index))
}

function callOf(entry: Entry, agent: Person, { topic, at, doneAt }: CallBeat, index: number): Call {
  const contact = contactOf(entry)
  const random = new Random(entry.key).at('story').at('calls').at(index)
  const isInbound = topic === 'dispute' && random.chance(0.5)
  const isAutomated = !isInbound && random.chance(0.6)
  const talk = talkOf(entry, { agent, contact, at, isInbound, isAutomated, random })
  const turns = dialogueOf(topic, talk)
  const endAt = at + durationOf(turns) + random.int(5, 40)
  const line = isAutomated ? entry.seller.phone : agent.phone
  return {
    index,
    direction: isInbound ? 'inbound' : 'outbound',
    from: isInbound ? contact.phone : line,
    to: isInbound ? line : contact.phone,
    startAt: at,
    endAt,
    reason: isInbound ? `${contact.name} called about invoice ${entry.number}.` : reasonOf(talk),
    summary: summaries[topic](talk),
    turns,
    sentiment: random.pick(sentiments[topic]),
    isVoicemail: topic === 'noAnswer',
    isAutomated,
    ending: topic === 'noAnswer' ? 'voicemail_reached' : random.chance(0.7) ? 'user_hangup' : 'agent_hangup',
    agent,
    findings: [findingOf(topic, talk, { entry, agent, endAt, doneAt })],
  }
}

interface Speakers extends Pick<Talk, 'isInbound' | 'isAutomated' | 'random'> {
  readonly agent: Person
  readonly contact: Person
  readonly at: number
}

function talkOf(entry: Entry, { agent, contact, at, ...rest }: Speakers): Talk {
  const words = wordsOf(entry)
  const dispute = disputeOf(entry)
  const owed = openAt(entry, at)
  return {
    ...words,
    ...rest,
    entry,
    owed,
    open: words.money(owed),
    isLate: isLateAt(entry, at),
    promised: words.date(entry.promisedDate ?? entry.dueDate),
    claim: dispute ? claimText(dispute) : 'We cannot find what it is based on.',
    report: disputeReason(entry) ?? '',
    byCall: true,
    payment: undefined,
    givenName: contact.givenName,
    agentName: agent.name,
    contactName: contact.name,
    otherName: referredOf(entry).name,
  }
}

const reasonOf = ({ isLate, number, open, due }: Talk): string =>
  isLate
    ? `Invoice ${number} is overdue: ${open} open since ${due}.`
    : `Invoice ${number} with ${open} open is due on ${due}.`

const summaries: Readonly<Record<Topic, (talk: Talk) => string>> = {
  promise: ({ contactName, buyer, number, open, due, promised, entry }) =>
    `${contactName} of ${buyer} promised to pay ${entry.isDisputed ? 'the undisputed part of' : ''} invoice ${number} (${open} open, due ${due}) by ${promised}.`.replace(
      '  ',
      ' ',
    ),
  dispute: ({ contactName, buyer, number, open, due, report }) =>
    `${contactName} of ${buyer} disputes invoice ${number} (${open} open, due ${due}). ${report}`,
  inquiry: ({ contactName, buyer, number, open, due }) =>
    `${contactName} of ${buyer} asked for a copy of invoice ${number} (${open}, due ${due}) and named no payment date.`,
  wrongContact: ({ contactName, buyer, number, open, due, otherName }) =>
    `${contactName} of ${buyer} is not in charge of invoice ${number} (${open}, due ${due}) and referred to ${otherName}.`,
  noAnswer: ({ contactName, buyer, number, open, due }) =>
    `Nobody answered at ${buyer}; a message about invoice ${number} (${open}, due ${due}) was left for ${contactName}.`,
}

const sentiments: Readonly<Record<Topic, readonly Call['sentiment'][]>> = {
  promise: ['positive', 'positive', 'neutral'],
  dispute: ['negative', 'negative', 'neutral'],
  inquiry: ['neutral', 'neutral', 'positive'],
  wrongContact: ['neutral', 'neutral', 'negative'],
  noAnswer: ['neutral'],
}

/** People say about 14 characters a second and think a moment before each turn. */
const durationOf = (turns: Call['turns']): number =>
  turns.reduce((total, { content }) => total + Math.ceil(content.length / 14) + 1, 0)
