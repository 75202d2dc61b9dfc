import type { Leaf } from '../sample/sampler.ts'
import { clueOf } from './clue.ts'
import type { Clue } from './clue.ts'
import { described } from './described.ts'
import type { Meaning } from './meaning.ts'
import { meanings } from './topics.ts'
import { partsOf } from './words.ts'

/** How a name is compared: the whole of it, its end, its beginning, or any part of it. */
interface Pattern {
  readonly words: readonly string[]
  readonly at: 'whole' | 'end' | 'start' | 'anywhere' | 'around'
}

interface Rule {
  readonly meaning: Meaning
  /** Its place in the table: of equally good ones the first counts. */
  readonly rank: number
  readonly of?: ReadonlySet<string>
  readonly formats: ReadonlySet<string>
}

interface Entry {
  readonly rule: Rule
  readonly pattern: Pattern
}

/** Formats that decide what a text means, whatever its name is; and what it means if the name tells nothing. */
const usual: Readonly<Record<string, string>> = {
  date: 'moment',
  'date-time': 'moment',
  datetime: 'moment',
  timestamp: 'moment',
  time: 'time of day',
  duration: 'span',
  email: 'email',
  'idn-email': 'email',
  uri: 'link',
  iri: 'link',
  url: 'link',
  'uri-reference': 'link',
  'iri-reference': 'link',
  uuid: 'id',
  ipv4: 'ip',
  ipv6: 'ipv6',
  hostname: 'domain',
  'idn-hostname': 'domain',
  byte: 'content',
  binary: 'content',
  decimal: 'amount',
}

/** Patterns by the word they cannot do without. */
const entries = new Map<string, Entry[]>()
const byLabel = new Map<string, Meaning>()

/** Fills the index when first asked for. */
function indexOnce(): void {
  if (entries.size > 0) return
  for (const [rank, meaning] of meanings.entries()) {
    if (!byLabel.has(meaning.label)) byLabel.set(meaning.label, meaning)
    const of = meaning.of === undefined ? undefined : new Set(meaning.of.split(' ').flatMap(partsOf))
    const rule: Rule = { meaning, rank, formats: new Set(meaning.formats?.split(' ')), ...(of && { of }) }
    for (const pattern of meaning.names.split('|').map(patternOf)) {
      const key = pattern.words.at(-1) ?? ''
      entries.set(key, [...(entries.get(key) ?? []), { rule, pattern }])
    }
  }
}

function patternOf(text: string): Pattern {
  const words = (text.match(/[a-z\d]+/g) ?? []).flatMap(partsOf)
  if (text.includes(' * ')) return { words, at: 'around' }
  const at = text.startsWith('=') ? 'whole' : text.startsWith('~') ? 'anywhere' : text.endsWith('*') ? 'start' : 'end'
  return { words, at }
}

/** Returns what the value of a place means, as far as name, surroundings, description, format and type tell. */
export function recognise(leaf: Leaf): Meaning | undefined {
  return meaningOf(clueOf(leaf))
}

/** Returns what the value of a place means, going by what it tells. */
export function meaningOf(clue: Clue): Meaning | undefined {
  indexOnce()
  const format = isText(clue) ? formatOf(clue) : undefined
  const { best, most } = bestOf(clue, format)
  const said = format === undefined ? described(clue, most) : undefined
  const label = said ?? (best === undefined && format !== undefined ? usual[format] : undefined)
  const meaning = label === undefined ? undefined : byLabel.get(label)
  return meaning && canMake(meaning, clue) ? meaning : best
}

function bestOf(clue: Clue, format: string | undefined): { best: Meaning | undefined; most: number } {
  const bare = clue.words.filter((word) => !/^\d+$/.test(word))
  let best: Rule | undefined
  let most = 0
  for (const word of new Set(clue.words)) {
    for (const { rule, pattern } of entries.get(word) ?? []) {
      if (!canMake(rule.meaning, clue) || (format === undefined ? rule.meaning.needsFormat : !rule.formats.has(format)))
        continue
      const named = Math.max(
        match(pattern, clue.words),
        bare.length < clue.words.length && bare.length > 0 ? match(pattern, bare) - 1 : 0,
      )
      const score = named > 0 ? scoreOf(rule, clue, named) : 0
      if (score > most || (score > 0 && score === most && best && rule.rank < best.rank)) [best, most] = [rule, score]
    }
  }
  return { best: best?.meaning, most }
}

/** Some say date-time in their own words, and Base64 is said in two ways. */
const formatOf = ({ format, schema }: Clue): string | undefined =>
  Object.hasOwn(usual, format)
    ? format
    : /date[-_]?time/.test(format)
      ? 'date-time'
      : schema.contentEncoding === 'base64'
        ? 'byte'
        : undefined

const isNumber = ({ types, format, examples, schema }: Clue): boolean =>
  types.has('number') ||
  types.has('integer') ||
  format === 'decimal' ||
  examples.some((example) => /^\d+(\.\d+)?$/.test(String(example))) ||
  /\[0-9]|\\d/.test(String(schema.pattern ?? ''))

const isText = ({ types }: Clue): boolean => types.size === 0 || types.has('string')

/** Tells whether a meaning has values of a type that the place allows. */
function canMake({ text, number, object, isNumeric }: Meaning, { types, isOpen, examples }: Clue): boolean {
  if (isOpen) return true
  if (
    (isNumeric || !text) &&
    !object &&
    examples.some((example) => typeof example === 'string' && !/^\d/.test(example))
  )
    return false
  if (text !== undefined && types.has('string')) return true
  if (number !== undefined && (types.has('string') || types.has('number') || types.has('integer'))) return true
  return object !== undefined && (types.has('object') || types.has('array'))
}

/** Returns how well a meaning fits whose name does; zero where its surroundings are missing. */
function scoreOf({ meaning, of }: Rule, clue: Clue, named: number): number {
  const surroundings = of ? nearness(of, clue) : 0
  if (of && surroundings === 0) return 0
  // A text made of a number's digits, or an object where any value may be, is the second choice.
  const second =
    isText(clue) && !clue.isOpen && !isNumber(clue) && (meaning.isNumeric || meaning.text === undefined) ? 6 : 0
  return Math.max(1, named + surroundings - second + (clue.isOpen && meaning.object ? 9 : 0))
}

function nearness(of: ReadonlySet<string>, { owner, around, said }: Clue): number {
  if (of.has(owner.at(-1) ?? '')) return 9
  return meets(of, around) ? 7 : meets(of, said) ? 4 : 0
}

function meets(words: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const word of words) if (others.has(word)) return true
  return false
}

/** Returns how well a name matches: ten for each word, more where nothing is left over. */
function match({ words, at }: Pattern, name: readonly string[]): number {
  const count = words.length
  if (count > name.length) return 0
  const equals = (from: number): boolean => words.every((word, index) => name[from + index] === word)
  if (at === 'whole') return count === name.length && equals(0) ? count * 10 + 5 : 0
  if (at === 'end') return equals(name.length - count) ? count * 10 + (count === name.length ? 4 : 2) : 0
  if (at === 'start') return name.length > count && equals(0) ? count * 10 + 1 : 0
  if (at === 'around')
    return name.length > count && name[0] === words[0] && name.at(-1) === words.at(-1) ? count * 10 : 0
  return name.some((_, index) => index + count <= name.length && equals(index)) ? count * 10 - 1 : 0
}
