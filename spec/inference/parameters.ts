// Infers what query parameters of a list sort and filter by.

import type { Parameter } from '../operation.ts'
import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import { parseRole, termOf } from '../roles.ts'
import { annotate } from './annotate.ts'
import { nameMeaning } from './dictionary.ts'
import type { SchemaFacts } from './facts.ts'
import type { Annotation, InferredBinding } from './inferred.ts'
import { flatParty, partyRoleOf } from './parts.ts'
import { rank, rules } from './rules.ts'
import type { ItemPlace } from './rules.ts'

/** What a parameter of a list asks for: an order, a direction, or invoices that have a value. */
interface Asked {
  readonly annotation: Annotation
  readonly confidence: number
  readonly why: string
}

/** What is known of a parameter, and of the invoices it asks for. */
interface Around {
  readonly facts: SchemaFacts
  readonly bound: readonly InferredBinding[]
  readonly factsOf: (pointer: Pointer) => SchemaFacts
}

/** Returns what a query parameter of a list means beside its pages, or `undefined` where nothing says so. */
export function askedBy(parameter: Parameter, around: Around): Asked | undefined {
  const name = parameter.name.replaceAll(/[[\].]+/g, ' ').trim()
  const { words } = nameMeaning(wordsOf(name))
  const text = words.join(' ')
  if (
    /^(?:(?:sort|order) (?:direction|order|dir|type)|(?:sort|order)direction|direction)$/.test(text) ||
    isDirection(text, around)
  )
    return {
      annotation: { role: 'sort.order', ...cased(around.facts) },
      confidence: 0.88,
      why: `"${parameter.name}" is a direction`,
    }
  if (
    /^(?:sort|order|ordering|orderby|sortby|sortieren|sortierung|tri|ordina|sorteren)(?: by| field| column| key| par| por| per| asc| desc| nach| op)*$/.test(
      text,
    )
  )
    return sortBy(parameter, around)
  return filter(parameter, words, around)
}

/** `order` that takes `asc` and `desc` is a direction. */
const isDirection = (text: string, { facts }: Around): boolean =>
  /^(?:order|sort)$/.test(text) &&
  facts.words !== undefined &&
  facts.words.every((word) => /^(?:asc|desc)(?:ending)?$/i.test(String(word)))

function cased({ words }: SchemaFacts): { values?: Record<string, string> } {
  const [asc, desc] = ['asc', 'desc'].map((way) => words?.find((word) => String(word).toLowerCase().startsWith(way)))
  return typeof asc === 'string' && typeof desc === 'string' && asc !== 'asc' ? { values: { asc, desc } } : {}
}

/** Kinds of value that lists are ordered by. */
const ordered = new Set(['amount', 'date', 'instant', 'text', 'id', 'code', 'count'])

/** The API's words for an order are those it lists, in an enum or a description, that name properties of the invoice. */
function sortBy({ name }: Parameter, { facts, bound }: Around): Asked | undefined {
  const listed = (facts.words ?? []).map(String)
  const told =
    listed.length > 0
      ? listed
      : [...facts.description.matchAll(/[a-z][a-zA-Z\d]*(?:_[a-z\d]+)*/g)].map(([word]) => word)
  const values: Record<string, string> = {}
  for (const word of told) {
    if (/^-|[^a-z](?:desc|asc)(?:ending)?$/i.test(word)) continue
    const like = named(wordsOf(word), bound)
    if (like && ordered.has(kindOf(like.annotation.role)) && values[like.annotation.role] === undefined)
      values[like.annotation.role] = word
  }
  const count = Object.keys(values).length
  if (listed.length === 0 && count === 0) {
    // Any property may be named.
    for (const { annotation, path = [] } of bound)
      if (path.length === 1 && /^invoice\.(?:issueDate|dueDate|total|number|createdAt)$/.test(annotation.role))
        values[annotation.role] ??= path[0] as string
    return Object.keys(values).length === 0
      ? undefined
      : {
          annotation: { role: 'sort.by', values },
          confidence: 0.7,
          why: `"${name}" is an order; its words are guessed`,
        }
  }
  return count === 0
    ? undefined
    : { annotation: { role: 'sort.by', values }, confidence: 0.88, why: `"${name}" lists what to sort by` }
}

const kindOf = (role: string): string =>
  termOf((parseRole(role) as NonNullable<ReturnType<typeof parseRole>>).role).kind

/** Returns the binding of the invoice's own property that is called so. */
function named(words: readonly string[], bound: readonly InferredBinding[]): InferredBinding | undefined {
  const said = nameMeaning(words).words.join(' ')
  const own = bound.filter(
    ({ path, annotation }) => path && !path.includes('*') && !annotation.role.startsWith('address.'),
  )
  return (
    own.find(({ path }) => wordsOf(path?.at(-1) as string).join(' ') === words.join(' ')) ??
    own.find(({ path }) => nameMeaning(wordsOf(path?.at(-1) as string)).words.join(' ') === said)
  )
}

/** Words around a property's name in that of a filter. */
const fillers = new Set(['filter', 'filters', 'where', 'by', 'eq', 'equals', 'equal', 'query', 'search', 'range', 'in'])

/** Words that name a bound that belongs to what is kept; what lies behind `after` and `before` is not sure to. */
const bounds: Readonly<Record<string, 'from' | 'until' | undefined>> = {
  gte: 'from',
  since: 'from',
  min: 'from',
  minimum: 'from',
  start: 'from',
  lte: 'until',
  max: 'until',
  maximum: 'until',
  end: 'until',
}

/** Words of bounds that leave open whether the value itself is kept, and of comparisons that no filter of a role has. */
const vague = new Set(['after', 'before', 'gt', 'lt', 'ne', 'not', 'like', 'contains', 'starts'])

function filter(parameter: Parameter, stated: readonly string[], around: Around): Asked | undefined {
  if (around.facts.properties.size > 0) return fieldsOf(parameter, stated, around)
  if (stated.some((word) => vague.has(word))) return undefined
  const match = stated.map((word) => bounds[word]).find((word) => word !== undefined)
  const words = stated.filter((word) => !fillers.has(word) && (match === undefined || bounds[word] === undefined))
  const { facts, bound } = around
  const states =
    words.length === 0 && facts.words && bound.some(({ annotation }) => annotation.role === 'invoice.status')
  if (states) return status(parameter, undefined, around)
  const like =
    words.length === 0
      ? dated(around, match)
      : (named(rawWords(parameter, match), bound) ?? roleNamed(parameter, words, around))
  if (!like) return undefined
  const { role } = like.annotation
  const kind = kindOf(role)
  const isTime = kind === 'date' || kind === 'instant'
  const why = `"${parameter.name}" names ${like.path?.join('.') ?? role}`
  if (kind === 'entity' || kind === 'list') return undefined
  if (role === 'invoice.status') return status(parameter, like, around)
  if ((match && !isTime && kind !== 'amount') || facts.types.has('boolean') !== (kind === 'flag')) return undefined
  // Moments as numbers are read by no filter.
  if (isTime && !facts.types.has('string')) return undefined
  const how =
    match ??
    (isTime || kind === 'amount' ? (/\.\.|range|>=|between/i.test(facts.description) ? 'range' : undefined) : undefined)
  const { values, as, case: letters } = like.annotation
  return {
    annotation: {
      role: 'filter',
      of: role,
      ...(values && { values }),
      ...(kind === 'id' && as !== undefined && { as }),
      ...(like.annotation.prefix !== undefined && { prefix: like.annotation.prefix }),
      ...(letters && { case: letters }),
      ...(kind === 'amount' && like.annotation.unit && { unit: like.annotation.unit }),
      ...(how && { match: how }),
    },
    confidence: how === undefined && isTime ? 0.7 : 0.85,
    why,
  }
}

/** `contact[id]=…&contact[name]=…`: what a filter by a party asks of it, field by field. */
function fieldsOf(
  parameter: Parameter,
  words: readonly string[],
  { facts, bound, factsOf }: Around,
): Asked | undefined {
  const named = partyRoleOf(words.filter((word) => !fillers.has(word)))
  const side =
    named && ['buyer', 'seller'].find((one) => bound.some(({ annotation }) => annotation.role === `invoice.${one}`))
  if (side === undefined) return undefined
  const fields: Record<string, string | Omit<Annotation, 'role'>> = {}
  for (const [name, at] of facts.properties) {
    const own = nameMeaning(wordsOf(name)).words
    const [best] = rank(rules.party, own, placeOf(parameter, own, factsOf(at)))
    if (best?.role === undefined || best.confidence < 0.8 || best.missing.length > 0) continue
    const of = best.role.replace('party', side)
    const { values } = annotationOf(of, bound) ?? {}
    if (annotationOf(of, bound)) fields[name] = values ? { of, values } : of
  }
  return Object.keys(fields).length === 0
    ? undefined
    : {
        annotation: { role: 'filter', fields },
        confidence: 0.85,
        why: `"${parameter.name}" asks for parts of the ${side}`,
      }
}

/** A parameter as the place that it would be in an invoice. */
const placeOf = ({ pointer, name }: Parameter, words: readonly string[], facts: SchemaFacts): ItemPlace => ({
  pointer,
  root: '',
  path: [name],
  scope: 'invoice',
  holder: '',
  words,
  isMinor: false,
  facts,
  money: undefined,
})

/** `from` and `to` alone are days of issue. */
function dated({ bound, facts }: Around, match: 'from' | 'until' | undefined): InferredBinding | undefined {
  const isDay =
    facts.format === 'date' || facts.format === 'date-time' || /\d{4}-\d\d-\d\d/.test(String(facts.examples[0]))
  return match && isDay ? bound.find(({ annotation }) => annotation.role === 'invoice.issueDate') : undefined
}

const rawWords = ({ name }: Parameter, match: string | undefined): string[] =>
  wordsOf(name.replaceAll(/[[\].]+/g, ' ')).filter((word) => {
    const [meant = word] = nameMeaning([word]).words
    return !fillers.has(word) && (match === undefined || bounds[meant] === undefined)
  })

/** Returns a bound role that a name says, although no property is called so. */
function roleNamed(
  parameter: Parameter,
  words: readonly string[],
  { facts, bound }: Around,
): InferredBinding | undefined {
  const spot = placeOf(parameter, words, facts)
  const [best] = rank(rules.invoice, words, spot)
  const party = flatParty(spot, words)
  const role =
    best?.role !== undefined && best.confidence >= 0.8 && best.missing.length === 0
      ? best.role
      : party && party.confidence >= 0.7
        ? party.role
        : undefined
  if (role === undefined) return undefined
  const anchor = /^(?:buyer|seller)(?=\.)/.exec(role)?.[0]
  return (
    bound.find(
      ({ annotation, root }) =>
        root !== undefined &&
        (annotation.role === role ||
          (anchor !== undefined && annotation.role === role.replace(anchor, 'party') && isIn(anchor, root, bound))),
    ) && {
      pointer: '',
      annotation: { ...annotationOf(role, bound), role },
      confidence: 1,
      evidence: [],
    }
  )
}

/** Tells whether an invoice shows that side as an object. */
const isIn = (anchor: string, root: Pointer, bound: readonly InferredBinding[]): boolean =>
  bound.some((one) => one.root === root && one.annotation.role === `invoice.${anchor}`)

const annotationOf = (role: string, bound: readonly InferredBinding[]): Annotation | undefined =>
  bound.find(
    ({ annotation }) => annotation.role === role || annotation.role === role.replace(/^(?:buyer|seller)/, 'party'),
  )?.annotation

function status(
  parameter: Parameter,
  like: InferredBinding | undefined,
  { facts, factsOf }: Around,
): Asked | undefined {
  const own = annotate(
    {
      ...placeOf(parameter, ['status'], facts.items === undefined ? facts : factsOf(facts.items)),
      role: 'invoice.status',
      confidence: 0.9,
      evidence: [],
    },
    factsOf,
  )
  const values = own?.annotation.values ?? like?.annotation.values
  return (
    values && {
      annotation: { role: 'filter', of: 'invoice.status', values },
      confidence: 0.88,
      why: `"${parameter.name}" has words for states`,
    }
  )
}
