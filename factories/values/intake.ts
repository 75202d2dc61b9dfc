import type { Frame } from '../plan/frame.ts'

const intakeChange = ({ transition }: Frame, end: 'from' | 'to'): string | undefined =>
  transition.debug ? transition[end] : undefined

/** What the ledger says of claims and messages. */
export const intake = {
  'lease.token': ({ lease }: Frame) => lease.key,
  'claim.leases': ({ page }: Frame) => page.leases,
  'transition.changed': ({ transition }: Frame) => transition.from !== transition.to,
  'transition.repeated': ({ transition }: Frame) => transition.from === transition.to,
  'transition.reason': () => undefined,
  'transition.fromCode': (frame: Frame) => intakeChange(frame, 'from'),
  'transition.toCode': (frame: Frame) => intakeChange(frame, 'to'),
  'message.id': ({ message }: Frame) => message.key,
  'message.tier': ({ message, page }: Frame) => message?.tier ?? page.tier,
  'message.actorId': () => undefined,
}
