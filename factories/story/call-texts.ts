// The sentences of calls about an invoice, and the outcome of each sort of call.

import type { Variant } from './letter-texts.ts'
import type { Call } from './story.ts'
import type { Topic } from './timeline.ts'

/** What is said on calls about an invoice: one of each list is taken. Names of facts stand in braces. */
export const callTexts = {
  openers: [
    'Hello, {seller} here, this is {agentName}. Am I speaking with {contactName}?',
    'Good morning, {agentName} from {seller} here; is this {contactName}?',
    'Hi, I am calling from {seller}, my name is {agentName}. Could I speak to {contactName}, please?',
  ],
  automatedOpeners: [
    'Hello, this is the automated assistant of {seller}, calling on behalf of {agentName}. Am I speaking with {contactName}?',
    'Good day, this is {seller} with its virtual billing assistant. Is this {contactName}?',
  ],
  pickUps: [
    'Yes, speaking.',
    'This is {contactName}, hello.',
    'Yes, that is me. How can I help?',
    'Yes, you have reached {buyer}, {contactName} speaking.',
  ],
  matters: [
    'I am calling about invoice {number}. Our books show {open} open, and it {was} due on {due}.',
    'It is about invoice {number} for {open}, which {was} due on {due}. Do you have it in front of you?',
    'We are following up on {open} for invoice {number}, {dueSince} {due}.',
  ],
  farewells: [
    'Thank you for your time. Goodbye.',
    'Thanks a lot, and have a good day.',
    'Thank you, {givenName}. Goodbye.',
  ],
  byes: ['Goodbye.', 'Thanks, bye.', 'You too, goodbye.'],
  pledges: [
    'Yes, I see it. It was waiting for an approval. You will have the {open} by {promised}.',
    'Right, that one got stuck on a desk here. We can pay it by {promised}.',
    'I am sorry about that. It is in our next payment run, so the money reaches you by {promised}.',
    'Let me check. Yes, {number} is approved, and payment is scheduled to arrive by {promised}.',
  ],
  reservedPledges: [
    'We are still waiting for an answer to our query, but we can pay the part that is not in question by {promised}.',
    'Part of it is disputed, as you know. What is not in dispute will be paid by {promised}.',
  ],
  repeats: [
    'Thank you. So I note a payment for {number} by {promised}{reservation}. Is that correct?',
    'Good. I have put down {promised} as the payment date. Did I get that right?',
    'That helps. Let me repeat it: payment by {promised}. Correct?',
  ],
  assents: ['That is right.', 'Yes, that is correct.', 'Correct.', 'Yes, exactly.'],
  complaints: [
    'We cannot pay it like that. {claim}',
    'There is a problem with it. {claim}',
    'I have it on hold. {claim}',
  ],
  assurances: [
    'I see. I will open a case for {number} and stop the reminders until it is settled.',
    'Thank you for explaining. {agentName} will check it against the order and get back to you in writing.',
    'Understood. We will look into it, and if you are right you will receive a credit note.',
  ],
  consents: [
    'Good, please do. We will pay once that is sorted out.',
    'Thank you. I will wait for your e-mail.',
    'All right. Please send me the outcome.',
  ],
  questions: [
    'I cannot find it in our system. Could you send me a copy?',
    'It has not reached my desk. Can you e-mail it to me again?',
    ({ order }) =>
      order === undefined
        ? 'Which order does it belong to? There is none on it.'
        : 'Is that the one for our order {order}? Then I need a copy, please.',
    'I would have to check with the person who approves it. Please send me a copy so that I can forward it.',
  ],
  answers: [
    'Certainly, you will have a copy in your inbox within the hour.',
    'Of course. I will e-mail you {number} right after this call.',
    'No problem, I am sending it again right now. When may we expect an answer?',
  ],
  receipts: [
    'Thanks. I cannot name a date yet, but I will get back to you.',
    'Great, I will look at it once it is here.',
    'Perfect. You will hear from me as soon as I know more.',
  ],
  redirections: [
    'I no longer deal with invoices. Please speak to {otherName}.',
    'You have the wrong person for that. {otherName} looks after payments here.',
    'That is not on my desk. It would be {otherName}.',
  ],
  updates: [
    'Thank you for telling me. I will contact {otherName} instead.',
    'Understood, I will write to {otherName}. Sorry for the interruption.',
  ],
  greetings: [
    'You have reached the voicemail of {contactName}. Please leave a message after the tone.',
    'You have called {buyer}, and nobody can take your call at the moment. Please leave a message.',
    'The person you are calling is not available. Please leave your message after the tone.',
  ],
  messages: [
    'Hello {contactName}, this is {agentName} from {seller} with a message about invoice {number} for {open}, due since {due}. Please call us back, or let us know by e-mail when we can expect payment. Thank you.',
    'Good day, this is a message from {agentName} at {seller} about {open} that was due on {due} under invoice {number}. Could you please get in touch? Thank you, goodbye.',
    'Hello, {seller} calling. Invoice {number} has been open since {due}; the amount is {open}. Please return the call and ask for {agentName}. Many thanks.',
  ],
} as const satisfies Readonly<Record<string, readonly Variant[]>>

/** How a call begins that the buyer makes. */
export const inboundTexts = {
  greeting: '{seller}, {agentName} speaking. How can I help you?',
  matter: 'Hello, this is {contactName} from {buyer} about your invoice {number} for {open}, which {was} due on {due}.',
  prompt: 'Thank you, I have it on my screen. What can I do for you?',
}

/** What a call about a topic comes to. */
interface Outcome {
  readonly summary: string
  readonly sentiments: readonly Call['sentiment'][]
  readonly finding: {
    readonly kind: string
    readonly reason: string
    readonly recommendation: string
    readonly replyReason: string
    readonly isReplyRequired: boolean
    /** What may have remained unclear. */
    readonly doubts: readonly string[]
    /** What the finding rests on where nothing remained unclear. */
    readonly certainty: string
  }
  readonly task: {
    readonly kind: string
    readonly label: string
    readonly description: string
    /** Why it is closed once done; missing where only the end of the matter closes it. */
    readonly done?: string
  }
}

export const outcomes: Readonly<Record<Topic, Outcome>> = {
  promise: {
    summary:
      '{contactName} of {buyer} promised to pay {undisputed}invoice {number} ({open} open, due {due}) by {promised}.',
    sentiments: ['positive', 'positive', 'neutral'],
    finding: {
      kind: 'promise_to_pay',
      reason: '{contactName} named {promised} as the payment date for invoice {number} ({open} open, due {due}).',
      recommendation: 'Hold back reminders, and check for the payment on {promised}.',
      replyReason: 'The buyer named a payment date; a written confirmation is enough.',
      isReplyRequired: false,
      doubts: ['It was not said from which account the payment will come.', 'The payment method was not mentioned.'],
      certainty: 'The payment date was stated and confirmed when repeated.',
    },
    task: {
      kind: 'promise_to_pay',
      label: 'Check for payment by {promised}',
      description:
        '{buyer} promised to pay invoice {number} ({open} open, due {due}) by {promised}. Check that the money has arrived.',
    },
  },
  dispute: {
    summary: '{contactName} of {buyer} disputes invoice {number} ({open} open, due {due}). {report}',
    sentiments: ['negative', 'negative', 'neutral'],
    finding: {
      kind: 'dispute',
      reason: '{contactName} disputes invoice {number} ({open} open, due {due}). {report}',
      recommendation: 'Compare the line with order and delivery papers, and answer in writing.',
      replyReason: 'The buyer waits for an answer to the objection.',
      isReplyRequired: true,
      doubts: [
        'No papers have been sent for the objection yet.',
        'It was not said whether the rest of the invoice is accepted.',
      ],
      certainty: 'The line and the difference were named.',
    },
    task: {
      kind: 'dispute',
      label: 'Resolve dispute about invoice {number}',
      description: 'Invoice {number}, due {due}, is disputed. {report}',
    },
  },
  inquiry: {
    summary:
      '{contactName} of {buyer} asked for a copy of invoice {number} ({open}, due {due}) and named no payment date.',
    sentiments: ['neutral', 'neutral', 'positive'],
    finding: {
      kind: 'payment_inquiry',
      reason: '{contactName} asked about invoice {number} ({open}, due {due}) and named no payment date.',
      recommendation: 'Send a copy of invoice {number}, and ask for a payment date.',
      replyReason: 'The buyer asked for a copy of the invoice.',
      isReplyRequired: true,
      doubts: ['It remained open who approves the invoice.', 'It is not clear when the invoice will be paid.'],
      certainty: 'The request was made in so many words.',
    },
    task: {
      kind: 'payment_inquiry',
      label: 'Send copy of invoice {number}',
      description: 'Send {contactName} a copy of invoice {number} ({open}, due {due}), and ask for a payment date.',
      done: 'The copy has been sent.',
    },
  },
  wrongContact: {
    summary:
      '{contactName} of {buyer} is not in charge of invoice {number} ({open}, due {due}) and referred to {otherName}.',
    sentiments: ['neutral', 'neutral', 'negative'],
    finding: {
      kind: 'wrong_contact',
      reason: '{contactName} does not deal with invoice {number} ({open}, due {due}) and referred to {otherName}.',
      recommendation: 'Contact {otherName} instead.',
      replyReason: 'Nothing was asked; the right contact has to be approached instead.',
      isReplyRequired: false,
      doubts: [
        'It was not said whether the new contact knows of the invoice.',
        'The direct number of the new contact is not known.',
      ],
      certainty: 'The person called said so and named somebody else.',
    },
    task: {
      kind: 'wrong_contact',
      label: 'Contact {otherName} instead',
      description: 'Write to {otherName} of {buyer} about invoice {number} ({open}, due {due}).',
      done: 'The right contact has been written to.',
    },
  },
  noAnswer: {
    summary:
      'Nobody answered at {buyer}; a message about invoice {number} ({open}, due {due}) was left for {contactName}.',
    sentiments: ['neutral'],
    finding: {
      kind: 'no_answer',
      reason: 'The call to {contactName} about invoice {number} ({open}, due {due}) reached a voicemail box.',
      recommendation: 'Call again on another day, at another hour.',
      replyReason: 'Nobody was reached, so there is nothing to answer.',
      isReplyRequired: false,
      doubts: ['It is not certain that the message was heard.', 'The mailbox may belong to somebody else.'],
      certainty: 'A recorded greeting was followed by a tone.',
    },
    task: {
      kind: 'activity_summary_outreach',
      label: 'Call {contactName} again',
      description: 'Nobody answered. Try {contactName} again about invoice {number} ({open}, due {due}).',
      done: 'The contact has been reached.',
    },
  },
}
