// Reads the annotations `x-role`, `x-keyed` and `x-operation`, and refuses what the vocabulary does not know.

import { isObject } from './document.ts'
import type { Locate } from './document.ts'
import { failure, suggest } from './failure.ts'
import { join } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import { isOperationRole, operations, roles } from './roles.ts'
import type { Anchor, Role, RoleName, Term } from './roles.ts'
import { statuses, statusStandIns } from './roles/invoice.ts'
import type { Status } from './roles/invoice.ts'
import { core, vocabularyOf } from './vocabulary.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A word of the ledger's and the value that the API uses for it. */
export type Word = string | number | boolean | null

/** How a parameter filters: `range` reads `10..20`, `>=10`, `2026-01-01..`, or one value. */
export type Match = 'equals' | 'contains' | 'range' | 'from' | 'until'

/** Forms of values. */
const forms = [
  'uuid',
  'integer',
  'prefixed',
  'token',
  'ulid',
  'typeid',
  'string',
  'number',
  'date',
  'date-time',
  'percent',
  'fraction',
  'unix',
  'unix-ms',
  'ms-date',
] as const

/** What a schema property or a parameter means, and how it is written there. */
export interface Binding {
  readonly role: Role
  /** Set for `buyer.…` and `seller.…`: whose party the role is about. */
  readonly anchor?: Anchor
  readonly term: Term
  /** Money: integers of the minor unit, or decimals of the major unit. */
  readonly unit?: 'minor' | 'major'
  /** Form of the value: identities as `uuid`, `integer`, `prefixed`, `token`, `ulid` or `typeid`; numbers as `string`; dates as `date`, `date-time`, `unix` (seconds), `unix-ms` or `ms-date` (`/Date(1518685950940+0000)/`). */
  readonly as?: (typeof forms)[number]
  /** Written before an identity that is `prefixed`, a `ulid` or a `typeid`: `inv_`. */
  readonly prefix?: string
  /** The API's own word for each word of the ledger. Several may share one. */
  readonly values?: Readonly<Record<string, Word>>
  /** States of an invoice that the API has no word for; `values` has the word of another for them. */
  readonly lacks?: readonly string[]
  /** Letter case of a code. */
  readonly case?: 'lower' | 'upper'
  /** How sure it is, from 0 to 1, where it was inferred. */
  readonly confidence?: number
  /** What the first page is called. */
  readonly base?: number
  /** For `filter`: the role that is compared. */
  readonly of?: Role
  /** For `filter`: what the vocabulary says of that role. */
  readonly ofTerm?: Term
  /** For `filter`: the anchor of that role. */
  readonly ofAnchor?: Anchor
  /** For `filter`: how it is compared. */
  readonly match?: Match
  /** For `filter`: the value that lets everything pass: `all`. */
  readonly any?: Word
  /** For a `filter` whose value is an object: the filter each of its fields is. */
  readonly fields?: Readonly<Record<string, Binding>>
}

/** An array of `{ key, value }` objects whose entries carry roles, as `x-keyed`. */
export interface Keyed {
  /** Property that holds the key. */
  readonly key: string
  /** Property that holds the value. */
  readonly value: string
  /** Property that holds a text for people, if any. */
  readonly label?: string
  readonly entries: readonly KeyedEntry[]
}

export interface KeyedEntry {
  readonly key: string
  readonly label: string
  readonly binding: Binding
}

export const bindingFields = {
  role: ['string'],
  unit: ['minor', 'major'],
  values: ['object'],
  case: ['lower', 'upper'],
  prefix: ['string'],
  confidence: ['number'],
  base: ['number'],
  as: forms,
  of: ['string'],
  match: ['equals', 'contains', 'range', 'from', 'until'],
  any: ['string', 'number', 'boolean'],
  fields: ['object'],
} as const

/** Returns where an annotation stands, for errors: ` in overlay.yaml:12 at /actions/0/…`. Lines are looked up for errors only. */
type Here = () => string

/**
 * Returns the binding that an `x-role` annotation states.
 * @param here where it stands, for errors
 * @param vocabulary the roles that may be bound; those of the core, unless given
 * @throws Failure for an unknown role, field, word or form.
 */
export function parseBinding(annotation: unknown, here: Here = () => '', vocabulary = core): Binding {
  const stated = typeof annotation === 'string' ? { role: annotation } : annotation
  if (!isObject(stated) || typeof stated.role !== 'string') {
    throw failure(`read x-role${here()}`, { expected: 'a role, or { role: … }', received: JSON.stringify(annotation) })
  }
  for (const [field, value] of Object.entries(stated)) {
    if (!Object.hasOwn(bindingFields, field))
      throw failure(`read x-role${here()}`, {
        expected: 'known fields',
        received: `"${field}"`,
        cure: suggest(field, Object.keys(bindingFields)),
      })
    const allowed: readonly string[] = bindingFields[field as keyof typeof bindingFields]
    if (!allowed.includes(isObject(value) ? 'object' : typeof value) && !allowed.includes(String(value))) {
      throw failure(`read x-role${here()}`, {
        expected: `${field} to be ${allowed.join(' or ')}`,
        received: JSON.stringify(value),
      })
    }
  }
  const { role, anchor, term } = known(stated.role, here, vocabulary)
  const of = typeof stated.of === 'string' ? known(stated.of, here, vocabulary) : undefined
  const filters = [of, stated.fields].filter((part) => part !== undefined).length
  if (filters !== (role === 'filter' ? 1 : 0)) {
    throw failure(`read x-role${here()}`, {
      expected: '"of" or "fields" with role filter, and only there',
      received: JSON.stringify(annotation),
    })
  }
  checkWords(of ?? { role, term }, stated.values, here, vocabulary)
  return {
    ...(stated as object),
    ...((of?.role ?? role) === 'invoice.status' && isObject(stated.values) && withStandIns(stated.values)),
    role,
    term,
    ...(anchor && { anchor }),
    ...(of && { of: of.role, ofTerm: of.term, ...(of.anchor && { ofAnchor: of.anchor }) }),
    ...(isObject(stated.fields) && { fields: filtersOf(stated.fields, here, vocabulary) }),
  }
}

/** A field says what a filter says, without repeating that it is one: `id: buyer.id`, `type: { of: buyer.type, values: … }`. */
const filtersOf = (stated: Record<string, unknown>, here: Here, vocabulary: Vocabulary): Record<string, Binding> =>
  Object.fromEntries(
    Object.entries(stated).map(([name, value]) => [
      name,
      parseBinding({ role: 'filter', ...(isObject(value) ? value : { of: value }) }, here, vocabulary),
    ]),
  )

function known(name: string, here: Here, { parse, own }: Vocabulary): RoleName {
  const parsed = parse(name)
  if (parsed) return parsed
  const names = [...Object.keys(roles), ...own.keys()].flatMap((role) =>
    role.startsWith('party.') ? [role, role.replace('party', 'buyer'), role.replace('party', 'seller')] : [role],
  )
  throw failure(`read x-role${here()}`, {
    expected: 'a role of the vocabulary',
    received: `"${name}"`,
    cure: suggest(name, names),
  })
}

/** Gives states without a word the word of the nearest state that has one. */
function withStandIns(stated: Readonly<Record<string, unknown>>): Pick<Binding, 'values' | 'lacks'> {
  const lacks = statuses.filter((status) => !Object.hasOwn(stated, status))
  if (lacks.length === 0) return {}
  const values = Object.fromEntries(
    statuses.map((status) => {
      const home = [status, ...statusStandIns[status], ...statuses].find((candidate) =>
        Object.hasOwn(stated, candidate),
      )
      return [status, stated[home as Status]]
    }),
  )
  return { values: { ...stated, ...values } as NonNullable<Binding['values']>, lacks }
}

function checkWords({ role, term }: RoleName, values: unknown, here: Here, { parse }: Vocabulary): void {
  if (values === undefined) return
  const words = term.words ?? (role === 'sort.by' ? Object.keys(roles) : undefined)
  const stranger = Object.keys(values as object).find((word) => words && !words.includes(word) && !parse(word))
  if (stranger !== undefined)
    throw failure(`read x-role${here()}`, {
      expected: `words of ${role}`,
      received: `"${stranger}"`,
      cure: suggest(stranger, words ?? []),
    })
  const mayLack = role === 'sort.by' || (role === 'invoice.status' && Object.keys(values as object).length > 0)
  const missing = mayLack ? undefined : term.words?.find((word) => !Object.hasOwn(values as object, word))
  if (missing !== undefined)
    throw failure(`read x-role${here()}`, {
      expected: `a value for every word of ${role}`,
      received: `none for "${missing}"`,
    })
}

/**
 * Returns the keyed array that an `x-keyed` annotation states.
 * @throws Failure where a part is missing or an entry's role is unknown.
 */
export function parseKeyed(annotation: unknown, here: Here = () => '', vocabulary = core): Keyed {
  if (
    !isObject(annotation) ||
    typeof annotation.key !== 'string' ||
    typeof annotation.value !== 'string' ||
    !Array.isArray(annotation.entries)
  ) {
    throw failure(`read x-keyed${here()}`, {
      expected: '{ key, value, entries }',
      received: JSON.stringify(annotation),
    })
  }
  const entries = (annotation.entries as unknown[]).map((entry): KeyedEntry => {
    if (!isObject(entry) || typeof entry.key !== 'string')
      throw failure(`read x-keyed${here()}`, { expected: 'entries with a key', received: JSON.stringify(entry) })
    const { key, label, ...binding } = entry
    return { key, label: typeof label === 'string' ? label : key, binding: parseBinding(binding, here, vocabulary) }
  })
  return {
    key: annotation.key,
    value: annotation.value,
    ...(typeof annotation.label === 'string' && { label: annotation.label }),
    entries,
  }
}

/**
 * Reads every `x-role`, `x-keyed` and `x-operation` below a tree, so that a slip fails at load although nothing reaches it yet.
 * @param tree a document, or an overlay with its actions
 * @param vocabulary the roles that may be bound; the core's and those that the tree declares, unless given
 * @throws Failure naming file, line and pointer.
 */
export function checkBindings(
  tree: unknown,
  locate: Locate = () => undefined,
  vocabulary: Vocabulary = vocabularyOf(tree, locate),
  pointer: Pointer = '',
): void {
  if (typeof tree !== 'object' || tree === null) return
  for (const [key, value] of Object.entries(tree)) {
    const at = join(pointer, key)
    if (key === 'x-role') parseBinding(value, () => describe(locate, at), vocabulary)
    else if (key === 'x-operation') checkOperation(value, () => describe(locate, at))
    else if (key === 'x-keyed') parseKeyed(value, () => describe(locate, at), vocabulary)
    else if (key !== 'example' && key !== 'examples' && key !== 'x-roles') checkBindings(value, locate, vocabulary, at)
  }
}

function checkOperation(word: unknown, here: Here): void {
  if (isOperationRole(word)) return
  throw failure(`read x-operation${here()}`, {
    expected: 'what an operation does',
    received: JSON.stringify(word),
    cure: suggest(String(word), operations),
  })
}

/** Returns ` in overlay.yaml:12 at /actions/0/update/x-role`. */
function describe(locate: Locate, pointer: Pointer): string {
  const place = locate(pointer)
  return `${place ? ` in ${place.file}:${place.line}` : ''} at ${pointer}`
}
