// Matches the branches of two anyOf or oneOf schemas.

import { atPointer, isObject } from '../../spec/index.ts'
import type { Document, Pointer } from '../../spec/index.ts'

/** The branches of a choice in one document. */
interface Branches {
  readonly document: Document
  readonly pointers: readonly Pointer[]
}

interface NamedBranch {
  readonly name: string
  readonly pointer: Pointer
}

/** Which branches of two choices are the same, and which are in one of them only. */
export interface MatchedBranches {
  readonly same: readonly (readonly [old: Pointer, now: Pointer])[]
  readonly removed: readonly NamedBranch[]
  readonly added: readonly NamedBranch[]
}

/**
 * Matches branches: the same where they refer to the same name, have the same constant or title or are written alike; else those of one
 * type, in their order; and where one is left on both sides, these.
 */
export function matchBranches(before: Branches, after: Branches): MatchedBranches {
  const same: (readonly [Pointer, Pointer])[] = []
  let old = before.pointers
  let now = after.pointers
  for (const key of [nameAt, textAt, typeAt]) {
    for (const pointer of old) {
      const wanted = key(before.document, pointer)
      const other =
        wanted === undefined ? undefined : now.find((candidate) => key(after.document, candidate) === wanted)
      if (other === undefined) continue
      same.push([pointer, other])
      old = old.filter((candidate) => candidate !== pointer)
      now = now.filter((candidate) => candidate !== other)
    }
  }
  const isNamed = ({ document }: Branches, [only]: readonly Pointer[]): boolean =>
    only !== undefined && nameAt(document, only) !== undefined
  if (old.length === 1 && now.length === 1 && !isNamed(before, old) && !isNamed(after, now)) {
    same.push([old[0] as Pointer, now[0] as Pointer])
    old = now = []
  }
  const named = ({ document, pointers }: Branches, left: readonly Pointer[]): NamedBranch[] =>
    left.map((pointer) => ({
      pointer,
      name: nameAt(document, pointer) ?? typeAt(document, pointer) ?? `alternative ${pointers.indexOf(pointer) + 1}`,
    }))
  return { same, removed: named(before, old), added: named(after, now) }
}

function nameAt(document: Document, pointer: Pointer): string | undefined {
  const branch = atPointer(document, pointer)
  if (!isObject(branch)) return undefined
  if (typeof branch.$ref === 'string') return branch.$ref.split('/').at(-1) ?? branch.$ref
  if (branch.const !== undefined) return JSON.stringify(branch.const)
  if (typeof branch.title === 'string') return branch.title
  const [, name] = /^\/components\/schemas\/([^/]+)$/.exec(pointer) ?? []
  return name
}

const textAt = (document: Document, pointer: Pointer): string | undefined =>
  JSON.stringify(atPointer(document, pointer))

function typeAt(document: Document, pointer: Pointer): string | undefined {
  const branch = atPointer(document, pointer)
  return isObject(branch) && branch.type !== undefined ? [branch.type].flat().join(' or ') : undefined
}
