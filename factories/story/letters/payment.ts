import { dayAt } from '../date-text.ts'
import { methodText } from '../remarks.ts'
import { say } from './letter.ts'
import type { Letter, Scene, Variant } from './letter.ts'

/** The payment of a scene in words. */
const paid = ({ payment, money, date, entry }: Scene): { amount: string; method: string; on: string } => ({
  amount: money(payment?.amount ?? 0),
  method: methodText(payment?.method ?? 'wire'),
  on: date(dayAt(payment?.at ?? entry.modifiedAt)),
})

/** The payment is in words; the letter is about it. */
type Advice = (scene: Scene, payment: ReturnType<typeof paid>) => string

const advices: readonly Advice[] = [
  ({ number }, { amount, method, on }) =>
    `We are paying ${amount} for your invoice ${number} by ${method}. The payment date is ${on}.`,
  ({ number }, { amount, method, on }) =>
    `Please take note of our payment of ${amount} for invoice ${number}, made by ${method} with payment date ${on}.`,
  ({ number }, { amount, method, on }) => `Remittance advice: ${amount} by ${method} on ${on}, for invoice ${number}.`,
  ({ number }, { amount, method, on }) =>
    `Your invoice ${number} is in our payment run: ${amount} by ${method}, payment date ${on}.`,
  ({ number }, { amount, method, on }) =>
    `This is to let you know that ${amount} for invoice ${number} will reach you by ${method} on ${on}.`,
  ({ number }, { amount, method, on }) =>
    `We have released a payment for invoice ${number}. You should see ${amount} by ${method} on ${on}.`,
]

const requests: readonly Variant[] = [
  ({ due }) => `Please allocate it to the invoice with due date ${due}.`,
  ({ due }) => `Kindly confirm receipt; it is for the item due on ${due}.`,
  ({ total, due }) => `The invoice total is ${total}, due on ${due}.`,
  ({ number, due }) => `The reference on the payment is ${number}. Due date: ${due}.`,
  ({ due }) => `Your invoice was due on ${due} according to our books; please tell us if yours say otherwise.`,
]

/** Writes the letter in which a buyer announces a payment. */
export const writeRemittance = (scene: Scene): Letter => ({
  subject: `Remittance advice for invoice ${scene.number}`,
  paragraphs: [scene.random.pick(advices)(scene, paid(scene)), say(scene, requests.slice(0, scene.isLate ? 5 : 4))],
})

const thanks: readonly Advice[] = [
  ({ number }, { amount, on }) =>
    `Thank you for your payment of ${amount}, which we received on ${on} for invoice ${number}.`,
  ({ number }, { amount, on }) => `We confirm receipt of ${amount} for invoice ${number} on ${on}.`,
  ({ number }, { amount, method, on }) =>
    `Your payment of ${amount} by ${method} for invoice ${number} arrived on ${on}. Thank you!`,
  ({ number }, { amount, on }) => `This is your receipt: ${amount} for invoice ${number}, received on ${on}.`,
  ({ number }, { amount, method, on }) =>
    `Many thanks. We have booked ${amount}, received by ${method} on ${on}, against invoice ${number}.`,
  ({ number }, { amount, on }) => `Good news for both of our books: ${amount} for invoice ${number} came in on ${on}.`,
]

const settled: readonly Variant[] = [
  ({ due }) => `The invoice, due on ${due}, is now paid in full.`,
  ({ due }) => `Nothing remains open on it. The due date was ${due}.`,
  ({ total, due }) => `With this, the total of ${total} (due ${due}) is settled.`,
  ({ due }) => `We have closed the invoice with due date ${due}.`,
  ({ due }) => `There is nothing more to pay on the item due ${due}.`,
]

const remaining: readonly Variant[] = [
  ({ open, due }) => `After this payment ${open} remains open, due on ${due}.`,
  ({ open, total, due }) =>
    `Of the total of ${total}, ${open} is still to come. The due date on the invoice is ${due}.`,
  ({ open, due }) => `The remaining balance is ${open}, due on ${due}.`,
  ({ open, due }) => `That leaves ${open} to pay on the invoice due ${due}.`,
]

const surplus: readonly Variant[] = [
  ({ owed, money, due }) => `You have paid more than was due on ${due}: ${money(-owed)} stands to your credit.`,
  ({ owed, money, due }) => `This leaves a credit of ${money(-owed)} on your account. The due date was ${due}.`,
]

/** Writes the seller's receipt for a payment, and says what remains. */
export const writeReceipt = (scene: Scene): Letter => ({
  subject: `Payment received for invoice ${scene.number}`,
  paragraphs: [
    scene.random.pick(thanks)(scene, paid(scene)),
    say(scene, scene.owed > 0 ? remaining : scene.owed < 0 ? surplus : settled),
  ],
})

const orders: readonly Variant[] = [
  ({ number, open, due }) => `We have ordered the payment of ${open} for your invoice ${number}, due on ${due}.`,
  ({ number, open, due }) => `Invoice ${number} (due ${due}) has gone into today’s payment run with ${open}.`,
  ({ number, open, due }) => `Our bank is processing ${open} for invoice ${number} with due date ${due}.`,
  ({ number, open, due }) => `Payment of invoice ${number}, due on ${due}, has been released: ${open} is on its way.`,
  ({ number, open, due }) => `You will receive ${open} for invoice ${number} shortly. Its due date is ${due}.`,
  ({ number, open, due }) =>
    `Just to keep you posted: ${open} for invoice ${number}, due ${due}, has been approved and sent to the bank.`,
]

const patience: readonly Variant[] = [
  () => 'It usually takes one to two working days to arrive.',
  () => 'Please allow two working days for the transfer.',
  () => 'A remittance advice will follow from our bank.',
  () => 'Please let us know if it has not arrived by the end of the week.',
]

/** Writes the letter in which a buyer says that payment has been ordered. */
export const writeOrdered = (scene: Scene): Letter => ({
  subject: `Payment of invoice ${scene.number} is on its way`,
  paragraphs: [say(scene, orders), say(scene, patience)],
})
