import { only, parsePattern, patternOf, some, subpatterns } from '../../../spec/index.ts'
import type { Syntax } from '../../../spec/index.ts'
import { Random } from '../../random.ts'
import { createAlgebra } from './language.ts'
import type { Algebra, Language } from './language.ts'
import { translate } from './translate.ts'
import { walk } from './walk.ts'
import type { Length } from './walk.ts'

/** What a text must look like. */
export interface TextRules extends Length {
  /** Each must match somewhere. */
  readonly patterns: readonly string[]
  /** None may match anywhere. */
  readonly forbidden?: readonly string[]
  /** Must match all of the text. */
  readonly whole?: string
}

/** Draws texts that keep the rules; `undefined` where none was found. */
export type DrawText = (random: Random) => string | undefined

/** Returns a source of texts that keep the rules. Its automaton grows as texts are drawn and is kept. */
export function compileText(rules: TextRules): DrawText {
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
        const text = walk(algebra, language, rules, index + turn === 0 ? random : random.at(index * 100 + turn))
        if (text === undefined) break
        if (keeps(text)) return text
      }
    }
    return undefined
  }
}

/** Made when it is first needed: most texts come from elsewhere. */
type Attempt = () => { readonly algebra: Algebra; readonly language: Language }

/** First the tidiest texts, a match and nothing around it; then any; with several spellings of groups that are referred back to. */
function attemptsOf({ patterns, whole }: TextRules, syntaxes: readonly Syntax[], vague: boolean): readonly Attempt[] {
  const reaches =
    patterns.length + (whole === undefined ? 0 : 1) === 1 ? (['whole', 'anywhere'] as const) : (['anywhere'] as const)
  const spellings =
    vague && syntaxes.some((syntax) => some(syntax, ({ kind }) => kind === 'back')) ? [0, 1, 2] : [undefined]
  return reaches.flatMap((reach) =>
    spellings.map((spelling): Attempt => {
      const build = (algebra: Algebra): Language =>
        algebra.and(
          ...syntaxes.map((syntax, index) => {
            const spelt = spelling === undefined ? syntax : spellGroups(syntax, Random.of(spelling))
            const language = translate(algebra, spelt, index < patterns.length ? reach : 'anywhere')
            return index < patterns.length ? language : algebra.not(language)
          }),
          ...(whole === undefined ? [] : [translate(algebra, parsePattern(whole), 'whole')]),
        )
      let made: ReturnType<Attempt> | undefined
      return () => {
        if (made) return made
        const algebra = createAlgebra()
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
      const algebra = createAlgebra()
      const text = walk(algebra, translate(algebra, visit(part.body), 'whole'), { min: 0, max: 64 }, random) ?? ''
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
