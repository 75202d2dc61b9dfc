import type { Random } from '../../random.ts'
import { startMark } from './letters.ts'
import type { Algebra, Language, Step } from './language.ts'

/** How long a text may be, in code points. */
export interface Length {
  readonly min: number
  readonly max: number
}

/** Steps a walk may take, besides those the length asks for, before it gives up: what needs more is refused. */
const patience = 20_000
/** Texts that must be longer than this are refused. */
const longest = 10_000

/** How long a text may be, and how long it is to become. */
interface Plan extends Length {
  readonly target: number
}

/** Returns a text of a language within the length, or `undefined` where there is none or none was found with patience. */
export function walk(algebra: Algebra, language: Language, { min, max }: Length, random: Random): string | undefined {
  const start = algebra.derive(language, startMark)
  const low = Math.max(min, start.shortest)
  const high = Math.min(max, start.longest)
  if (low > high || low > longest) return undefined
  const plan = { min, max, target: random.int(low, Math.min(high, low + 6)) }
  return stroll(algebra, start, plan, random) ?? search(algebra, start, plan, random, Math.min(high, low + 200))
}

/** Goes straight on; most languages have no dead ends. */
function stroll(algebra: Algebra, start: Language, plan: Plan, random: Random): string | undefined {
  let text = ''
  let state = algebra.state(start)
  for (let length = 0; ; length++) {
    if (state.ends && length >= plan.target) return text
    let best: Step | undefined
    let least = Infinity
    const { steps } = state
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index] as Step
      if (!isOpen(step, length + 1, plan)) continue
      const rank = steps.length === 1 ? 0 : rankOf(step, length + 1, plan) + random.float()
      if (rank < least) [best, least] = [step, rank]
    }
    if (!best || length > plan.target + 200) return state.ends && length >= plan.min ? text : undefined
    text += letterOf(best, random)
    state = algebra.state(best.next)
  }
}

/** A place of a search: how it was reached, and the ways not tried yet. */
interface Stop {
  readonly state: Language
  readonly text: string
  readonly length: number
  readonly ways: readonly Step[]
  tried: number
}

/** Goes back where it gets stuck, and never twice into the same dead end. */
function search(algebra: Algebra, start: Language, plan: Plan, random: Random, far: number): string | undefined {
  const failed = new Set<string>()
  const path: Stop[] = []
  const enter = (state: Language, text: string, length: number): void => {
    if (failed.size > 0 && failed.has(`${state.id} ${length}`)) return
    const open = length < far ? algebra.state(state).steps.filter((step) => isOpen(step, length + 1, plan)) : []
    const ranked = open
      .map((step) => ({ step, rank: rankOf(step, length + 1, plan) + random.float() }))
      .sort((left, right) => left.rank - right.rank)
    path.push({ state, text, length, ways: ranked.map(({ step }) => step), tried: 0 })
  }
  enter(start, '', 0)
  for (let left = patience + 2 * plan.target; left > 0; left--) {
    const stop = path.at(-1)
    if (!stop) return undefined
    const { state, text, length, ways } = stop
    if (length >= plan.min && algebra.state(state).ends && (length >= plan.target || stop.tried === ways.length))
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

const isOpen = ({ next }: Step, length: number, { min, max }: Length): boolean =>
  length + next.shortest <= max && length + next.longest >= min

/** Before the target is in sight anything goes that can still reach it; after that, what ends soonest. */
function rankOf({ next, oddity }: Step, length: number, { target }: Plan): number {
  if (length + next.longest < target) return 50 + oddity
  return length + next.cost <= target ? oddity : 4 + next.cost + oddity
}

const letterOf = ({ letters }: Step, random: Random): string =>
  letters.length === 1 ? (letters[0] as string) : random.pick(letters)
