import type { FailureParts } from '../failure.ts'
import type { Pointer } from '../pointer.ts'
import type { Unit } from './schemas.ts'

/** A reference that has no end, or one too far away. */
export interface Endless {
  readonly unit: Unit
  /** Where the schema with the reference stands. */
  readonly pointer: Pointer
  readonly wrong: FailureParts
}

/** Nobody refers on and on so often in earnest, and a stack would not hold much more. */
const longest = 200

/**
 * Returns the references by which schemas come back to themselves while they look at one and the same value, so that no validator
 * would end, and those that are followed by too many others. Without these, all end soon.
 */
export function findEndless(units: ReadonlyMap<Pointer, Unit>): readonly Endless[] {
  const found: Endless[] = []
  const lengths = new Map<Pointer, number>()
  const open = new Set<Pointer>()
  for (const start of units.keys()) {
    // A path of its own, not of calls: a hostile chain of references is longer than any stack.
    const path = lengths.has(start) ? [] : [enter(units, start, open)]
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const reference = step.references[step.next]
      if (!reference) {
        open.delete(step.at)
        lengths.set(step.at, step.length)
        path.pop()
        continue
      }
      const [pointer, target] = reference
      const length = lengths.get(target)
      // What it points at is looked at first; then it has its turn again.
      if (length === undefined && !open.has(target)) {
        path.push(enter(units, target, open))
        continue
      }
      step.next++
      if (length === undefined) found.push({ unit: step.unit, pointer, wrong: circle })
      else if (length >= longest) found.push({ unit: step.unit, pointer, wrong: chain })
      else step.length = Math.max(step.length, length + 1)
    }
  }
  return found
}

const circle: FailureParts = { expected: 'an end', received: 'a circle that comes back without a step into the value' }
const chain: FailureParts = { expected: `an end after at most ${longest} references`, received: 'more' }

interface Step {
  readonly at: Pointer
  readonly unit: Unit
  readonly references: readonly (readonly [pointer: Pointer, target: Pointer])[]
  next: number
  /** References that follow each other from here. */
  length: number
}

function enter(units: ReadonlyMap<Pointer, Unit>, at: Pointer, open: Set<Pointer>): Step {
  open.add(at)
  const unit = units.get(at) as Unit
  return { at, unit, references: [...unit.beside], next: 0, length: 0 }
}
