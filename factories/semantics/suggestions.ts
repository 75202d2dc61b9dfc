// Suggests values for places without a role: by meaning, example or default, with nobody real among them.

import { isFictional } from '../ledger/address.ts'
import type { Pools } from '../ledger/pools.ts'
import { hashText } from '../random.ts'
import type { Random } from '../random.ts'
import type { NamedSchema } from '../sample/sampler.ts'
import { dayOf } from '../../spec/index.ts'
import type { Day } from '../../spec/index.ts'
import { clueOf } from './clue.ts'
import type { Clue } from './clue.ts'
import { cutAtWord, fitting } from './fit.ts'
import { chanceOf, presenceIn } from './likelihood.ts'
import { castOf } from './meaning.ts'
import type { Draw, ValueMeaning } from './meaning.ts'
import { meaningOfClue } from './recognise.ts'
import { titleFrom } from './words.ts'

/** Gives a source of values for a place, or has no opinion. */
export type Suggest = (leaf: NamedSchema) => ((random: Random) => unknown) | undefined

/** When it is for the values suggested. */
export interface SuggestionOptions {
  /** Day that is today; the first of 2026 where missing. */
  readonly today?: Day
  /** Never null where anything else will do. */
  readonly isFull?: boolean
}

const [absent, preset] = [hashText('absent'), hashText('default')]

/** Draws before a place is given up where nothing keeps to its bounds. */
const attempts = 6

/**
 * Returns a function that gives a source of values for a place without a role, going by its name, the names above, its
 * description, format, type, examples and default; `undefined` where they tell nothing. Values keep to lengths, bounds and
 * patterns; whether they satisfy the whole schema is for the caller to check. Whoever they name can be reached by nobody:
 * hosts are reserved (RFC 2606), telephone numbers are kept free for fiction.
 * @param pools what names and places are drawn from
 */
export function suggestionsOf(
  pools: Pools,
  { today = dayOf(2026, 1, 1), isFull = false }: SuggestionOptions = {},
): Suggest {
  const cast = castOf(pools)
  const known = new WeakMap<NamedSchema['schema'], Map<string, ((random: Random) => unknown) | undefined>>()
  return (leaf) => {
    const key = [leaf.name, ...leaf.parents.slice(-4)].join('\n')
    const row = known.get(leaf.schema) ?? new Map<string, ((random: Random) => unknown) | undefined>()
    known.set(leaf.schema, row)
    if (!row.has(key)) row.set(key, suggest(leaf))
    return row.get(key)
  }

  function suggest(leaf: NamedSchema): ((random: Random) => unknown) | undefined {
    const clue = clueOf(leaf)
    if ('const' in clue.schema) return undefined
    if (Array.isArray(clue.schema.enum)) return usualOf(clue, clue.schema.enum, { cast, today })
    const meaning = clue.types.has('boolean') && !clue.isOpen ? undefined : meaningOfClue(clue)
    const draw = sourceOf(clue, meaning)
    if (!draw) return undefined
    const absence = !isFull && (clue.nullable || clue.isOpen) ? 1 - presenceIn(clue, meaning) : 0
    return (random) => {
      if (absence > 0 && random.at(absent).chance(absence)) return null
      return draw({ random, clue, cast, today })
    }
  }
}

type Scene = Pick<Draw, 'cast' | 'today'>

/** Words of a list that records hardly ever have. */
const rare =
  /^(?:unknown|undefined|unspecified|invalid|other|n ?a|none|deprecated|connect|trace|options|head)$|\b(?:unspecified|unrecognized)\b/i
const standards = new Set(['currency', 'country', 'country code', 'language', 'locale', 'time zone'])

/** Of a list of all currencies or countries, those that customers have are the likeliest; other lists need no advice. */
function usualOf(clue: Clue, values: readonly unknown[], scene: Scene): ((random: Random) => unknown) | undefined {
  const meaning = meaningOfClue(clue)
  const common = values.filter((value) => typeof value === 'string' && !rare.test(value.replaceAll(/[_-]/g, ' ')))
  const isMixed = common.length > 0 && values.some((value) => typeof value === 'string' && !common.includes(value))
  if (!meaning?.text || !standards.has(meaning.label))
    return isMixed ? (random) => (random.chance(0.9) ? random.pick(common) : undefined) : undefined
  const listed = new Set(values)
  const { text } = meaning
  return (random) => {
    const drawn = Array.from({ length: attempts }, (_, attempt) => text({ random: random.at(attempt), clue, ...scene }))
    return drawn.flatMap((value) => [value, value?.toLowerCase()]).find((value) => listed.has(value))
  }
}

/** Returns how the values of a place are made: its default, an example, or what it means. */
function sourceOf(clue: Clue, meaning: ValueMeaning | undefined): ((draw: Draw) => unknown) | undefined {
  const make = clue.types.has('boolean') ? drawFlag : fromMeaning(clue, meaning)
  const examples = usable(clue)
  const repeats = examples.length > 0 && (!meaning || meaning.examples === 'value')
  const { default: fallback } = clue.schema
  const isWord = meaning === undefined || meaning.examples === 'value' || typeof fallback === 'boolean'
  const hasDefault = fallback !== undefined && fallback !== null && isWord && isReserved(fallback)
  const pick = examples.length > 0 ? (draw: Draw): unknown => draw.random.pick(examples) : undefined
  const first = repeats
    ? pick
    : make && pick && meaning?.examples !== 'none'
      ? (draw: Draw): unknown => make(draw) ?? pick(draw)
      : make
  if (!first && !hasDefault) return undefined
  return (draw) => (hasDefault && (!first || draw.random.at(preset).chance(0.6)) ? fallback : first?.(draw))
}

const drawFlag = ({ random, clue }: Draw): boolean => random.chance(chanceOf(clue))

/** Examples are repeated where a word is looked for, and nowhere where they may name somebody. */
function usable({ examples, types, isOpen }: Clue): readonly unknown[] {
  if (types.has('boolean')) return []
  const takesObjects = isOpen || types.has('object') || types.has('array')
  return examples.filter(
    (example) => isReserved(example) && (takesObjects || (typeof example !== 'object' && example !== null)),
  )
}

function fromMeaning(clue: Clue, meaning: ValueMeaning | undefined): ((draw: Draw) => unknown) | undefined {
  const make = meaning ? makerOf(clue, meaning) : guessedSource(clue)
  if (!make) return undefined
  const length = meaning?.cuts || !meaning ? clue.schema.maxLength : undefined
  return (draw) => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const made = make(attempt === 0 ? draw : { ...draw, random: draw.random.at(attempt) })
      const value = fitting(
        clue,
        typeof made === 'string' && typeof length === 'number' ? cutAtWord(made, length) : made,
      )
      if (value !== undefined) return value
    }
    return undefined
  }
}

function makerOf(
  { types, isOpen }: Clue,
  { text, number, object }: ValueMeaning,
): ((draw: Draw) => unknown) | undefined {
  if (isOpen) return object ?? text ?? number
  if (types.has('string') && text) return text
  if ((types.has('number') || types.has('integer')) && number) return number
  if ((types.has('object') || types.has('array')) && object) return object
  if (!types.has('string') || !number) return undefined
  return (draw) => {
    const value = number(draw)
    return value === undefined ? undefined : String(value)
  }
}

const plainWords = ['Standard', 'General', 'Regular', 'Primary', 'Regional', 'Extended', 'Basic'] as const

/** Returns a source of values that stand out nowhere, for names that mean nothing to us; `undefined` where the sampler does as well. */
function guessedSource(clue: Clue): ((draw: Draw) => unknown) | undefined {
  const { types, format, schema, isOpen } = clue
  if (isOpen) return () => null
  if (types.has('string')) return format !== '' || typeof schema.pattern === 'string' ? undefined : wordOf
  if (types.has('integer')) return ({ random }) => 1 + Math.floor(random.float() ** 2 * 24)
  if (types.has('number')) return ({ random }) => random.int(4, 4_000) / 4
  return undefined
}

function wordOf({ random, clue }: Draw): string {
  if (['is', 'has', 'can', 'should', 'was'].includes(clue.words[0] ?? ''))
    return spellTruth(random.chance(chanceOf(clue)), clue.description)
  const last = clue.words.at(-1)
  if (last === 'code' || last === 'key') return `${random.pick(['STD', 'GEN', 'REG', 'EXT'])}-${random.int(100, 999)}`
  if (last === 'name') return titleFrom([random.pick(plainWords).toLowerCase(), ...clue.words.slice(0, -1)])
  return random.pick(plainWords)
}

/** Some write Python's True. */
const spellTruth = (truth: boolean, description: string): string =>
  description.startsWith('`true`') && !description.includes('lower') ? (truth ? 'True' : 'False') : String(truth)

const host =
  /(?:^|[./@])(?:example\.(?:com|net|org)|[a-z0-9-]+\.(?:example|test|invalid)|localhost|example)(?:[:/?#]|$)/i
const hosts = /(?:https?:\/\/|@|\bwww\.)([^\s/?#"'<>]+)/gi
const domain =
  /^(?:[a-z0-9-]+\.)+(?:com|net|org|edu|gov|io|co|app|dev|info|biz|eu|de|uk|fr|nl|es|it|se|ch|at|us|ca|au|jp)$/i
const phone = /(?:^|\s)(\+\d[\d ().-]{6,}\d)|\(\d{3}\)\s?\d{3}-\d{4}|\b\d{3}-\d{3}-\d{4}\b/

/** Tells whether nothing in a value can reach anybody: hosts are reserved ones (RFC 2606), telephone numbers kept free for fiction. */
function isReserved(value: unknown): boolean {
  if (typeof value === 'string') return isReservedText(value)
  if (typeof value !== 'object' || value === null) return true
  return Object.values(value).every(isReserved)
}

function isReservedText(text: string): boolean {
  for (const [, name = ''] of text.matchAll(hosts)) if (!host.test(`@${name}`)) return false
  if (domain.test(text) && !host.test(`@${text}`)) return false
  const number = phone.exec(text)
  return number === null || (number[1] !== undefined && isFictional(number[1]))
}
