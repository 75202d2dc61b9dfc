import { say } from './letter.ts'
import type { Letter, Scene, Variant } from './letter.ts'

const promises: readonly Variant[] = [
  ({ number, open, promised }) =>
    `Thank you for your message about invoice ${number}. We will pay ${open} by ${promised}.`,
  ({ number, open, promised }) => `Invoice ${number} has been approved. You will have the ${open} by ${promised}.`,
  ({ number, open, promised }) =>
    `We have scheduled ${open} for invoice ${number} in our payment run, to reach you by ${promised}.`,
  ({ number, open, promised }) =>
    `Apologies for the delay with invoice ${number}. The ${open} will be paid by ${promised}.`,
  ({ number, open, promised }) => `I can confirm that invoice ${number} over ${open} will be settled by ${promised}.`,
  ({ number, open, promised }) => `Please expect ${open} for invoice ${number} by ${promised}.`,
  ({ number, open, promised }) =>
    `We were waiting for an approval for invoice ${number}; it is here now, and ${open} will go out to you by ${promised}.`,
]

const reserves: readonly Variant[] = [
  ({ number, open, promised }) =>
    `We keep up our query about invoice ${number} (${open} open), but will pay the part that is not in question by ${promised}.`,
  ({ number, open, promised }) =>
    `While our query about invoice ${number} with ${open} open is being looked into, you will have the undisputed part by ${promised}.`,
  ({ number, open, promised }) =>
    `Of the ${open} open for invoice ${number}, we will release what we do not dispute by ${promised}.`,
]

const closings: readonly Variant[] = [
  ({ due, isLate }) =>
    isLate
      ? `We know that it was due on ${due} and thank you for your patience.`
      : `That is in view of the due date, ${due}.`,
  ({ due }) => `Please note the date against the due date of ${due} in your records.`,
  ({ due, isLate }) =>
    isLate ? `Sorry that we missed the due date of ${due}.` : `The due date of ${due} is noted here as well.`,
  ({ due }) => `For our part the due date of ${due} is on file, so no further reminder is needed.`,
  ({ due, isLate }) =>
    isLate ? `The due date of ${due} fell into a week with nobody here to sign.` : `We have ${due} as the due date.`,
]

/** Writes the letter in which a buyer promises to pay by a day. */
export const writePromise = (scene: Scene): Letter => ({
  subject: `Payment date for invoice ${scene.number}`,
  paragraphs: [`${say(scene, scene.entry.isDisputed ? reserves : promises)} ${say(scene, closings)}`],
})

const thanks: readonly Variant[] = [
  ({ number, open, promised }) =>
    `Thank you. We have noted that you will pay invoice ${number}, with ${open} open, by ${promised}.`,
  ({ number, open, promised }) =>
    `Thanks for letting us know; we look forward to your payment for invoice ${number} (${open} open) by ${promised}.`,
  ({ number, open, promised }) =>
    `We have put ${promised} down as your payment date for invoice ${number}, on which ${open} is open.`,
  ({ number, open, promised }) =>
    `That works for us: payment for invoice ${number} by ${promised}. The open amount is ${open}.`,
  ({ number, open, promised }) =>
    `Your payment date of ${promised} for invoice ${number} is recorded. Our books show ${open} open.`,
  ({ number, open, promised }) =>
    `We appreciate your quick answer and will look out for payment of invoice ${number}, currently ${open}, by ${promised}.`,
]

const calls: readonly Variant[] = [
  ({ number, open, promised }) =>
    `As agreed on the telephone, we expect your payment for invoice ${number} (${open} open) by ${promised}.`,
  ({ number, open, promised }) =>
    `Thank you for taking our call. You told us that invoice ${number}, with ${open} open, will be paid by ${promised}.`,
  ({ number, open, promised }) =>
    `This is to confirm our conversation: you will pay invoice ${number} by ${promised}. The open amount is ${open}.`,
  ({ number, open, promised }) =>
    `Following our call we have noted ${promised} as the payment date for invoice ${number}, on which ${open} is open.`,
  ({ number, open, promised }) =>
    `Thanks for your time today. Your payment for invoice ${number}, currently ${open}, is to arrive by ${promised}.`,
  ({ number, open, promised }) =>
    `Further to our call: we have recorded ${promised} for invoice ${number}. Our books show ${open} open.`,
]

const closers: readonly Variant[] = [
  ({ due }) => `The original due date was ${due}; we will send no reminders until the agreed day.`,
  ({ due, number }) => `Please quote ${number} with your payment. The due date on the invoice stays ${due}.`,
  ({ due }) => `We note this as an exception to the due date of ${due}.`,
  ({ due }) => `If the date cannot be kept, please tell us in good time. The due date was set for ${due}.`,
  ({ due }) => `Until then we will hold back reminders that the due date of ${due} would otherwise bring.`,
]

/** Writes the seller's answer to a promise. */
export const writePromiseNoted = (scene: Scene): Letter => ({
  subject: `Our call about invoice ${scene.number}`,
  paragraphs: [
    say(scene, scene.byCall ? calls : thanks) +
      (scene.entry.isDisputed ? ' Your query stays open in the meantime.' : ''),
    say(scene, closers),
  ],
})
