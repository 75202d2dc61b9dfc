// Makes texts that keep to a conjunction: formats, patterns, lengths.

import type { Random } from '../random.ts'
import { hasFormat, includes, integerRanges as bounds } from '../../spec/index.ts'
import type { Conjunction } from './conjunction.ts'
import { compileText } from './pattern-text.ts'
import type { TextSource } from './pattern-text.ts'

const lorem =
  `lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua enim ad minim
veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in reprehenderit voluptate velit esse cillum
fugiat nulla pariatur excepteur sint occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum`.split(
    /\s+/,
  )

/** Texts that must be longer than this are refused. */
const longest = 1_000_000

/** Returns a source of texts that keep to a conjunction, if it leaves any that are short enough; it gives `undefined` where none was found. */
export function compileString(conjunction: Conjunction): TextSource | undefined {
  const {
    texts: { formats, min, max },
    excluded,
  } = conjunction
  if (min > longest) return undefined
  const sources = sourcesOf(conjunction)
  const fits = (text: string): boolean => {
    if (min === 0 && max === Infinity) return true
    const length = [...text].length
    return length >= min && length <= max
  }
  /** The likeliest texts of a format need no second look. */
  const isSure = (index: number): boolean => index === 0 && formats.length < 2
  const keeps = (text: string, index: number): boolean =>
    fits(text) &&
    (excluded.length === 0 || !includes(excluded, text)) &&
    (isSure(index) || formats.every((format) => hasFormat(format, text)))
  return (random) => {
    for (const [index, source] of sources.entries()) {
      for (let turn = 0; turn < 12; turn++) {
        const text = source(index + turn === 0 ? random : random.at(`text ${index} ${turn}`))
        if (text === undefined) break
        if (keeps(text, index)) return text
      }
    }
    return undefined
  }
}

/** Where texts may come from, the likeliest first. Patterns that look for an address get a reserved one if they allow it. */
function sourcesOf({ texts: { patterns, forbidden, formats, min, max, encoded } }: Conjunction): TextSource[] {
  const rules = { patterns, forbidden, min, max }
  const likely = formats.length > 0 ? formats : likelyFormats(patterns, encoded)
  const wholes = likely.flatMap((format) =>
    Object.hasOwn(formatPatterns, format) ? (formatPatterns[format] as string[]) : [],
  )
  const shaped = wholes.map((whole) =>
    patterns.length + forbidden.length === 0 ? textOf(whole, min, max) : compileText({ ...rules, whole }),
  )
  if (patterns.length > 0 || forbidden.length > 0) return [...shaped, compileText(rules)]
  return [...shaped, (random) => prose(random, min, max), compileText(rules)]
}

const shapes = new Map<string, TextSource>()

/** Texts of a format are looked for in many places: what finds them is made once. */
function textOf(whole: string, min: number, max: number): TextSource {
  const key = `${min} ${max} ${whole}`
  const known = shapes.get(key) ?? compileText({ patterns: [], min, max, whole })
  if (shapes.size > 500) shapes.clear()
  shapes.set(key, known)
  return known
}

function likelyFormats(patterns: readonly string[], encoded: boolean): string[] {
  if (encoded) return ['byte']
  const some = (sign: RegExp): boolean => patterns.some((pattern) => sign.test(pattern))
  return [...(some(/@/) ? ['email'] : []), ...(some(/http|:\\?\/\\?\//) ? ['uri'] : [])]
}

/** Words of nobody's language, as many as the length asks for. */
function prose(random: Random, min: number, max: number): string {
  let text = random.pick(lorem)
  for (let words = random.int(0, min > 0 ? 0 : 2); words > 0 && text.length < max; words--)
    text += ` ${random.pick(lorem)}`
  if (text.length < min) text += ` ${random.pick(lorem)}`
  if (text.length < min) text = text.padEnd(min, ` ${lorem.join(' ')}`)
  return text.length > max ? text.slice(0, max) : text
}

const safe = Number.MAX_SAFE_INTEGER

/** Whole numbers that are drawn for a format: 64-bit ones end where a number stops being exact. */
export const drawnRanges: typeof bounds = {
  ...bounds,
  int64: { min: -safe, max: safe },
  uint64: { min: 0, max: safe },
}

const month = '(0[1-9]|1[0-2])'
const day = `${month}-(0[1-9]|1\\d|2[0-8])`
const anyDay = `(${month}-(0[1-9]|1\\d|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)`
const clock = '([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d'
const zone = '(Z|[+-](0\\d|1[0-3]):[0-5]\\d)'
const label = '[a-z][a-z0-9]{0,12}(-[a-z0-9]{1,12})?'
const domain = 'example\\.(com|net|org)'
const host = `([a-z]{2,8}\\.)?${domain}`
const anyHost = `(${label}\\.)*([a-z]{1,12}\\.(example|test|invalid)|example|test|invalid|${domain})`
const mailHost = `((${label}\\.)*[a-z]{1,12}\\.(example|test|invalid)|(${label}\\.)*${domain})`
const mail = `[a-z]{3,8}(\\.[a-z]{3,8})?@${domain}`
const anyMail = `[A-Za-z0-9_%+-]+(\\.[A-Za-z0-9_%+-]+)*@${mailHost}`
const link = `https://${host}(/[a-z]{2,8}){0,2}`
const anyLink = `https?://${anyHost}(:[1-9]\\d{1,3})?(/[A-Za-z0-9._~-]+)*/?(\\?[a-z]+=[a-z0-9]+(&[a-z]+=[a-z0-9]+)*)?(#[a-z0-9]+)?`
const relative = '(/[a-z]{2,8}){1,3}'
const hex = (count: number): string => `[0-9a-f]{${count}}`
const base64 = '[A-Za-z0-9+/]'

/**
 * What texts of a format may look like, from the likeliest to the most general: each a pattern for the whole text. Hosts are
 * reserved ones (RFC 2606), addresses are for documentation (RFC 5737, RFC 3849).
 */
export const formatPatterns: Readonly<Record<string, readonly string[]>> = {
  date: [`20[12]\\d-${day}`, `\\d{4}-${anyDay}`],
  'date-time': [`20[12]\\d-${day}T${clock}Z`, `\\d{4}-${anyDay}T${clock}(\\.\\d+)?${zone}`],
  time: [`${clock}Z`, `${clock}(\\.\\d+)?${zone}`],
  duration: [
    'P([1-9]\\d?D|[1-9]W|[1-9]M|[1-9]Y)|PT[1-9]\\d?[HM]',
    'P(\\d+W|\\d+Y(\\d+M(\\d+D)?)?(T\\d+H(\\d+M(\\d+S)?)?)?|\\d+M(\\d+D)?|\\d+D(T\\d+H)?|T(\\d+H(\\d+M(\\d+S)?)?|\\d+M(\\d+S)?|\\d+S))',
  ],
  uuid: [
    `${hex(8)}-${hex(4)}-4${hex(3)}-[89ab]${hex(3)}-${hex(12)}`,
    '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
  ],
  email: [mail, anyMail],
  'idn-email': [mail, anyMail],
  hostname: [host, anyHost],
  'idn-hostname': [host, anyHost],
  ipv4: [
    '(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\.([1-9]\\d?|1\\d\\d|2[0-4]\\d)',
    '((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)',
  ],
  ipv6: [`2001:db8:(${hex(4)}:){1,3}:[1-9a-f]${hex(3)}`, '([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|::[0-9a-f]{0,4}'],
  uri: [link, anyLink, 'urn:example:[a-z0-9]+|[a-z]+:[a-z0-9]*'],
  iri: [link, anyLink, 'urn:example:[a-z0-9]+|[a-z]+:[a-z0-9]*'],
  url: [link, anyLink],
  'uri-reference': [relative, anyLink, '[A-Za-z0-9/._~-]*'],
  'iri-reference': [relative, anyLink, '[A-Za-z0-9/._~-]*'],
  'uri-template': [`https://${host}(/[a-z]{2,8}){0,1}/\\{[a-z]{2,8}\\}`, `(${anyLink})?(/([a-z]+|\\{[a-z]+\\}))*`],
  regex: ['\\^\\[a-z\\]\\{[1-9]\\}\\$', '[a-z0-9]*'],
  'json-pointer': [relative, '(/[A-Za-z0-9_]*)*'],
  'json-pointer-uri-fragment': ['#(/[a-z]{2,8}){1,3}', '#(/[A-Za-z0-9_]*)*'],
  'relative-json-pointer': [`[0-3]${relative}`, '(0|[1-9]\\d*)(#|(/[A-Za-z0-9_]*)*)'],
  byte: [`(${base64}{4}){3,6}`, `(${base64}{4})*(${base64}{3}=|${base64}[AQgw]==)?`],
  decimal: ['[1-9]\\d{0,3}\\.\\d{2}', '-?(0|[1-9]\\d*)(\\.\\d+)?'],
}
