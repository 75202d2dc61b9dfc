// Defines the tables and columns of the books.

import type { Address, Entry, Identities, Ledger, Line, Party, Payment, TaxGroup } from '../factories/index.ts'
import { formatDay, formatInstant, formatMajor } from '../spec/index.ts'
import type { Day, Instant } from '../spec/index.ts'
import type { Cell, ColumnType, TableSchema, Reference } from './dataset.ts'

/** A column, and how it is read from what its row is about. */
type TableColumn<T> = readonly [
  name: string,
  type: ColumnType | 'money',
  says: string,
  read: (of: T) => Cell | undefined,
]

/** A table of the books: its columns, and what each reads from. */
export interface Table<T> extends Pick<
  TableSchema,
  'name' | 'says' | 'key' | 'references' | 'indexes' | 'owner' | 'rules'
> {
  readonly nullable?: readonly string[]
  readonly fields: readonly TableColumn<T>[]
}

type Item = Ledger['book']['catalogue'][number]
interface AddressOf {
  readonly address: Address
  readonly party: Party
}
interface PartOf<T> {
  readonly entry: Entry
  readonly part: T
}

const to = (column: string, entity: string): Reference => ({ column, entity, names: 'id' })
const day = (value: Day | undefined): Cell => (value === undefined ? null : formatDay(value))
const instant = (value: Instant | undefined): Cell => (value === undefined ? null : formatInstant(value))
const thousandths = (value: number): string => formatMajor(value, 3)

/** Tells that two amounts differ, where a database keeps decimals as floating-point numbers, too. */
const differ = (left: string, right: string): string => `abs((${left}) - (${right})) > 0.0005`

/** Returns the sum of a column of the rows that belong to an invoice. */
const sumOf = (table: string, column: string, where = ''): string =>
  `SELECT coalesce(sum("${column}"), 0) FROM "${table}" WHERE "invoice_id" = "invoices"."id"${where}`

/** Writes the values that depend on how a dataset is written. */
interface Writing {
  /** Returns the identity of a thing of a kind. */
  readonly id: (kind: string, key: number) => string
  /** Returns minor units of a currency's exponent as an amount. */
  readonly amount: (minor: number, exponent: number) => Cell
}

type TableOf<T> = (writing: Writing) => Table<T>

/** What sellers and customers both have. */
const partyColumns: readonly TableColumn<Party>[] = [
  ['name', 'text', 'Name in use.', ({ name }) => name],
  ['legal_name', 'text', 'Name in the register.', ({ legalName }) => legalName],
  ['tax_id', 'text', 'Tax or VAT number; its check digit is wrong on purpose.', ({ taxId }) => taxId],
  ['registration_id', 'text', 'Number in the register.', ({ registrationId }) => registrationId],
  ['email', 'text', 'Address for invoices, on a reserved domain.', ({ email }) => email],
  ['phone', 'text', 'From a range reserved for fiction.', ({ phone }) => phone],
  ['website', 'text', 'On a reserved domain.', ({ website }) => website],
  ['iban', 'text', 'Account; its check digits are wrong on purpose.', ({ iban }) => iban],
  ['currency', 'text', 'ISO 4217.', ({ currency }) => currency],
  ['country', 'text', 'ISO 3166-1 alpha-2.', ({ country }) => country],
  ['locale', 'text', 'BCP 47.', ({ locale }) => locale],
  ['timezone', 'text', 'IANA time zone.', ({ timezone }) => timezone],
]

/** What must hold of a row of invoices. */
const invoiceRules: NonNullable<Table<Entry>['rules']> = [
  { says: 'total = subtotal + tax', fails: differ('"total"', '"subtotal" + "tax"') },
  {
    says: 'subtotal = line_total - allowances + charges',
    fails: differ('"subtotal"', '"line_total" - "allowances" + "charges"'),
  },
  {
    says: 'line_total is the sum of the nets of its lines',
    fails: differ('"line_total"', sumOf('lines', 'net')),
  },
  { says: 'tax is the sum of its taxes', fails: differ('"tax"', sumOf('taxes', 'amount')) },
  {
    says: 'paid is the sum of the payments that arrived',
    fails: differ('"paid"', sumOf('payments', 'amount', ' AND NOT "is_pending"')),
  },
  { says: 'issue_date <= due_date', fails: '"issue_date" > "due_date"' },
]

/** What has become of an invoice, and when. */
const invoiceStates: readonly TableColumn<Entry>[] = [
  ['is_disputed', 'flag', 'The customer disputes it.', ({ isDisputed }) => isDisputed],
  ['promised_date', 'date', 'Day the customer promised to pay.', ({ promisedDate }) => day(promisedDate)],
  ['created_at', 'instant', 'When the record was made.', ({ createdAt }) => instant(createdAt)],
  ['modified_at', 'instant', 'When it last changed.', ({ modifiedAt }) => instant(modifiedAt)],
  ['sent_at', 'instant', 'When it was sent.', ({ sentAt }) => instant(sentAt)],
  ['paid_at', 'instant', 'When it was settled in full.', ({ paidAt }) => instant(paidAt)],
  ['voided_at', 'instant', 'When it was voided.', ({ voidedAt }) => instant(voidedAt)],
  ['uncollectible_at', 'instant', 'When it was written off.', ({ uncollectibleAt }) => instant(uncollectibleAt)],
]

/** Returns a column of an amount of an invoice. */
const invoiceAmount =
  ({ amount }: Writing) =>
  (says: string, name: string, read: (entry: Entry) => number): TableColumn<Entry> => [
    name,
    'money',
    says,
    (entry) => amount(read(entry), entry.exponent),
  ]

/** Returns a column of an amount of what an invoice has several of. */
const partAmount =
  <T>({ amount }: Writing) =>
  (says: string, name: string, read: (part: T) => number): TableColumn<PartOf<T>> => [
    name,
    'money',
    says,
    ({ entry, part }) => amount(read(part), entry.exponent),
  ]

const invoiceId = <T>({ id }: Writing): TableColumn<PartOf<T>> => [
  'invoice_id',
  'uuid',
  'The invoice.',
  ({ entry }) => id('invoice', entry.index),
]

const sellersTable: TableOf<Party> = ({ id }) => ({
  name: 'sellers',
  says: 'Companies that send invoices.',
  key: ['id'],
  references: [],
  indexes: [],
  fields: [['id', 'uuid', 'Identity.', ({ key }) => id('party', key)], ...partyColumns],
})

const customersTable: TableOf<Party> = ({ id }) => ({
  name: 'customers',
  says: 'Companies that receive invoices.',
  key: ['id'],
  references: [],
  indexes: ['country'],
  fields: [
    ['id', 'uuid', 'Identity.', ({ key }) => id('party', key)],
    ['number', 'integer', 'Number of the customer, from 0.', ({ key }) => key],
    ...partyColumns,
    ['industry', 'text', 'What it does.', ({ industry }) => industry],
    ['employees', 'integer', 'How many work there.', ({ employees }) => employees],
    ['founded', 'integer', 'Year.', ({ founded }) => founded],
  ],
})

const addressesTable: TableOf<AddressOf> = ({ id }) => ({
  name: 'addresses',
  says: 'Postal addresses of sellers and customers.',
  key: ['id'],
  references: [to('seller_id', 'sellers'), to('customer_id', 'customers')],
  indexes: ['customer_id'],
  nullable: ['seller_id', 'customer_id', 'line2', 'region'],
  fields: [
    ['id', 'uuid', 'Identity.', ({ address: { key } }) => id('address', key)],
    ['seller_id', 'uuid', 'The seller, of its address.', ({ party: { key } }) => (key < 0 ? id('party', key) : null)],
    ['customer_id', 'uuid', 'The customer, of its own.', ({ party: { key } }) => (key < 0 ? null : id('party', key))],
    ['kind', 'text', 'billing, shipping or seller.', ({ address: { kind } }) => kind],
    ['name', 'text', 'Addressee.', ({ address: { name } }) => name],
    ['line1', 'text', 'Street and number.', ({ address: { line1 } }) => line1],
    ['line2', 'text', 'Floor, suite, …', ({ address: { line2 } }) => line2],
    ['city', 'text', 'Town.', ({ address: { city } }) => city],
    ['postal_code', 'text', 'Postcode.', ({ address: { postalCode } }) => postalCode],
    ['region', 'text', 'State or province.', ({ address: { region } }) => region],
    ['country', 'text', 'ISO 3166-1 alpha-2.', ({ address: { country } }) => country],
  ],
})

const productsTable: TableOf<Item> = ({ id, amount }) => ({
  name: 'products',
  says: 'What is sold.',
  key: ['id'],
  references: [],
  indexes: [],
  fields: [
    ['id', 'uuid', 'Identity.', ({ index }) => id('product', index)],
    ['code', 'text', "The seller's article number.", ({ code }) => code],
    ['name', 'text', 'Name.', ({ name }) => name],
    ['description', 'text', 'What it is.', ({ description }) => description],
    ['type', 'text', 'service, goods or subscription.', ({ productType }) => productType],
    ['unit', 'text', 'UN/ECE Recommendation 20.', ({ unit }) => unit],
    ['list_price', 'money', 'Of one unit, in US dollars.', ({ price }) => amount(price, 2)],
  ],
})

const invoicesTable: TableOf<Entry> = (writing) => {
  const { id } = writing
  const money = invoiceAmount(writing)
  return {
    name: 'invoices',
    says: 'Invoices, with their sums: total = subtotal + tax, due = total - paid.',
    rules: invoiceRules,
    key: ['id'],
    references: [to('seller_id', 'sellers'), to('customer_id', 'customers')],
    indexes: ['customer_id', 'status', 'issue_date', 'due_date'],
    nullable: [
      'purchase_order',
      'sales_order',
      'note',
      'promised_date',
      'sent_at',
      'paid_at',
      'voided_at',
      'uncollectible_at',
    ],
    fields: [
      ['id', 'uuid', 'Identity.', ({ index }) => id('invoice', index)],
      ['number', 'text', 'As printed on it.', ({ number }) => number],
      ['seller_id', 'uuid', 'Who sent it.', ({ seller }) => id('party', seller.key)],
      ['customer_id', 'uuid', 'Who received it.', ({ buyer }) => id('party', buyer.key)],
      ['direction', 'text', 'receivable or payable.', ({ direction }) => direction],
      ['status', 'text', 'On the day that was seeded.', ({ status }) => status],
      ['currency', 'text', 'ISO 4217.', ({ currency }) => currency],
      ['exchange_rate', 'decimal', "Units of the seller's currency for one.", (entry) => entry.exchangeRate.toFixed(6)],
      ['issue_date', 'date', 'Day of issue.', ({ issueDate }) => day(issueDate)],
      ['due_date', 'date', 'Last day to pay in time.', ({ dueDate }) => day(dueDate)],
      ['period_start', 'date', 'First day that is billed.', ({ periodStart }) => day(periodStart)],
      ['period_end', 'date', 'Last day that is billed.', ({ periodEnd }) => day(periodEnd)],
      ['terms', 'integer', 'Agreed days to pay.', ({ terms }) => terms],
      ['purchase_order', 'text', "The customer's order.", ({ purchaseOrder }) => purchaseOrder],
      ['sales_order', 'text', "The seller's order.", ({ salesOrder }) => salesOrder],
      ['note', 'text', 'Printed at the foot.', ({ note }) => note],
      money('Sum of the nets of its lines.', 'line_total', ({ lineTotal }) => lineTotal),
      money('Taken off at the foot.', 'allowances', ({ allowances }) => allowances),
      money('Put on at the foot.', 'charges', ({ charges }) => charges),
      money('line_total - allowances + charges.', 'subtotal', ({ subtotal }) => subtotal),
      money('Sum of its taxes.', 'tax', ({ tax }) => tax),
      money('subtotal + tax.', 'total', ({ total }) => total),
      money('What has arrived.', 'paid', ({ paid }) => paid),
      money('total - paid + rounding.', 'due', ({ due }) => due),
      money('Added to what is due, so that it can be paid in cash.', 'rounding', ({ rounding }) => rounding),
      ...invoiceStates,
    ],
  }
}

const linesTable: TableOf<PartOf<Line>> = (writing) => {
  const { id } = writing
  const money = partAmount<Line>(writing)
  return {
    name: 'lines',
    says: 'Lines of invoices: net = quantity × price - allowance.',
    key: ['invoice_id', 'position'],
    references: [to('invoice_id', 'invoices'), to('product_id', 'products')],
    indexes: ['product_id'],
    owner: 'invoice_id',
    nullable: ['product_id'],
    fields: [
      invoiceId(writing),
      ['position', 'integer', 'From 1.', ({ part: { index } }) => index + 1],
      ['product_id', 'uuid', 'What is sold.', ({ part: { product } }) => (product < 0 ? null : id('product', product))],
      ['name', 'text', 'What is billed.', ({ part: { name } }) => name],
      ['description', 'text', 'In more words.', ({ part: { description } }) => description],
      ['unit', 'text', 'UN/ECE Recommendation 20.', ({ part: { unit } }) => unit],
      ['quantity', 'decimal', 'Number of units.', ({ part: { quantity } }) => thousandths(quantity)],
      money('Of one unit.', 'price', ({ price }) => price),
      money('Taken off.', 'allowance', ({ allowance }) => allowance),
      money('Without tax.', 'net', ({ net }) => net),
      ['tax_rate', 'decimal', 'Percent.', ({ part: { taxRate } }) => thousandths(taxRate)],
      money("Its share of the invoice's tax.", 'tax', ({ tax }) => tax),
    ],
  }
}

const taxesTable: TableOf<PartOf<TaxGroup & { readonly index: number }>> = (writing) => {
  const money = partAmount<TaxGroup & { readonly index: number }>(writing)
  return {
    name: 'taxes',
    says: 'The tax breakdown of invoices, one row a rate.',
    key: ['invoice_id', 'position'],
    references: [to('invoice_id', 'invoices')],
    indexes: [],
    owner: 'invoice_id',
    nullable: ['reason'],
    fields: [
      invoiceId(writing),
      ['position', 'integer', 'From 1.', ({ part: { index } }) => index + 1],
      [
        'category',
        'text',
        'UN/CEFACT 5305: S standard, Z zero, E exempt, AE reverse charge, O outside.',
        (row) => row.part.category,
      ],
      ['name', 'text', 'As printed.', ({ part: { name } }) => name],
      ['rate', 'decimal', 'Percent.', ({ part: { rate } }) => thousandths(rate)],
      money('What is taxed.', 'base', ({ base }) => base),
      money('The tax.', 'amount', (group) => group.amount),
      ['reason', 'text', 'Why it is not taxed.', ({ part: { reason } }) => reason],
    ],
  }
}

const paymentsTable: TableOf<PartOf<Payment>> = (writing) => {
  const money = partAmount<Payment>(writing)
  return {
    name: 'payments',
    says: 'Money that arrived.',
    key: ['invoice_id', 'position'],
    references: [to('invoice_id', 'invoices')],
    indexes: ['paid_at'],
    owner: 'invoice_id',
    fields: [
      invoiceId(writing),
      ['position', 'integer', 'From 1.', ({ part: { index } }) => index + 1],
      money('In the currency of the invoice.', 'amount', (payment) => payment.amount),
      ['paid_at', 'instant', 'When it arrived.', ({ part: { at } }) => instant(at)],
      ['method', 'text', 'ach, wire, card, check or sepa.', ({ part: { method } }) => method],
      ['is_pending', 'flag', 'Ordered, not yet arrived.', ({ part: { isPending } }) => isPending],
    ],
  }
}

/** Returns the tables of a ledger's books. `amount` writes minor units of a currency's exponent. */
export function tablesOf(identities: Identities, amount: Writing['amount']) {
  const writing: Writing = { id: (kind, key) => String(identities.encode(kind, key, 'uuid')), amount }
  return {
    sellers: sellersTable(writing),
    customers: customersTable(writing),
    addresses: addressesTable(writing),
    products: productsTable(writing),
    invoices: invoicesTable(writing),
    lines: linesTable(writing),
    taxes: taxesTable(writing),
    payments: paymentsTable(writing),
  }
}
