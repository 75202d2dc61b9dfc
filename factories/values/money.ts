import type { Frame } from '../plan/frame.ts'
import { remittanceText } from '../story/remarks.ts'
import { idOf, inside } from './reference.ts'

const lineKey = (frame: Frame): number | undefined => inside(frame, frame.line.index)
const paymentKey = (frame: Frame): number | undefined => inside(frame, frame.payment.index)

/** What the ledger says of lines, taxes, allowances, charges and payments. */
export const money = {
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
}
