// Rules that lead from the words of a name to a role.

import type { Pointer } from '../pointer.ts'
import { termOf } from '../roles.ts'
import type { CoreRole } from '../roles.ts'
import { fitOf } from './facts.ts'
import type { MoneyObject, SchemaFacts } from './facts.ts'

/** What a name, and what stands around it, has to say for a role. */
interface Rule {
  /** The role, or `undefined` for what looks like an invoice's own but is not. */
  readonly role: CoreRole | undefined
  /** Alternatives, each of words that must all be there. */
  readonly needs: readonly (readonly string[])[]
  /** Words that may be there as well and change nothing. */
  readonly allows: ReadonlySet<string>
  /** How sure a name is that says this and nothing else, from 0 to 1. */
  readonly sure: number
}

const rule = (role: CoreRole | undefined, needs: string, allows = '', sure = 0.92): Rule => ({
  role,
  needs: needs.split('|').map((words) => words.trim().split(' ')),
  allows: new Set(allows.split(' ')),
  sure,
})

/** Rules by the object that a name stands in. */
export type Scope = 'invoice' | 'line' | 'tax' | 'allowance' | 'charge' | 'payment' | 'party' | 'person' | 'address'

/** Which role a name says, by the object it stands in. The best of those that fit counts; words that a rule does not know make it unsure. */
export const rules: Readonly<Record<Scope, readonly Rule[]>> = {
  invoice: [
    rule('invoice.id', 'id | invoice id', 'document object'),
    rule('invoice.number', 'invoice number | document number', 'full formatted', 0.95),
    rule('invoice.number', 'number', 'full formatted', 0.9),
    rule('invoice.number', 'invoice reference | invoice code | invoice', '', 0.7),
    rule('invoice.issueDate', 'invoice date | issue date | document date | invoice at', 'at invoice', 0.95),
    rule('invoice.issueDate', 'issue', 'at date invoice', 0.9),
    rule('invoice.issueDate', 'date', '', 0.85),
    rule('invoice.issueDate', 'txn date | trx date | transaction date', '', 0.8),
    rule('invoice.dueDate', 'due date | payment due date', 'at invoice payment', 0.97),
    rule('invoice.dueDate', 'due at | due', 'date invoice payment', 0.9),
    rule('invoice.currency', 'currency | currency code', 'invoice code iso document', 0.95),
    rule('invoice.exchangeRate', 'exchange rate | currency rate', 'exchange'),
    rule('invoice.status', 'status', 'invoice document'),
    rule('invoice.status', 'payment status', 'invoice', 0.75),
    rule('invoice.billingEmail', 'billing email | email', 'invoice address', 0.82),
    rule('invoice.addressId', 'billing address id | address id', 'invoice', 0.85),
    rule('invoice.shippingAddressId', 'shipping address id', '', 0.85),
    rule('invoice.isPaid', 'paid | is paid', 'is fully', 0.9),
    rule('invoice.isSent', 'sent | is sent', 'is', 0.85),
    rule('invoice.isDisputed', 'disputed | is disputed', 'is in has open', 0.85),
    rule('invoice.isSent', 'email sent', 'is issue invoice', 0.85),
    rule('invoice.paidAt', 'paid at | paid date | payment date', 'paid at date invoice fully'),
    rule(
      'invoice.deliveryDate',
      'shipping date | service date | sales date | supply date | tax date | tax point',
      'at actual date invoice',
      0.85,
    ),
    rule('invoice.paidAt', 'pay date', 'final last full', 0.85),
    rule('invoice.paidAt', 'paid', 'end date fully', 0.84),
    rule('invoice.voidedAt', 'void at | void date', 'date at invoice'),
    rule('invoice.uncollectibleAt', 'uncollectible at', 'marked as date'),
    rule('invoice.sentAt', 'sent at | sent date', 'start end at date', 0.88),
    rule('invoice.createdAt', 'created | created at | created date', 'date at', 0.93),
    rule('invoice.modifiedAt', 'modified | modified at | modified date', 'date at end', 0.93),
    rule(
      'invoice.purchaseOrder',
      'purchase order | order number | purchase number',
      'number reference purchase order customer',
    ),
    rule('invoice.note', 'note', 'customer invoice public'),
    rule('invoice.privateNote', 'private note', '', 0.9),
    rule('invoice.terms', 'terms | payment terms', 'payment description note name', 0.8),
    rule('invoice.period.start', 'period start', 'date at service invoice billing', 0.9),
    rule('invoice.period.end', 'period end', 'date at service invoice billing', 0.9),
    rule('invoice.period.start', 'service start', 'date at', 0.8),
    rule('invoice.period.end', 'service end', 'date at', 0.8),
    rule('invoice.pdfUrl', 'pdf url | invoice pdf', 'invoice file download external', 0.88),
    rule('invoice.paymentUrl', 'payment url | pay url', 'page invoice hosted portal external', 0.85),
    rule('invoice.url', 'url | invoice url', 'web hosted invoice public online view', 0.7),
    rule('invoice.direction', 'direction | type', 'invoice', 0.9),
    rule(
      'invoice.lineTotal',
      'line total | line amount | line subtotal | line net',
      'total amount subtotal net excl tax sum',
    ),
    rule('invoice.subtotal', 'subtotal', 'amount total excl tax net invoice', 0.92),
    rule('invoice.subtotal', 'net | excl tax | tax base', 'amount total excl tax base invoice reduced', 0.92),
    rule('invoice.tax', 'tax', 'amount total sum invoice due', 0.93),
    rule('invoice.total', 'total', 'amount invoice incl gross document final', 0.92),
    rule('invoice.total', 'gross | incl tax', 'amount total tax incl subtotal invoice reduced', 0.92),
    rule('invoice.total', 'total discounted tax | total amount incl', 'amount', 0.8),
    rule('invoice.total', 'amount', 'invoice document computed calculated requested', 0.7),
    rule('invoice.paid', 'paid | payment made', 'amount total date sum end invoice already payment', 0.93),
    rule('invoice.paid', 'payment total | payment amount', 'total amount allocations', 0.75),
    rule('invoice.paid', 'completed amount', 'total', 0.72),
    rule('invoice.due', 'outstanding', 'amount due total invoice payment current incl tax', 0.93),
    rule('invoice.due', 'amount due | total due', 'total amount invoice payable', 0.86),
    rule('invoice.due', 'due', 'amount', 0.8),
    rule('invoice.due', 'payable', 'amount total', 0.75),
    rule('invoice.allowances', 'discount', 'amount total applied invoice document', 0.9),
    rule('invoice.charges', 'charge', 'amount total invoice document other additional', 0.85),
    rule('invoice.charges', 'shipping', 'amount total price charge fee', 0.8),
    rule('invoice.rounding', 'rounding', 'amount total adjustment difference off', 0.9),
    // Conventions say amounts of their own with these: not bound, and not asked about.
    rule(undefined, 'exchange amount', 'amount', 0.9),
  ],
  line: [
    rule('invoice.currency', 'currency', 'code amount total line', 0.9),
    rule('invoice.id', 'invoice', '', 0.75),
    rule('line.id', 'id | line id', 'line'),
    rule(
      'line.number',
      'line number | line | number | sequence | index | rank | position | pos',
      'line number invoice',
      0.75,
    ),
    rule('invoice.id', 'invoice id', '', 0.88),
    rule('line.kind', 'type | kind', 'line detail position entry', 0.85),
    rule('line.name', 'name', 'line product service', 0.92),
    rule('line.name', 'line | product', '', 0.62),
    rule('line.description', 'description', 'line product service long', 0.92),
    rule('line.quantity', 'quantity', 'line billed delivered ordered invoice', 0.95),
    rule('line.unit', 'unit', 'measure code name quantity', 0.9),
    rule('line.price', 'unit price | unit amount', 'net price unit excl tax value', 0.95),
    rule('line.price', 'price', 'net excl tax base amount', 0.9),
    rule('line.price', 'rate', '', 0.7),
    rule('line.price', 'unit subtotal | unit net | unit excl tax', 'amount subtotal net', 0.85),
    rule('line.net', 'tax base', 'amount line total', 0.9),
    rule('line.net', 'net | subtotal | excl tax', 'line amount total net excl tax subtotal reduced', 0.93),
    rule('line.net', 'total price excl tax | line price excl tax | total price net', 'line amount reduced', 0.93),
    rule('line.net', 'line total | total line amount | line amount | total price', 'amount total net reduced', 0.85),
    rule('line.net', 'total', 'amount', 0.8),
    rule('line.net', 'amount', 'line', 0.8),
    rule('line.allowance', 'discount', 'amount total line', 0.9),
    rule('line.allowanceRate', 'discount rate', 'line', 0.92),
    rule('line.taxRate', 'tax rate', 'value line total', 0.95),
    rule('line.taxRate', 'tax', '', 0.75),
    rule('line.taxRateId', 'tax id | tax rate id | tax code', 'tax rate', 0.8),
    rule('line.tax', 'tax', 'amount total line due', 0.92),
    rule('line.total', 'gross | incl tax', 'line amount total tax incl reduced', 0.92),
    rule('line.total', 'total price incl tax | line price incl tax | total price gross', 'line amount reduced', 0.93),
    rule('line.productType', 'product type | service type', 'line', 0.8),
    rule('line.productCode', 'product code | product number | line code', 'line', 0.85),
    rule('line.product', 'product id | line id', 'product', 0.8),
    rule('line.product', 'product', '', 0.7),
    rule('line.period.start', 'period start | start date | service start', 'date at period', 0.85),
    rule('line.period.end', 'period end | end date | service end', 'date at period', 0.85),
    rule('invoice.exchangeRate', 'exchange rate', '', 0.85),
    rule('line.createdAt', 'created', 'at date', 0.85),
    rule('line.modifiedAt', 'modified', 'at date end', 0.85),
  ],
  tax: [
    rule('invoice.currency', 'currency', 'code amount total tax', 0.88),
    rule('tax.name', 'name', 'tax', 0.9),
    rule('tax.rate', 'rate', 'tax value', 0.95),
    rule('tax.rate', 'tax', '', 0.65),
    rule('tax.base', 'tax base | net | base | line amount | subtotal', 'amount tax total base subtotal', 0.93),
    rule('tax.amount', 'amount', 'tax total', 0.92),
    rule('tax.amount', 'tax', 'amount total', 0.8),
    rule('tax.category', 'category', 'code tax', 0.85),
  ],
  allowance: [
    rule('allowance.amount', 'amount | total', 'discount total amount', 0.88),
    rule('allowance.dueDate', 'due date', 'discount', 0.85),
    rule('allowance.rate', 'rate', 'discount', 0.85),
    rule('allowance.reason', 'reason | name | description', 'discount', 0.8),
  ],
  charge: [
    rule('charge.amount', 'amount', 'charge total shipping', 0.9),
    rule('charge.reason', 'reason | name | description', 'charge', 0.8),
  ],
  payment: [
    rule('payment.id', 'id', 'payment transaction txn', 0.9),
    rule('invoice.id', 'invoice id', '', 0.88),
    rule('payment.amount', 'amount', 'payment paid applied allocated transaction', 0.9),
    rule('payment.at', 'applied at | allocated at | booked at | received at', 'date', 0.85),
    rule('payment.amount', 'paid', 'amount', 0.8),
    rule('payment.amount', 'price', 'total payment', 0.72),
    rule('payment.at', 'paid at | date | payment date | at', 'at paid payment received', 0.88),
    rule('payment.reference', 'reference number | reference | number', 'payment', 0.8),
    rule('payment.method', 'method', 'payment', 0.7),
    rule('payment.at', 'at', '', 0.75),
    rule('payment.createdAt', 'created', 'at date', 0.8),
    rule('payment.modifiedAt', 'modified', 'at date end', 0.8),
    rule('payment.currency', 'currency', 'code', 0.88),
    rule('payment.description', 'description', '', 0.8),
  ],
  party: [
    rule('party.id', 'id', 'customer seller contact company', 0.92),
    // `{ value, name }` refers to it.
    rule('party.id', 'amount', '', 0.75),
    rule('party.name', 'name', 'customer seller company full display contact organisation', 0.92),
    rule('party.name', 'company', '', 0.7),
    rule('party.legalName', 'legal name', 'company customer seller', 0.9),
    rule('party.name', 'billing name | legal name', 'company customer', 0.7),
    rule('party.email', 'email', 'address customer contact', 0.92),
    rule('party.phone', 'phone', 'number', 0.9),
    rule('party.taxId', 'tax number | tax id', 'registration identification vat', 0.92),
    rule('party.taxId', 'vat | tax', 'number id', 0.8),
    rule('party.website', 'website', 'url', 0.85),
    rule('party.code', 'code', 'customer seller', 0.7),
    rule('party.accountNumber', 'account number | customer number', 'customer', 0.85),
    rule('party.givenName', 'given name | given', 'name contact', 0.88),
    rule('party.familyName', 'family name | family', 'name contact', 0.88),
    rule('party.description', 'description', '', 0.8),
    rule('party.isCompany', 'is company', '', 0.9),
    rule('party.isActive', 'active', 'is', 0.85),
    rule('party.type', 'type', 'customer contact', 0.9),
    rule('party.currency', 'currency', 'code default', 0.85),
    rule('party.language', 'language', 'code preferred', 0.8),
    rule('party.createdAt', 'created', 'at date', 0.85),
    rule('party.modifiedAt', 'modified', 'at date end', 0.85),
    rule('party.timezone', 'timezone | zone', 'applicable', 0.7),
  ],
  person: [
    rule('person.id', 'id', 'contact', 0.9),
    rule('person.name', 'name', 'full display contact', 0.9),
    rule('person.givenName', 'given name | given', 'name', 0.88),
    rule('person.familyName', 'family name | family', 'name', 0.88),
    rule('person.email', 'email', 'address contact', 0.9),
    rule('person.phone', 'phone', 'number', 0.88),
    rule('person.jobTitle', 'job title | job name | position', '', 0.8),
    rule('person.isPrimary', 'primary | default', 'is contact', 0.8),
    rule('person.createdAt', 'created', 'at date', 0.85),
    rule('person.modifiedAt', 'modified', 'at date end', 0.85),
  ],
  address: [
    rule('address.line1', 'address line1 | line1 | street | street1 | address1', 'address line 1 name', 0.92),
    rule('address.line1', 'address', 'line 1', 0.92),
    rule('address.line1', 'line 1', 'address street', 0.95),
    rule('address.line2', 'line 2 | line2 | street2 | street 2 | address2 | address 2', 'address street line', 0.95),
    rule('address.city', 'city', 'name address', 0.95),
    rule('address.postalCode', 'zip', 'code address', 0.95),
    rule('address.region', 'region | status', 'code name address', 0.85),
    rule('address.id', 'id', 'address', 0.85),
    rule('address.kind', 'type', 'address', 0.85),
    rule('address.name', 'name', 'address', 0.8),
    rule('address.phone', 'phone', 'number', 0.8),
    rule('address.description', 'description', '', 0.8),
    rule('address.createdAt', 'created', 'at date', 0.85),
    rule('address.modifiedAt', 'modified', 'at date end', 0.85),
    rule('address.country', 'country', 'code iso address', 0.93),
  ],
}

/** A place below an item, with what is known of it. */
export interface ItemPlace {
  /** Where the object refers to its schema. */
  readonly pointer: Pointer
  readonly root: Pointer
  readonly path: readonly string[]
  readonly scope: Scope
  /** Object of the ledger that it stands in, by the path that leads to it. */
  readonly holder: string
  /** The list that nothing in the ledger stands for (calls, attachments) and that it stands in, if any. */
  readonly aside?: string
  /** The list of instalments that it stands in, by its path; empty for what speaks of the next one. */
  readonly partOf?: string
  readonly words: readonly string[]
  /** The words of its own name; the others are said by objects around it. */
  readonly own?: readonly string[]
  readonly isMinor: boolean
  readonly facts: SchemaFacts
  readonly money: MoneyObject | undefined
}

/** A role that a place may have. */
export interface Candidate extends ItemPlace {
  readonly role: string
  readonly confidence: number
  readonly evidence: readonly string[]
}

/** Returns the name of a place in quotes. */
export const quotedName = ({ path }: ItemPlace): string => `"${path.at(-1)}"`

/** A rule that a name fits. */
interface Ranked {
  readonly role: CoreRole | undefined
  readonly confidence: number
  readonly needs: readonly string[]
  readonly missing: readonly string[]
}

const ofPrices = new Set(['price', 'unit'])

/** Words of numbers beside amounts: how long, how often, how much of a hundred, which. */
const neverAmounts = new Set(['days', 'count', 'counter', 'rate', 'id', 'key', 'code', 'version'])

/** Returns the rules that a name fits, the surest first. */
export function rank(
  table: readonly Rule[],
  words: readonly string[],
  { facts, money, path, holder, own = words }: ItemPlace,
): Ranked[] {
  const nesting = path.length - (holder === '' ? 0 : holder.split('\n').length)
  return table
    .flatMap(({ role, needs, allows, sure }) =>
      needs.flatMap((needed): Ranked[] => {
        if (!needed.every((word) => words.includes(word))) return []
        const kind = role && termOf(role).kind
        // An object about prices holds rates and dates too; of amounts it says which.
        const isAside = (word: string): boolean => kind !== 'amount' && ofPrices.has(word) && !own.includes(word)
        const missing = words.filter((word) => !needed.includes(word) && !allows.has(word) && !isAside(word))
        if (kind === 'amount' && words.some((word) => neverAmounts.has(word) && !needed.includes(word))) return []
        const fit = kind === undefined ? 1 : money ? (kind === 'amount' ? 1 : 0) : fitOf(kind, facts, words)
        const confidence = sure * fit - 0.35 * missing.length - 0.02 * Math.max(0, nesting - 1)
        return fit === 0 || confidence <= 0.2 ? [] : [{ role, confidence, needs: needed, missing }]
      }),
    )
    .sort((left, right) => right.confidence - left.confidence || right.needs.length - left.needs.length)
}
