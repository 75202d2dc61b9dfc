import type { Terms } from './term.ts'

/** States an invoice goes through; every API's own words map to these. */
export const statuses = ['draft', 'open', 'processing', 'paid', 'overdue', 'void', 'uncollectible'] as const
export type Status = (typeof statuses)[number]

/** Which state's word an API uses for a state that it has no word for, the nearest first. */
export const statusStandIns: Readonly<Record<Status, readonly Status[]>> = {
  draft: ['open', 'processing'],
  open: ['processing', 'overdue'],
  processing: ['open'],
  paid: ['open'],
  overdue: ['open', 'processing'],
  void: ['open'],
  uncollectible: ['overdue', 'open'],
}

/** States of a received invoice on its way into the buyer's books. */
export const intakes = ['pendingFirst', 'pendingRetry', 'claimed', 'pendingResult', 'failed', 'processed'] as const
export type Intake = (typeof intakes)[number]

/** How far a record agrees with the accounting system's. */
const syncStates = ['partial', 'syncing', 'synced', 'failed'] as const

/** Roles of an invoice as a whole. */
export const invoice = {
  invoice: { kind: 'entity', of: 'invoice', says: 'this object is an invoice' },
  'invoice.id': { kind: 'id', of: 'invoice', says: 'identity within the API' },
  'invoice.remoteId': { kind: 'text', allows: ['public'], says: 'identity in the accounting system it came from' },
  'invoice.number': { kind: 'text', term: 'BT-1', allows: ['public'], says: 'number printed on the invoice' },
  'invoice.issueDate': { kind: 'date', term: 'BT-2', says: 'day it was issued' },
  'invoice.direction': {
    kind: 'code',
    words: ['receivable', 'payable'],
    says: 'receivable (we are the seller) or payable',
  },
  'invoice.currency': { kind: 'code', term: 'BT-5', says: 'ISO 4217 code of every amount' },
  'invoice.exchangeRate': { kind: 'ratio', says: 'units of the seller’s currency for one unit of the invoice’s' },
  'invoice.dueDate': { kind: 'date', term: 'BT-9', allows: ['ahead'], says: 'day payment is due' },
  'invoice.purchaseOrder': { kind: 'text', term: 'BT-13', allows: ['public'], says: 'order number given by the buyer' },
  'invoice.salesOrder': { kind: 'text', term: 'BT-14', allows: ['public'], says: 'order number given by the seller' },
  'invoice.terms': { kind: 'text', term: 'BT-20', allows: ['public'], says: 'terms of payment in words: 30 days net' },
  'invoice.note': { kind: 'text', term: 'BT-22', says: 'note the buyer reads' },
  'invoice.privateNote': { kind: 'text', says: 'note only the seller reads' },
  'invoice.period.start': { kind: 'date', term: 'BT-73', allows: ['ahead'], says: 'first day billed' },
  'invoice.period.end': { kind: 'date', term: 'BT-74', allows: ['ahead'], says: 'last day billed' },
  'invoice.lineTotal': { kind: 'amount', term: 'BT-106', says: 'sum of line net amounts' },
  'invoice.allowances': { kind: 'amount', term: 'BT-107', says: 'sum of document-level allowances' },
  'invoice.charges': { kind: 'amount', term: 'BT-108', says: 'sum of document-level charges' },
  'invoice.subtotal': { kind: 'amount', term: 'BT-109', says: 'total without tax' },
  'invoice.tax': { kind: 'amount', term: 'BT-110', says: 'total tax' },
  'invoice.total': { kind: 'amount', term: 'BT-112', says: 'total with tax' },
  'invoice.paid': { kind: 'amount', term: 'BT-113', says: 'paid so far' },
  'invoice.rounding': { kind: 'amount', term: 'BT-114', says: 'rounding of the amount due' },
  'invoice.due': { kind: 'amount', term: 'BT-115', says: 'still owed: total − paid + rounding' },
  'invoice.payable': { kind: 'amount', says: 'asked for: equals the total, whatever has been paid' },
  'invoice.status': { kind: 'code', words: statuses, says: 'where it is in its life' },
  'invoice.isPaid': { kind: 'flag', says: 'settled in full' },
  'invoice.paidAt': { kind: 'instant', says: 'when it was settled in full' },
  'invoice.voidedAt': { kind: 'instant', says: 'when it was voided' },
  'invoice.uncollectibleAt': { kind: 'instant', says: 'when it was written off' },
  'invoice.sentAt': { kind: 'instant', says: 'when it was sent to the buyer' },
  'invoice.isSent': { kind: 'flag', says: 'the buyer has been sent it' },
  'invoice.promisedDate': { kind: 'date', allows: ['ahead'], says: 'day the buyer promised to pay' },
  'invoice.isDisputed': { kind: 'flag', says: 'the buyer disputes it' },
  'invoice.createdAt': { kind: 'instant', says: 'when the record was made' },
  'invoice.modifiedAt': { kind: 'instant', says: 'when the record last changed' },
  'invoice.syncedAt': { kind: 'instant', says: 'when it was last synchronised' },
  'invoice.syncStatus': { kind: 'code', words: syncStates, says: 'partial, syncing, synced or failed' },
  'invoice.needsLineSync': { kind: 'flag', says: 'lines still have to be synchronised' },
  'invoice.url': { kind: 'text', says: 'page where the buyer sees it' },
  'invoice.pdfUrl': { kind: 'text', says: 'its PDF' },
  'invoice.paymentUrl': { kind: 'text', says: 'page where the buyer pays' },
  'invoice.pdf': { kind: 'entity', of: 'file', says: 'its PDF as a file' },
  'invoice.pdfId': { kind: 'id', of: 'file', says: 'identity of its PDF' },
  'invoice.billingEmail': { kind: 'text', says: 'where the invoice is sent' },
  'invoice.addressId': { kind: 'id', of: 'address', says: 'identity of the billing address' },
  'invoice.shippingAddressId': { kind: 'id', of: 'address', says: 'identity of the delivery address' },
  'invoice.lines': { kind: 'list', of: 'line', term: 'BG-25', says: 'invoice lines' },
  'invoice.taxes': { kind: 'list', of: 'tax', term: 'BG-23', says: 'tax breakdown, one group a rate' },
  'invoice.allowanceList': { kind: 'list', of: 'allowance', term: 'BG-20', says: 'document-level allowances' },
  'invoice.chargeList': { kind: 'list', of: 'charge', term: 'BG-21', says: 'document-level charges' },
  'invoice.payments': { kind: 'list', of: 'payment', says: 'payments allocated to it' },
  'invoice.paymentIds': { kind: 'texts', of: 'payment', allows: ['public'], says: 'identities of its payments' },
  'invoice.intake': { kind: 'code', words: intakes, says: 'where it is on its way into the buyer’s books' },
  'invoice.intakeGroup': { kind: 'code', words: intakes, says: 'group of the intake state' },
  'invoice.remoteData': { kind: 'json', says: 'record of the accounting system, as it sent it' },
} as const satisfies Terms
