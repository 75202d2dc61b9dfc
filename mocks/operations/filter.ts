// Reads list filters from request parameters.

import {
  exponentOf,
  isObject,
  join,
  parseDay,
  parseDecimal,
  parseInstant,
  readWords,
  resolve,
  secondsPerDay,
  toMinor,
} from '../../spec/index.ts'
import type { Binding, Parameter, Role, Term } from '../../spec/index.ts'
import type { Context } from '../context.ts'
import { keyFor, Refusal } from '../context.ts'
import type { Facet, FacetName } from './finder.ts'

/** What one parameter asks of an invoice. */
export interface Condition {
  readonly name: FacetName
  /** Names the condition in caches. */
  readonly text: string
  readonly holds: (value: unknown, index: number, currency: Facet) => boolean
}

/**
 * Returns the conditions a request states.
 * @throws Refusal 400 for a value that no condition can be made of.
 */
export function conditionsOf(context: Context): Condition[] {
  return context.operation.parameters.flatMap((parameter): Condition[] => {
    const value = context.values[parameter.name]
    if (parameter.binding?.role !== 'filter' || value === undefined) return []
    const { fields } = parameter.binding
    if (!fields && isObject(value)) return comparisonsOf(context, parameter, parameter.binding, value)
    if (!fields) return conditionOf(context, parameter, parameter.binding, value)
    if (!isObject(value)) return []
    return Object.entries(fields).flatMap(([field, binding]) =>
      value[field] === undefined ? [] : conditionOf(context, fieldOf(context, parameter, field), binding, value[field]),
    )
  })
}

const signs: Readonly<Record<string, string>> = {
  gt: '>',
  after: '>',
  gte: '>=',
  from: '>=',
  since: '>=',
  lt: '<',
  before: '<',
  lte: '<=',
  to: '<=',
  until: '<=',
}

/** `created_at[gt]=…` compares, whatever the parameter does by itself. */
const comparisonsOf = (
  context: Context,
  parameter: Parameter,
  binding: Binding,
  value: Record<string, unknown>,
): Condition[] =>
  Object.entries(value).flatMap(([comparison, stated]) =>
    conditionOf(context, parameter, binding, `${signs[comparison] ?? ''}${String(stated)}`),
  )

/** A field of an object parameter counts as a parameter of its own. */
const fieldOf = ({ model }: Context, parameter: Parameter, field: string): Parameter => ({
  ...parameter,
  name: `${parameter.name}[${field}]`,
  schema: join(resolve(model.document, parameter.schema).pointer, 'properties', field),
})

function conditionOf(context: Context, parameter: Parameter, binding: Binding, value: unknown): Condition[] {
  if (binding.any !== undefined && value === binding.any) return []
  const name = { role: binding.of as Role, anchor: binding.ofAnchor, term: binding.ofTerm as Term }
  const test = testOf(context, parameter, binding, value)
  // Of the parts of an invoice, one that matches is enough.
  const holds: Condition['holds'] = (own, index, currency) =>
    Array.isArray(own) ? own.some((part) => test(part, index, currency)) : test(own, index, currency)
  return [{ name, text: `${parameter.name}=${JSON.stringify(value)}`, holds }]
}

function testOf(context: Context, parameter: Parameter, binding: Binding, value: unknown): Condition['holds'] {
  const of = binding.ofTerm as Term
  const wanted = Array.isArray(value) ? (value as unknown[]) : [value]
  switch (of.kind) {
    case 'id': {
      const keys = new Set(
        wanted.map((one) =>
          keyFor(context, { ...parameter, binding: { ...binding, role: binding.of as Role, term: of } }, one),
        ),
      )
      return (own) => own !== undefined && keys.has(own as number)
    }
    case 'code': {
      const words = new Set(wanted.flatMap((one) => readWords({ ...binding, term: of }, one)))
      return (own) => words.has(own as string)
    }
    case 'flag':
      return (own) => wanted.some((one) => String(one) === String(own))
    case 'amount':
      return amountTest(
        parameter,
        parseDecimal(String(value)) === undefined ? String(value) : bounded(String(value), binding),
        (binding.unit ?? context.model.representation.amount) === 'minor',
      )
    case 'date':
      return rangeTest(parameter, String(value), binding, dayNumber)
    case 'instant':
      return rangeTest(parameter, String(value), binding, (text) => parseInstant(text))
    default:
      return binding.match === 'contains'
        ? (own) =>
            wanted.some((one) => typeof own === 'string' && own.toLowerCase().includes(String(one).toLowerCase()))
        : (own) => wanted.some((one) => String(one) === own)
  }
}

const dayNumber = (text: string): number | undefined => {
  const instant = parseInstant(text)
  return parseDay(text) ?? (instant === undefined ? undefined : Math.floor(instant / secondsPerDay))
}

interface Range {
  readonly low?: number
  readonly high?: number
}

/** Amounts are compared in minor units; an API in major units needs the invoice's currency for that. */
function amountTest(parameter: Parameter, text: string, isMinor: boolean): Condition['holds'] {
  const exact = parseRange(parameter, text, (part) => {
    const decimal = parseDecimal(part)
    return decimal === undefined ? undefined : Number(decimal) / 1e12
  })
  return (own, index, currency) => {
    const unit = isMinor ? 1 : toMinor(1_000_000_000_000n, exponentOf(String(currency(index))))
    return inRange(own as number, {
      ...(exact.low !== undefined && { low: exact.low * unit }),
      ...(exact.high !== undefined && { high: exact.high * unit }),
    })
  }
}

function rangeTest(
  parameter: Parameter,
  text: string,
  binding: Binding,
  read: (text: string) => number | undefined,
): Condition['holds'] {
  const range = parseRange(parameter, read(text) === undefined ? text : bounded(text, binding), read)
  return (own) => own !== undefined && inRange(own as number, range)
}

/** A parameter that is one bound of a range: what it says is its first value, or its last. */
const bounded = (text: string, { match }: Binding): string =>
  match === 'from' ? `${text}..` : match === 'until' ? `..${text}` : text

const inRange = (value: number, { low = -Infinity, high = Infinity }: Range): boolean => value >= low && value <= high

/** Reads `10..20`, `10..`, `..20`, `>=10`, `>10`, `<=20`, `<20`, `gte:10`, `10`. */
function parseRange(parameter: Parameter, text: string, read: (text: string) => number | undefined): Range {
  const trimmed = text.trim()
  const between = /^(.*?)\.\.(.*)$/.exec(trimmed)
  const operator = /^(>=|>|<=|<|=|gte:|gt:|lte:|lt:|eq:)\s*(.+)$/.exec(trimmed)
  const bound = (part: string | undefined): number | undefined => {
    if (part === undefined || part.trim() === '') return undefined
    const value = read(part.trim())
    if (value === undefined)
      throw new Refusal(
        400,
        `Parameter "${parameter.name}": expected a value, or a range like a..b, >=a or <b, but received ${JSON.stringify(text.slice(0, 80))}.`,
      )
    return value
  }
  if (between) return { ...limits(bound(between[1]), bound(between[2])) }
  const value = bound(operator?.[2] ?? trimmed)
  switch (operator?.[1]) {
    case '>=':
    case 'gte:':
      return limits(value, undefined)
    case '>':
    case 'gt:':
      return limits(
        value === undefined ? undefined : value + Number.EPSILON * Math.max(1, Math.abs(value)) * 2,
        undefined,
      )
    case '<=':
    case 'lte:':
      return limits(undefined, value)
    case '<':
    case 'lt:':
      return limits(
        undefined,
        value === undefined ? undefined : value - Number.EPSILON * Math.max(1, Math.abs(value)) * 2,
      )
    default:
      return limits(value, value)
  }
}

const limits = (low: number | undefined, high: number | undefined): Range => ({
  ...(low !== undefined && { low }),
  ...(high !== undefined && { high }),
})
