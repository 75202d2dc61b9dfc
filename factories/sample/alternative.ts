import type { Random } from '../random.ts'
import type { Kind } from './kind.ts'
import type { Plan } from './plan.ts'
import type { Trail } from './trail.ts'

/** Said instead of a value where none was found. */
export const nothing: unique symbol = Symbol('nothing')

/** What goes on while one value is drawn. */
export interface Run {
  readonly optional: 'all' | 'none' | 'realistic'
  /** Whether only what must be there is drawn: inside of a ring, and when the value grows too large. */
  lean: boolean
  /** Values that may still be drawn before the run turns lean. */
  left: number
  /** Values this one is nested in. */
  depth: number
  /** Whether a value was taken that is right by checking alone, not by construction. */
  unsure: boolean
}

/** One way to make a value of a goal. */
export interface Alternative {
  readonly kind: Kind
  /** What its values must be, in words. */
  readonly rules: string
  /** How often it is chosen, relative to the others. */
  readonly weight: number
  /** Whether its values satisfy the goal by construction. */
  readonly exact: boolean
  /** Plans it cannot do without. */
  readonly needs: readonly Plan[]
  /** Returns how deep its flattest value nests: 0 for a scalar; infinite where a plan it needs has none. */
  height(): number
  /** Returns a value, or `nothing`. */
  draw(random: Random, trail: Trail, run: Run): unknown
}
