import type { Call } from './story.ts'
import type { Scene, Variant } from './letters/letter.ts'
import { say } from './letters/letter.ts'
import type { Topic } from './timeline.ts'

/** Who speaks on a call, and what about. */
export interface Talk extends Scene {
  readonly agentName: string
  /** Whom a wrong contact refers to. */
  readonly otherName: string
  readonly isAutomated: boolean
  readonly isInbound: boolean
}

type Turn = Call['turns'][number]
type Line = (talk: Talk) => string

const agent = (content: string): Turn => ({ role: 'agent', content })
const user = (content: string): Turn => ({ role: 'user', content })
const pick = (talk: Talk, lines: readonly Line[]): string => talk.random.pick(lines)(talk)

const openers: readonly Line[] = [
  ({ agentName, seller, contactName }) =>
    `Hello, ${seller} here, this is ${agentName}. Am I speaking with ${contactName}?`,
  ({ agentName, seller, contactName }) => `Good morning, ${agentName} from ${seller} here; is this ${contactName}?`,
  ({ agentName, seller, contactName }) =>
    `Hi, I am calling from ${seller}, my name is ${agentName}. Could I speak to ${contactName}, please?`,
]

const automatedOpeners: readonly Line[] = [
  ({ seller, agentName, contactName }) =>
    `Hello, this is the automated assistant of ${seller}, calling on behalf of ${agentName}. Am I speaking with ${contactName}?`,
  ({ seller, contactName }) =>
    `Good day, this is ${seller} with its virtual billing assistant. Is this ${contactName}?`,
]

const pickUps: readonly Line[] = [
  () => 'Yes, speaking.',
  ({ contactName }) => `This is ${contactName}, hello.`,
  () => 'Yes, that is me. How can I help?',
  ({ buyer, contactName }) => `Yes, you have reached ${buyer}, ${contactName} speaking.`,
]

const matters: readonly Variant[] = [
  ({ number, open, due, isLate }) =>
    `I am calling about invoice ${number}. Our books show ${open} open, ${isLate ? 'and it was' : 'and it is'} due on ${due}.`,
  ({ number, open, due, isLate }) =>
    `It is about invoice ${number} for ${open}, which ${isLate ? 'was' : 'is'} due on ${due}. Do you have it in front of you?`,
  ({ number, open, due, isLate }) =>
    `We are following up on ${open} for invoice ${number}, ${isLate ? 'overdue since' : 'due on'} ${due}.`,
]

const farewells: readonly Line[] = [
  () => 'Thank you for your time. Goodbye.',
  () => 'Thanks a lot, and have a good day.',
  ({ givenName }) => `Thank you, ${givenName}. Goodbye.`,
]
const byes: readonly Line[] = [() => 'Goodbye.', () => 'Thanks, bye.', () => 'You too, goodbye.']

const opening = (talk: Talk): Turn[] => [
  agent(pick(talk, talk.isAutomated ? automatedOpeners : openers)),
  user(pick(talk, pickUps)),
  agent(say(talk, matters)),
]
const parting = (talk: Talk): Turn[] => [agent(pick(talk, farewells)), user(pick(talk, byes))]

const pledges: readonly Line[] = [
  ({ promised, open }) => `Yes, I see it. It was waiting for an approval. You will have the ${open} by ${promised}.`,
  ({ promised }) => `Right, that one got stuck on a desk here. We can pay it by ${promised}.`,
  ({ promised }) => `I am sorry about that. It is in our next payment run, so the money reaches you by ${promised}.`,
  ({ promised, number }) =>
    `Let me check. Yes, ${number} is approved, and payment is scheduled to arrive by ${promised}.`,
]
const reservedPledges: readonly Line[] = [
  ({ promised }) =>
    `We are still waiting for an answer to our query, but we can pay the part that is not in question by ${promised}.`,
  ({ promised }) => `Part of it is disputed, as you know. What is not in dispute will be paid by ${promised}.`,
]
const repeats: readonly Line[] = [
  ({ promised, number, entry }) =>
    `Thank you. So I note a payment for ${number} by ${promised}${entry.isDisputed ? ', without prejudice to your query' : ''}. Is that correct?`,
  ({ promised }) => `Good. I have put down ${promised} as the payment date. Did I get that right?`,
  ({ promised }) => `That helps. Let me repeat it: payment by ${promised}. Correct?`,
]
const assents: readonly Line[] = [
  () => 'That is right.',
  () => 'Yes, that is correct.',
  () => 'Correct.',
  () => 'Yes, exactly.',
]

const promise = (talk: Talk): Turn[] => [
  ...opening(talk),
  user(pick(talk, talk.entry.isDisputed ? reservedPledges : pledges)),
  agent(pick(talk, repeats)),
  user(pick(talk, assents)),
  ...parting(talk),
]

const complaints: readonly Line[] = [
  ({ claim }) => `We cannot pay it like that. ${claim}`,
  ({ claim }) => `There is a problem with it. ${claim}`,
  ({ claim }) => `I have it on hold. ${claim}`,
]
const assurances: readonly Line[] = [
  ({ number }) => `I see. I will open a case for ${number} and stop the reminders until it is settled.`,
  ({ agentName }) =>
    `Thank you for explaining. ${agentName} will check it against the order and get back to you in writing.`,
  () => 'Understood. We will look into it, and if you are right you will receive a credit note.',
]
const consents: readonly Line[] = [
  () => 'Good, please do. We will pay once that is sorted out.',
  () => 'Thank you. I will wait for your e-mail.',
  () => 'All right. Please send me the outcome.',
]

const dispute = (talk: Talk): Turn[] => {
  const rest = [agent(pick(talk, assurances)), user(pick(talk, consents)), ...parting(talk)]
  return talk.isInbound ? [...complaint(talk), ...rest] : [...opening(talk), user(pick(talk, complaints)), ...rest]
}

const complaint = (talk: Talk): Turn[] => {
  const { agentName, seller, contactName, buyer, number, open, due, isLate } = talk
  return [
    agent(`${seller}, ${agentName} speaking. How can I help you?`),
    user(
      `Hello, this is ${contactName} from ${buyer} about your invoice ${number} for ${open}, ${isLate ? 'which was' : 'which is'} due on ${due}.`,
    ),
    agent('Thank you, I have it on my screen. What can I do for you?'),
    user(pick(talk, complaints)),
  ]
}

const questions: readonly Line[] = [
  () => 'I cannot find it in our system. Could you send me a copy?',
  () => 'It has not reached my desk. Can you e-mail it to me again?',
  ({ entry: { purchaseOrder } }) =>
    purchaseOrder === undefined
      ? 'Which order does it belong to? There is none on it.'
      : `Is that the one for our order ${purchaseOrder}? Then I need a copy, please.`,
  () => 'I would have to check with the person who approves it. Please send me a copy so that I can forward it.',
]
const answers: readonly Line[] = [
  () => 'Certainly, you will have a copy in your inbox within the hour.',
  ({ number }) => `Of course. I will e-mail you ${number} right after this call.`,
  () => 'No problem, I am sending it again right now. When may we expect an answer?',
]
const receipts: readonly Line[] = [
  () => 'Thanks. I cannot name a date yet, but I will get back to you.',
  () => 'Great, I will look at it once it is here.',
  () => 'Perfect. You will hear from me as soon as I know more.',
]

const inquiry = (talk: Talk): Turn[] => [
  ...opening(talk),
  user(pick(talk, questions)),
  agent(pick(talk, answers)),
  user(pick(talk, receipts)),
  ...parting(talk),
]

const redirections: readonly Line[] = [
  ({ otherName }) => `I no longer deal with invoices. Please speak to ${otherName}.`,
  ({ otherName }) => `You have the wrong person for that. ${otherName} looks after payments here.`,
  ({ otherName }) => `That is not on my desk. It would be ${otherName}.`,
]
const updates: readonly Line[] = [
  ({ otherName }) => `Thank you for telling me. I will contact ${otherName} instead.`,
  ({ otherName }) => `Understood, I will write to ${otherName}. Sorry for the interruption.`,
]

const wrongContact = (talk: Talk): Turn[] => [
  ...opening(talk),
  user(pick(talk, redirections)),
  agent(pick(talk, updates)),
  user(pick(talk, byes)),
]

const greetings: readonly Line[] = [
  ({ contactName }) => `You have reached the voicemail of ${contactName}. Please leave a message after the tone.`,
  ({ buyer }) => `You have called ${buyer}, and nobody can take your call at the moment. Please leave a message.`,
  () => 'The person you are calling is not available. Please leave your message after the tone.',
]
const messages: readonly Line[] = [
  ({ agentName, seller, contactName, number, open, due }) =>
    `Hello ${contactName}, this is ${agentName} from ${seller} with a message about invoice ${number} for ${open}, due since ${due}. Please call us back, or let us know by e-mail when we can expect payment. Thank you.`,
  ({ agentName, seller, number, open, due }) =>
    `Good day, this is a message from ${agentName} at ${seller} about ${open} that was due on ${due} under invoice ${number}. Could you please get in touch? Thank you, goodbye.`,
  ({ seller, agentName, number, open, due }) =>
    `Hello, ${seller} calling. Invoice ${number} has been open since ${due}; the amount is ${open}. Please return the call and ask for ${agentName}. Many thanks.`,
]

const noAnswer = (talk: Talk): Turn[] => [user(pick(talk, greetings)), agent(pick(talk, messages))]

const dialogues = { promise, dispute, inquiry, wrongContact, noAnswer } as const satisfies Record<
  Topic,
  (talk: Talk) => Turn[]
>

/** Returns what is said on a call about a topic, turn by turn. */
export const dialogueOf = (topic: Topic, talk: Talk): readonly Turn[] => dialogues[topic](talk)
