import { oneOf } from '../meaning.ts'
import type { Draw, Meaning } from '../meaning.ts'
import type { Party } from '../../ledger/entry.ts'

const partyOf = ({ cast, random }: Draw): Party => cast.party(random)
const digits =
  (count: number) =>
  ({ random }: Draw): string =>
    Array.from({ length: count }, (_, index) => random.int(index === 0 ? 1 : 0, 9)).join('')

const companies =
  'company customer partner vendor supplier merchant bank organization buyer seller client business account tenant provider employer contractor debtor creditor payee payer subsidiary'

/** Companies, how they are registered, and where they bank. */
export const firms: readonly Meaning[] = [
  {
    label: 'company',
    text: (draw) => partyOf(draw).name,
    names:
      'company name|organization name|business name|customer name|vendor name|supplier name|partner name|merchant name|' +
      'client name|trade name|trading name|brand|brand name|company|organization|vendor|supplier|' +
      'merchant|customer|buyer|seller|partner|client|employer|buyer name|seller name|manufacturer|bill to|ship to|sold to|' +
      'counterparty|counterparty name|tenant name|alternate full name|account name|carrier name',
  },
  { label: 'company', names: '=name|display name|=title', of: companies, text: (draw) => partyOf(draw).name },
  {
    label: 'legal name',
    names: 'legal name|legal entity|legal entity name|registered name|official name|entity name|company legal name',
    text: (draw) => partyOf(draw).legalName,
    presence: 0.8,
  },
  {
    label: 'alias',
    names: 'company alias|customer alias|=alias|short name',
    text: (draw) => partyOf(draw).domain.split('.')[0],
    presence: 0.4,
  },
  {
    label: 'industry',
    names: 'industry|sector|line of business|business type|industry name|vertical|business category',
    text: (draw) => partyOf(draw).industry,
    examples: 'value',
    presence: 0.6,
  },
  {
    label: 'tax id',
    names:
      'tax id|tax number|vat number|vat id|vat|tin|ein|gst number|tax identifier|tax registration number|tax id number|fiscal code|' +
      'abn|vat registration number|tax identification number',
    text: (draw) => partyOf(draw).taxId,
    presence: 0.6,
  },
  {
    label: 'registration',
    names:
      'registration number|company number|registration id|commercial register number|duns|duns number|business number|license number',
    text: (draw) => partyOf(draw).registrationId,
    presence: 0.5,
  },
  {
    label: 'employees',
    names: 'employee|employee count|number of employee|headcount|company size|staff count',
    number: (draw) => partyOf(draw).employees,
    presence: 0.5,
  },
  {
    label: 'founded',
    names: 'founded|founded year|year founded|year of foundation|established',
    number: (draw) => partyOf(draw).founded,
    presence: 0.4,
  },
  {
    label: 'market',
    names: 'market|market segment|segment|customer segment',
    text: oneOf(['Mid-market', 'Enterprise', 'Small business']),
    examples: 'value',
    presence: 0.5,
  },
  {
    label: 'funding round',
    names: 'funding round',
    text: oneOf(['SEED', 'SERIES_A', 'SERIES_B']),
    examples: 'value',
    presence: 0.6,
  },
  {
    label: 'iban',
    names: 'iban|bank account|international bank account number',
    text: (draw) => partyOf(draw).iban,
    presence: 0.5,
  },
  { label: 'account number', names: 'account number|bank account number|account no', text: digits(8), presence: 0.5 },
  {
    label: 'account hint',
    names: 'account number hint|account hint|masked account number|masked number|masked card number',
    text: (draw) => `••••${digits(4)(draw)}`,
    presence: 0.5,
  },
  {
    label: 'last four',
    names: 'last 4|last four|last 4 digit|last four digit|last digit|card last 4',
    text: digits(4),
    presence: 0.5,
  },
  {
    label: 'bic',
    names: 'bic|swift|swift code|bic code|bank identifier code',
    text: oneOf(['XMPLUS33', 'XMPLDEFF', 'XMPLGB2L']),
    presence: 0.4,
  },
  {
    label: 'sort code',
    names: 'sort code',
    text: ({ random }) => `00-${random.int(10, 99)}-${random.int(10, 99)}`,
    presence: 0.3,
  },
  {
    label: 'routing number',
    names: 'routing number|aba number|bank code|transit number|branch code',
    text: (draw) => `99${digits(7)(draw)}`,
    presence: 0.3,
  },
  {
    label: 'bank',
    names: 'bank name|bank',
    text: oneOf(['Example Bank', 'First Example Bank', 'Example Savings Bank', 'Example Cooperative Bank']),
    presence: 0.5,
  },
  {
    label: 'card brand',
    names: 'card brand|card network|card type',
    text: oneOf(['visa', 'mastercard', 'amex']),
    examples: 'value',
    presence: 0.5,
  },
]
