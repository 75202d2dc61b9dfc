// Writes values of the ledger as an API writes them: units of money, dates, codes, identities.

import {
  formatDay,
  formatInstant,
  formatMajor,
  formatMsDate,
  secondsPerDay,
  toMajor,
  unitOf,
} from '../../spec/index.ts'
import type { Binding, Representation } from '../../spec/index.ts'
import type { IdentityForm } from '../ledger/identity.ts'
import type { AnswerContext } from './context.ts'
import type { ValueSchema } from './schema.ts'

/** Turns a value of the ledger into the JSON value that the API writes for it. Never given `undefined` or null. */
export type Encode = (value: unknown, context: AnswerContext) => unknown

/** Returns how a binding writes its values, given what its schema allows. */
export function encoderOf(binding: Binding, schema: ValueSchema, representation: Representation): Encode {
  const { as, term } = binding
  const asText = as === 'string' || !(schema.types.has('number') || schema.types.has('integer'))
  const number = (value: number): unknown => (asText ? String(value) : value)
  switch (term.kind) {
    case 'amount':
      return amount(unitOf(binding, representation), asText)
    case 'quantity':
      return numeric((value) => (asText ? formatMajor(value, 3).replace(/\.?0+$/, '') : value / 1000))
    case 'rate':
      return numeric((value) => number(value / (as === 'fraction' ? 100_000 : 1000)))
    case 'ratio':
      return numeric(number)
    case 'count':
      return numeric((value) => number(value + (binding.base ?? 0)))
    case 'date':
      if (isNumeric(schema)) return seconds(binding, secondsPerDay)
      if (as === 'ms-date') return numeric((day) => formatMsDate(day * secondsPerDay))
      return (as ?? schema.format ?? representation.date) === 'date-time'
        ? numeric((day) => `${formatDay(day)}T00:00:00Z`)
        : numeric(formatDay)
    case 'instant':
      if (isNumeric(schema)) return seconds(binding, 1)
      if (as === 'ms-date') return numeric(formatMsDate)
      return schema.format === 'date' || as === 'date'
        ? numeric((instant) => formatDay(Math.floor(instant / secondsPerDay)))
        : numeric(formatInstant)
    case 'code':
      return code(binding)
    case 'text':
      if (binding.values) return code(binding)
      return schema.maxLength === undefined ? same : (value) => cut(value as string, schema.maxLength as number)
    case 'id':
      return identity(binding, schema, representation)
    case 'texts': {
      if (term.of === undefined) return same
      const encode = identity(binding, { ...schema, types: new Set(['string']) }, representation)
      return (value, context) => (value as readonly number[]).map((key) => encode(key, context))
    }
    default:
      return same
  }
}

const same: Encode = (value) => value
const numeric = (encode: (value: number) => unknown): Encode => encode as Encode

const isNumeric = ({ types }: ValueSchema): boolean =>
  !types.has('string') && (types.has('integer') || types.has('number'))

/** Seconds since 1970, or milliseconds. */
const seconds = ({ as }: Binding, length: number): Encode =>
  numeric((value) => value * length * (as === 'unix-ms' ? 1000 : 1))

function amount(unit: 'minor' | 'major', asText: boolean): Encode {
  if (unit === 'minor') return asText ? String : same
  const format = asText ? formatMajor : toMajor
  return (value, { invoice }) => format(value as number, invoice.exponent)
}

function code({ values, case: letters }: Binding): Encode {
  if (values) return (value) => (Object.hasOwn(values, value as string) ? values[value as string] : value)
  if (letters === 'lower') return (value) => (value as string).toLowerCase()
  return letters === 'upper' ? (value) => (value as string).toUpperCase() : same
}

/** A text is cut at a whole character. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : [...text].slice(0, length).join('')

/** Returns how a binding writes identities: form, prefix, and whose identity it is. */
export function identityForm(
  binding: Binding,
  schema: Pick<ValueSchema, 'types' | 'format'>,
  representation: Representation,
): { kind: string; form: IdentityForm; prefix: string } {
  // An identity of no object of ours (an organisation, a product) is of the same sort wherever it stands.
  const kind = binding.term.of ?? (binding.role.split('.').at(-1) as string)
  const inferred: IdentityForm =
    schema.format === 'uuid' ? 'uuid' : schema.types.has('string') ? (representation.id ?? 'uuid') : 'integer'
  const stated = binding.as as IdentityForm | undefined
  return {
    kind,
    form: stated ?? inferred,
    prefix: binding.prefix ?? representation.prefixes?.[binding.role] ?? representation.prefixes?.[kind] ?? '',
  }
}

function identity(binding: Binding, schema: ValueSchema, representation: Representation): Encode {
  const { kind, form, prefix } = identityForm(binding, schema, representation)
  const asText = form === 'integer' && !schema.types.has('integer') && !schema.types.has('number')
  return (value, { identities }) => {
    const written = identities.encode(kind, value as number, form, prefix)
    return asText ? String(written) : written
  }
}
