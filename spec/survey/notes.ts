import type { FailureParts } from '../failure.ts'
import type { Fault } from '../fault.ts'
import type { Pointer } from '../pointer.ts'

/** What is wrong with a document, and what has to go so that the rest is sound. */
export interface Notes {
  /** In the order in which they were found, one for each place. */
  readonly faults: ReadonlyMap<Pointer, Fault>
  /** What to put in each place, `undefined` to leave it out. */
  readonly cuts: ReadonlyMap<Pointer, unknown>
  /** Schemas that must become wider, because something in them has. */
  readonly relaxed: Set<Pointer>
  /** Notes a fault, and what takes its place. */
  add(pointer: Pointer, wrong: FailureParts, cut?: { readonly at?: Pointer; readonly by?: unknown }): void
  /** Notes that an operation is left out because of a fault. */
  lose(pointer: Pointer, operation: string): void
  cut(pointer: Pointer, by?: unknown): void
}

/** Longer texts of a document help nobody. */
const longest = 120

/** Returns notes with nothing in them. */
export function openNotes(): Notes {
  const faults = new Map<Pointer, Fault & { readonly loses: string[] }>()
  const cuts = new Map<Pointer, unknown>()
  return {
    faults,
    cuts,
    relaxed: new Set(),
    add(pointer, { expected, received, cure }, { at = pointer, by } = {}) {
      if (!cuts.has(at)) cuts.set(at, by)
      if (!faults.has(pointer))
        faults.set(pointer, {
          pointer,
          expected,
          received: received.length > longest ? `${received.slice(0, longest)}…` : received,
          ...(cure !== undefined && { cure }),
          loses: [],
        })
    },
    lose(pointer, operation) {
      const loses = faults.get(pointer)?.loses
      if (loses && !loses.includes(operation)) loses.push(operation)
    },
    cut: (pointer, by) => void cuts.set(pointer, by),
  }
}
