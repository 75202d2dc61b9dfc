// Computes the value of each core role that is not a plain property of its ledger object.
import { secondsPerDay } from '../../spec/index.ts'
import { prefixOf } from '../ledger/derive.ts'
import type { Address } from '../ledger/entry.ts'
import { partyOfPerson } from '../ledger/party.ts'
import type { AnswerContext } from '../answers/context.ts'
import { remittanceText } from '../story/papers.ts'
import type { StoryFile } from '../story/story.ts'
import { idOf, inside, publicUrl } from './sources.ts'

/** The invoice's PDF is the first file captured of it; a draft has none yet. */
const pdf = ({ story, invoice }: AnswerContext): StoryFile | undefined =>
  invoice.status === 'draft' ? undefined : story.files.find(({ mediaType }) => mediaType === 'application/pdf')

const lineKey = (context: AnswerContext): number | undefined => inside(context, context.line.index)
const paymentKey = (context: AnswerContext): number | undefined => inside(context, context.payment.index)

/** Records of a customer are older than its first invoice, those of the seller than the books; each has a day and time of its own. */
const recordedAt = ({ ledger: { book }, key }: AnswerContext, owner: number, step = 0): number => {
  const day = owner < 0 ? book.epoch - 220 - (key % 400) : book.joinDay(owner) - 45 - (key % 90)
  return (book.calendar.next(day) + step) * secondsPerDay + 50_400 + (key % 25_000)
}

/** Party k has addresses 2k + 2 and 2k + 3. */
const ownerOf = ({ key }: Address): number => (key >> 1) - 1

const code = (context: AnswerContext): string => {
  const token = idOf(context, 'party code', context.party.key + 1)
    .toUpperCase()
    .padEnd(6, 'X')
  return `C-${token.slice(0, 3)}-${token.slice(3, 6)}`
}

const addressDescription = { billing: 'Where invoices go', shipping: 'Where goods go', seller: 'Head office' } as const

const isSeller = (context: AnswerContext): boolean => context.party.key < 0

/** Parts of an address may stand in a party, or in the invoice: then they are the party's, or the buyer's. */
export const addressAround = ({ address, party: own, invoice }: AnswerContext): Address =>
  address ?? (own ?? invoice.buyer).address

const intakeChange = ({ transition }: AnswerContext, end: 'from' | 'to'): string | undefined =>
  transition.debug ? transition[end] : undefined

/**
 * Returns, by role, what the ledger says of an object in view; roles that are missing here are the object's property of the same name.
 * Minor units, thousandths, days, seconds, keys, words; `undefined` is absent.
 */
export const roleValues = {
  // Invoices.
  'invoice.id': ({ invoice: { index } }: AnswerContext) => index,
  'invoice.remoteId': (context: AnswerContext) => idOf(context, 'remote invoice', context.invoice.index),
  // Goods are billed on the day on which they are delivered.
  'invoice.deliveryDate': ({ invoice: { issueDate } }: AnswerContext) => issueDate,
  'invoice.period.start': ({ invoice: { periodStart } }: AnswerContext) => periodStart,
  'invoice.period.end': ({ invoice: { periodEnd } }: AnswerContext) => periodEnd,
  // The ledger knows one currency, and no tax that is withheld.
  'invoice.taxCurrency': () => undefined,
  'invoice.taxInTaxCurrency': () => undefined,
  'invoice.withheld': () => 0,
  'invoice.payable': ({ invoice: { total } }: AnswerContext) => total,
  'invoice.isPaid': ({ invoice: { status } }: AnswerContext) => status === 'paid',
  'invoice.needsLineSync': ({ invoice: { syncStatus } }: AnswerContext) => syncStatus === 'partial',
  'invoice.pdf': pdf,
  'invoice.pdfId': (context: AnswerContext) => inside(context, pdf(context)?.index),
  'invoice.billingEmail': ({ invoice: { buyer } }: AnswerContext) => buyer.people[0]?.email,
  'invoice.addresses': ({ invoice: { seller, buyer } }: AnswerContext) => [
    seller.address,
    buyer.address,
    buyer.shippingAddress,
  ],
  'invoice.paymentIds': (context: AnswerContext) => context.invoice.payments.map(({ index }) => inside(context, index)),
  'invoice.addressId': ({ invoice: { buyer } }: AnswerContext) => buyer.address.key,
  'invoice.shippingAddressId': ({ invoice: { buyer } }: AnswerContext) => buyer.shippingAddress.key,
  'invoice.intakeGroup': ({ invoice: { intake } }: AnswerContext) => intake,
  'invoice.remoteData': (context: AnswerContext) => ({
    id: idOf(context, 'remote invoice', context.invoice.index),
    docNumber: context.invoice.number,
    status: context.invoice.status.toUpperCase(),
    syncToken: String(context.invoice.key % 10),
  }),
  'invoice.terms': ({ invoice: { terms } }: AnswerContext) => (terms === 0 ? 'Due on receipt' : `${terms} days net`),
  'invoice.isSent': ({ invoice: { sentAt } }: AnswerContext) => sentAt !== undefined,
  'invoice.url': (context: AnswerContext) =>
    publicUrl(context, 'invoices', idOf(context, 'invoice page', context.invoice.index)),
  'invoice.pdfUrl': (context: AnswerContext) =>
    pdf(context) ? publicUrl(context, 'invoices', `${context.invoice.number}.pdf`) : undefined,
  'invoice.paymentUrl': (context: AnswerContext) =>
    ['open', 'overdue', 'processing'].includes(context.invoice.status)
      ? publicUrl(context, 'pay', idOf(context, 'payment page', context.invoice.index))
      : undefined,
  // Lines, taxes, allowances, charges and payments.
  'line.id': lineKey,
  'line.number': ({ line }: AnswerContext) => line.index + 1,
  'line.allowanceRate': ({ line: { allowance, net } }: AnswerContext) =>
    net + allowance === 0 ? 0 : Math.round((allowance * 100_000) / (net + allowance)),
  'line.priceWithTax': ({ line: { net, allowance, tax, quantity, price } }: AnswerContext) =>
    quantity === 0 ? price : Math.round(((net + allowance + tax) * 1000) / quantity),
  'line.taxCategory': ({ invoice, line }: AnswerContext) =>
    invoice.taxes.find(({ rate }) => rate === line.taxRate)?.category,
  'line.baseQuantity': () => 1000,
  'line.charge': () => 0,
  'line.total': ({ line }: AnswerContext) => line.net + line.tax,
  'line.product': ({ line }: AnswerContext) => (line.product < 0 ? undefined : line.product),
  'line.productCode': ({ line }: AnswerContext) => (line.product < 0 ? undefined : `ART-${1000 + line.product}`),
  // The ledger has no rows that repeat others.
  'line.kind': () => 'item',
  // Goods are delivered once: nothing is billed by periods.
  'line.period.start': ({ invoice, line }: AnswerContext) =>
    line.productType === 'goods' ? undefined : invoice.periodStart,
  'line.period.end': ({ invoice, line }: AnswerContext) =>
    line.productType === 'goods' ? undefined : invoice.periodEnd,
  'line.createdAt': ({ invoice }: AnswerContext) => invoice.createdAt,
  'line.modifiedAt': ({ invoice }: AnswerContext) => invoice.createdAt,
  // An allowance or charge of the ledger is shared by all rates.
  'allowance.taxRate': () => undefined,
  'tax.surchargeRate': () => 0,
  'tax.surcharge': () => 0,
  'charge.taxRate': () => undefined,
  'allowance.dueDate': ({ invoice }: AnswerContext) => invoice.dueDate,
  'payment.id': paymentKey,
  'payment.allocationId': paymentKey,
  'payment.received': ({ payment }: AnswerContext) => payment.amount,
  'payment.refunded': () => 0,
  'payment.currency': ({ invoice }: AnswerContext) => invoice.currency,
  'payment.initiatedAt': ({ payment, invoice }: AnswerContext) => Math.max(invoice.createdAt, payment.at - 90_000),
  'payment.expectedAt': ({ payment }: AnswerContext) => payment.at,
  'payment.status': ({ payment }: AnswerContext) => (payment.isPending ? 'pending' : 'matched'),
  'line.taxRateId': ({ line }: AnswerContext) => line.taxRate,
  'payment.createdAt': ({ payment }: AnswerContext) => payment.at,
  'payment.modifiedAt': ({ payment }: AnswerContext) => payment.at,
  'payment.reference': (context: AnswerContext) =>
    `${context.payment.method.toUpperCase()}-${idOf(context, 'payment reference', paymentKey(context) as number)
      .slice(0, 8)
      .toUpperCase()}`,
  'payment.description': ({ invoice, payment }: AnswerContext) => remittanceText(invoice, payment),
  // Parties, addresses and people.
  'invoice.contact': ({ invoice }: AnswerContext) => (invoice.direction === 'payable' ? invoice.seller : invoice.buyer),
  'party.id': ({ party: own }: AnswerContext) => own.key,
  'party.remoteId': (context: AnswerContext) => idOf(context, 'remote party', context.party.key),
  'party.code': code,
  'party.type': (context: AnswerContext) => (isSeller(context) ? 'vendor' : 'customer'),
  'party.accountNumber': ({ party: own }: AnswerContext) => `CUS-${10_001 + own.key}`,
  'party.invoicePrefix': ({ ledger }: AnswerContext) => prefixOf(ledger.seller),
  'party.createdAt': (context: AnswerContext) => recordedAt(context, context.party.key),
  'party.modifiedAt': (context: AnswerContext) => recordedAt(context, context.party.key, 30),
  'party.addresses': ({ party: own }: AnswerContext) => [own.address, own.shippingAddress],
  'party.contacts': ({ party: own }: AnswerContext) => own.people,
  'address.id': (context: AnswerContext) => addressAround(context).key,
  'address.createdAt': (context: AnswerContext) => recordedAt(context, ownerOf(addressAround(context))),
  'address.modifiedAt': (context: AnswerContext) => recordedAt(context, ownerOf(addressAround(context)), 12),
  'person.id': ({ person }: AnswerContext) => person.key,
  'person.addresses': ({ party: own }: AnswerContext) => [own.address],
  'person.createdAt': (context: AnswerContext) => recordedAt(context, partyOfPerson(context.person)),
  'person.modifiedAt': (context: AnswerContext) => recordedAt(context, partyOfPerson(context.person), 20),
  'party.givenName': () => undefined,
  'party.familyName': () => undefined,
  'party.language': ({ party: own }: AnswerContext) => own.locale.split('-')[0],
  'party.isCompany': () => true,
  'party.isActive': () => true,
  'address.description': (context: AnswerContext) => addressDescription[addressAround(context).kind],
  // E-mails and files.
  'email.id': (context: AnswerContext) => inside(context, context.email.index),
  'email.sentAt': ({ email }: AnswerContext) => (email.status === 'draft' ? undefined : email.sentAt),
  'file.id': (context: AnswerContext) => inside(context, context.file.index),
  // Claims and messages.
  'lease.token': ({ lease }: AnswerContext) => lease.key,
  'claim.leases': ({ page }: AnswerContext) => page.leases,
  'transition.changed': ({ transition }: AnswerContext) => transition.from !== transition.to,
  'transition.repeated': ({ transition }: AnswerContext) => transition.from === transition.to,
  'transition.reason': () => undefined,
  'transition.fromCode': (context: AnswerContext) => intakeChange(context, 'from'),
  'transition.toCode': (context: AnswerContext) => intakeChange(context, 'to'),
  'message.id': ({ message }: AnswerContext) => message.key,
  'message.tier': ({ message, page }: AnswerContext) => message?.tier ?? page.tier,
  'message.actorId': () => undefined,
  // Pages.
  'page.items': ({ page }: AnswerContext) => page.invoices,
  'page.pages': ({ page }: AnswerContext) =>
    page.total === undefined || !page.size ? undefined : Math.ceil(page.total / page.size),
  'page.count': ({ page }: AnswerContext) => (page.invoices ?? page.messages)?.length,
  'page.next': ({ page }: AnswerContext) => {
    const { number, size, total } = page
    return number === undefined || size === undefined || total === undefined || (number + 1) * size >= total
      ? undefined
      : number + 1
  },
}
