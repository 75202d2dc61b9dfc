// Writes an inferred role as an overlay annotation: units, words of states, date forms.

import type { Word } from '../binding.ts'
import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import { parseRole, termOf } from '../roles.ts'
import type { Kind } from '../roles.ts'
import { statuses } from '../roles/invoice.ts'
import { nameMeaning } from './dictionary.ts'
import { isMomentNumber, msDate } from './facts.ts'
import type { SchemaFacts } from './facts.ts'
import type { Annotation, InferredBinding } from './inferred.ts'
import { flagOf } from './parts.ts'
import type { Candidate } from './rules.ts'
import { statusWords } from './states.ts'
import { unitWords } from './units.ts'

/** Returns a reading as an overlay would state it, in the forms that its place has; `undefined` where no form fits. */
export function annotate(
  candidate: Candidate,
  factsOf: (pointer: Pointer) => SchemaFacts,
): InferredBinding | undefined {
  const parsed = parseRole(candidate.role)
  if (!parsed) return undefined
  const { pointer, root, path, money, confidence, evidence } = candidate
  const inner = money && factsOf(candidate.facts.properties.get(money.amount) as Pointer)
  const form = formOf(candidate, inner ?? candidate.facts)
  if (!form) return undefined
  return {
    pointer,
    root,
    path,
    annotation: { role: candidate.role, ...form.annotation },
    ...(money && { money }),
    confidence: Math.min(0.99, confidence - (form.doubt ?? 0)),
    evidence: [...evidence, ...(form.why === undefined ? [] : [form.why])],
  }
}

interface FormOf {
  readonly annotation: Omit<Annotation, 'role'>
  readonly why?: string
  readonly doubt?: number
}

const plain: FormOf = { annotation: {} }

function formOf(candidate: Candidate, facts: SchemaFacts): FormOf | undefined {
  const { kind, words } = termOf((parseRole(candidate.role) as NonNullable<ReturnType<typeof parseRole>>).role)
  const isText = facts.types.has('string') && !facts.types.has('number') && !facts.types.has('integer')
  switch (kind) {
    case 'amount':
      return amountForm(candidate, facts, isText)
    case 'rate':
      return rateForm(facts)
    case 'id':
      return idForm(facts)
    case 'code':
      if (candidate.role === 'invoice.status') return statusForm(candidate, facts)
      if (candidate.role.endsWith('currency') || candidate.role.endsWith('country')) return codeForm(candidate, facts)
      return words ? wordsForm(candidate.role, words, facts) : plain
    case 'text':
      if (candidate.role === 'line.unit' && facts.words) return unitsForm(facts.words)
      return facts.words ? undefined : plain
    case 'instant':
    case 'date':
      return dateForm(kind, facts)
    default:
      return plain
  }
}

function amountForm({ isMinor, money, facts: outer }: Candidate, facts: SchemaFacts, isText: boolean): FormOf {
  const isWhole = facts.types.has('integer') && !facts.types.has('number')
  const minor =
    isMinor ||
    /\b(?:in|as) (?:cents|minor)|minor (?:currency )?unit|smallest (?:currency )?unit/i.test(
      `${facts.description} ${outer.description}`,
    )
  if (minor) return { annotation: { unit: 'minor' }, why: 'written in the minor unit' }
  if (isText)
    return { annotation: { unit: 'major' }, why: money ? 'a decimal text with its currency' : 'a decimal text' }
  return isWhole
    ? { annotation: { unit: 'minor' }, why: 'whole numbers are of the minor unit' }
    : { annotation: { unit: 'major' }, why: 'a decimal number' }
}

function rateForm({ examples, maximum, description }: SchemaFacts): FormOf {
  const [example] = examples.map(Number).filter((value) => Number.isFinite(value) && value !== 0)
  if (
    example === undefined
      ? maximum === 1 || /fraction|0\.\d+ (?:for|means|=)/i.test(description)
      : Math.abs(example) < 1
  )
    return { annotation: { as: 'fraction' }, why: 'below 1: a fraction' }
  return { annotation: { as: 'percent' } }
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

function idForm({ types, format, examples, pattern }: SchemaFacts): FormOf | undefined {
  if (types.has('integer') || types.has('number')) return { annotation: { as: 'integer' } }
  const example = examples.find((one): one is string => typeof one === 'string' && one !== '')
  const form: { readonly as: string; readonly prefix?: string } =
    format === 'uuid' || (example !== undefined && uuid.test(example))
      ? { as: 'uuid' }
      : example !== undefined && /^\d+$/.test(example)
        ? { as: 'integer' }
        : prefixed(example)
  if (pattern === undefined) return { annotation: form }
  const fitting = [form, ...spacious(prefixIn(pattern))].find((one) =>
    matches(pattern, `${one.prefix ?? ''}${samples[one.as as keyof typeof samples]}`),
  )
  return fitting && { annotation: fitting }
}

const samples = {
  uuid: '8c4ee4b5-3d5c-4f0a-9c33-0d5c9a1b2c3d',
  integer: '1234',
  token: '8kQ2vdTbX1mP',
  prefixed: '8kQ2vdTbX1mP',
  ulid: '4C9VJB9Z8W9R59WCSDBJD1PB1X',
  typeid: '4c9vjb9z8w9r59wcsdbjd1pb1x',
} as const

/** Returns the forms of 26 digits. */
const spacious = (prefix: string | undefined): { readonly as: string; readonly prefix?: string }[] =>
  ['ulid', 'typeid'].map((as) => ({ as, ...(prefix !== undefined && { prefix }) }))

/** `^txn_[a-z\d]{26}$` */
const prefixIn = (pattern: string | undefined): string | undefined =>
  /^\^([A-Za-z][A-Za-z\d]{0,11}[_:-])/.exec(pattern ?? '')?.[1]

function prefixed(example: string | undefined): { as: 'prefixed' | 'token'; prefix?: string } {
  const prefix = /^(?:[A-Za-z][A-Za-z\d]{0,11}[_\-:])+(?=[A-Za-z\d]{4,}$)/.exec(example ?? '')?.[0]
  return prefix === undefined ? { as: 'token' } : { as: 'prefixed', prefix }
}

function matches(pattern: string, sample: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(sample)
  } catch {
    return false
  }
}

/** A flag that says one state is as good as a word for it. */
function statusForm({ path }: Candidate, facts: SchemaFacts): FormOf | undefined {
  const flag = facts.types.has('boolean') ? flagOf(nameMeaning(wordsOf(path.at(-1) ?? '')).words) : undefined
  if (flag !== undefined)
    return { annotation: { values: Object.fromEntries(statuses.map((status) => [status, flag.includes(status)])) } }
  const words = statusWords(facts)
  if (!words) return undefined
  return {
    annotation: { values: words.values },
    why: `its words are ${words.own.map((status) => String(words.values[status])).join(', ')}`,
    doubt: words.own.includes('paid') ? 0 : 0.05,
  }
}

function unitsForm(words: readonly unknown[]): FormOf | undefined {
  const values = unitWords(words)
  return values && { annotation: { values }, why: 'its words are units' }
}

/** Words of APIs for the sides of a business, by the ledger's word. */
type Sides = Readonly<Record<string, RegExp>>

const sides: Readonly<Record<string, Sides>> = {
  'line.kind': {
    item: /^(?!.*(?:sub[-_ ]?total|text|comment|head|title|note|description)).*(?:item|product|article|material|service|sale|normal|default|position|charge|standard|plan|line)/i,
    subtotal: /sub[-_ ]?total|zwischensumme|sous[-_ ]?total/i,
    text: /text|comment|heading|header|title|note|description/i,
  },
  'address.kind': {
    billing: /^(?:bill(?:ing)?(?:[-_ ]?to)?|invoice|invoicing|facturation|rechnung)$/i,
    shipping: /^(?:ship(?:ping)?(?:[-_ ]?to)?|deliver(?:y|_to)|livraison|lieferung)$/i,
    seller: /^(?:seller|supplier|vendor|company|from)$/i,
  },
  'invoice.direction': {
    receivable: /^(?:invoice|sales?|ar|accrec|receivable|customer_?invoice|outgoing|outbound|issued|out)$/i,
    payable: /^(?:bill|purchase|ap|accpay|payable|vendor_?bill|supplier_?invoice|incoming|inbound|received|in)$/i,
  },
}
for (const side of ['party', 'buyer', 'seller'])
  (sides as Record<string, Sides>)[`${side}.type`] = {
    customer: /^(?:customer|client|buyer|debtor)$/i,
    vendor: /^(?:vendor|supplier|seller|creditor)$/i,
  }

/** The API's own spelling of the words that a role has, where it has at least two of them; for the others it has none. */
function wordsForm(role: string, wanted: readonly string[], facts: SchemaFacts): FormOf | undefined {
  const side = sides[role]
  const { words: listed, examples, description } = facts
  // "vendor or customer"
  const told = side && /^\W*(\w+)(?:\W+or\W+|\W*,\W*|\W*\/\W*)(\w+)\W*$/.exec(description)?.slice(1)
  const words = listed ?? (examples.length > (side ? 1 : 0) ? examples : told)
  // A free text takes any word; which side of a business or which kind of row is meant, no word of ours would tell.
  if (!words) return side && role !== 'address.kind' ? undefined : { annotation: {}, doubt: 0.1 }
  const found = wanted.map(
    (word) => [word, words.find((own) => side?.[word]?.test(String(own)) ?? bare(own) === bare(word)) ?? null] as const,
  )
  const count = found.filter(([, word]) => word !== null).length
  return count < 2
    ? undefined
    : {
        annotation: { values: Object.fromEntries(found) as Record<string, Word> },
        why: 'its words are those of the role',
      }
}

const bare = (word: unknown): string =>
  String(word)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')

function codeForm({ role }: Candidate, { words, examples, description }: SchemaFacts): FormOf | undefined {
  const [sample] = [...(words ?? []), ...examples].filter((word): word is string => typeof word === 'string')
  if (words && role.endsWith('currency') && !words.some((word) => /^[a-z]{3}$/i.test(String(word)))) return undefined
  if (role.endsWith('country') && sample !== undefined && sample.length !== 2) return undefined
  const isLower = sample === undefined ? /lower-?\s?case/i.test(description) : sample === sample.toLowerCase()
  return isLower ? { annotation: { case: 'lower' } } : plain
}

function dateForm(kind: Kind, facts: SchemaFacts): FormOf | undefined {
  const { types, format, examples, description } = facts
  if (!types.has('string') && (types.has('integer') || types.has('number'))) {
    const isMilliseconds =
      /millisecond|\bms\b/i.test(`${description} ${format ?? ''}`) ||
      examples.some((one) => typeof one === 'number' && one > 1e11)
    return {
      annotation: isMilliseconds ? { as: 'unix-ms' } : { as: 'unix' },
      why: isMilliseconds ? 'milliseconds since 1970' : 'seconds since 1970',
      doubt: isMomentNumber(facts) ? 0 : 0.05,
    }
  }
  if (format === 'date' || format === 'date-time') return plain
  const [sample] = examples.filter((one): one is string => typeof one === 'string')
  if (sample !== undefined && msDate.test(sample))
    return { annotation: { as: 'ms-date' }, why: 'written as milliseconds in /Date(…)/' }
  if (sample !== undefined && !/^\d{4}-\d\d-\d\d(?:$|T)/.test(sample)) return undefined
  const isLong = sample === undefined ? isMoment(kind, facts) : sample.length > 10
  return { annotation: { as: isLong ? 'date-time' : 'date' } }
}

/** Where nothing says so, a moment is written as one and a day as one. */
function isMoment(kind: Kind, { pattern, format }: SchemaFacts): boolean {
  if (pattern !== undefined) return /T|:/.test(pattern)
  if (format !== undefined && /date/i.test(format)) return /date-?_?time/i.test(format) && !/no_?-?time/i.test(format)
  return kind === 'instant'
}
