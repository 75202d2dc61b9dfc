import { factsBlock, say } from './letter.ts'
import type { Letter, Scene, Variant } from './letter.ts'

const openings: readonly Variant[] = [
  ({ number, total, due }) => `Please find attached invoice ${number} for ${total}, due on ${due}.`,
  ({ number, total, due }) => `Invoice ${number} over ${total} is attached. Payment is due on ${due}.`,
  ({ number, issued, total, due }) =>
    `Thank you for your business. We have attached invoice ${number} of ${issued} for ${total}, payable by ${due}.`,
  ({ number, total, due }) => `Your invoice ${number} is ready: the total is ${total}, and payment is due on ${due}.`,
  ({ number, issued, total, due }) =>
    `We are sending you invoice ${number}, issued on ${issued}. It comes to ${total} and falls due on ${due}.`,
  ({ number, total, due }) =>
    `Attached you will find our invoice ${number} in the amount of ${total}. We kindly ask for payment by ${due}.`,
  ({ number, total, due }) => `With this e-mail you receive invoice ${number} for ${total}; please pay it by ${due}.`,
]

const credits: readonly Variant[] = [
  ({ number, issued, total, due }) =>
    `Please find attached ${number} of ${issued}. It comes to ${total}, dated ${due}, so there is nothing for you to pay.`,
  ({ number, total, due }) => `We have attached ${number}, which shows ${total} as of ${due}. No payment is needed.`,
  ({ number, total, due }) =>
    `${number} over ${total} is attached, with ${due} as its value date. You need not do anything.`,
]

const orders: readonly Variant[] = [
  ({ order }) => `It refers to your purchase order ${order}.`,
  ({ order }) => `Your purchase order ${order} is quoted on the invoice.`,
  ({ order }) => `We have billed it against your purchase order ${order}.`,
]

const closings: readonly Variant[] = [
  ({ number }) => `Please quote ${number} with your payment so that we can match it at once.`,
  () => 'If anything is missing or unclear, just reply to this e-mail.',
  () => 'Our bank details are on the last page of the invoice.',
  ({ seller }) => `Thank you for working with ${seller}; please get in touch if you have any questions.`,
  () => 'Should your accounts payable team need it in another format, let us know.',
  ({ number }) => `Please use the reference ${number} when you pay.`,
]

/** Writes the letter an invoice is sent with. */
export function writeIssued(scene: Scene): Letter {
  const subject = `Invoice ${scene.number} from ${scene.seller}`
  if (scene.entry.total <= 0) return { subject, paragraphs: [say(scene, credits), factsBlock(scene, 'Amount')] }
  const covers = coverage(scene)
  const isTabular = scene.random.chance(0.5)
  const order = scene.order === undefined || isTabular ? '' : ` ${say(scene, orders)}`
  const paragraphs = [
    `${say(scene, openings)}${order}`,
    ...(isTabular ? [factsBlock(scene)] : []),
    ...(covers === undefined ? [] : [covers]),
    say(scene, closings),
  ]
  return { subject, paragraphs }
}

/** Names what is billed, in every other letter. */
function coverage({ entry: { lines }, random }: Scene): string | undefined {
  const [first] = lines
  if (!first || random.chance(0.5)) return undefined
  const others = lines.length - 1
  if (others === 0) return `It covers “${first.name}”.`
  return `It covers “${first.name}” and ${others === 1 ? 'one more item' : `${others} more items`}.`
}
