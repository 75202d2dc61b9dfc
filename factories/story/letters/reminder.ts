import type { Level } from '../timeline.ts'
import { factsBlock, say } from './letter.ts'
import type { Letter, Scene, Variant } from './letter.ts'

const courtesies: readonly Variant[] = [
  ({ number, open, due }) => `This is a friendly note that invoice ${number} for ${open} is due on ${due}.`,
  ({ number, open, due }) => `Just a heads-up: invoice ${number} over ${open} falls due on ${due}.`,
  ({ number, open, due }) => `We would like to remind you that ${open} for invoice ${number} will be due on ${due}.`,
  ({ number, open, due }) => `Invoice ${number} is coming up for payment: ${open}, due on ${due}.`,
  ({ number, open, due }) => `In a few days, on ${due}, invoice ${number} for ${open} is due.`,
  ({ number, open, due }) =>
    `May we draw your attention to invoice ${number}? The amount of ${open} is payable by ${due}.`,
]

const afterCourtesies: readonly Variant[] = [
  () => 'If payment is already on its way, please ignore this message.',
  () => 'A copy is attached for your convenience.',
  () => 'Please let us know if anything keeps you from paying on time.',
  () => 'There is nothing else you need to do.',
  () => 'If you need a copy for another department, simply forward this e-mail.',
]

const first: readonly Variant[] = [
  ({ number, open, due }) =>
    `According to our records, invoice ${number} for ${open} was due on ${due} and has not been paid yet.`,
  ({ number, open, due }) => `It may have slipped through: invoice ${number} over ${open} was due on ${due}.`,
  ({ number, open, due }) => `We have not yet received ${open} for invoice ${number}, which was due on ${due}.`,
  ({ number, open, due }) => `Invoice ${number} has passed its due date of ${due}. The open amount is ${open}.`,
  ({ number, open, due }) => `A quick reminder that ${open} for invoice ${number} has been due since ${due}.`,
  ({ number, open, due }) => `Our accounts still show ${open} open for invoice ${number}, due on ${due}.`,
]

const afterFirst: readonly Variant[] = [
  () => 'If you have paid in the meantime, please disregard this reminder.',
  () => 'Could you let us know when we can expect payment?',
  () => 'If there is a problem with the invoice, please tell us so that we can sort it out.',
  () => 'We would be grateful if you could arrange payment in the next few days.',
  () => 'A copy of the invoice is attached in case you need it.',
]

const second: readonly Variant[] = [
  ({ number, open, due }) =>
    `Despite our earlier message, invoice ${number} for ${open} remains unpaid. It was due on ${due}.`,
  ({ number, open, due }) =>
    `This is our second reminder for invoice ${number}: ${open} has been overdue since ${due}.`,
  ({ number, open, due }) =>
    `We wrote to you about invoice ${number}, due on ${due}, and the payment is still missing. The open amount is ${open}.`,
  ({ number, open, due }) => `The amount of ${open} for invoice ${number} is now well past its due date of ${due}.`,
  ({ number, open, due }) => `Invoice ${number}, due on ${due}, is still open in our books with ${open}.`,
  ({ number, open, due }) => `We are still waiting for ${open} that was payable on ${due} under invoice ${number}.`,
]

const afterSecond: readonly Variant[] = [
  () => 'Please pay within seven days, or tell us today what is holding up the payment.',
  () => 'Please confirm by return the date on which you will pay.',
  () => 'We ask you to settle the amount within one week.',
  () => 'If the invoice is in question, please name the lines concerned so that we can look into them.',
  () => 'Please treat this as a priority, and send us the payment date.',
]

const third: readonly Variant[] = [
  ({ number, open, due }) => `This is our final reminder for invoice ${number}. ${open} has been overdue since ${due}.`,
  ({ number, open, due }) =>
    `Invoice ${number} was due on ${due}. In spite of several reminders, ${open} is still outstanding.`,
  ({ number, open, due }) =>
    `We must ask you for immediate payment of ${open} for invoice ${number}, which was due on ${due}.`,
  ({ number, open, due }) => `Final notice: ${open} under invoice ${number}, due on ${due}, has still not reached us.`,
  ({ number, open, due }) =>
    `Our reminders about invoice ${number}, due on ${due}, have not settled it. We ask for ${open} without further delay.`,
  ({ number, open, due }) => `The matter of invoice ${number} can no longer wait: ${open} was payable by ${due}.`,
]

const afterThird: readonly Variant[] = [
  () =>
    'If we do not receive payment within five working days, we will suspend further deliveries and pass the claim on for collection.',
  () => 'Unless the amount arrives within five working days, your account will be put on hold.',
  () => 'Please pay at once. After five working days we will hand the claim to a collection agency.',
  () => 'We would regret having to take further steps, and will do so if there is no payment within five working days.',
  () => 'Please call us today if you cannot pay the full amount, so that we can agree on instalments.',
]

const broken: readonly Variant[] = [
  ({ number, open, due, promised }) =>
    `You told us that invoice ${number}, due on ${due}, would be paid by ${promised}. We have not received the ${open}.`,
  ({ number, open, due, promised }) =>
    `The payment of ${open} that you announced for ${promised} has not arrived. Invoice ${number} has been overdue since ${due}.`,
  ({ number, open, due, promised }) =>
    `We relied on your word that ${open} for invoice ${number} (due ${due}) would reach us by ${promised}, and must ask again.`,
  ({ number, open, due, promised }) =>
    `Your promised payment date for invoice ${number}, ${promised}, has passed. ${open} is still open; the due date was ${due}.`,
  ({ number, open, due, promised }) =>
    `On ${promised} we expected ${open} from you for invoice ${number}, which was due on ${due}. It has not come in so far.`,
  ({ number, open, due, promised }) =>
    `Could you check what happened to your payment for invoice ${number}? You had named ${promised}, the due date was ${due}, and ${open} is missing.`,
]

const steps = {
  0: {
    openings: courtesies,
    closings: afterCourtesies,
    subject: ({ number, due }: Scene) => `Invoice ${number} is due on ${due}`,
  },
  1: {
    openings: first,
    closings: afterFirst,
    subject: ({ number }: Scene) => `Reminder: invoice ${number} is past due`,
  },
  2: {
    openings: second,
    closings: afterSecond,
    subject: ({ number }: Scene) => `Second reminder: invoice ${number} is overdue`,
  },
  3: { openings: third, closings: afterThird, subject: ({ number }: Scene) => `Final reminder: invoice ${number}` },
  promise: {
    openings: broken,
    closings: afterSecond,
    subject: ({ number }: Scene) => `Missed payment date for invoice ${number}`,
  },
} as const

/** Returns the writer of reminders of a level: 0 before the due date, 1 to 3 ever firmer after it, `promise` after a broken promise. */
export const reminderWriter =
  (level: 0 | Level | 'promise') =>
  (scene: Scene): Letter => {
    const { openings, closings, subject } = steps[level]
    const part = partly(scene)
    const facts = scene.random.chance(0.3) ? [factsBlock(scene, 'Invoice amount')] : []
    return { subject: subject(scene), paragraphs: [say(scene, openings) + part, ...facts, say(scene, closings)] }
  }

const partly = ({ owed, entry, total }: Scene): string =>
  owed < entry.total ? ` Of the total of ${total}, the rest has been settled.` : ''
