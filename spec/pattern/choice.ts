// Tells which expressions a matcher that backtracks takes in time proportional to the text.

import { intersect } from './charset.ts'
import { some, subpatterns } from './parse.ts'
import type { Syntax } from './parse.ts'

/** Counted loops of at least this many turns are judged as endless ones. */
const many = 10

/** Tells whether an expression has loops that a text can keep busy. */
export const hasLoop = (syntax: Syntax): boolean => some(syntax, (part) => part.kind === 'repeat' && part.max >= many)

/** Returns in how many ways an expression may be gone through, but for endless loops. */
function waysThrough(syntax: Syntax): number {
  const inner = subpatterns(syntax).map(waysThrough)
  if (syntax.kind === 'choice') return inner.reduce((sum, ways) => sum + ways, 0)
  const ways = inner.reduce((product, each) => product * each, 1)
  if (syntax.kind !== 'repeat' || syntax.max === Infinity) return ways
  return Math.max(1, ways) ** syntax.max * (syntax.max - syntax.min + 1)
}

/** Returns how many letters a match may have, but for endless loops. */
function lettersIn(syntax: Syntax): number {
  if (syntax.kind === 'set') return 1
  const inner = subpatterns(syntax).map(lettersIn)
  if (syntax.kind === 'choice') return Math.max(...inner)
  const letters = inner.reduce((sum, each) => sum + each, 0)
  return syntax.kind === 'repeat' && syntax.max !== Infinity ? letters * syntax.max : letters
}

/** Ways that a matcher may try at one place of a text. */
const few = 1_000

/** Tells whether there is little to try at one place of a text. */
export const isBrief = (syntax: Syntax): boolean =>
  !hasLoop(syntax) && waysThrough(syntax) <= few && !some(syntax, ({ kind }) => kind === 'back')

/** Letters that a matcher may read at each place of a text, in all ways together. */
const fewLetters = 64

/** Tells whether there is so little to try that it can be tried at every place of a text. */
export const isTiny = (syntax: Syntax): boolean =>
  isBrief(syntax) && waysThrough(syntax) * lettersIn(syntax) <= fewLetters

/** Tells whether every match of an expression begins where the text does. */
export function isAnchored(syntax: Syntax): boolean {
  if (syntax.kind === 'start') return true
  if (syntax.kind === 'group') return isAnchored(syntax.body)
  if (syntax.kind === 'choice') return syntax.parts.every(isAnchored)
  return syntax.kind === 'sequence' && syntax.parts[0] !== undefined && isAnchored(syntax.parts[0])
}

/**
 * Tells whether an expression leaves no choice: whatever was read, the next letter of the text can be read in one way only
 * (its Glushkov automaton is deterministic). A backtracking matcher then takes time proportional to the text.
 */
export function leavesNoChoice(syntax: Syntax, flags: string): boolean {
  const positions = new Positions()
  const { first } = positions.add(syntax)
  const { letters, follows, isDoubled } = positions
  const isPlain = (row: Iterable<number>): boolean =>
    areApart(
      [...row].map((index) => letters[index] as Letter),
      flags,
    )
  return !isDoubled && letters.length <= mostLetters && isPlain(first) && follows.every(isPlain)
}

/** Expressions of more letters than this are not judged. */
const mostLetters = 320

const areApart = (letters: readonly Letter[], flags: string): boolean =>
  letters.every((letter, index) => !letters.slice(0, index).some((other) => meet(letter, other, flags)))

/** Sets leave out much of Unicode, and the case: the ends of what one names are also held against the other itself. */
const meet = (left: Letter, right: Letter, flags: string): boolean =>
  intersect(left.set, right.set).length > 0 ||
  (flags.includes('i') && (left.set.length > 1 || right.set.length > 1)) ||
  names(left, right, flags) ||
  names(right, left, flags)

function names({ set }: Letter, { source }: Letter, flags: string): boolean {
  const expression = new RegExp(`^(?:${source})$`, flags)
  return set.some((range) => range.some((point) => expression.test(String.fromCodePoint(point))))
}

type Letter = Syntax & { readonly kind: 'set' }

/** What may come first in an expression, what last, and whether it may be empty; letters by their numbers. */
interface Piece {
  readonly nullable: boolean
  readonly first: readonly number[]
  readonly last: readonly number[]
}

const nothing: Piece = { nullable: true, first: [], last: [] }

/** The letters of an expression, and which of them may follow which: its Glushkov automaton. */
class Positions {
  readonly letters: Letter[] = []
  /** For each letter, those that may come next. */
  readonly follows: Set<number>[] = []
  /** Whether a letter may follow another in two ways. */
  isDoubled = false

  /** Adds the letters of an expression. */
  add(part: Syntax): Piece {
    switch (part.kind) {
      case 'set': {
        this.follows.push(new Set())
        const here = [this.letters.push(part) - 1]
        return { nullable: false, first: here, last: here }
      }
      case 'group':
        return this.add(part.body)
      case 'choice': {
        const parts = part.parts.map((item) => this.add(item))
        return {
          nullable: parts.some((item) => item.nullable),
          first: parts.flatMap((item) => item.first),
          last: parts.flatMap((item) => item.last),
        }
      }
      case 'sequence':
        return part.parts.reduce<Piece>((before, item) => this.#chain(before, this.add(item)), nothing)
      case 'repeat':
        return this.#repeated(part)
      default:
        return nothing
    }
  }

  #link(from: readonly number[], to: readonly number[]): void {
    for (const left of from) {
      const row = this.follows[left] as Set<number>
      for (const right of to) {
        this.isDoubled ||= row.has(right)
        row.add(right)
      }
    }
  }

  #chain(before: Piece, after: Piece): Piece {
    this.#link(before.last, after.first)
    return {
      nullable: before.nullable && after.nullable,
      first: before.nullable ? [...before.first, ...after.first] : before.first,
      last: after.nullable ? [...before.last, ...after.last] : after.last,
    }
  }

  #repeated({ body, min, max }: Syntax & { kind: 'repeat' }): Piece {
    if (max < many) {
      let all = nothing
      for (let turn = 0; turn < Math.min(max, 2); turn++) {
        const once = this.add(body)
        all = this.#chain(all, turn < min ? once : { ...once, nullable: true })
      }
      return all
    }
    const inner = this.add(body)
    if (inner.nullable && min >= many) this.isDoubled = true // (a?){20}: each turn may or may not read
    this.#link(inner.last, inner.first)
    return { ...inner, nullable: inner.nullable || min === 0 }
  }
}
