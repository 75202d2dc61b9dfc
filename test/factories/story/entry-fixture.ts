import { dayOf, exponentOf, secondsPerDay } from '../../../spec/index.ts'
import type { Status } from '../../../spec/index.ts'
import type { Address, Entry, Line, Party, Payment, Person } from '../../../factories/ledger/entry.ts'
import { Random } from '../../../factories/random.ts'

/** The state of a made-up invoice; `today` is 1 June 2026. */
export interface EntryWishes {
  readonly key: number
  readonly status: Status
  readonly isDisputed?: boolean
  readonly isPromised?: boolean
  readonly isPartlyPaid?: boolean
  readonly rest?: Partial<Entry>
}

const today = dayOf(2026, 6, 1)

const person = (
  key: number,
  givenName: string,
  familyName: string,
  jobTitle: string,
  domain: string,
  isPrimary = false,
): Person => ({
  key,
  givenName,
  familyName,
  name: `${givenName} ${familyName}`,
  email: `${givenName}.${familyName}@${domain}`.toLowerCase(),
  phone: `+1 202 555 01${String(10 + key)}`,
  jobTitle,
  isPrimary,
})

export const staff: readonly Person[] = [
  person(0, 'Ines', 'Holm', 'Accounts Receivable Manager', 'northwind.example', true),
  person(1, 'Tom', 'Akers', 'Collections Specialist', 'northwind.example'),
  person(2, 'Rana', 'Saleh', 'Account Manager', 'northwind.example'),
]

const address: Address = {
  key: 1,
  kind: 'billing',
  name: 'Main',
  line1: '1 Main Street',
  city: 'Springfield',
  postalCode: '12345',
  country: 'US',
  countryName: 'United States',
  phone: '+1 202 555 0100',
  latitude: 1,
  longitude: 1,
}

const party = (
  key: number,
  name: string,
  domain: string,
  currency: string,
  locale: string,
  people: readonly Person[],
): Party => ({
  key,
  name,
  legalName: name,
  taxId: 'X',
  registrationId: 'X',
  email: `accounts@${domain}`,
  phone: '+1 202 555 0199',
  website: `https://${domain}`,
  domain,
  iban: 'X',
  currency,
  country: 'US',
  locale,
  timezone: 'UTC',
  industry: 'trade',
  description: 'Trade',
  employees: 10,
  founded: 1990,
  address,
  shippingAddress: address,
  people,
})

const seller = party(-1, 'Northwind Systems Inc.', 'northwind.example', 'USD', 'en-US', staff)

const homes = [
  ['USD', 'en-US'],
  ['EUR', 'de-DE'],
  ['GBP', 'en-GB'],
  ['JPY', 'ja-JP'],
  ['KWD', 'ar-KW'],
  ['CHF', 'de-CH'],
  ['SEK', 'sv-SE'],
  ['EUR', 'fr-FR'],
] as const

function buyerOf(random: Random): Party {
  const key = random.int(0, 500)
  const [currency, locale] = random.pick(homes)
  const name = random.pick(['Alder & Finch Ltd.', 'Bergmann Logistik', 'Corvid Labs', 'Delmar Foods Inc.'])
  const domain = `${name.split(' ', 1)[0]?.toLowerCase()}${key}.example`
  const people = [
    person(20, 'Mara', 'Quill', 'Office Manager', domain, true),
    person(21, 'Jonas', 'Weber', 'Accounts Payable Clerk', domain),
  ]
  return party(key, name, domain, currency, locale, people.slice(0, random.int(1, 2)))
}

const goods = ['Laptop stand', 'Consulting', 'Ledger Cloud, seat', 'Network cable']

function linesOf(random: Random): Line[] {
  return Array.from({ length: random.int(1, 6) }, (_, index): Line => {
    const product = random.int(0, goods.length - 1)
    const quantity = random.int(1, 40) * 1000
    const price = random.int(50, 90_000)
    const isGoods = product === 0 || product === 3
    return {
      index,
      name: goods[product] as string,
      description: 'As ordered',
      product,
      productType: isGoods ? 'goods' : product === 1 ? 'service' : 'subscription',
      unit: isGoods ? 'C62' : product === 1 ? 'HUR' : 'MON',
      quantity,
      price,
      allowance: 0,
      net: (quantity / 1000) * price,
      taxRate: 0,
      tax: 0,
    }
  })
}

/** Days from issue to `today`: what a status needs. */
const ages: Readonly<Record<Status, readonly [number, number]>> = {
  draft: [0, 3],
  open: [0, 28],
  processing: [10, 60],
  paid: [5, 200],
  overdue: [31, 120],
  void: [3, 90],
  uncollectible: [190, 300],
}

/** Returns an invoice whose facts agree with each other. */
export function entryFixture({
  key,
  status,
  isDisputed = false,
  isPromised = false,
  isPartlyPaid = false,
  rest = {},
}: EntryWishes): Entry {
  const random = new Random(key).at('fixture')
  const buyer = buyerOf(random)
  const terms = status === 'open' || status === 'overdue' ? 30 : random.pick([0, 14, 30])
  const issueDate = today - random.int(...ages[status])
  const lines = linesOf(random)
  const total = lines.reduce((sum, { net }) => sum + net, 0)
  const createdAt = issueDate * secondsPerDay + 30_000
  const sentAt = status === 'draft' ? undefined : createdAt + random.int(60, 5_000)
  const dueDate = issueDate + terms
  const payments = paymentsOf(status, isPartlyPaid, total, (sentAt ?? createdAt) + 100, random)
  const paid = payments.reduce((sum, payment) => sum + payment.amount, 0)
  const end = today * secondsPerDay + 40_000
  return {
    index: key,
    key,
    today,
    number: `NOR-${10_000 + key}`,
    direction: 'receivable',
    currency: buyer.currency,
    exponent: exponentOf(buyer.currency),
    exchangeRate: 1,
    buyer,
    seller,
    status,
    issueDate,
    dueDate,
    terms,
    periodStart: dayOf(2026, 1, 1),
    periodEnd: dayOf(2026, 1, 31),
    createdAt,
    modifiedAt: end,
    syncedAt: end,
    syncStatus: 'synced',
    intake: 'processed',
    ...(sentAt !== undefined && { sentAt }),
    ...(status === 'paid' && { paidAt: payments.at(-1)?.at ?? end }),
    ...(status === 'void' && { voidedAt: random.int(sentAt ?? createdAt, end) }),
    ...(status === 'uncollectible' && { uncollectibleAt: end }),
    ...(isPromised && { promisedDate: dueDate + random.int(4, 10) }),
    ...(random.chance(0.6) && { purchaseOrder: `PO-${random.int(1000, 9999)}` }),
    isDisputed,
    lines,
    allowanceList: [],
    chargeList: [],
    taxes: [],
    payments,
    lineTotal: total,
    allowances: 0,
    charges: 0,
    subtotal: total,
    tax: 0,
    total,
    paid,
    rounding: 0,
    due: total - paid,
    ...rest,
  }
}

const methods: readonly Payment['method'][] = ['ach', 'wire', 'card', 'check', 'sepa']

function paymentsOf(status: Status, isPartlyPaid: boolean, total: number, from: number, random: Random): Payment[] {
  const half = Math.floor(total / 2)
  const amounts = status === 'paid' ? (isPartlyPaid ? [half, total - half] : [total]) : isPartlyPaid ? [half] : []
  const span = today * secondsPerDay + 40_000 - from
  return amounts.map((amount, index) => ({
    index,
    amount,
    at: from + Math.floor((span * (index + random.float())) / (amounts.length + 1)),
    method: random.pick(methods),
    isPending: false,
  }))
}

/** Returns invoices of all states with the given keys: plain, disputed, promised, partly paid, and both disputed and promised. */
export function sampleEntries(count: number, firstKey = 1): Entry[] {
  return Array.from({ length: count }, (_, index) => {
    const wish = kinds[index % kinds.length] as Omit<EntryWishes, 'key'>
    return entryFixture({ key: firstKey + index * 7919, ...wish })
  })
}

const kinds: readonly Omit<EntryWishes, 'key'>[] = [
  { status: 'draft' },
  { status: 'open' },
  { status: 'open', isDisputed: true },
  { status: 'open', isPartlyPaid: true },
  { status: 'processing' },
  { status: 'paid' },
  { status: 'paid', isPartlyPaid: true },
  { status: 'overdue' },
  { status: 'overdue', isPromised: true },
  { status: 'overdue', isDisputed: true },
  { status: 'overdue', isDisputed: true, isPromised: true },
  { status: 'overdue', isPartlyPaid: true, isPromised: true },
  { status: 'void' },
  { status: 'uncollectible' },
]
