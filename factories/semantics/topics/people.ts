import { foldAccents, slug } from '../../ledger/text.ts'
import { oneOf } from '../meaning.ts'
import type { Draw, Meaning } from '../meaning.ts'

const persons =
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
export const people: readonly Meaning[] = [
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
    of: persons,
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
