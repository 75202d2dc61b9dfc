import { secondsPerDay } from '../../spec/index.ts'
import { prefixOf } from '../ledger/derive.ts'
import type { Address } from '../ledger/entry.ts'
import { partyOfPerson } from '../ledger/party.ts'
import type { Frame } from '../plan/frame.ts'
import { remittanceText } from '../story/remarks.ts'
import type { StoryFile } from '../story/story.ts'
import { idOf, inside, publicUrl } from './sources.ts'

/** The invoice's PDF is the first file captured of it; a draft has none yet. */
const pdf = ({ story, invoice }: Frame): StoryFile | undefined =>
  invoice.status === 'draft' ? undefined : story.files.find(({ mediaType }) => mediaType === 'application/pdf')

const lineKey = (frame: Frame): number | undefined => inside(frame, frame.line.index)
const paymentKey = (frame: Frame): number | undefined => inside(frame, frame.payment.index)

/** Records of a customer are older than its first invoice, those of the seller than the books; each has a day and time of its own. */
const recordedAt = ({ ledger: { book }, key }: Frame, owner: number, step = 0): number => {
  const day = owner < 0 ? book.epoch - 220 - (key % 400) : book.joinDay(owner) - 45 - (key % 90)
  return (book.calendar.next(day) + step) * secondsPerDay + 50_400 + (key % 25_000)
}

/** Party k has addresses 2k + 2 and 2k + 3. */
const ownerOf = ({ key }: Address): number => (key >> 1) - 1

const code = (frame: Frame): string => {
  const token = idOf(frame, 'party code', frame.party.key + 1)
    .toUpperCase()
    .padEnd(6, 'X')
  return `C-${token.slice(0, 3)}-${token.slice(3, 6)}`
}

const addressDescription = { billing: 'Where invoices go', shipping: 'Where goods go', seller: 'Head office' } as const

const isSeller = (frame: Frame): boolean => frame.party.key < 0

/** Parts of an address may stand in a party, or in the invoice: then they are the party's, or the buyer's. */
export const addressAround = ({ address, party: own, invoice }: Frame): Address =>
  address ?? (own ?? invoice.buyer).address

const intakeChange = ({ transition }: Frame, end: 'from' | 'to'): string | undefined =>
  transition.debug ? transition[end] : undefined

/**
 * Returns, by role, what the ledger says of an object in view; roles that are missing here are the object's property of the same name.
 * Minor units, thousandths, days, seconds, keys, words; `undefined` is absent.
 */
export const roleValues = {
  // Invoices.
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
  // Lines, taxes, allowances, charges and payments.
  'line.id': lineKey,
  'line.number': ({ line }: Frame) => line.index + 1,
  'line.allowanceRate': ({ line: { allowance, net } }: Frame) =>
    net + allowance === 0 ? 0 : Math.round((allowance * 100_000) / (net + allowance)),
  'line.baseQuantity': () => 1000,
  'line.charge': () => 0,
  'line.total': ({ line }: Frame) => line.net + line.tax,
  'line.product': ({ line }: Frame) => (line.product < 0 ? undefined : line.product),
  'line.productCode': ({ line }: Frame) => (line.product < 0 ? undefined : `ART-${1000 + line.product}`),
  // Goods are delivered once: nothing is billed by periods.
  'line.period.start': ({ invoice, line }: Frame) => (line.productType === 'goods' ? undefined : invoice.periodStart),
  'line.period.end': ({ invoice, line }: Frame) => (line.productType === 'goods' ? undefined : invoice.periodEnd),
  'line.createdAt': ({ invoice }: Frame) => invoice.createdAt,
  'line.modifiedAt': ({ invoice }: Frame) => invoice.createdAt,
  // An allowance or charge of the ledger is shared by all rates.
  'allowance.taxRate': () => undefined,
  'charge.taxRate': () => undefined,
  'allowance.dueDate': ({ invoice }: Frame) => invoice.dueDate,
  'payment.id': paymentKey,
  'payment.allocationId': paymentKey,
  'payment.received': ({ payment }: Frame) => payment.amount,
  'payment.refunded': () => 0,
  'payment.currency': ({ invoice }: Frame) => invoice.currency,
  'payment.initiatedAt': ({ payment, invoice }: Frame) => Math.max(invoice.createdAt, payment.at - 90_000),
  'payment.expectedAt': ({ payment }: Frame) => payment.at,
  'payment.status': ({ payment }: Frame) => (payment.isPending ? 'pending' : 'matched'),
  'line.taxRateId': ({ line }: Frame) => line.taxRate,
  'payment.createdAt': ({ payment }: Frame) => payment.at,
  'payment.modifiedAt': ({ payment }: Frame) => payment.at,
  'payment.reference': (frame: Frame) =>
    `${frame.payment.method.toUpperCase()}-${idOf(frame, 'payment reference', paymentKey(frame) as number)
      .slice(0, 8)
      .toUpperCase()}`,
  'payment.description': ({ invoice, payment }: Frame) => remittanceText(invoice, payment),
  // Parties, addresses and people.
  'invoice.contact': ({ invoice }: Frame) => (invoice.direction === 'payable' ? invoice.seller : invoice.buyer),
  'party.id': ({ party: own }: Frame) => own.key,
  'party.remoteId': (frame: Frame) => idOf(frame, 'remote party', frame.party.key),
  'party.code': code,
  'party.type': (frame: Frame) => (isSeller(frame) ? 'vendor' : 'customer'),
  'party.accountNumber': ({ party: own }: Frame) => `CUS-${10_001 + own.key}`,
  'party.invoicePrefix': ({ ledger }: Frame) => prefixOf(ledger.seller),
  'party.createdAt': (frame: Frame) => recordedAt(frame, frame.party.key),
  'party.modifiedAt': (frame: Frame) => recordedAt(frame, frame.party.key, 30),
  'party.contacts': ({ party: own }: Frame) => own.people,
  'address.id': (frame: Frame) => addressAround(frame).key,
  'address.createdAt': (frame: Frame) => recordedAt(frame, ownerOf(addressAround(frame))),
  'address.modifiedAt': (frame: Frame) => recordedAt(frame, ownerOf(addressAround(frame)), 12),
  'person.id': ({ person }: Frame) => person.key,
  'person.createdAt': (frame: Frame) => recordedAt(frame, partyOfPerson(frame.person)),
  'person.modifiedAt': (frame: Frame) => recordedAt(frame, partyOfPerson(frame.person), 20),
  'party.givenName': () => undefined,
  'party.familyName': () => undefined,
  'party.language': ({ party: own }: Frame) => own.locale.split('-')[0],
  'party.isCompany': () => true,
  'party.isActive': () => true,
  'address.description': (frame: Frame) => addressDescription[addressAround(frame).kind],
  // E-mails and files.
  'email.id': (frame: Frame) => inside(frame, frame.email.index),
  'email.sentAt': ({ email }: Frame) => (email.status === 'draft' ? undefined : email.sentAt),
  'file.id': (frame: Frame) => inside(frame, frame.file.index),
  // Claims and messages.
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
  // Pages.
  'page.items': ({ page }: Frame) => page.invoices,
  'page.pages': ({ page }: Frame) =>
    page.total === undefined || !page.size ? undefined : Math.ceil(page.total / page.size),
  'page.count': ({ page }: Frame) => (page.invoices ?? page.messages)?.length,
  'page.next': ({ page }: Frame) => {
    const { number, size, total } = page
    return number === undefined || size === undefined || total === undefined || (number + 1) * size >= total
      ? undefined
      : number + 1
  },
}
