import { formatDay, formatInstant, formatMajor, secondsPerDay, toMajor, unitOf } from '../../spec/index.ts'
import type { Binding, Day, Instant, Representation } from '../../spec/index.ts'
import type { Form } from '../ledger/identity.ts'
import type { Frame } from './frame.ts'
import type { Leaf } from './leaf.ts'

/** Turns a value of the ledger into the JSON value that the API writes for it. Never given `undefined`. */
export type Encode = (value: unknown, frame: Frame) => unknown

/** Returns how a binding writes its values, given what its schema allows. */
export function encoderOf(binding: Binding, leaf: Leaf, representation: Representation): Encode {
  const asText = binding.as === 'string' || !(leaf.types.has('number') || leaf.types.has('integer'))
  switch (binding.term.kind) {
    case 'amount': return amount(unitOf(binding, representation), asText)
    case 'quantity': return (value) => (asText ? formatMajor(value as number, 3).replace(/\.?0+$/, '') : (value as number) / 1000)
    case 'rate': return (value) => ratio((value as number) / (binding.as === 'fraction' ? 100_000 : 1000), asText)
    case 'ratio': return (value) => ratio(value as number, asText)
    case 'count': return count(binding, asText)
    case 'date': return (value) => writeDay(value as Day, binding.as ?? leaf.format ?? representation.date)
    case 'instant': return (value) => (leaf.format === 'date' || binding.as === 'date' ? formatDay(Math.floor((value as Instant) / secondsPerDay)) : formatInstant(value as Instant))
    case 'code': return code(binding)
    case 'text': return leaf.maxLength === undefined ? (value) => value : (value) => cut(value as string, leaf.maxLength as number)
    case 'id': return identity(binding, leaf, representation)
    case 'texts': return binding.term.of === undefined ? (value) => value : identities(binding, leaf, representation)
    default: return (value) => value
  }
}

const amount = (unit: 'minor' | 'major', asText: boolean): Encode => {
  if (unit === 'minor') return asText ? String : (value) => value
  return (value, frame) => (asText ? formatMajor(value as number, frame.invoice.exponent) : toMajor(value as number, frame.invoice.exponent))
}

const ratio = (value: number, asText: boolean): unknown => (asText ? String(value) : value)

const count = ({ base = 0 }: Binding, asText: boolean): Encode => (value) => (asText ? String((value as number) + base) : (value as number) + base)

const writeDay = (day: Day, form: string | undefined): string => (form === 'date-time' ? `${formatDay(day)}T00:00:00Z` : formatDay(day))

function code({ values, case: letters }: Binding): Encode {
  if (values) return (value) => (Object.hasOwn(values, value as string) ? values[value as string] : value)
  if (letters === 'lower') return (value) => (value as string).toLowerCase()
  return letters === 'upper' ? (value) => (value as string).toUpperCase() : (value) => value
}

/** A text is cut at a whole character. */
const cut = (text: string, length: number): string => (text.length <= length ? text : [...text].slice(0, length).join(''))

/** Returns how a binding writes identities: form, prefix, and whose identity it is. */
export function identityForm(binding: Binding, leaf: Pick<Leaf, 'types' | 'format'>, representation: Representation): { kind: string; form: Form; prefix: string } {
  // An identity of no object of ours (an organisation, a product) is of the same sort wherever it stands.
  const kind = binding.term.of ?? (binding.role.split('.').at(-1) as string)
  const inferred: Form = leaf.format === 'uuid' ? 'uuid' : leaf.types.has('string') ? representation.id ?? 'uuid' : 'integer'
  const stated = binding.as as Form | undefined
  return { kind, form: stated ?? inferred, prefix: binding.prefix ?? representation.prefixes?.[binding.role] ?? representation.prefixes?.[kind] ?? '' }
}

function identity(binding: Binding, leaf: Leaf, representation: Representation): Encode {
  const { kind, form, prefix } = identityForm(binding, leaf, representation)
  const asText = form === 'integer' && !leaf.types.has('integer') && !leaf.types.has('number')
  return (value, frame) => {
    const id = frame.identities.encode(kind, value as number, form, prefix)
    return asText ? String(id) : id
  }
}

function identities(binding: Binding, leaf: Leaf, representation: Representation): Encode {
  const one = identity(binding, { ...leaf, types: new Set(['string']) }, representation)
  return (value, frame) => (value as readonly number[]).map((key) => one(key, frame))
}
