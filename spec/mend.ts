import { isObject } from './document.ts'
import type { Document } from './document.ts'
import type { Fault } from './fault.ts'
import type { Operation } from './operation.ts'
import { at, split } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import { openNotes } from './survey/notes.ts'
import type { Notes } from './survey/notes.ts'
import { relax } from './survey/relax.ts'
import { surveyOperations } from './survey/operations.ts'
import { surveySchemas } from './survey/schemas.ts'

/** A document in which every reference leads somewhere and every schema can be read, and what had to go for that. */
export interface Mended {
  /** The very document where it had no faults. Pointers into it are those of the file. */
  readonly document: Document
  readonly faults: readonly Fault[]
  /** Operations that are left out. */
  readonly lost: readonly Operation[]
  /** Optional parameters that are left out. */
  readonly unread: ReadonlySet<Pointer>
  /** Returns the faults of the schema at a pointer, and of all that it refers to. */
  faultsBelow(pointer: Pointer): readonly Fault[]
}

/** References into what is left out dangle then, and what they stand in may have to go, too; nobody needs this many rounds in earnest. */
const mostRounds = 10

/** Returns a document without its faults: what cannot be read is not said. */
export function mend(document: Document): Mended {
  let mended = round(document)
  for (let count = 1; mended.faults.length > 0 && count < mostRounds; count++) {
    const next = round(mended.document)
    if (next.faults.length === 0) break
    mended = both(mended, next)
  }
  return mended
}

function round(document: Document): Mended {
  const notes = openNotes()
  const schemas = surveySchemas(document, notes)
  const { lost, unread } = surveyOperations(document, notes, schemas)
  return {
    document: notes.cuts.size === 0 ? document : without(document, notes),
    faults: [...notes.faults.values()],
    lost,
    unread,
    faultsBelow: schemas.below,
  }
}

function both(first: Mended, next: Mended): Mended {
  const told = (fault: Fault): Fault =>
    fault.received === 'nothing' ? { ...fault, received: 'what had to be left out' } : fault
  return {
    document: next.document,
    faults: [...first.faults, ...next.faults.map(told)],
    lost: [...first.lost, ...next.lost],
    unread: new Set([...first.unread, ...next.unread]),
    faultsBelow: (pointer) => [...first.faultsBelow(pointer), ...next.faultsBelow(pointer).map(told)],
  }
}

function without(document: Document, { cuts, relaxed }: Notes): Document {
  const copy = structuredClone(document)
  for (const [pointer, by] of cuts) {
    const name = split(pointer).at(-1) as string
    const parent = at(copy, pointer.slice(0, pointer.lastIndexOf('/')))
    if (Array.isArray(parent)) parent[Number(name)] = by ?? {}
    else if (isObject(parent) && by !== undefined) parent[name] = by
    else if (isObject(parent)) delete parent[name]
  }
  for (const pointer of relaxed) relax(copy, pointer)
  return copy
}
