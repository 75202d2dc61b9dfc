import type { Random } from '../../random.ts'
import { endMark, pointAt, readable, sizeOf, startMark } from './charset.ts'
import type { CharSet } from './charset.ts'
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

/** A place of a walk: a state, how it was reached, and the ways not tried yet. */
interface Stop {
  readonly state: Language
  readonly text: string
  readonly length: number
  readonly ways: readonly Step[]
  tried: number
}

/** Returns a text of a language within the length, or `undefined` where there is none or none was found with patience. */
export function walk(algebra: Algebra, language: Language, { min, max }: Length, random: Random): string | undefined {
  const start = algebra.derive(language, startMark)
  const low = Math.max(min, start.shortest)
  const high = Math.min(max, start.longest)
  if (low > high || low > longest) return undefined
  const target = random.int(low, Math.min(high, low + 6))
  const far = Math.min(high, low + 200)
  function ordered(steps: readonly Step[], length: number): readonly Step[] {
    const open = steps.filter(({ next }) => length + 1 + next.shortest <= max && length + 1 + next.longest >= min)
    if (open.length < 2) return open
    const shuffled = open.map((step) => ({ step, rank: rankOf(step, length) + random.float() })).sort((left, right) => left.rank - right.rank)
    return shuffled.map(({ step }) => step)
  }

  /** Before the target is in sight anything goes that can still reach it; after that, what ends soonest. */
  function rankOf({ set, next }: Step, length: number): number {
    const odd = (set[0] as readonly [number, number])[0] > 0x7e ? 2 : 0
    if (length + 1 + next.longest < target) return 50 + odd
    return length + 1 + next.cost <= target ? odd : 4 + next.cost + odd
  }

  const failed = new Set<string>()
  const path: Stop[] = []
  const enter = (state: Language, text: string, length: number): void => {
    if (failed.size > 0 && failed.has(`${state.id} ${length}`)) return
    path.push({ state, text, length, ways: length < far ? ordered(algebra.steps(state), length) : [], tried: 0 })
  }
  enter(start, '', 0)
  for (let left = patience + 2 * low; left > 0; left--) {
    const stop = path.at(-1)
    if (!stop) return undefined
    const { state, text, length, ways } = stop
    const ends = length >= min && algebra.derive(state, endMark).nullable
    if (ends && (length >= target || stop.tried === ways.length)) return text
    const way = ways[stop.tried++]
    if (way) enter(way.next, text + letterOf(way.set, random), length + 1)
    else {
      failed.add(`${state.id} ${length}`)
      path.pop()
    }
  }
  return undefined
}

const liked = new WeakMap<CharSet, { readonly set: CharSet; readonly size: number }>()

function letterOf(set: CharSet, random: Random): string {
  let taste = liked.get(set)
  if (!taste) {
    const best = readable(set)
    liked.set(set, (taste = { set: best, size: sizeOf(best) }))
  }
  return String.fromCodePoint(pointAt(taste.set, random.int(0, taste.size - 1)))
}
