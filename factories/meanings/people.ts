// Meanings: people and companies, and how they are reached, registered and paid.

import type { Party } from '../ledger/entry.ts'
import { foldAccents, slug } from '../ledger/text.ts'
import { oneOf } from '../semantics/meaning.ts'
import type { Draw, ValueMeaning } from '../semantics/meaning.ts'

const personOwners =
  'person contact user employee assignee sender recipient author member agent caller owner customer payer buyer approver signer holder billing info'
const departments = [
  'Accounts payable',
  'Accounts receivable',
  'Finance',
  'Procurement',
  'Operations',
  'Sales',
  'Legal',
  'Information technology',
] as const

const nameOf = ({ cast, random }: Draw): string => cast.person(random).name
const emailOf = ({ cast, random }: Draw): string => cast.person(random).email
const phoneOf = ({ cast, random }: Draw): string => cast.person(random).phone

/** Who did something: an address where the description asks for one, else a name. */
const actorOf = (draw: Draw): string => (draw.clue.description.includes('mail') ? emailOf(draw) : nameOf(draw))

/** Returns the letters of a name without its accents: `jdoe`. */
function loginOf({ cast, random }: Draw): string {
  const { email } = cast.person(random)
  const [given = '', family = ''] = (email.split('@')[0] as string).split('.')
  return slug(given).charAt(0) + slug(family)
}

/** People, and how to reach them. */
export const peopleMeanings: readonly ValueMeaning[] = [
  {
    label: 'given name',
    names: 'first name|given name|christian name|=first|=given',
    text: ({ cast, random }) => cast.person(random).givenName,
  },
  {
    label: 'middle name',
    names: 'middle name|middle initial|=middle',
    text: ({ cast, random }) => cast.person(random).givenName,
    presence: 0.1,
  },
  {
    label: 'family name',
    names: 'last name|family name|second name|=last|=family',
    text: ({ cast, random }) => cast.person(random).familyName,
  },
  {
    label: 'name prefix',
    names: 'name prefix|salutation|honorific|courtesy title|name title',
    text: oneOf(['Ms', 'Mr', 'Dr']),
    presence: 0.25,
  },
  {
    label: 'name prefix',
    names: '=prefix',
    of: 'person name party contact salutation',
    text: oneOf(['Ms', 'Mr', 'Dr']),
    presence: 0.25,
  },
  { label: 'name suffix', names: 'name suffix', text: oneOf(['Jr.', 'Sr.', 'PhD', 'III']), presence: 0.03 },
  {
    label: 'name suffix',
    names: '=suffix',
    of: 'person name party contact',
    text: oneOf(['Jr.', 'Sr.', 'PhD', 'III']),
    presence: 0.03,
  },
  {
    label: 'full name',
    text: nameOf,
    names:
      'full name|person name|contact name|recipient name|sender name|author|author name|assignee name|owner name|' +
      'cardholder name|cardholder|account holder|holder name|attention|contact person|signer name|' +
      'employee name|member name|agent name|caller name|attendee|by user name|by name|payee name|payer name|beneficiary|' +
      'participant|account manager|salesperson|sales rep|user full name|assignee|requester|reviewer|approver',
  },
  {
    label: 'full name',
    names: '=name|display name|=user',
    of: 'person contact user employee assignee sender recipient author member agent caller holder approver signer attendee cardholder',
    text: nameOf,
  },
  {
    label: 'actor',
    names: 'by|=actor|transferred to|assigned to|forwarded to|escalated to|reported to|handed to',
    text: actorOf,
    presence: 0.7,
  },
  {
    label: 'user name',
    names:
      'user name|login|login name|handle|nickname|screen name|twitter|twitter handle|github|instagram|social handle',
    text: loginOf,
    presence: 0.7,
  },
  {
    label: 'initials',
    names: 'initials|initial',
    text: ({ cast, random }) => {
      const { givenName, familyName } = cast.person(random)
      return foldAccents(givenName.charAt(0) + familyName.charAt(0)).toUpperCase()
    },
    presence: 0.4,
  },
  {
    label: 'email',
    names:
      'email|email address|mail|mail address|reply to|contact email|test email|inbox|mailbox|cc|bcc|recipient email',
    formats: 'email idn-email',
    text: emailOf,
    presence: 0.9,
  },
  {
    label: 'email',
    names: '=from|=to|sender|recipient|participant',
    of: 'email mail message',
    formats: 'email idn-email',
    text: emailOf,
    presence: 0.95,
  },
  {
    label: 'company email',
    names:
      'billing email|invoice email|invoicing email|company email|accounting email|support email|billing email address|receiving inbox',
    formats: 'email idn-email',
    text: ({ cast, random }) => cast.party(random).email,
    presence: 0.8,
  },
  {
    label: 'phone',
    names:
      'phone|phone number|mobile|mobile number|mobile phone|cell|cell phone|cell phone number|landline|msisdn|whatsapp|caller id|' +
      'dial number|contact number|international number',
    text: phoneOf,
    presence: 0.65,
  },
  { label: 'phone', names: '=number', of: 'phone mobile telephone', text: phoneOf },
  { label: 'fax', names: 'fax|fax number', text: phoneOf, presence: 0.05 },
  {
    label: 'national number',
    names: 'national number|local number|subscriber number',
    text: ({ cast, random }) => nationalOf(cast.person(random).phone),
  },
  {
    label: 'calling code',
    names: 'calling code|dial code|dialing code|phone code|phone country code',
    text: ({ cast, random }) => callingCode(cast.person(random).phone),
  },
  {
    label: 'calling code',
    names: '=country code',
    of: 'phone mobile telephone calling dial',
    text: ({ cast, random }) => callingCode(cast.person(random).phone),
  },
  {
    label: 'extension',
    names: 'extension number|phone extension|=extension',
    of: 'phone number extension',
    text: ({ random }) => String(random.int(100, 799)),
    presence: 0.1,
  },
  {
    label: 'job title',
    names: 'job title|position title|occupation|profession|job role|job|job position',
    text: ({ cast, random }) => cast.person(random).jobTitle,
    presence: 0.7,
  },
  {
    label: 'job title',
    names: '=title|=position|=role',
    of: personOwners,
    text: ({ cast, random }) => cast.person(random).jobTitle,
    examples: 'value',
    presence: 0.7,
  },
  {
    label: 'department',
    names: 'department|team|division|department name|team name|cost center name',
    text: oneOf(departments),
    presence: 0.5,
  },
  {
    label: 'gender',
    names: 'gender|sex',
    text: oneOf(['female', 'male', 'unspecified']),
    examples: 'value',
    presence: 0.2,
  },
  { label: 'pronouns', names: 'pronoun', text: oneOf(['she/her', 'he/him', 'they/them']), presence: 0.1 },
]

/** Numbers are written with a space after the calling code. */
const callingCode = (phone: string): string => phone.slice(1).split(' ')[0] as string

const nationalOf = (phone: string): string => phone.split(' ').slice(1).join('')

const drawnParty = ({ cast, random }: Draw): Party => cast.party(random)
const digits =
  (count: number) =>
  ({ random }: Draw): string =>
    Array.from({ length: count }, (_, index) => random.int(index === 0 ? 1 : 0, 9)).join('')

const companyOwners =
  'company customer partner vendor supplier merchant bank organization buyer seller client business account tenant provider employer contractor debtor creditor payee payer subsidiary'

/** Companies, how they are registered, and where they bank. */
export const companyMeanings: readonly ValueMeaning[] = [
  {
    label: 'company',
    text: (draw) => drawnParty(draw).name,
    names:
      'company name|organization name|business name|customer name|vendor name|supplier name|partner name|merchant name|' +
      'client name|trade name|trading name|brand|brand name|company|organization|vendor|supplier|' +
      'merchant|customer|buyer|seller|partner|client|employer|buyer name|seller name|manufacturer|bill to|ship to|sold to|' +
      'counterparty|counterparty name|tenant name|alternate full name|account name|carrier name',
  },
  { label: 'company', names: '=name|display name|=title', of: companyOwners, text: (draw) => drawnParty(draw).name },
  {
    label: 'legal name',
    names: 'legal name|legal entity|legal entity name|registered name|official name|entity name|company legal name',
    text: (draw) => drawnParty(draw).legalName,
    presence: 0.8,
  },
  {
    label: 'alias',
    names: 'company alias|customer alias|=alias|short name',
    text: (draw) => drawnParty(draw).domain.split('.')[0],
    presence: 0.4,
  },
  {
    label: 'industry',
    names: 'industry|sector|line of business|business type|industry name|vertical|business category',
    text: (draw) => drawnParty(draw).industry,
    examples: 'value',
    presence: 0.6,
  },
  {
    label: 'tax id',
    names:
      'tax id|tax number|vat number|vat id|vat|tin|ein|gst number|tax identifier|tax registration number|tax id number|fiscal code|' +
      'abn|vat registration number|tax identification number',
    text: (draw) => drawnParty(draw).taxId,
    presence: 0.6,
  },
  {
    label: 'registration',
    names:
      'registration number|company number|registration id|commercial register number|duns|duns number|business number|license number',
    text: (draw) => drawnParty(draw).registrationId,
    presence: 0.5,
  },
  {
    label: 'employees',
    names: 'employee|employee count|number of employee|headcount|company size|staff count',
    number: (draw) => drawnParty(draw).employees,
    presence: 0.5,
  },
  {
    label: 'founded',
    names: 'founded|founded year|year founded|year of foundation|established',
    number: (draw) => drawnParty(draw).founded,
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
    text: (draw) => drawnParty(draw).iban,
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
