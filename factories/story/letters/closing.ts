import { say } from './letter.ts'
import type { Letter, Scene, Variant } from './letter.ts'

const acknowledgements: readonly Variant[] = [
  ({ number, total, due }) => `Invoice ${number} for ${total} has reached us and is booked for payment on ${due}.`,
  ({ number, total, due }) =>
    `Thank you, we have received invoice ${number} over ${total}. Our records show ${due} as the due date.`,
  ({ number, total, due }) => `Thanks for invoice ${number} (${total}, due ${due}). It is with the approver now.`,
  ({ number, total, due }) => `This is to confirm receipt of invoice ${number} for ${total}, due on ${due}.`,
  ({ number, total, due }) => `We have entered invoice ${number} over ${total} in our system with due date ${due}.`,
  ({ number, total, due }) => `Received with thanks: invoice ${number}, ${total}, due on ${due}.`,
]

const afterwards: readonly Variant[] = [
  () => 'We will get back to you if anything is missing.',
  () => 'No further action is needed from your side.',
  () => 'Please send future invoices to this address as well.',
  ({ order }) =>
    order === undefined
      ? 'If you have an order number for it, please add it next time.'
      : `It has been matched with our purchase order ${order}.`,
]

/** Writes the letter in which a buyer confirms that an invoice has arrived. */
export const writeAcknowledged = (scene: Scene): Letter => ({
  subject: `Receipt of invoice ${scene.number}`,
  paragraphs: [say(scene, acknowledgements), say(scene, afterwards)],
})

const cancellations: readonly Variant[] = [
  ({ number, total, due }) => `We have cancelled invoice ${number} for ${total}, due on ${due}.`,
  ({ number, total, due }) => `Please note that invoice ${number} over ${total} (due ${due}) is void.`,
  ({ number, total, due }) =>
    `Invoice ${number} was issued in error. We have voided it, and the ${total} due on ${due} is no longer payable.`,
  ({ number, total, due }) =>
    `You can disregard invoice ${number} for ${total} with due date ${due}: it has been cancelled.`,
  ({ number, issued, total, due }) => `We withdraw our invoice ${number} of ${issued} over ${total}, due on ${due}.`,
  ({ number, total, due }) =>
    `This is to inform you that invoice ${number} (${total}, due ${due}) has been voided in our books.`,
]

const apologies: readonly Variant[] = [
  () => 'Please do not pay it. We apologise for the inconvenience.',
  () => 'There is nothing for you to pay.',
  () => 'If you have entered it already, please reverse the entry.',
  () => 'Should a new invoice be needed, it will reach you separately.',
]

/** Writes the notice that an invoice has been voided. */
export const writeVoided = (scene: Scene): Letter => ({
  subject: `Invoice ${scene.number} has been cancelled`,
  paragraphs: [say(scene, cancellations), say(scene, apologies)],
})
