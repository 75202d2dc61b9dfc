import { say } from './letter.ts'
import type { Letter, Scene, Variant } from './letter.ts'

const copies: readonly Variant[] = [
  ({ number, open, due }) =>
    `As promised on the telephone, here is a copy of invoice ${number}. ${open} is open, due since ${due}.`,
  ({ number, open, due }) =>
    `Thank you for speaking with us. Attached is invoice ${number} once more; the open amount is ${open}, and the due date was ${due}.`,
  ({ number, open, due }) =>
    `Following our call, please find invoice ${number} attached again. It was due on ${due}, with ${open} open.`,
  ({ number, open, due }) =>
    `Here is the copy of invoice ${number} that you asked for, with ${open} open since ${due}.`,
  ({ number, open, due }) =>
    `You asked for a copy of invoice ${number}, due on ${due}. It is attached; please note the open amount of ${open}.`,
  ({ number, open, due }) =>
    `Further to our call: invoice ${number} is attached. Our books show ${open} open and a due date of ${due}.`,
]

const requests: readonly Variant[] = [
  () => 'Please let us know the payment date once it has been approved.',
  () => 'Could you tell us by the end of the week when it will be paid?',
  () => 'Please confirm that it has reached you this time.',
  () => 'We look forward to hearing from you.',
]

/** Writes the letter with the copy that was asked for on a call. */
export const writeCopy = (scene: Scene): Letter => ({
  subject: `Copy of invoice ${scene.number}`,
  paragraphs: [say(scene, copies), say(scene, requests)],
})

const introductions: readonly Variant[] = [
  ({ contactName, number, open, due }) =>
    `${contactName} referred us to you about invoice ${number}, which was due on ${due}. The open amount is ${open}.`,
  ({ contactName, number, open, due }) =>
    `We spoke to ${contactName}, who told us that you look after payments. Invoice ${number} with ${open} open was due on ${due}.`,
  ({ contactName, number, open, due }) =>
    `Your colleague ${contactName} gave us your name. It is about invoice ${number}: ${open}, due since ${due}.`,
  ({ contactName, number, open, due }) =>
    `We understand from ${contactName} that invoice ${number}, due on ${due}, is in your hands. ${open} is still open.`,
  ({ contactName, number, open, due }) =>
    `On the telephone ${contactName} asked us to write to you about ${open} for invoice ${number}, due on ${due}.`,
  ({ contactName, number, open, due }) =>
    `We had written to ${contactName} about invoice ${number} and learnt that you are in charge. It was due on ${due}, and ${open} is open.`,
]

const questions: readonly Variant[] = [
  () => 'A copy is attached. Could you tell us when we can expect payment?',
  () => 'Please find a copy attached, and let us know the payment date.',
  () => 'You will find the invoice attached. Please tell us if anything is missing.',
  () => 'We have attached the invoice and would be grateful for a short answer.',
]

/** Writes the letter to the person whom a wrong contact has named. */
export const writeReferred = (scene: Scene): Letter => ({
  subject: `Invoice ${scene.number}, overdue since ${scene.due}`,
  paragraphs: [say(scene, introductions), say(scene, questions)],
})
