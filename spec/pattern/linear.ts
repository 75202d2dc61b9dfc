// Matches patterns in time proportional to the text, or tells that the runtime does.

import { intersect } from './charset.ts'
import { some, subpatterns } from './parse.ts'
import type { Syntax } from './parse.ts'
import type { Reading } from './pattern.ts'

/** A question about a place in a text. */
type Place =
  | { readonly kind: 'start' | 'end'; next: number }
  | { readonly kind: 'boundary'; readonly negated: boolean; next: number }
  | { readonly kind: 'look'; readonly around: RegExp; next: number }

/** One step of a machine: reads a letter, goes on in two ways, asks about the place, or has matched. */
type Step =
  | { readonly kind: 'letter'; readonly test: (point: number) => boolean; next: number }
  | { readonly kind: 'fork'; next: number; other: number }
  | Place
  | { readonly kind: 'match' }

/** Machines of more steps than this are refused: counted loops inside of counted loops. */
const mostSteps = 2_000

/**
 * Returns a test that follows all ways through an expression at once (Thompson 1968): its time is proportional to the text times the
 * expression, whatever either says. `undefined` for a reference back, a look around that has no end, or an expression too large.
 */
export function followAll(
  syntax: Syntax,
  { flags }: Reading,
  isAnchored: boolean,
): ((text: string) => boolean) | undefined {
  const steps: Step[] = [{ kind: 'match' }]
  const letters = new Map<string, (point: number) => boolean>()

  function add(step: Step): number {
    if (steps.length >= mostSteps) throw new RangeError('too large')
    return steps.push(step) - 1
  }

  function letter(source: string): (point: number) => boolean {
    const known = letters.get(source) ?? letterTest(source, flags)
    letters.set(source, known)
    return known
  }

  /** Adds the steps of an expression before those at a place, and returns where they begin. */
  function into(part: Syntax, next: number): number {
    switch (part.kind) {
      case 'set':
        return add({ kind: 'letter', test: letter(part.source), next })
      case 'sequence':
        return part.parts.reduceRight((rest, item) => into(item, rest), next)
      case 'choice':
        return part.parts
          .map((item) => into(item, next))
          .reduceRight((other, here) => add({ kind: 'fork', next: here, other }))
      case 'group':
        return into(part.body, next)
      case 'start':
      case 'end':
        return add({ kind: part.kind, next })
      case 'boundary':
        return add({ kind: 'boundary', negated: part.negated, next })
      case 'repeat':
        return repeated(part, next)
      case 'look':
        if (!isBrief(part.body)) throw new RangeError('looks too far')
        return add({ kind: 'look', around: new RegExp(part.source, `${flags}y`), next })
      default:
        throw new RangeError('needs memory')
    }
  }

  function repeated({ body, min, max }: Syntax & { kind: 'repeat' }, next: number): number {
    let rest = next
    if (min > mostSteps || (max > mostSteps && max !== Infinity)) throw new RangeError('too large')
    if (max === Infinity) {
      const fork = add({ kind: 'fork', next, other: next })
      ;(steps[fork] as { other: number }).other = into(body, fork)
      rest = fork
    } else for (let turn = min; turn < max; turn++) rest = add({ kind: 'fork', next, other: into(body, rest) })
    for (let turn = 0; turn < min; turn++) rest = into(body, rest)
    return rest
  }

  try {
    return runner(steps, into(syntax, 0), isAnchored, flags.includes('u'))
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The runtime itself tells what a class holds; it is asked once for each letter. */
function letterTest(source: string, flags: string): (point: number) => boolean {
  const expression = new RegExp(`^(?:${source})$`, flags)
  const known = new Map<number, boolean>()
  const plain = Array.from({ length: 128 }, (_, point) => expression.test(String.fromCodePoint(point)))
  return (point) => {
    const answer = point < 128 ? plain[point] : known.get(point)
    if (answer !== undefined) return answer
    const asked = expression.test(String.fromCodePoint(point))
    known.set(point, asked)
    return asked
  }
}

const word = /\w/

function runner(
  steps: readonly Step[],
  start: number,
  isAnchored: boolean,
  isUnicode: boolean,
): (text: string) => boolean {
  const entered = new Uint32Array(steps.length)
  let turn = 0
  return (text) => {
    let here: number[] = []
    let next: number[] = []
    let hasMatched = false

    /** Enters a step and all that it leads to without a letter. */
    function enter(from: number, at: number, into: number[]): void {
      const todo = [from]
      for (let index = todo.pop(); index !== undefined; index = todo.pop()) {
        if (entered[index] === turn) continue
        entered[index] = turn
        const step = steps[index] as Step
        if (step.kind === 'match') hasMatched = true
        else if (step.kind === 'letter') into.push(index)
        else if (step.kind === 'fork') todo.push(step.other, step.next)
        else if (holds(step, text, at)) todo.push(step.next)
      }
    }

    turn++
    enter(start, 0, here)
    for (let at = 0; at < text.length && !hasMatched;) {
      const point = isUnicode ? (text.codePointAt(at) as number) : text.charCodeAt(at)
      at += point > 0xffff ? 2 : 1
      turn++
      for (const index of here) {
        const step = steps[index] as Step & { kind: 'letter' }
        if (step.test(point)) enter(step.next, at, next)
      }
      if (!isAnchored) enter(start, at, next)
      if (next.length === 0 && isAnchored) break
      ;[here, next] = [next, here]
      next.length = 0
    }
    return hasMatched
  }
}

function holds(step: Place, text: string, at: number): boolean {
  if (step.kind === 'look') {
    step.around.lastIndex = at
    return step.around.test(text)
  }
  if (step.kind !== 'boundary') return at === (step.kind === 'start' ? 0 : text.length)
  const isBetween = word.test(text[at - 1] ?? '') !== word.test(text[at] ?? '')
  return isBetween !== step.negated
}

/** Counted loops of at least this many turns are judged as endless ones. */
const many = 10

type Letter = Syntax & { readonly kind: 'set' }

/** What may come first in an expression, what last, and whether it may be empty; letters by their numbers. */
interface Piece {
  readonly nullable: boolean
  readonly first: readonly number[]
  readonly last: readonly number[]
}

const nothing: Piece = { nullable: true, first: [], last: [] }

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

/** Ways that a matcher may try at one place of a text at no cost worth counting. */
const few = 1_000

/** Tells whether there is little to try at any place of a text. */
export const isBrief = (syntax: Syntax): boolean =>
  !hasLoop(syntax) && waysThrough(syntax) <= few && !some(syntax, ({ kind }) => kind === 'back')

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
  const letters: Letter[] = []
  const follows: Set<number>[] = []
  let isDoubled = false

  function link(from: readonly number[], to: readonly number[]): void {
    for (const left of from) {
      const row = follows[left] as Set<number>
      for (const right of to) {
        isDoubled ||= row.has(right)
        row.add(right)
      }
    }
  }

  function piece(part: Syntax): Piece {
    switch (part.kind) {
      case 'set': {
        follows.push(new Set())
        const here = [letters.push(part) - 1]
        return { nullable: false, first: here, last: here }
      }
      case 'group':
        return piece(part.body)
      case 'choice': {
        const parts = part.parts.map(piece)
        return {
          nullable: parts.some((item) => item.nullable),
          first: parts.flatMap((item) => item.first),
          last: parts.flatMap((item) => item.last),
        }
      }
      case 'sequence':
        return part.parts.reduce<Piece>((before, item) => chain(before, piece(item)), nothing)
      case 'repeat':
        return repeated(part)
      default:
        return nothing
    }
  }

  function chain(before: Piece, after: Piece): Piece {
    link(before.last, after.first)
    return {
      nullable: before.nullable && after.nullable,
      first: before.nullable ? [...before.first, ...after.first] : before.first,
      last: after.nullable ? [...before.last, ...after.last] : after.last,
    }
  }

  function repeated({ body, min, max }: Syntax & { kind: 'repeat' }): Piece {
    if (max < many) {
      let all = nothing
      for (let turn = 0; turn < Math.min(max, 2); turn++) {
        const once = piece(body)
        all = chain(all, turn < min ? once : { ...once, nullable: true })
      }
      return all
    }
    const inner = piece(body)
    if (inner.nullable && min >= many) isDoubled = true // (a?){20}: each turn may or may not read
    link(inner.last, inner.first)
    return { ...inner, nullable: inner.nullable || min === 0 }
  }

  const { first } = piece(syntax)
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
