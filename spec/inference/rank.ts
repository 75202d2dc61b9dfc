import type { Pointer } from '../pointer.ts'
import { termOf } from '../roles.ts'
import type { CoreRole } from '../roles.ts'
import type { Facts } from './facts.ts'
import { fitOf } from './kinds.ts'
import type { Money } from './kinds.ts'
import type { Rule, Scope } from './rules.ts'

/** A place below an item, with what is known of it. */
export interface Spot {
  /** Where the object refers to its schema. */
  readonly pointer: Pointer
  readonly root: Pointer
  readonly path: readonly string[]
  readonly scope: Scope
  /** Object of the ledger that it stands in, by the path that leads to it. */
  readonly holder: string
  /** The list that nothing in the ledger stands for (calls, attachments) and that it stands in, if any. */
  readonly aside?: string
  readonly words: readonly string[]
  readonly isMinor: boolean
  readonly facts: Facts
  readonly money: Money | undefined
}

/** A role that a place may have. */
export interface Candidate extends Spot {
  readonly role: string
  readonly confidence: number
  readonly evidence: readonly string[]
}

/** Returns the name of a place in quotes. */
export const said = ({ path }: Spot): string => `"${path.at(-1)}"`

/** A rule that a name fits. */
export interface Ranked {
  readonly role: CoreRole | undefined
  readonly confidence: number
  readonly needs: readonly string[]
  readonly missing: readonly string[]
}

/** Returns the rules that a name fits, the surest first. */
export function rank(table: readonly Rule[], words: readonly string[], { facts, money, path, holder }: Spot): Ranked[] {
  const nesting = path.length - (holder === '' ? 0 : holder.split('\n').length)
  return table
    .flatMap(({ role, needs, allows, sure }) =>
      needs.flatMap((needed): Ranked[] => {
        if (!needed.every((word) => words.includes(word))) return []
        const missing = words.filter((word) => !needed.includes(word) && !allows.has(word))
        const kind = role && termOf(role).kind
        const fit = kind === undefined ? 1 : money ? (kind === 'amount' ? 1 : 0) : fitOf(kind, facts, words)
        const confidence = sure * fit - 0.35 * missing.length - 0.02 * Math.max(0, nesting - 1)
        return fit === 0 || confidence <= 0.2 ? [] : [{ role, confidence, needs: needed, missing }]
      }),
    )
    .sort((left, right) => right.confidence - left.confidence || right.needs.length - left.needs.length)
}
