import type { Binding } from './binding.ts'
import type { Pointer } from './pointer.ts'
import type { Leaf, Plan } from './plan.ts'
import type { Occurrence } from './view.ts'

const none: readonly never[] = []

/** An object or array of a body, and the way back to its root. Pointers are written only when somebody asks: bodies have a great many places. */
export class Frame {
  readonly value: unknown
  private readonly parent: Frame | undefined
  private readonly step: string | number
  /** What its places mean, for objects. */
  plan: Plan | undefined = undefined
  /** What stands at them, by the place of the property; nothing for null. */
  values: readonly unknown[] = none

  constructor(value: unknown, parent: Frame | undefined, step: string | number) {
    this.value = value
    this.parent = parent
    this.step = step
  }

  /** Where it stands in the body. */
  get pointer(): Pointer {
    if (!this.parent) return ''
    return this.parent.pointer + (typeof this.step === 'number' ? `/${this.step}` : this.step)
  }
}

/** A value that carries a role; see {@link Occurrence}. */
export class Spot implements Occurrence {
  readonly binding: Binding
  readonly raw: unknown
  readonly schema: Pointer
  private readonly frame: Frame
  private readonly step: string

  constructor(binding: Binding, raw: unknown, schema: Pointer, frame: Frame, step: string) {
    this.binding = binding
    this.raw = raw
    this.schema = schema
    this.frame = frame
    this.step = step
  }

  get pointer(): Pointer {
    return this.frame.pointer + this.step
  }
}

/** Returns what a property says, `undefined` where it is null or missing. */
export function spotAt({ binding, schema, step, at }: Leaf, frame: Frame): Spot | undefined {
  const raw = frame.values[at]
  return raw === undefined ? undefined : new Spot(binding, raw, schema, frame, step)
}
