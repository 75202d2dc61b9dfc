// Recognises what the value of a place means by its name, surroundings, description and format.

import { codeMeanings, faultMeanings } from '../meanings/codes.ts'
import { identityMeanings } from '../meanings/identities.ts'
import { moneyMeanings } from '../meanings/money.ts'
import { numberMeanings } from '../meanings/numbers.ts'
import { objectMeanings } from '../meanings/objects.ts'
import { companyMeanings, peopleMeanings } from '../meanings/people.ts'
import { placeMeanings } from '../meanings/places.ts'
import { proseMeanings } from '../meanings/prose.ts'
import { timeMeanings } from '../meanings/times.ts'
import { vocabularyMeanings } from '../meanings/vocabulary.ts'
import { webMeanings } from '../meanings/web.ts'
import type { NamedSchema } from '../sample/sampler.ts'
import { clueOf } from './clue.ts'
import type { Clue } from './clue.ts'
import type { ValueMeaning } from './meaning.ts'
import { wordParts } from './words.ts'

/** How a name is compared: the whole of it, its end, its beginning, or any part of it. */
interface Pattern {
  readonly words: readonly string[]
  readonly at: 'whole' | 'end' | 'start' | 'anywhere' | 'around'
}

interface Rule {
  readonly meaning: ValueMeaning
  /** Its place in the table: of equally good ones the first counts. */
  readonly rank: number
  readonly of?: ReadonlySet<string>
  readonly formats: ReadonlySet<string>
}

interface IndexedRule {
  readonly rule: Rule
  readonly pattern: Pattern
}

/** Formats that decide what a text means, whatever its name is; and what it means if the name tells nothing. */
const labelByFormat: Readonly<Record<string, string>> = {
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
const entries = new Map<string, IndexedRule[]>()
const byLabel = new Map<string, ValueMeaning>()

/** Fills the index when first asked for. */
function indexOnce(): void {
  if (entries.size > 0) return
  for (const [rank, meaning] of meanings.entries()) {
    if (!byLabel.has(meaning.label)) byLabel.set(meaning.label, meaning)
    const of = meaning.of === undefined ? undefined : new Set(meaning.of.split(' ').flatMap(wordParts))
    const rule: Rule = { meaning, rank, formats: new Set(meaning.formats?.split(' ')), ...(of && { of }) }
    for (const pattern of meaning.names.split('|').map(patternOf)) {
      const key = pattern.words.at(-1) ?? ''
      entries.set(key, [...(entries.get(key) ?? []), { rule, pattern }])
    }
  }
}

function patternOf(text: string): Pattern {
  const words = (text.match(/[a-z\d]+/g) ?? []).flatMap(wordParts)
  if (text.includes(' * ')) return { words, at: 'around' }
  const at = text.startsWith('=') ? 'whole' : text.startsWith('~') ? 'anywhere' : text.endsWith('*') ? 'start' : 'end'
  return { words, at }
}

/** Returns what the value of a place means, as far as name, surroundings, description, format and type tell. */
export function recognise(leaf: NamedSchema): ValueMeaning | undefined {
  return meaningOfClue(clueOf(leaf))
}

/** Returns what the value of a place means, going by what it tells. */
export function meaningOfClue(clue: Clue): ValueMeaning | undefined {
  indexOnce()
  const format = isText(clue) ? formatOf(clue) : undefined
  const { best, most } = bestOf(clue, format)
  const said = format === undefined ? describedLabel(clue, most) : undefined
  const label = said ?? (best === undefined && format !== undefined ? labelByFormat[format] : undefined)
  const meaning = label === undefined ? undefined : byLabel.get(label)
  return meaning && canMake(meaning, clue) ? meaning : best
}

function bestOf(clue: Clue, format: string | undefined): { best: ValueMeaning | undefined; most: number } {
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
  Object.hasOwn(labelByFormat, format)
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
function canMake({ text, number, object, isNumeric }: ValueMeaning, { types, isOpen, examples }: Clue): boolean {
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

/** What descriptions say outright: counts whatever the name. */
const outright: readonly (readonly [RegExp, string])[] = [
  [/\bid of (?:the|a|an|this|its)\b|\bidentifier of\b/, 'id'],
  [/^(?:the )?kind of record/, 'entity type'],
]

/** What descriptions suggest: counts where the name tells nothing. */
const suggested: readonly (readonly [RegExp, string])[] = [
  [/\buuid\b|\bguid\b|\bunique id/, 'id'],
  [/e-?mail address/, 'email'],
  [/phone number|telephone/, 'phone'],
  [/iso 4217|currency code/, 'currency'],
  [/iso 3166|country code/, 'country code'],
  [/iso 639|language code/, 'language'],
  [/iso 8601|rfc 3339|date and time|datetime|timestamp/, 'moment'],
  [/time ?zone/, 'time zone'],
  [/\byyyy-mm-dd\b|\bthe date\b/, 'moment'],
  [/\burl\b|\blink to\b|\bhyperlink\b/, 'link'],
  [/name of (?:the |a |an )?(?:person|user|contact|employee)/, 'full name'],
  [/name of (?:the |a |an )?(?:company|customer|supplier|organi[sz]ation|business|vendor)/, 'company'],
  [/\bpercent/, 'percentage'],
  [/\bin cents\b|minor unit|\bamount\b|\bprice\b/, 'amount'],
  [/\bnumber of\b|\bhow many\b/, 'count'],
  [/\bin bytes\b/, 'size in bytes'],
  [/\bin days\b/, 'days'],
  [/\bin seconds\b/, 'seconds'],
  [/\bidentifier\b|\bunique\b|\bid\b/, 'id'],
  [/\bstate\b|\bstatus\b/, 'status'],
  [/\bhow often\b/, 'frequency'],
  [/\bfree text\b|\bnotes?\b|\bcomments?\b/, 'note'],
]

/** Returns the label of what a description says a value means; `undefined` where it says nothing, or the name says more. */
function describedLabel({ words, description, types }: Clue, score: number): string | undefined {
  if (types.has('boolean')) return undefined
  const isNamed = ['id', 'key', 'uuid', 'identifier', 'code', 'number', 'reference'].includes(words.at(-1) ?? '')
  const says = ([expression]: readonly [RegExp, string]): boolean => expression.test(description)
  const found = (isNamed ? undefined : outright.find(says)) ?? (score === 0 ? suggested.find(says) : undefined)
  return found?.[1]
}

/** What examples say of people, places and companies may be somebody's: it is not repeated. */
const discreet = (list: readonly ValueMeaning[]): ValueMeaning[] =>
  list.map((meaning) => ({ examples: 'none', ...meaning }))

/** Everything a value can mean, in the order in which equally good matches count. */
export const meanings: readonly ValueMeaning[] = [
  ...faultMeanings,
  ...discreet(peopleMeanings),
  ...discreet(placeMeanings),
  ...discreet(companyMeanings),
  ...moneyMeanings,
  ...timeMeanings,
  ...numberMeanings,
  ...discreet(webMeanings),
  ...identityMeanings,
  ...codeMeanings,
  ...vocabularyMeanings,
  ...proseMeanings,
  ...objectMeanings,
]
