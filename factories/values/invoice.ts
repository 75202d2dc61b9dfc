import type { Frame } from '../plan/frame.ts'
import type { StoryFile } from '../story/story.ts'
import { idOf, inside, publicUrl } from './reference.ts'

/** The invoice's PDF is the first file captured of it; a draft has none yet. */
const pdf = ({ story, invoice }: Frame): StoryFile | undefined =>
  invoice.status === 'draft' ? undefined : story.files.find(({ mediaType }) => mediaType === 'application/pdf')

/** What the ledger says of an invoice. */
export const invoice = {
  'invoice.id': ({ invoice: { index } }: Frame) => index,
  'invoice.remoteId': (frame: Frame) => idOf(frame, 'remote invoice', frame.invoice.index),
  'invoice.period.start': ({ invoice: { periodStart } }: Frame) => periodStart,
  'invoice.period.end': ({ invoice: { periodEnd } }: Frame) => periodEnd,
  'invoice.payable': ({ invoice: { total } }: Frame) => total,
  'invoice.isPaid': ({ invoice: { status } }: Frame) => status === 'paid',
  'invoice.needsLineSync': ({ invoice: { syncStatus } }: Frame) => syncStatus === 'partial',
  'invoice.pdf': pdf,
  'invoice.pdfId': (frame: Frame) => inside(frame, pdf(frame)?.index),
  'invoice.billingEmail': ({ invoice: { buyer } }: Frame) => buyer.people[0]?.email,
  'invoice.paymentIds': (frame: Frame) => frame.invoice.payments.map(({ index }) => inside(frame, index)),
  'invoice.addressId': ({ invoice: { buyer } }: Frame) => buyer.address.key,
  'invoice.shippingAddressId': ({ invoice: { buyer } }: Frame) => buyer.shippingAddress.key,
  'invoice.intakeGroup': ({ invoice: { intake } }: Frame) => intake,
  'invoice.remoteData': (frame: Frame) => ({
    id: idOf(frame, 'remote invoice', frame.invoice.index),
    docNumber: frame.invoice.number,
    status: frame.invoice.status.toUpperCase(),
    syncToken: String(frame.invoice.key % 10),
  }),
  'invoice.terms': ({ invoice: { terms } }: Frame) => (terms === 0 ? 'Due on receipt' : `${terms} days net`),
  'invoice.isSent': ({ invoice: { sentAt } }: Frame) => sentAt !== undefined,
  'invoice.url': (frame: Frame) => publicUrl(frame, 'invoices', idOf(frame, 'invoice page', frame.invoice.index)),
  'invoice.pdfUrl': (frame: Frame) =>
    pdf(frame) ? publicUrl(frame, 'invoices', `${frame.invoice.number}.pdf`) : undefined,
  'invoice.paymentUrl': (frame: Frame) =>
    ['open', 'overdue', 'processing'].includes(frame.invoice.status)
      ? publicUrl(frame, 'pay', idOf(frame, 'payment page', frame.invoice.index))
      : undefined,
}
