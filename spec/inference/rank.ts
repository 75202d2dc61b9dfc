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
  /** The list of instalments that it stands in, by its path; empty for what speaks of the next one. */
  readonly partOf?: string
  readonly words: readonly string[]
  /** The words of its own name; the others are said by objects around it. */
  readonly own?: readonly string[]
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

const ofPrices = new Set(['price', 'unit'])

/** Words of numbers beside amounts: how long, how often, how much of a hundred, which. */
const neverAmounts = new Set(['days', 'count', 'counter', 'rate', 'id', 'key', 'code', 'version'])

/** Returns the rules that a name fits, the surest first. */
export function rank(
  table: readonly Rule[],
  words: readonly string[],
  { facts, money, path, holder, own = words }: Spot,
): Ranked[] {
  const nesting = path.length - (holder === '' ? 0 : holder.split('\n').length)
  return table
    .flatMap(({ role, needs, allows, sure }) =>
      needs.flatMap((needed): Ranked[] => {
        if (!needed.every((word) => words.includes(word))) return []
        const kind = role && termOf(role).kind
        // An object about prices holds rates and dates too; of amounts it says which.
        const isAside = (word: string): boolean => kind !== 'amount' && ofPrices.has(word) && !own.includes(word)
        const missing = words.filter((word) => !needed.includes(word) && !allows.has(word) && !isAside(word))
        if (kind === 'amount' && words.some((word) => neverAmounts.has(word) && !needed.includes(word))) return []
        const fit = kind === undefined ? 1 : money ? (kind === 'amount' ? 1 : 0) : fitOf(kind, facts, words)
        const confidence = sure * fit - 0.35 * missing.length - 0.02 * Math.max(0, nesting - 1)
        return fit === 0 || confidence <= 0.2 ? [] : [{ role, confidence, needs: needed, missing }]
      }),
    )
    .sort((left, right) => right.confidence - left.confidence || right.needs.length - left.needs.length)
}
