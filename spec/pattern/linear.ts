import { isBrief } from './choice.ts'
import type { Reading } from './read.ts'
import type { Syntax } from './syntax.ts'

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
const most = 2_000

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
    if (steps.length >= most) throw new RangeError('too large')
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
    if (min > most || (max > most && max !== Infinity)) throw new RangeError('too large')
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
