// Holds readings against the examples of a document: an equation that holds settles between them.

import { isObject, resolve } from '../document.ts'
import type { Document } from '../document.ts'
import type { Model } from '../model.ts'
import { join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import { valueAt } from '../resources/places.ts'
import type { Envelope, Resource } from '../resources/resource.ts'
import type { SchemaFacts } from './facts.ts'
import type { Candidate } from './rules.ts'

/** What follows from what, inside one object of an example. */
interface Equation {
  readonly says: string
  readonly left: string
  readonly needs: readonly string[]
  readonly right: (value: (role: string) => number) => number
}

const ofInvoice: readonly Equation[] = [
  equation(
    'total = subtotal + tax',
    'invoice.total',
    ['invoice.subtotal', 'invoice.tax'],
    (v) => v('invoice.subtotal') + v('invoice.tax'),
  ),
  equation(
    'total = line total − allowances + charges + tax',
    'invoice.total',
    ['invoice.lineTotal', 'invoice.tax'],
    (v) => v('invoice.lineTotal') - v('invoice.allowances') + v('invoice.charges') + v('invoice.tax'),
  ),
  equation(
    'subtotal = line total − allowances + charges',
    'invoice.subtotal',
    ['invoice.lineTotal'],
    (v) => v('invoice.lineTotal') - v('invoice.allowances') + v('invoice.charges'),
  ),
  equation(
    'due = total − paid',
    'invoice.due',
    ['invoice.total', 'invoice.paid'],
    (v) => v('invoice.total') - v('invoice.paid') + v('invoice.rounding'),
  ),
  equation('payable = total', 'invoice.payable', ['invoice.total', 'invoice.paid'], (v) => v('invoice.total')),
  equation('lines sum to the line total', 'invoice.lineTotal', ['lines'], (v) => v('lines')),
  equation(
    'lines sum to the subtotal',
    'invoice.subtotal',
    ['lines'],
    (v) => v('lines') - v('invoice.allowances') + v('invoice.charges'),
  ),
]

const ofLine: readonly Equation[] = [
  equation(
    'net = quantity × price − allowance',
    'line.net',
    ['line.quantity', 'line.price'],
    (v) => v('line.quantity') * v('line.price') - v('line.allowance'),
  ),
  equation('total = net + tax', 'line.total', ['line.net', 'line.tax'], (v) => v('line.net') + v('line.tax')),
  equation(
    'tax = net × rate',
    'line.tax',
    ['line.net', 'line.taxRate'],
    (v) => (v('line.net') * v('line.taxRate')) / 100,
  ),
  equation(
    'total = net × (1 + rate)',
    'line.total',
    ['line.net', 'line.taxRate'],
    (v) => v('line.net') * (1 + v('line.taxRate') / 100),
  ),
]

const ofTax: readonly Equation[] = [
  equation('tax = base × rate', 'tax.amount', ['tax.base', 'tax.rate'], (v) => (v('tax.base') * v('tax.rate')) / 100),
]

function equation(says: string, left: string, needs: readonly string[], right: Equation['right']): Equation {
  return { says, left, needs, right }
}

/** How an example stands to the readings of its places. */
interface Proof {
  readonly says: string
  readonly roles: readonly string[]
  readonly root: string
  readonly holds: boolean
  readonly isWhole: boolean
}

/** Returns which equations hold, and which do not, in the examples of a document. */
function proofsOf(candidates: readonly Candidate[], examples: readonly InvoiceExample[]): Proof[] {
  const proofs: Proof[] = []
  for (const { root, value, isWhole } of examples) {
    const own = candidates.filter((candidate) => candidate.root === root)
    const invoice = objectOf(
      own.filter(({ scope, path }) => scope === 'invoice' && !path.includes('*')),
      value,
      [],
    )
    for (const scope of ['line', 'tax'] as const) {
      const list = own.find(({ role }) => role === (scope === 'line' ? 'invoice.lines' : 'invoice.taxes'))
      const items = list && at(value, list.path)
      if (!list || !Array.isArray(items)) continue
      const places = own.filter((candidate) => candidate.scope === scope)
      const objects = items.map((item) => objectOf(places, item, [...list.path, '*']))
      for (const object of objects) proofs.push(...judge(scope === 'line' ? ofLine : ofTax, object, root, isWhole))
      const nets = objects.map((object) => object.get('line.net'))
      if (scope === 'line' && nets.length > 0 && nets.every((net) => net !== undefined))
        invoice.set(
          'lines',
          nets.reduce((total, net) => total + net, 0),
        )
    }
    proofs.push(...judge(ofInvoice, invoice, root, isWhole))
  }
  return proofs
}

function objectOf(candidates: readonly Candidate[], value: unknown, above: readonly string[]): Map<string, number> {
  const values = new Map<string, number>()
  for (const { role, path, isFraction } of candidates as (Candidate & { isFraction?: boolean })[]) {
    const found = numberIn(at(value, path.slice(above.length)))
    if (found !== undefined && !values.has(role)) values.set(role, isFraction ? found * 100 : found)
  }
  return values
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
    value,
  )
}

function judge(
  equations: readonly Equation[],
  values: ReadonlyMap<string, number>,
  root: string,
  isWhole: boolean,
): Proof[] {
  return equations.flatMap(({ says, left, needs, right }): Proof[] => {
    const stated = values.get(left)
    if (stated === undefined || !needs.every((role) => values.has(role))) return []
    const value = right((role) => values.get(role) ?? 0)
    // Zeros agree with everything.
    if (stated === 0 && value === 0) return []
    const holds =
      Math.abs(stated - value) <= Math.max(0.0151, Number.isInteger(stated) && Math.abs(stated) > 100 ? 1 : 0)
    const named = [left, ...needs].map((role) => (role === 'lines' ? 'line.net' : role))
    return [{ says: `${says} holds in an example: ${round(stated)}`, roles: named, root, holds, isWhole }]
  })
}

const round = (value: number): number => Math.round(value * 100) / 100

/** Other readings that a place may have, by the role that its name says first. */
const others: Readonly<Record<string, readonly string[]>> = {
  'invoice.subtotal': ['invoice.lineTotal'],
  'invoice.lineTotal': ['invoice.subtotal'],
  'invoice.due': ['invoice.payable'],
  'invoice.payable': ['invoice.due'],
  'invoice.total': ['invoice.subtotal'],
  'line.net': ['line.total'],
  'line.total': ['line.net'],
}

/** Returns the readings that examples bear out best, where names leave more than one. */
export function settleByExamples(
  candidates: readonly Candidate[],
  examples: readonly InvoiceExample[],
): readonly Candidate[] {
  if (examples.length === 0) return candidates
  let best = candidates
  let score = scoreOf(best, examples)
  for (const [index, { role, words }] of candidates.entries())
    for (const other of others[role] ?? []) {
      // What is called a total is one; a bare "amount" may be either.
      if (role === 'invoice.total' && words.some((word) => word !== 'amount')) continue
      // While nothing is paid, what is asked for equals what is owed, and another place says that already.
      const { root, scope } = best[index] as Candidate
      if (other === 'invoice.due' && best.some((one) => one.root === root && one.scope === scope && one.role === other))
        continue
      const tried = best.map((candidate, position) => (position === index ? { ...candidate, role: other } : candidate))
      const reached = scoreOf(tried, examples)
      if (reached >= score + 0.5) [best, score] = [tried, reached]
    }
  const proofs = proofsOf(best, examples)
  return best.map((candidate) => {
    const own = proofs.filter(({ root, roles }) => root === candidate.root && roles.includes(candidate.role))
    const held = own.find(({ holds }) => holds)
    const broken = own.find(({ holds, isWhole }) => !holds && isWhole)
    if (held && !broken)
      return {
        ...candidate,
        confidence: Math.max(candidate.confidence, 0.95),
        evidence: [...candidate.evidence, held.says],
      }
    return broken && !held
      ? {
          ...candidate,
          confidence: candidate.confidence - 0.08,
          evidence: [...candidate.evidence, broken.says.replace('holds in', 'does not hold in')],
        }
      : candidate
  })
}

const scoreOf = (candidates: readonly Candidate[], examples: readonly InvoiceExample[]): number =>
  proofsOf(candidates, examples).reduce((total, { holds, isWhole }) => total + (holds ? 1 : isWhole ? -1 : -0.1), 0)

/** An invoice as a document shows it, and whether its author wrote it as a whole. */
interface InvoiceExample {
  readonly root: Pointer
  readonly value: Record<string, unknown>
  readonly isWhole: boolean
}

/** A schema in which an invoice is shown or sent, and the property names that lead to the invoice itself. */
export interface ItemForm {
  readonly root: Pointer
  readonly within: readonly string[]
}

/** Returns the invoices that a document shows: in examples of answers and requests, of the schema, and property by property. */
export function examplesOf(
  { document, shape }: Pick<Model, 'document' | 'shape'>,
  { operations }: Resource,
  forms: readonly ItemForm[],
  factsOf: (pointer: Pointer) => SchemaFacts,
): InvoiceExample[] {
  const found: InvoiceExample[] = []
  const wrapped = new Set(forms.flatMap(({ root, within }) => (within.length > 0 ? [root] : [])))
  const add = (root: Pointer, value: unknown): void => {
    const items = Array.isArray(value) ? value.slice(0, 3) : [value]
    for (const item of items) if (isObject(item)) found.push({ root, value: item, isWhole: true })
  }
  const addBody = (schema: Pointer, { item, path, wrap }: Envelope): void => {
    const whole = shape(schema).pointer
    for (const value of mediaExamples(document, schema))
      if (wrapped.has(whole)) add(whole, value)
      else add(shape(item).pointer, inner(value, path, wrap))
  }
  for (const { operation, answer, request } of operations) {
    if (answer)
      for (const reply of operation.replies)
        for (const content of reply.content)
          if (content.schema !== undefined && reply.status.startsWith('2')) addBody(content.schema, answer)
    if (request)
      for (const content of operation.body?.content ?? [])
        if (content.schema !== undefined) addBody(content.schema, request)
  }
  for (const { root } of forms) {
    for (const value of factsOf(root).examples) add(root, value)
    const made = composed(root, factsOf, 0)
    if (isObject(made)) found.push({ root, value: made, isWhole: false })
  }
  return found
}

const inner = (value: unknown, path: readonly string[], wrap: readonly string[]): unknown => {
  const at = valueAt(value, path)
  return Array.isArray(at) ? at.map((item) => valueAt(item, wrap)) : at
}

function mediaExamples(document: Document, schema: Pointer): unknown[] {
  const { value: media } = resolve(document, schema.replace(/\/schema$/, ''))
  if (!isObject(media)) return []
  const many = isObject(media.examples)
    ? Object.keys(media.examples).map((name) => {
        const { value } = resolve(document, join(schema.replace(/\/schema$/, ''), 'examples', name))
        return isObject(value) ? value.value : undefined
      })
    : []
  return [media.example, ...many].filter((value) => value !== undefined)
}

/** An object put together from the examples of its properties. */
function composed(pointer: Pointer, factsOf: (pointer: Pointer) => SchemaFacts, depth: number): unknown {
  const { properties, items, examples } = factsOf(pointer)
  if (examples.length > 0) return examples[0]
  if (depth > 4) return undefined
  if (items !== undefined) {
    const element = composed(items, factsOf, depth + 1)
    return element === undefined ? undefined : [element]
  }
  const members = [...properties].flatMap(([name, at]) => {
    const value = composed(at, factsOf, depth + 1)
    return value === undefined ? [] : [[name, value] as const]
  })
  return members.length > 0 ? Object.fromEntries(members) : undefined
}

/** Returns the number at a place of an example, whether it stands there as a number, a text or an amount with its currency. */
function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined
  if (!isObject(value)) return undefined
  const inside = Object.entries(value).find(([name]) => /^(?:amount|value|number|total)$/i.test(name))?.[1]
  return isObject(inside) ? undefined : numberIn(inside)
}
