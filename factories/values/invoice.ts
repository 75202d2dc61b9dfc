import { assigneeOf } from '../story/assignee.ts'
import type { Address, Entry } from '../ledger/entry.ts'
import { integrationOf } from '../ledger/platform.ts'
import type { Frame } from '../plan/frame.ts'
import type { StoryFile } from '../story/story.ts'
import { idOf, inside, publicUrl } from './reference.ts'

const lastOutreach = ({ story }: Frame): { at: number; channel: 'email' | 'call'; to: string } | undefined => {
  const email = story.emails.findLast(({ direction, status }) => direction === 'outbound' && status === 'sent')
  const call = story.calls.findLast(({ direction }) => direction === 'outbound')
  if (call && (!email || call.startAt > email.sentAt)) return { at: call.startAt, channel: 'call', to: call.to }
  return email && { at: email.sentAt, channel: 'email', to: email.to[0] as string }
}

const lastInbound = ({ story }: Frame): number | undefined => {
  const email = story.emails.findLast(({ direction }) => direction === 'inbound')
  const call = story.calls.findLast(({ direction }) => direction === 'inbound')
  return email || call ? Math.max(email?.sentAt ?? 0, call?.startAt ?? 0) : undefined
}

/** The invoice's PDF is the first file captured of it; a draft has none yet. */
const pdf = ({ story, invoice }: Frame): StoryFile | undefined =>
  invoice.status === 'draft' ? undefined : story.files.find(({ mediaType }) => mediaType === 'application/pdf')

const addresses = ({ seller, buyer }: Entry): Address[] => [seller.address, buyer.address, buyer.shippingAddress]

/** What the ledger says of an invoice. */
export const invoice = {
  'invoice.id': ({ invoice: { index } }: Frame) => index,
  'invoice.remoteId': (frame: Frame) => idOf(frame, 'remote invoice', frame.invoice.index),
  'invoice.terms': ({ invoice: { terms } }: Frame) => (terms === 0 ? 'Due on receipt' : `${terms} days net`),
  'invoice.period.start': ({ invoice: { periodStart } }: Frame) => periodStart,
  'invoice.period.end': ({ invoice: { periodEnd } }: Frame) => periodEnd,
  'invoice.payable': ({ invoice: { total } }: Frame) => total,
  'invoice.isPaid': ({ invoice: { status } }: Frame) => status === 'paid',
  'invoice.isSent': ({ invoice: { sentAt } }: Frame) => sentAt !== undefined,
  'invoice.paymentProgress': ({ invoice: { status } }: Frame) =>
    status === 'processing' ? 'processing' : status === 'paid' ? 'completed' : undefined,
  'invoice.remoteCreatedAt': ({ invoice: { createdAt } }: Frame) => createdAt,
  'invoice.remoteModifiedAt': ({ invoice: { modifiedAt } }: Frame) => modifiedAt,
  'invoice.needsLineSync': ({ invoice: { syncStatus } }: Frame) => syncStatus === 'partial',
  'invoice.url': (frame: Frame) => publicUrl(frame, 'invoices', idOf(frame, 'invoice page', frame.invoice.index)),
  'invoice.pdfUrl': (frame: Frame) =>
    pdf(frame) ? publicUrl(frame, 'invoices', `${frame.invoice.number}.pdf`) : undefined,
  'invoice.paymentUrl': (frame: Frame) =>
    ['open', 'overdue', 'processing'].includes(frame.invoice.status)
      ? publicUrl(frame, 'pay', idOf(frame, 'payment page', frame.invoice.index))
      : undefined,
  'invoice.pdf': pdf,
  'invoice.pdfId': (frame: Frame) => inside(frame, pdf(frame)?.index),
  'invoice.lastOutreachAt': (frame: Frame) => lastOutreach(frame)?.at,
  'invoice.lastOutreachChannel': (frame: Frame) => lastOutreach(frame)?.channel,
  'invoice.lastOutreachTo': (frame: Frame) => lastOutreach(frame)?.to,
  'invoice.lastInboundAt': lastInbound,
  'invoice.hasOutreach': (frame: Frame) => lastOutreach(frame) !== undefined,
  'invoice.isOutreachPaused': ({ invoice: { buyer, isDisputed } }: Frame) => isDisputed || buyer.key % 11 === 7,
  'invoice.billingEmail': ({ invoice: { buyer } }: Frame) => buyer.people[0]?.email,
  'invoice.isDryRun': () => false,
  'invoice.isPostpaid': () => true,
  'invoice.isOffCycle': () => false,
  'invoice.paymentIds': (frame: Frame) => frame.invoice.payments.map(({ index }) => inside(frame, index)),
  'invoice.assignee': ({ invoice: entry, ledger }: Frame) => assigneeOf(entry, ledger.staff),
  'invoice.addressId': ({ invoice: { buyer } }: Frame) => buyer.address.key,
  'invoice.shippingAddressId': ({ invoice: { buyer } }: Frame) => buyer.shippingAddress.key,
  'invoice.emails': ({ story }: Frame) => story.emails,
  'invoice.calls': ({ story }: Frame) => story.calls,
  'invoice.files': ({ story }: Frame) => story.files,
  'invoice.matches': ({ story }: Frame) => story.matches,
  'invoice.addresses': ({ invoice: entry }: Frame) => addresses(entry),
  'invoice.capturedEmail': ({ story }: Frame) => story.capturedEmail,
  'invoice.capturedEmailId': (frame: Frame) => inside(frame, frame.story.capturedEmail.index),
  'invoice.integration': ({ ledger }: Frame) =>
    integrationOf(ledger.book.key, ledger.seller, ledger.book.epoch, ledger.today),
  'invoice.contract': ({ ledger, invoice: entry }: Frame) => ledger.contract(entry),
  'invoice.confidence': ({ story }: Frame) => story.confidence,
  'invoice.intakeGroup': ({ invoice: { intake } }: Frame) => intake,
  'invoice.remoteStatus': ({ invoice: { status } }: Frame) => status.toUpperCase(),
  'invoice.remoteData': (frame: Frame) => ({
    id: idOf(frame, 'remote invoice', frame.invoice.index),
    docNumber: frame.invoice.number,
    status: frame.invoice.status.toUpperCase(),
    syncToken: String(frame.invoice.key % 10),
  }),
}
