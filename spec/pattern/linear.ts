// Matches patterns in time proportional to the text, by following all ways through them at once.

import { isBrief } from './choice.ts'
import { spend } from './effort.ts'
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
  const program = new Program(flags)
  try {
    const start = program.into(syntax, 0)
    const machine = new Machine(program.steps, start, { isAnchored, isUnicode: flags.includes('u') })
    return (text) => machine.matches(text)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The steps of an expression; the first one is its end. */
class Program {
  readonly steps: Step[] = [{ kind: 'match' }]
  readonly #flags: string
  readonly #letters = new Map<string, (point: number) => boolean>()

  constructor(flags: string) {
    this.#flags = flags
  }

  /** Adds the steps of an expression before those at a place, and returns where they begin. @throws RangeError for one that is beyond it. */
  into(part: Syntax, next: number): number {
    switch (part.kind) {
      case 'set':
        return this.#add({ kind: 'letter', test: this.#letter(part.source), next })
      case 'sequence':
        return part.parts.reduceRight((rest, item) => this.into(item, rest), next)
      case 'choice':
        return part.parts
          .map((item) => this.into(item, next))
          .reduceRight((other, here) => this.#add({ kind: 'fork', next: here, other }))
      case 'group':
        return this.into(part.body, next)
      case 'start':
      case 'end':
        return this.#add({ kind: part.kind, next })
      case 'boundary':
        return this.#add({ kind: 'boundary', negated: part.negated, next })
      case 'repeat':
        return this.#repeated(part, next)
      case 'look':
        if (!isBrief(part.body)) throw new RangeError('looks too far')
        return this.#add({ kind: 'look', around: new RegExp(part.source, `${this.#flags}y`), next })
      default:
        throw new RangeError('needs memory')
    }
  }

  #add(step: Step): number {
    if (this.steps.length >= mostSteps) throw new RangeError('too large')
    return this.steps.push(step) - 1
  }

  #letter(source: string): (point: number) => boolean {
    const known = this.#letters.get(source) ?? letterTest(source, this.#flags)
    this.#letters.set(source, known)
    return known
  }

  #repeated({ body, min, max }: Syntax & { kind: 'repeat' }, next: number): number {
    let rest = next
    if (min > mostSteps || (max > mostSteps && max !== Infinity)) throw new RangeError('too large')
    if (max === Infinity) {
      const fork = this.#add({ kind: 'fork', next, other: next })
      ;(this.steps[fork] as { other: number }).other = this.into(body, fork)
      rest = fork
    } else
      for (let turn = min; turn < max; turn++) rest = this.#add({ kind: 'fork', next, other: this.into(body, rest) })
    for (let turn = 0; turn < min; turn++) rest = this.into(body, rest)
    return rest
  }
}

/** Letters beyond ASCII of which a class is remembered. */
const mostLetters = 4_096

/** The runtime itself tells what a class holds; it is asked once for each letter. */
function letterTest(source: string, flags: string): (point: number) => boolean {
  const expression = new RegExp(`^(?:${source})$`, flags)
  const known = new Map<number, boolean>()
  const plain = Array.from({ length: 128 }, (_, point) => expression.test(String.fromCodePoint(point)))
  return (point) => {
    const answer = point < 128 ? plain[point] : known.get(point)
    if (answer !== undefined) return answer
    const asked = expression.test(String.fromCodePoint(point))
    if (known.size >= mostLetters) known.clear()
    known.set(point, asked)
    return asked
  }
}

/** All places of an expression that a text may have come to. */
interface State {
  /** Steps that read the next letter. */
  readonly letters: readonly number[]
  /** Where a letter leads from here, as far as that has come up. */
  readonly next: Map<number, State>
}

/** The state of a text that matches, whatever comes. */
const matched: State = { letters: [], next: new Map() }

/** What it costs to enter a step, where looking up a letter costs one. */
const entering = 4

/** Room for the states of one expression, in steps; with more, they are found anew. */
const room = { all: 20_000, each: 100 }

/**
 * Runs steps over texts. A set of steps and a letter lead to the same set again, so each is found once and then looked up (the machine
 * is made deterministic as it runs), unless the steps ask about more than the letter.
 */
class Machine {
  readonly #steps: readonly Step[]
  readonly #start: number
  readonly #isAnchored: boolean
  readonly #isUnicode: boolean
  /** Whether no step asks about its neighbours. */
  readonly #isPlain: boolean
  /** In which turn a step was entered last. */
  readonly #entered: Uint32Array
  #turn = 0
  #states = new Map<string, State>()
  #kept = 0
  #first: State | undefined

  constructor(
    steps: readonly Step[],
    start: number,
    { isAnchored, isUnicode }: { readonly isAnchored: boolean; readonly isUnicode: boolean },
  ) {
    this.#steps = steps
    this.#start = start
    this.#isAnchored = isAnchored
    this.#isUnicode = isUnicode
    this.#isPlain = steps.every(({ kind }) => kind !== 'look' && kind !== 'boundary')
    this.#entered = new Uint32Array(steps.length)
  }

  /** Tells whether the expression matches somewhere in a text. @throws TooMuchEffort */
  matches(text: string): boolean {
    spend(text.length)
    let state = this.#begin(text)
    for (let at = 0; at < text.length && state !== matched;) {
      const point = this.#isUnicode ? (text.codePointAt(at) as number) : text.charCodeAt(at)
      at += point > 0xffff ? 2 : 1
      // At its end, more may match.
      state = (at < text.length ? state.next.get(point) : undefined) ?? this.#read(state, point, text, at)
      if (this.#isAnchored && state.letters.length === 0) break
    }
    return state === matched
  }

  #begin(text: string): State {
    if (this.#first && text !== '') return this.#first
    const letters: number[] = []
    this.#turn++
    const first = this.#enter(this.#start, text, 0, letters) ? matched : { letters, next: new Map<number, State>() }
    if (this.#isPlain && text !== '') this.#first = first
    return first
  }

  /** Returns where a letter leads, which ends at a place. */
  #read(state: State, point: number, text: string, at: number): State {
    const letters: number[] = []
    let hasMatched = false
    this.#turn++
    for (const index of state.letters) {
      const step = this.#steps[index] as Step & { kind: 'letter' }
      if (step.test(point)) hasMatched = this.#enter(step.next, text, at, letters) || hasMatched
    }
    spend(entering * state.letters.length)
    if (!this.#isAnchored) hasMatched = this.#enter(this.#start, text, at, letters) || hasMatched
    const next = hasMatched ? matched : this.#stateOf(letters)
    if (this.#isPlain && at < text.length) state.next.set(point, next)
    return next
  }

  /** Enters a step and all that it leads to without a letter; tells whether that is the end. */
  #enter(from: number, text: string, at: number, letters: number[]): boolean {
    const todo = [from]
    let hasMatched = false
    let count = 0
    for (let index = todo.pop(); index !== undefined; index = todo.pop()) {
      if (this.#entered[index] === this.#turn) continue
      this.#entered[index] = this.#turn
      count++
      const step = this.#steps[index] as Step
      if (step.kind === 'match') hasMatched = true
      else if (step.kind === 'letter') letters.push(index)
      else if (step.kind === 'fork') todo.push(step.other, step.next)
      else if (holds(step, text, at)) todo.push(step.next)
    }
    spend(entering * count)
    return hasMatched
  }

  #stateOf(letters: number[]): State {
    if (!this.#isPlain) return { letters, next: matched.next }
    const name = String.fromCharCode(...letters.sort((left, right) => left - right))
    const known = this.#states.get(name)
    if (known) return known
    this.#kept += room.each + letters.length
    if (this.#kept > room.all) {
      this.#states.clear()
      this.#first = undefined
      this.#kept = room.each + letters.length
    }
    const state = { letters, next: new Map<number, State>() }
    this.#states.set(name, state)
    return state
  }
}

const word = /\w/

/** What it costs to look around: as much as a brief expression may take. */
const looking = 500

function holds(step: Place, text: string, at: number): boolean {
  if (step.kind === 'look') {
    spend(looking)
    step.around.lastIndex = at
    return step.around.test(text)
  }
  if (step.kind !== 'boundary') return at === (step.kind === 'start' ? 0 : text.length)
  const isBetween = word.test(text[at - 1] ?? '') !== word.test(text[at] ?? '')
  return isBetween !== step.negated
}
