// Meanings: ids, keys, numbers and references.

import { weigh } from '../ledger/registration.ts'
import type { Random } from '../random.ts'
import type { Clue } from '../semantics/clue.ts'
import type { Draw, Make, ValueMeaning } from '../semantics/meaning.ts'
import { singularWord } from '../semantics/words.ts'

const digit = '0123456789'
const lower = 'abcdefghijklmnopqrstuvwxyz'
const capital = lower.toUpperCase()

const drawn = (random: Random, letters: string, count: number): string => {
  let text = ''
  for (let index = 0; index < count; index++) text += letters.charAt(random.int(0, letters.length - 1))
  return text
}

/** Returns a UUID of version 4. */
function uuidOf(random: Random): string {
  const hex = drawn(random, '0123456789abcdef', 30)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${random.pick(['8', '9', 'a', 'b'])}${hex.slice(15, 18)}-${hex.slice(18)}`
}

/** Returns a text of the same shape as an example: a short word before a separator stays, digits and letters are drawn anew. */
function alike(example: string, random: Random): string {
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(example)) return uuidOf(random)
  const prefix = /^(?:[A-Za-z]{1,8}[-_:/])+|^[A-Z]{2,5}(?=\d)/.exec(example)?.[0] ?? ''
  const isHex = /^[0-9a-f]+$/.test(example.slice(prefix.length)) && example.length > 15
  return (
    prefix +
    example.slice(prefix.length).replaceAll(/[A-Za-z0-9]/g, (sign, index: number) => {
      if (isHex) return drawn(random, digit + 'abcdef', 1)
      if (/\d/.test(sign))
        return sign === '0' && index === 0 ? '0' : drawn(random, index === 0 ? digit.slice(1) : digit, 1)
      return drawn(random, /[a-z]/.test(sign) ? lower : capital, 1)
    })
  )
}

/** Words that say whose identity it is not. */
const plain = new Set([
  'id',
  'uuid',
  'identifier',
  'external',
  'remote',
  'source',
  'internal',
  'parent',
  'child',
  'original',
  'unique',
  'reference',
  'latest',
  'last',
  'default',
  'new',
  'old',
  'my',
  'the',
  'public',
  'private',
  'linked',
  'related',
  'key',
  'or',
  'alias',
  'ref',
  'info',
  'detail',
  'details',
])

/** Returns `cus_` for a `customer_id`, else for an `id` inside of a `customer`. */
function prefixOf({ words, owner, description }: Clue): string {
  const named = /\b(?:id|identifier) (?:of|for) (?:the |a |an |this |its )?(?:ledger )?([a-z]+)/.exec(description)?.[1]
  const says = (candidate: string): boolean => !plain.has(candidate) && !/^\d+$/.test(candidate)
  const word = words.findLast(says) ?? owner.findLast(says) ?? (named && singularWord(named))
  if (word === undefined || word.length < 3 || plain.has(word) || ['record', 'object', 'entity', 'one'].includes(word))
    return ''
  return `${word.length <= 4 ? word : word.slice(0, 3)}_`
}

const exampleOf = ({ examples }: Clue): string | undefined =>
  examples.find((example) => typeof example === 'string' && /^\S{2,79}$/.test(example)) as string | undefined

const identity: Make<string> = ({ random, clue }: Draw) => {
  if (clue.format === 'uuid') return uuidOf(random)
  const example = exampleOf(clue)
  if (example !== undefined) return alike(example, random)
  if (/\buuid\b|\bguid\b/.test(clue.description)) return uuidOf(random)
  return prefixOf(clue) + drawn(random, digit + capital + lower, 12)
}

/** Identities in other systems are short numbers more often than not. */
const foreign: Make<string> = ({ random, clue }) => {
  if (clue.format === 'uuid') return uuidOf(random)
  const example = exampleOf(clue)
  return example === undefined ? String(random.int(100_000, 999_999)) : alike(example, random)
}

const numbered =
  (prefix: string): Make<string> =>
  ({ random, clue }) => {
    const example = exampleOf(clue)
    return example === undefined ? `${prefix}${random.int(10_000, 99_999)}` : alike(example, random)
  }

const secret: Make<string> = ({ random, clue }) =>
  `test_${drawn(random, digit + lower, Math.max(19, Number(clue.schema.minLength ?? 0)))}`

const cursor: Make<string> = ({ random }) =>
  btoa(`page:${random.int(2, 40)}:${drawn(random, digit, 6)}`).replaceAll('=', '')

const references = ['PO-', 'PRJ-', 'CC-', 'REF-', 'SO-'] as const

/** What tells one thing from another. */
export const identityMeanings: readonly ValueMeaning[] = [
  {
    label: 'id',
    names: 'id|identifier|uuid|object id|ids|uid|~uuid|unique id|id or alias|key id|attachment|plan',
    formats: 'uuid',
    text: identity,
    number: ({ random }) => random.int(1_000, 99_999),
    examples: 'shape',
    presence: 0.97,
  },
  {
    label: 'optional id',
    names:
      'entity id|parent id|batch id|bulk * id|session id|original id|connected account id|provider transaction id|content id|' +
      'file id|invitation id|identity id|transfer id|promotion id|campaign id|coupon id|into invoice id',
    formats: 'uuid',
    text: identity,
    number: ({ random }) => random.int(1_000, 99_999),
    examples: 'shape',
    presence: 0.4,
  },
  {
    label: 'foreign id',
    names:
      'external id|remote id|foreign id|source id|external identifier|legacy id|erp id|external key|external reference id|' +
      'customer external id|third party id|remote key|item identifier',
    formats: 'uuid',
    text: foreign,
    number: ({ random }) => random.int(1_000, 99_999),
    examples: 'shape',
    presence: 0.6,
  },
  {
    label: 'operation key',
    names:
      'operation key|idempotency key|correlation id|request id|trace id|debug id|transaction key|message id|event id|span id|nonce|' +
      'execution id',
    formats: 'uuid',
    text: ({ random, clue }) =>
      exampleOf(clue) === undefined && clue.format !== 'uuid'
        ? drawn(random, digit + 'abcdef', 13)
        : identity({ random, clue } as Draw),
    examples: 'shape',
    presence: 0.6,
  },
  {
    label: 'token',
    names:
      'token|access token|refresh token|session token|bearer token|secret|client secret|api key|signing secret|credential|' +
      'webhook secret|auth token|api token|private key|secret key',
    text: secret,
    examples: 'none',
    presence: 0.5,
  },
  {
    label: 'cursor',
    names:
      'cursor|next cursor|page token|next page token|continuation token|after cursor|end cursor|start cursor|next token|' +
      'starting after|previous cursor|before cursor',
    text: cursor,
    examples: 'none',
    presence: 0.5,
  },
  {
    label: 'cursor',
    names: '=next|=previous|=after|=before',
    of: 'page pagination cursor token continuation paging result',
    text: cursor,
    examples: 'none',
    presence: 0.5,
  },
  {
    label: 'password',
    names: 'password|passphrase|pin|passcode',
    formats: 'password',
    text: ({ random }) => `example-${drawn(random, digit + lower, 8)}`,
    presence: 0.3,
  },
  {
    label: 'invoice number',
    names:
      'invoice number|bill number|invoice no|document number|credit note number|invoice reference|receipt number|receipt no|' +
      'statement number',
    text: numbered('INV-'),
    examples: 'shape',
    presence: 0.95,
  },
  {
    label: 'order number',
    names:
      'purchase order|purchase order number|po number|order number|order reference|order no|purchase order reference|' +
      'contract number|quote number|ticket number|case number|project number',
    text: numbered('PO-'),
    examples: 'shape',
    presence: 0.5,
  },
  {
    label: 'customer number',
    names:
      'customer number|client number|debtor number|account code|customer code|supplier code|vendor number|supplier number|' +
      'member number|partner number|party number|account no|account reference',
    text: numbered('C-'),
    examples: 'shape',
    presence: 0.7,
  },
  {
    label: 'reference',
    names:
      'reference|ext reference|external reference|reference number|ref|payment reference|customer reference|your reference|' +
      'our reference|remittance reference|reference code|transaction reference|cost center|project code|bank reference|buyer reference',
    text: ({ random, clue }) => numbered(random.pick(references))({ random, clue } as Draw),
    number: ({ random }) => random.int(10_000, 99_999),
    examples: 'shape',
    presence: 0.45,
  },
  {
    label: 'article number',
    names:
      'sku|article number|product code|item code|part number|item number|product number|material number|' +
      'component code|plan code|catalog number|stock code|model number',
    text: numbered('ART-'),
    examples: 'shape',
    presence: 0.7,
  },
  {
    // No area of that number is ever given out.
    label: 'national number',
    names:
      'social security number|ssn|national id|national id number|national insurance number|personal number|citizen id|passport number|id card number',
    text: ({ random }) => `000-${random.int(10, 99)}-${random.int(1_000, 9_999)}`,
    examples: 'none',
    presence: 0.2,
  },
  {
    // GS1 keeps numbers that begin with 2 for use within a company.
    label: 'barcode',
    names: 'barcode|bar code|gtin|ean|ean code|upc|upc code|gtin 13|ean 13',
    text: ({ random }) => {
      const body = `2${String(random.int(0, 99_999)).padStart(5, '0')}${String(random.int(0, 999_999)).padStart(6, '0')}`
      return `${body}${(10 - (weigh(body, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10}`
    },
    examples: 'shape',
    presence: 0.6,
  },
  {
    label: 'account code',
    names:
      'nominal code|gl code|ledger code|account code|gl account|ledger account|chart of account code|general ledger code',
    text: ({ random }) => String(random.int(100, 899) * 10),
    examples: 'shape',
    presence: 0.6,
  },
  {
    label: 'tax code',
    names: 'tax code|tax type code|vat code|tax rate code|tax category code',
    text: ({ random }) => random.pick(['S', 'Z', 'E', 'AE']),
    examples: 'value',
    presence: 0.6,
  },
  {
    label: 'coupon code',
    names: 'coupon code|promo code|promotion code|voucher|discount code|voucher code|coupon',
    text: ({ random }) => random.pick(['WELCOME10', 'SPRING15', 'ANNUAL20', 'PARTNER5', 'LAUNCH25']),
    examples: 'value',
    presence: 0.3,
  },
  {
    label: 'coupon code',
    names: '=code',
    of: 'coupon promotion discount voucher',
    text: ({ random }) => random.pick(['WELCOME10', 'SPRING15', 'ANNUAL20', 'PARTNER5', 'LAUNCH25']),
    examples: 'value',
    presence: 0.9,
  },
  {
    label: 'tracking number',
    names: 'tracking number|tracking code|shipment number|consignment number',
    text: numbered('TRK'),
    examples: 'shape',
    presence: 0.4,
  },
  {
    label: 'number',
    names: '=number|serial number|serial|=no|=nr',
    text: ({ random, clue }) =>
      numbered(prefixOf(clue) === '' ? '' : `${prefixOf(clue).slice(0, -1).toUpperCase()}-`)({ random, clue } as Draw),
    number: ({ random }) => random.int(1_000, 99_999),
    examples: 'shape',
    presence: 0.8,
  },
]
