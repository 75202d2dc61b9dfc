import { say } from './letter.ts'
import type { Letter, Scene, Variant } from './letter.ts'

const dueClause = ({ isLate, due }: Scene): string => (isLate ? `which was due on ${due}` : `which is due on ${due}`)

const openings: readonly Variant[] = [
  (scene) =>
    `We have checked invoice ${scene.number} for ${scene.total}, ${dueClause(scene)}, and cannot approve it as it stands.`,
  (scene) =>
    `We are writing about invoice ${scene.number} over ${scene.total}, ${dueClause(scene)}. It does not agree with our records.`,
  (scene) => `There is a problem with invoice ${scene.number} (${scene.total}), ${dueClause(scene)}.`,
  (scene) =>
    `Our review of invoice ${scene.number} for ${scene.total}, ${dueClause(scene)}, has turned up a difference.`,
  (scene) => `We have to query invoice ${scene.number} over ${scene.total}, ${dueClause(scene)}.`,
  (scene) => `Invoice ${scene.number} for ${scene.total}, ${dueClause(scene)}, is on hold on our side.`,
]

const closings: readonly Variant[] = [
  () => 'Please send us a corrected invoice or a credit note.',
  () => 'Could you look into this and get back to us? Until then we cannot release the payment.',
  () => 'Please check and let us have a credit note for the difference.',
  () => 'We will pay as soon as this has been put right.',
  ({ order }) =>
    order === undefined
      ? 'Please send us the papers on which you based this.'
      : `Please compare it with our purchase order ${order} and let us know.`,
  () => 'Kindly clarify, and suspend reminders in the meantime.',
]

/** Writes the letter in which a buyer disputes an invoice. */
export const writeDispute = (scene: Scene): Letter => ({
  subject: `Query about invoice ${scene.number}`,
  paragraphs: [`${say(scene, openings)} ${scene.claim}`, say(scene, closings)],
})

const thanks: readonly Variant[] = [
  (scene) =>
    `Thank you for telling us about the problem with invoice ${scene.number} for ${scene.total}, ${dueClause(scene)}.`,
  (scene) => `We have received your query about invoice ${scene.number} over ${scene.total}, ${dueClause(scene)}.`,
  (scene) =>
    `Thanks for your message. We have opened a case for invoice ${scene.number} (${scene.total}), ${dueClause(scene)}.`,
  (scene) => `We are sorry for the trouble with invoice ${scene.number} for ${scene.total}, ${dueClause(scene)}.`,
  (scene) => `Your objection to invoice ${scene.number} over ${scene.total}, ${dueClause(scene)}, has been recorded.`,
  (scene) => `We have taken up your question about invoice ${scene.number} for ${scene.total}, ${dueClause(scene)}.`,
]

const calls: readonly Variant[] = [
  (scene) =>
    `Thank you for speaking with us today about invoice ${scene.number} for ${scene.total}, ${dueClause(scene)}.`,
  (scene) =>
    `As discussed on the telephone, we have opened a case for invoice ${scene.number} over ${scene.total}, ${dueClause(scene)}.`,
  (scene) => `This is to confirm our call about invoice ${scene.number} (${scene.total}), ${dueClause(scene)}.`,
  (scene) =>
    `Following our conversation, here is what we have noted about invoice ${scene.number} for ${scene.total}, ${dueClause(scene)}.`,
  (scene) =>
    `Thanks for your time on the telephone. We have recorded your objection to invoice ${scene.number} over ${scene.total}, ${dueClause(scene)}.`,
  (scene) =>
    `Further to our call, your query about invoice ${scene.number} for ${scene.total}, ${dueClause(scene)}, is being looked into.`,
]

const next: readonly Variant[] = [
  () => 'We are checking this with our operations team and will come back to you within two working days.',
  () => 'We will compare it with the order and the delivery papers, and let you know what we find.',
  () => 'Reminders for this invoice are suspended until the matter is settled.',
  () => 'If you have papers that help us, please send them in reply to this e-mail.',
  () => 'Should you be right, you will receive a credit note for the difference.',
  () => 'You will hear from us as soon as we know more.',
]

/** Writes the seller's answer to a dispute. */
export const writeDisputeNoted = (scene: Scene): Letter => ({
  subject: `Our call about invoice ${scene.number}`,
  paragraphs: [say(scene, scene.byCall ? calls : thanks), `Our note reads: ${scene.report}`, say(scene, next)],
})
