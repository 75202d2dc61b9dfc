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
import type { Frame } from './frame.ts'
import type { Leaf } from './leaf.ts'
import { quote } from './node.ts'
import { recently } from './recently.ts'

/** Turns values of the ledger into what the API writes for them: a JSON value, or its text. Never given `undefined`. */
export interface Encoder {
  readonly build: (value: unknown, frame: Frame) => unknown
  readonly write: (value: unknown, frame: Frame) => string
}

type Build = Encoder['build']

/** Returns how a binding writes its values, given what its schema allows. */
export function encoderOf(binding: Binding, leaf: Leaf, representation: Representation): Encoder {
  const asText = binding.as === 'string' || !(leaf.types.has('number') || leaf.types.has('integer'))
  const number = asText ? plain : numeric
  switch (binding.term.kind) {
    case 'amount':
      return unitOf(binding, representation) === 'minor' && !asText
        ? integers
        : number(amount(unitOf(binding, representation), asText))
    case 'quantity':
      return number((value) =>
        asText ? formatMajor(value as number, 3).replace(/\.?0+$/, '') : (value as number) / 1000,
      )
    case 'rate':
      return number((value) => ratio((value as number) / (binding.as === 'fraction' ? 100_000 : 1000), asText))
    case 'ratio':
      return number((value) => ratio(value as number, asText))
    case 'count':
      return number(count(binding, asText))
    case 'date':
      if (isNumeric(leaf)) return seconds(binding, secondsPerDay)
      if (binding.as === 'ms-date') return msDays
      return (binding.as ?? leaf.format ?? representation.date) === 'date-time' ? midnights : days
    case 'instant':
      if (isNumeric(leaf)) return seconds(binding, 1)
      if (binding.as === 'ms-date') return msDates
      return leaf.format === 'date' || binding.as === 'date' ? daysOfMoments : moments
    case 'code':
      return words(code(binding))
    case 'text':
      return leaf.maxLength === undefined ? texts : any((value) => cut(value as string, leaf.maxLength as number))
    case 'id':
      return identity(binding, leaf, representation)
    case 'texts':
      return any(binding.term.of === undefined ? (value) => value : identities(binding, leaf, representation))
    default:
      return any((value) => value)
  }
}

const isNumeric = ({ types }: Leaf): boolean => !types.has('string') && (types.has('integer') || types.has('number'))

/** Moments as seconds since 1970, or milliseconds. */
const seconds = ({ as }: Binding, length: number): Encoder =>
  numeric((value) => (value as number) * length * (as === 'unix-ms' ? 1000 : 1))

const any = (build: Build): Encoder => ({ build, write: (value, frame) => writeValue(build(value, frame)) })
const numeric = (build: Build): Encoder => ({ build, write: (value, frame) => String(build(value, frame)) })
/** Texts that need no escape: digits and dashes. */
const plain = (build: Build): Encoder => ({ build, write: (value, frame) => `"${build(value, frame) as string}"` })

function writeValue(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Codes are few, so each is quoted once. */
function words(build: Build): Encoder {
  const known = new Map<unknown, string>()
  return {
    build,
    write(value, frame) {
      const text = known.get(value) ?? writeValue(build(value, frame))
      if (known.size < 1000) known.set(value, text)
      return text
    },
  }
}

const integers: Encoder = { build: (value) => value, write: String }
const texts: Encoder = { build: (value) => value, write: quote as Encoder['write'] }

const timely = (build: (value: number) => string): Encoder => ({
  build: build as Build,
  write: recently((value) => `"${build(value)}"`) as Encoder['write'],
})

const days = timely(formatDay)
const midnights = timely((day) => `${formatDay(day)}T00:00:00Z`)
const moments = timely(formatInstant)
const msDates = timely(formatMsDate)
const msDays = timely((day) => formatMsDate(day * secondsPerDay))
const daysOfMoments = timely((instant) => formatDay(Math.floor(instant / secondsPerDay)))

const amount = (unit: 'minor' | 'major', asText: boolean): Build => {
  if (unit === 'minor') return asText ? String : (value) => value
  return (value, frame) =>
    asText ? formatMajor(value as number, frame.invoice.exponent) : toMajor(value as number, frame.invoice.exponent)
}

const ratio = (value: number, asText: boolean): unknown => (asText ? String(value) : value)

const count =
  ({ base = 0 }: Binding, asText: boolean): Build =>
  (value) =>
    asText ? String((value as number) + base) : (value as number) + base

function code({ values, case: letters }: Binding): Build {
  if (values) return (value) => (Object.hasOwn(values, value as string) ? values[value as string] : value)
  if (letters === 'lower') return (value) => (value as string).toLowerCase()
  return letters === 'upper' ? (value) => (value as string).toUpperCase() : (value) => value
}

/** A text is cut at a whole character. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : [...text].slice(0, length).join('')

/** Returns how a binding writes identities: form, prefix, and whose identity it is. */
export function identityForm(
  binding: Binding,
  leaf: Pick<Leaf, 'types' | 'format'>,
  representation: Representation,
): { kind: string; form: IdentityForm; prefix: string } {
  // An identity of no object of ours (an organisation, a product) is of the same sort wherever it stands.
  const kind = binding.term.of ?? (binding.role.split('.').at(-1) as string)
  const inferred: IdentityForm =
    leaf.format === 'uuid' ? 'uuid' : leaf.types.has('string') ? (representation.id ?? 'uuid') : 'integer'
  const stated = binding.as as IdentityForm | undefined
  return {
    kind,
    form: stated ?? inferred,
    prefix: binding.prefix ?? representation.prefixes?.[binding.role] ?? representation.prefixes?.[kind] ?? '',
  }
}

function identity(binding: Binding, leaf: Leaf, representation: Representation): Encoder {
  const { kind, form, prefix } = identityForm(binding, leaf, representation)
  const build: Build = (value, { identities: own }) => own.encode(kind, value as number, form, prefix)
  if (form === 'integer' && !leaf.types.has('integer') && !leaf.types.has('number'))
    return plain((value, frame) => String(build(value, frame)))
  return { build, write: (value, { identities: own }) => own.write(kind, value as number, form, prefix) }
}

function identities(binding: Binding, leaf: Leaf, representation: Representation): Build {
  const { build } = identity(binding, { ...leaf, types: new Set(['string']) }, representation)
  return (value, frame) => (value as readonly number[]).map((key) => build(key, frame))
}
