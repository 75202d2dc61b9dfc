// Draws texts that match some patterns and not others, within a length.

import { Random } from '../random.ts'
import { only, parsePattern, patternOf, some, subpatterns } from '../../spec/index.ts'
import type { Syntax } from '../../spec/index.ts'
import { Algebra, languageOf, startMark } from './pattern-language.ts'
import type { RegularLanguage, LetterStep } from './pattern-language.ts'

/** What a text must look like. */
interface TextRules extends TextLength {
  /** Each must match somewhere. */
  readonly patterns: readonly string[]
  /** None may match anywhere. */
  readonly forbidden?: readonly string[]
  /** Must match all of the text. */
  readonly whole?: string
}

/** Draws texts that keep the rules; `undefined` where none was found. */
export type TextSource = (random: Random) => string | undefined

/** Returns a source of texts that keep the rules. Its automaton grows as texts are drawn and is kept. */
export function compileText(rules: TextRules): TextSource {
  const syntaxes = [...rules.patterns, ...(rules.forbidden ?? [])].flatMap((source) => {
    const pattern = patternOf(source)
    return pattern.syntax ? [{ pattern, syntax: pattern.syntax }] : []
  })
  const vague = syntaxes.some(({ syntax }) => some(syntax, isVague))
  const wanted = syntaxes.slice(0, rules.patterns.length)
  const keeps = (text: string): boolean =>
    syntaxes.every(({ pattern }, index) => pattern.test(text) === index < wanted.length)
  const attempts = attemptsOf(
    rules,
    syntaxes.map(({ syntax }) => syntax),
    vague,
  )
  return (random) => {
    for (const [index, attempt] of attempts.entries()) {
      for (let turn = 0; turn < (vague ? 8 : 2); turn++) {
        const { algebra, language } = attempt()
        const text = drawText(algebra, language, rules, index + turn === 0 ? random : random.at(index * 100 + turn))
        if (text === undefined) break
        if (keeps(text)) return text
      }
    }
    return undefined
  }
}

/** Made when it is first needed: most texts come from elsewhere. */
type Attempt = () => { readonly algebra: Algebra; readonly language: RegularLanguage }

/** First the tidiest texts, a match and nothing around it; then any; with several spellings of groups that are referred back to. */
function attemptsOf({ patterns, whole }: TextRules, syntaxes: readonly Syntax[], vague: boolean): readonly Attempt[] {
  const reaches =
    patterns.length + (whole === undefined ? 0 : 1) === 1 ? (['whole', 'anywhere'] as const) : (['anywhere'] as const)
  const spellings =
    vague && syntaxes.some((syntax) => some(syntax, ({ kind }) => kind === 'back')) ? [0, 1, 2] : [undefined]
  return reaches.flatMap((reach) =>
    spellings.map((spelling): Attempt => {
      const build = (algebra: Algebra): RegularLanguage =>
        algebra.and(
          ...syntaxes.map((syntax, index) => {
            const spelt = spelling === undefined ? syntax : spellGroups(syntax, Random.of(spelling))
            const language = languageOf(algebra, spelt, index < patterns.length ? reach : 'anywhere')
            return index < patterns.length ? language : algebra.not(language)
          }),
          ...(whole === undefined ? [] : [languageOf(algebra, parsePattern(whole), 'whole')]),
        )
      let made: ReturnType<Attempt> | undefined
      return () => {
        if (made) return made
        const algebra = new Algebra()
        return (made = { algebra, language: build(algebra) })
      }
    }),
  )
}

const isVague = (part: Syntax): boolean =>
  part.kind === 'back' || part.kind === 'boundary' || (part.kind === 'look' && part.behind)

/** Writes one text in the place of each group, and the same where it is referred back to. */
function spellGroups(syntax: Syntax, random: Random): Syntax {
  const spelt = new Map<number | string, Syntax>()
  function visit(part: Syntax): Syntax {
    if (part.kind === 'back') return spelt.get(part.to) ?? { kind: 'sequence', parts: [] }
    if (part.kind === 'group') {
      const algebra = new Algebra()
      const text = drawText(algebra, languageOf(algebra, visit(part.body), 'whole'), { min: 0, max: 64 }, random) ?? ''
      const letters: Syntax = {
        kind: 'sequence',
        parts: [...text].map((letter) => ({ kind: 'set', set: only(letter.codePointAt(0) as number), source: letter })),
      }
      spelt.set(part.index, letters)
      if (part.name !== undefined) spelt.set(part.name, letters)
      return letters
    }
    if (subpatterns(part).length === 0) return part
    if ('parts' in part) return { ...part, parts: part.parts.map(visit) }
    return 'body' in part ? { ...part, body: visit(part.body) } : part
  }
  return visit(syntax)
}

/** How long a text may be, in code points. */
interface TextLength {
  readonly min: number
  readonly max: number
}

/** Steps a walk may take, besides those the length asks for, before it gives up: what needs more is refused. */
const patience = 20_000
/** Texts that must be longer than this are refused. */
const longest = 10_000

/** How long a text may be, and how long it is to become. */
interface LengthPlan extends TextLength {
  readonly target: number
}

/** Returns a text of a language within the length, or `undefined` where there is none or none was found with patience. */
function drawText(
  algebra: Algebra,
  language: RegularLanguage,
  { min, max }: TextLength,
  random: Random,
): string | undefined {
  const start = algebra.derive(language, startMark)
  const low = Math.max(min, start.shortest)
  const high = Math.min(max, start.longest)
  if (low > high || low > longest) return undefined
  const strategy = { min, max, target: random.int(low, Math.min(high, low + 6)) }
  return (
    walkAhead(algebra, start, strategy, random) ?? walkBack(algebra, start, strategy, random, Math.min(high, low + 200))
  )
}

/** Goes straight on; most languages have no dead ends. */
function walkAhead(algebra: Algebra, start: RegularLanguage, strategy: LengthPlan, random: Random): string | undefined {
  let text = ''
  let state = algebra.state(start)
  for (let length = 0; ; length++) {
    if (state.ends && length >= strategy.target) return text
    let best: LetterStep | undefined
    let least = Infinity
    const { steps } = state
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index] as LetterStep
      if (!isOpen(step, length + 1, strategy)) continue
      const rank = steps.length === 1 ? 0 : rankOf(step, length + 1, strategy) + random.float()
      if (rank < least) [best, least] = [step, rank]
    }
    if (!best || length > strategy.target + 200) return state.ends && length >= strategy.min ? text : undefined
    text += letterOf(best, random)
    state = algebra.state(best.next)
  }
}

/** A place of a search: how it was reached, and the ways not tried yet. */
interface SearchState {
  readonly state: RegularLanguage
  readonly text: string
  readonly length: number
  readonly ways: readonly LetterStep[]
  tried: number
}

/** Goes back where it gets stuck, and never twice into the same dead end. */
function walkBack(
  algebra: Algebra,
  start: RegularLanguage,
  strategy: LengthPlan,
  random: Random,
  far: number,
): string | undefined {
  const failed = new Set<string>()
  const path: SearchState[] = []
  const enter = (state: RegularLanguage, text: string, length: number): void => {
    if (failed.size > 0 && failed.has(`${state.id} ${length}`)) return
    const open = length < far ? algebra.state(state).steps.filter((step) => isOpen(step, length + 1, strategy)) : []
    const ranked = open
      .map((step) => ({ step, rank: rankOf(step, length + 1, strategy) + random.float() }))
      .sort((left, right) => left.rank - right.rank)
    path.push({ state, text, length, ways: ranked.map(({ step }) => step), tried: 0 })
  }
  enter(start, '', 0)
  for (let left = patience + 2 * strategy.target; left > 0; left--) {
    const stop = path.at(-1)
    if (!stop) return undefined
    const { state, text, length, ways } = stop
    if (
      length >= strategy.min &&
      algebra.state(state).ends &&
      (length >= strategy.target || stop.tried === ways.length)
    )
      return text
    const way = ways[stop.tried++]
    if (way) enter(way.next, text + letterOf(way, random), length + 1)
    else {
      failed.add(`${state.id} ${length}`)
      path.pop()
    }
  }
  return undefined
}

const isOpen = ({ next }: LetterStep, length: number, { min, max }: TextLength): boolean =>
  length + next.shortest <= max && length + next.longest >= min

/** Before the target is in sight anything goes that can still reach it; after that, what ends soonest. */
function rankOf({ next, oddity }: LetterStep, length: number, { target }: LengthPlan): number {
  if (length + next.longest < target) return 50 + oddity
  return length + next.cost <= target ? oddity : 4 + next.cost + oddity
}

const letterOf = ({ letters }: LetterStep, random: Random): string =>
  letters.length === 1 ? (letters[0] as string) : random.pick(letters)
