import { assigneeOf } from '../story/assignee.ts'
import { trackingOf } from '../ledger/platform.ts'
import type { Party, TaxGroup } from '../ledger/entry.ts'
import type { Frame } from '../plan/frame.ts'
import { remittanceText } from '../story/remarks.ts'
import { idOf, inside, publicUrl } from './reference.ts'

const lineKey = (frame: Frame): number | undefined => inside(frame, frame.line.index)
const paymentKey = (frame: Frame): number | undefined => inside(frame, frame.payment.index)

/** Identity of a tax rate: one for each rate, whatever the invoice. */
const rateKey = (rate: number): number => rate

const mainTax = ({ invoice }: Frame): TaxGroup | undefined =>
  invoice.taxes.toSorted((left, right) => right.base - left.base)[0]

const approverOf = ({ invoice, ledger }: Frame): ReturnType<typeof assigneeOf> => assigneeOf(invoice, ledger.staff)

const isVat = ({ country }: Party): boolean => country !== 'US'

/** What the ledger says of lines, taxes, allowances, charges and payments. */
export const money = {
  'line.id': lineKey,
  'line.remoteId': (frame: Frame) => idOf(frame, 'remote line', lineKey(frame) as number),
  'line.number': ({ line }: Frame) => line.index + 1,
  'line.allowanceRate': ({ line: { allowance, net } }: Frame) =>
    net + allowance === 0 ? 0 : Math.round((allowance * 100_000) / (net + allowance)),
  'line.taxRateId': ({ line }: Frame) => rateKey(line.taxRate),
  'line.total': ({ line }: Frame) => line.net + line.tax,
  'line.product': ({ line }: Frame) => (line.product < 0 ? undefined : line.product),
  'line.productCode': ({ line }: Frame) => (line.product < 0 ? undefined : `ART-${1000 + line.product}`),
  'line.account': ({ line }: Frame) => ['service', 'goods', 'subscription'].indexOf(line.productType),
  'line.period.start': ({ invoice }: Frame) => invoice.periodStart,
  'line.period.end': ({ invoice }: Frame) => invoice.periodEnd,
  'line.tracking': ({ key }: Frame) => trackingOf(key),
  'line.createdAt': ({ invoice }: Frame) => invoice.createdAt,
  'line.modifiedAt': ({ invoice }: Frame) => invoice.createdAt,
  'line.remoteCreatedAt': ({ invoice }: Frame) => invoice.createdAt,
  'line.remoteModifiedAt': ({ invoice }: Frame) => invoice.createdAt,
  'tax.id': ({ tax }: Frame) => rateKey(tax.rate),
  'tax.isVat': ({ tax, invoice }: Frame) => tax.rate > 0 && isVat(invoice.buyer),
  'tax.isSalesTax': ({ tax, invoice }: Frame) => tax.rate > 0 && !isVat(invoice.buyer),
  'invoice.mainTax': mainTax,
  'allowance.dueDate': ({ invoice }: Frame) => invoice.dueDate,
  'payment.id': paymentKey,
  'payment.allocationId': paymentKey,
  'payment.remoteId': (frame: Frame) => idOf(frame, 'remote payment', paymentKey(frame) as number),
  'payment.allocationRemoteId': (frame: Frame) => idOf(frame, 'remote allocation', paymentKey(frame) as number),
  'payment.received': ({ payment }: Frame) => payment.amount,
  'payment.refunded': () => 0,
  'payment.currency': ({ invoice }: Frame) => invoice.currency,
  'payment.exchangeRate': ({ invoice }: Frame) => invoice.exchangeRate,
  'payment.initiatedAt': ({ payment, invoice }: Frame) => Math.max(invoice.createdAt, payment.at - 90_000),
  'payment.expectedAt': ({ payment }: Frame) => payment.at,
  'payment.approvedAt': ({ payment }: Frame) => payment.at,
  'payment.transactionApprovedAt': ({ payment }: Frame) => payment.at,
  'payment.createdAt': ({ payment }: Frame) => payment.at,
  'payment.modifiedAt': ({ payment }: Frame) => payment.at,
  'payment.remoteCreatedAt': ({ payment }: Frame) => payment.at,
  'payment.remoteModifiedAt': ({ payment }: Frame) => payment.at,
  'payment.exportedAt': ({ payment }: Frame) => payment.at,
  'payment.syncedAt': ({ payment }: Frame) => payment.at,
  'payment.allocationCreatedAt': ({ payment }: Frame) => payment.at,
  'payment.allocationModifiedAt': ({ payment }: Frame) => payment.at,
  'payment.syncStatus': () => 'synced',
  'payment.reference': (frame: Frame) =>
    `${frame.payment.method.toUpperCase()}-${idOf(frame, 'payment reference', paymentKey(frame) as number)
      .slice(0, 8)
      .toUpperCase()}`,
  'payment.description': ({ invoice, payment }: Frame) => remittanceText(invoice, payment),
  'payment.descriptor': ({ invoice }: Frame) =>
    `${invoice.buyer.name
      .toUpperCase()
      .replace(/[^A-Z0-9 ]/g, '')
      .slice(0, 14)
      .trim()} ${invoice.number}`,
  'payment.payerEmail': ({ invoice }: Frame) => invoice.buyer.people[0]?.email,
  'payment.status': ({ payment }: Frame) => (payment.isPending ? 'pending' : 'matched'),
  'payment.confidence': ({ key }: Frame) => (85 + (key % 15)) / 100,
  'payment.confidenceReason': ({ invoice }: Frame) => `The remittance names ${invoice.number} and the amount agrees.`,
  'payment.uncertainties': () => [],
  'payment.isApproved': ({ payment }: Frame) => !payment.isPending,
  'payment.url': (frame: Frame) => publicUrl(frame, 'receipts', idOf(frame, 'receipt', paymentKey(frame) as number)),
  'payment.strategy': ({ key }: Frame) => (key % 5 === 0 ? 'manual' : 'automatic'),
  'payment.transactionId': (frame: Frame) => `TX-${idOf(frame, 'bank transaction', paymentKey(frame) as number)}`,
  'payment.approver': approverOf,
  'payment.approverId': (frame: Frame) => approverOf(frame).key,
  'payment.transactionApproverId': (frame: Frame) => approverOf(frame).key,
  'payment.remittanceId': paymentKey,
  'payment.integrationId': () => 0,
}
