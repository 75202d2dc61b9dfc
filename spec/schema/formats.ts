import { fullFormats } from 'ajv-formats/dist/formats.js'
import { isDate, isDateTime, isIsoDateTime, isIsoTime, isTime } from './dates.ts'
import { isBase64, isDecimal, isEmail, isRegex, isUri, isUuid } from './texts.ts'

/** Whole numbers that a format keeps within. */
export interface Range {
  readonly min: number
  readonly max: number
}

/** A check of one format; `true` where everything passes. Checks say nothing of values of another type. */
export type Format =
  | true
  | ((text: string) => boolean)
  | { readonly type: 'number'; readonly validate: (value: number) => boolean }

/** Bounds of the formats for whole numbers (OpenAPI Format Registry). What JSON parses near the end of 64 bits is rounded to it. */
export const ranges: Readonly<Record<string, Range>> = {
  int8: { min: -128, max: 127 },
  uint8: { min: 0, max: 255 },
  int16: { min: -32_768, max: 32_767 },
  uint16: { min: 0, max: 65_535 },
  int32: { min: -2_147_483_648, max: 2_147_483_647 },
  uint32: { min: 0, max: 4_294_967_295 },
  int64: { min: -(2 ** 63), max: 2 ** 63 },
  uint64: { min: 0, max: 2 ** 64 },
}

const within = ({ min, max }: Range): Format => ({
  type: 'number',
  validate: (value) => Number.isInteger(value) && value >= min && value <= max,
})

/** Formats of which bodies have few, checked as ajv-formats checks them in full. */
const expressions: Readonly<Record<string, RegExp>> = Object.fromEntries(
  (
    [
      'duration',
      'uri-reference',
      'uri-template',
      'url',
      'hostname',
      'ipv4',
      'ipv6',
      'json-pointer',
      'json-pointer-uri-fragment',
      'relative-json-pointer',
    ] as const
  ).map((name) => [name, fullFormats[name] as RegExp]),
)

/** Longer addresses of web pages are refused before an expression looks at them that takes time in the square of their length. */
const longestUrl = 8_000

/** International names are checked by the rules for plain ones, each foreign letter counting as a letter. */
const ascii = (text: string): string => text.replaceAll(/[^\0-\u007f]/gu, 'x')

/**
 * The formats that are checked: those of JSON Schema and of OpenAPI, each in full; all others say nothing. Checks of those that bodies
 * have many of are written by hand, because they are most of what judging costs.
 */
export const formats: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(
    Object.entries(expressions).map(([name, expression]) => [name, (text: string) => expression.test(text)]),
  ),
  ...Object.fromEntries(Object.entries(ranges).map(([name, range]) => [name, within(range)])),
  url: (text) => text.length <= longestUrl && (expressions.url as RegExp).test(text),
  date: isDate,
  time: isTime,
  'date-time': isDateTime,
  'iso-time': isIsoTime,
  'iso-date-time': isIsoDateTime,
  email: isEmail,
  'idn-email': (text) => isEmail(ascii(text)),
  uri: isUri,
  iri: (text) => isUri(ascii(text)),
  'iri-reference': (text) => (expressions['uri-reference'] as RegExp).test(ascii(text)),
  uuid: isUuid,
  regex: isRegex,
  byte: isBase64,
  decimal: isDecimal,
}

/** Tells whether a value keeps to a format; one that is not known says nothing. */
export function hasFormat(name: string, value: unknown): boolean {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (typeof format === 'function') return typeof value !== 'string' || format(value)
  return typeof format !== 'object' || typeof value !== 'number' || format.validate(value)
}
