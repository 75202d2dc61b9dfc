// The formats that are checked, in full and fast.

import { fullFormats } from 'ajv-formats/dist/formats.js'

const zero = 48
const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Returns the number that two digits at a place make, or −1; `NaN` past the end. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero
  const ones = text.charCodeAt(at + 1) - zero
  // The sign of all four at once: one branch instead of four.
  return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

function beginsWithDate(text: string): boolean {
  const century = two(text, 0)
  const year = two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  if (
    (century | year) < 0 ||
    month < 1 ||
    month > 12 ||
    day < 1 ||
    text.charCodeAt(4) !== 45 ||
    text.charCodeAt(7) !== 45
  )
    return false
  if (day <= 28) return true
  return day <= (lengths[month - 1] as number) || (month === 2 && day === 29 && isLeap(century * 100 + year))
}

/** Tells whether a text is a full-date of RFC 3339: `2024-02-29`, never `2023-02-29`. */
const isDate = (text: string): boolean => text.length === 10 && beginsWithDate(text)

/** The form that nearly every moment has; a leap day is looked at closely. */
const plain =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)[Tt ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?[Zz]$/

const isClock = (hour: number, minute: number, second: number): boolean =>
  hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59

const clock = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(z|([+-])(\d\d)(?::?(\d\d))?)?$/i

/** Tells whether a text is a time of day; with its zone unless that may be missing. A 60th second is one only before midnight, UTC. */
function isTimeOfDay(text: string, mayLackZone: boolean): boolean {
  const [, hour = 0, minute = 0, second = 0, zone, sign, zoneHour = 0, zoneMinute = 0] = clock.exec(text) ?? [
    undefined,
    99,
  ]
  if (Number(zoneHour) > 23 || Number(zoneMinute) > 59 || (zone === undefined && !mayLackZone)) return false
  if (isClock(Number(hour), Number(minute), Number(second))) return true
  const east = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === '-' ? -1 : 1)
  return (
    Number(second) === 60 &&
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    (Number(hour) * 60 + Number(minute) - east + 2880) % 1440 === 1439
  )
}

function isMoment(text: string, mayLackZone: boolean): boolean {
  const parts = text.split(/[t\s]/i)
  return parts.length === 2 && isDate(parts[0] as string) && isTimeOfDay(parts[1] as string, mayLackZone)
}

/** Tells whether a text is a date-time of RFC 3339; any white space may stand for the T, and a zone may lack its colon or its minutes. */
const isDateTime = (text: string): boolean => plain.test(text) || isMoment(text, false)

/** Tells whether a text is a date-time whose zone may be missing. */
const isIsoDateTime = (text: string): boolean => isMoment(text, true)

/** Tells whether a text is a full-time of RFC 3339. */
const isTime = (text: string): boolean => isTimeOfDay(text, false)

/** Tells whether a text is a time whose zone may be missing. */
const isIsoTime = (text: string): boolean => isTimeOfDay(text, true)

/** Sets of ASCII characters by code; what is not ASCII is in none. */
const set = (characters: string): Uint8Array => {
  const codes = new Uint8Array(128)
  for (const character of characters) codes[character.charCodeAt(0)] = 1
  return codes
}

const digits = '0123456789'
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const alphanumeric = set(digits + letters)
const hexadecimal = set(`${digits}abcdefABCDEF`)
/** RFC 5322, atext. */
const atext = set(`${digits}${letters}!#$%&'*+/=?^_\`{|}~-`)
/** RFC 3986: unreserved, sub-delims, and what the part allows besides. */
const path = set(`${digits}${letters}-._~!$&'()*+,;=:@/`)
const query = set(`${digits}${letters}-._~!$&'()*+,;=:@/?`)

const has = (codes: Uint8Array, code: number): boolean => code < 128 && codes[code] === 1

/** Returns the place of the first character from a place on that is not in the set; percent-escapes pass where allowed. */
function pass(text: string, from: number, codes: Uint8Array, escapes = false): number {
  let at = from
  for (;;) {
    const code = text.charCodeAt(at)
    if (has(codes, code)) at++
    else if (
      escapes &&
      code === 37 &&
      has(hexadecimal, text.charCodeAt(at + 1)) &&
      has(hexadecimal, text.charCodeAt(at + 2))
    )
      at += 3
    else return at
  }
}

/** Tells whether a text is a UUID of RFC 9562, alone or as `urn:uuid:`. */
function isUuid(text: string): boolean {
  const from = text.length === 45 && text.slice(0, 9).toLowerCase() === 'urn:uuid:' ? 9 : 0
  if (text.length !== from + 36) return false
  for (let at = 0; at < 36; at++) {
    const code = text.charCodeAt(from + at)
    const isDash = at === 8 || at === 13 || at === 18 || at === 23
    if (isDash ? code !== 45 : !has(hexadecimal, code)) return false
  }
  return true
}

/** Tells whether a text is an e-mail address: dot-separated atoms, then a host name of at least two labels. Linear in its length. */
function isEmail(text: string): boolean {
  let at = pass(text, 0, atext)
  while (at > 0 && text.charCodeAt(at) === dot && text.charCodeAt(at - 1) !== dot) at = pass(text, at + 1, atext)
  return at > 0 && text[at] === '@' && text.charCodeAt(at - 1) !== dot && areLabels(text, at + 1)
}

const dashed = set(`${digits}${letters}-`)
const dot = 46

/** Tells whether from a place on there are two labels or more, none with a dash at its ends. */
function areLabels(text: string, from: number): boolean {
  let begin = from
  for (;;) {
    const end = pass(text, begin, dashed)
    if (end === begin || !has(alphanumeric, text.charCodeAt(begin)) || !has(alphanumeric, text.charCodeAt(end - 1)))
      return false
    if (end === text.length) return begin > from
    if (text.charCodeAt(end) !== dot) return false
    begin = end + 1
  }
}

const scheme = /^[a-z][a-z0-9+\-.]*:/i

/** Tells whether a text is a URI of RFC 3986, which has a scheme and something after it. */
function isUri(text: string): boolean {
  const isPlain = text.startsWith('https://')
  const begin = isPlain ? 8 : (scheme.exec(text)?.[0].length ?? -1)
  if (begin < 0) return false
  let at = pass(text, begin, path, true)
  if (text[at] === '[') at = afterLiteral(text, scheme.exec(text)?.[0].length ?? 0)
  if (at === begin && !isPlain) return false
  if (text[at] === '?') at = pass(text, at + 1, query, true)
  if (text[at] === '#') at = pass(text, at + 1, query, true)
  return at === text.length
}

const literal = /^\/?\/(?:(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*@)?\[([^\]]*)\](?::\d*)?(?=[/?#]|$)/i
const later = /^v[0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+$/i

/** Returns where the path ends that follows an address in brackets; −1 where that is none. */
function afterLiteral(text: string, from: number): number {
  const [whole, inside = ''] = literal.exec(text.slice(from)) ?? []
  return whole !== undefined && (later.test(inside) || isIpv6(inside))
    ? pass(text, from + whole.length, path, true)
    : -1
}

const group = /^[0-9a-f]{1,4}$/i
const dotted = /^(?:(?:25[0-5]|2[0-4]\d|[01]?\d?\d)(?:\.|$)){4}$/

/** Tells whether a text is an IPv6 address: eight groups, or fewer around one `::`; the last two may be written as IPv4. */
function isIpv6(text: string): boolean {
  const halves = text.split('::')
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const groups = [...left, ...right]
  const last =
    (halves.length === 1 || right.length > 0) &&
    dotted.test(groups.at(-1) ?? '') &&
    !(groups.at(-1) ?? '').endsWith('.')
      ? 1
      : 0
  const size = groups.length + last
  return (
    halves.length < 3 &&
    (halves.length === 1 ? size === 8 : size <= 7) &&
    groups.slice(0, groups.length - last).every((part) => group.test(part))
  )
}

/** Tells whether a text is base64 in groups of four, padded at its end. */
const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)

/** Tells whether a text is a regular expression; `\Z` is none of this language. */
function isRegex(text: string): boolean {
  if (/[^\\]\\Z/.test(text)) return false
  try {
    return Boolean(new RegExp(text))
  } catch {
    return false
  }
}

const decimal = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** Tells whether a text is a decimal number. */
const isDecimal = (text: string): boolean => decimal.test(text)

/** Whole numbers that a format keeps within. */
interface IntegerRange {
  readonly min: number
  readonly max: number
}

/** A check of one format; `true` where everything passes. Checks say nothing of values of another type. */
type Format =
  | true
  | ((text: string) => boolean)
  | { readonly type: 'number'; readonly validate: (value: number) => boolean }

/** Bounds of the formats for whole numbers (OpenAPI Format Registry). What JSON parses near the end of 64 bits is rounded to it. */
export const integerRanges: Readonly<Record<string, IntegerRange>> = {
  int8: { min: -128, max: 127 },
  uint8: { min: 0, max: 255 },
  int16: { min: -32_768, max: 32_767 },
  uint16: { min: 0, max: 65_535 },
  int32: { min: -2_147_483_648, max: 2_147_483_647 },
  uint32: { min: 0, max: 4_294_967_295 },
  int64: { min: -(2 ** 63), max: 2 ** 63 },
  uint64: { min: 0, max: 2 ** 64 },
}

const within = ({ min, max }: IntegerRange): Format => ({
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
  ...Object.fromEntries(Object.entries(integerRanges).map(([name, range]) => [name, within(range)])),
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
