// Tells the telephone calls about an invoice: who called, what was said, what follows.

import type { Instant } from '../../spec/index.ts'
import type { Entry, Person } from '../ledger/entry.ts'
import { Random } from '../random.ts'
import { callTexts as texts, inboundTexts, outcomes } from './call-texts.ts'
import { sceneAt } from './emails.ts'
import { assigneeOf, contactOf, endOf, factsOf, referredOf, render } from './facts.ts'
import type { Variant } from './letter-texts.ts'
import { say } from './letters.ts'
import type { Scene } from './letters.ts'
import { claimText, disputeOf, disputeReason } from './papers.ts'
import type { Call, CallFinding, CallTask } from './story.ts'
import { timelineOf } from './timeline.ts'
import type { Beat, Topic } from './timeline.ts'

type CallBeat = Extract<Beat, { readonly kind: 'call' }>

/** Who speaks on a call, and what about. */
interface Talk extends Scene {
  readonly agentName: string
  /** Whom a wrong contact refers to. */
  readonly otherName: string
  /** What is said of a promise where part of the invoice is disputed. */
  readonly undisputed: string
  readonly reservation: string
  readonly isAutomated: boolean
  readonly isInbound: boolean
}

/** Returns the calls about an invoice, oldest first: none unless it is or was overdue, disputed or promised; two at most. */
export function callsOf(
  entry: Entry,
  staff: readonly Person[],
  timeline: readonly Beat[] = timelineOf(entry),
): readonly Call[] {
  const beats = timeline.filter((beat) => beat.kind === 'call')
  return beats.map((beat, index) => callOf(entry, assigneeOf(entry, staff), beat, index))
}

function callOf(entry: Entry, agent: Person, beat: CallBeat, index: number): Call {
  const { topic, at } = beat
  const contact = contactOf(entry)
  const random = new Random(entry.key).at('story').at('calls').at(index)
  const isInbound = topic === 'dispute' && random.chance(0.5)
  const isAutomated = !isInbound && random.chance(0.6)
  const talk = talkOf(entry, { agent, contact, at, isInbound, isAutomated, random })
  const turns = dialogues[topic](talk)
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
    summary: render(outcomes[topic].summary, talk),
    turns,
    sentiment: random.pick(outcomes[topic].sentiments),
    isVoicemail: topic === 'noAnswer',
    isAutomated,
    ending: topic === 'noAnswer' ? 'voicemail_reached' : random.chance(0.7) ? 'user_hangup' : 'agent_hangup',
    agent,
    findings: [findingOf(beat, talk, agent, endAt)],
  }
}

interface Speakers extends Pick<Talk, 'isInbound' | 'isAutomated' | 'random'> {
  readonly agent: Person
  readonly contact: Person
  readonly at: Instant
}

function talkOf(entry: Entry, { agent, contact, at, ...rest }: Speakers): Talk {
  const dispute = disputeOf(entry)
  return {
    ...sceneAt(entry, factsOf(entry), at),
    ...rest,
    claim: dispute ? claimText(dispute) : 'We cannot find what it is based on.',
    report: disputeReason(entry) ?? '',
    undisputed: entry.isDisputed ? 'the undisputed part of ' : '',
    reservation: entry.isDisputed ? ', without prejudice to your query' : '',
    byCall: true,
    givenName: contact.givenName,
    agentName: agent.name,
    contactName: contact.name,
    otherName: referredOf(entry).name,
  }
}

const reasonOf = (talk: Talk): string =>
  render(
    talk.isLate
      ? 'Invoice {number} is overdue: {open} open since {due}.'
      : 'Invoice {number} with {open} open is due on {due}.',
    talk,
  )

/** People say about 14 characters a second and think a moment before each turn. */
const durationOf = (turns: Call['turns']): number =>
  turns.reduce((total, { content }) => total + Math.ceil(content.length / 14) + 1, 0)

type Turn = Call['turns'][number]

const agent = (talk: Talk, variants: readonly Variant[]): Turn => ({ role: 'agent', content: say(talk, variants) })
const user = (talk: Talk, variants: readonly Variant[]): Turn => ({ role: 'user', content: say(talk, variants) })

const opening = (talk: Talk): Turn[] => [
  agent(talk, talk.isAutomated ? texts.automatedOpeners : texts.openers),
  user(talk, texts.pickUps),
  agent(talk, texts.matters),
]
const parting = (talk: Talk): Turn[] => [agent(talk, texts.farewells), user(talk, texts.byes)]

/** What is said on a call about a topic, turn by turn. */
const dialogues: Readonly<Record<Topic, (talk: Talk) => Turn[]>> = {
  promise: (talk) => [
    ...opening(talk),
    user(talk, talk.entry.isDisputed ? texts.reservedPledges : texts.pledges),
    agent(talk, texts.repeats),
    user(talk, texts.assents),
    ...parting(talk),
  ],
  dispute: (talk) => {
    const rest = [agent(talk, texts.assurances), user(talk, texts.consents), ...parting(talk)]
    return talk.isInbound
      ? [...inboundOpening(talk), user(talk, texts.complaints), ...rest]
      : [...opening(talk), user(talk, texts.complaints), ...rest]
  },
  inquiry: (talk) => [
    ...opening(talk),
    user(talk, texts.questions),
    agent(talk, texts.answers),
    user(talk, texts.receipts),
    ...parting(talk),
  ],
  wrongContact: (talk) => [
    ...opening(talk),
    user(talk, texts.redirections),
    agent(talk, texts.updates),
    user(talk, texts.byes),
  ],
  noAnswer: (talk) => [user(talk, texts.greetings), agent(talk, texts.messages)],
}

const inboundOpening = (talk: Talk): Turn[] => [
  { role: 'agent', content: render(inboundTexts.greeting, talk) },
  { role: 'user', content: render(inboundTexts.matter, talk) },
  { role: 'agent', content: inboundTexts.prompt },
]

/** Returns what was understood from a call, with the task that follows from it. */
function findingOf({ topic, doneAt }: CallBeat, talk: Talk, agent: Person, endAt: Instant): CallFinding {
  const { kind, reason, recommendation, replyReason, isReplyRequired, doubts, certainty } = outcomes[topic].finding
  const random = talk.random.at('finding')
  const isSure = random.chance(0.7)
  const doubt = random.pick(doubts)
  const createdAt = Math.min(endOf(talk.entry), endAt + random.int(20, 90))
  return {
    index: 0,
    kind,
    reason: render(reason, talk),
    recommendation: render(recommendation, talk),
    confidence: (isSure ? random.int(90, 99) : random.int(68, 86)) / 100,
    confidenceReason: isSure ? certainty : `${certainty} One point stayed open, though.`,
    replyReason,
    isActionRequired: true,
    isReplyRequired,
    language: 'en',
    uncertainties: isSure ? [] : [doubt],
    createdAt,
    tasks: [taskOf(topic, talk, { agent, endAt, doneAt, createdAt })],
  }
}

interface Heard {
  readonly agent: Person
  readonly endAt: Instant
  /** When the call was understood. */
  readonly createdAt: Instant
  /** When what was agreed was done, where it has been. */
  readonly doneAt: Instant | undefined
}

/** Returns the task that follows from a call: open while something is left to do, closed once done or once the invoice is closed. */
function taskOf(topic: Topic, talk: Talk, { agent, endAt, doneAt, createdAt }: Heard): CallTask {
  const { kind, label, description, done } = outcomes[topic].task
  const isDone = done !== undefined && doneAt !== undefined
  const end = endingOf(talk.entry)
  const closure =
    end && !(isDone && doneAt < end.at)
      ? end
      : isDone
        ? ({ action: 'complete', closeReason: done, at: doneAt } as const)
        : undefined
  return {
    index: 0,
    kind,
    label: render(label, talk),
    description: render(description, talk),
    status: closure ? 'closed' : 'open',
    ...(closure && { action: closure.action, closeReason: closure.closeReason }),
    assignee: agent,
    event: { index: 0, name: 'call.completed', message: `The call about invoice ${talk.number} has ended.`, at: endAt },
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
