import type { Frame } from '../plan/frame.ts'
import { inside } from './reference.ts'

/** What the ledger says of e-mails and files. */
export const papers = {
  'email.id': (frame: Frame) => inside(frame, frame.email.index),
  'email.sentAt': ({ email }: Frame) => (email.status === 'draft' ? undefined : email.sentAt),
  'file.id': (frame: Frame) => inside(frame, frame.file.index),
}
