import { isAbout } from '../spec/index.ts'
import type { Kind, Leaf, Occurrence, Role, Scope, Shared } from '../spec/index.ts'
import type { Alike } from './sift.ts'
import type { Glance } from './law.ts'

/** Returns how to tell whether the values of roles of some kinds are the same wherever an object states them. */
export function screenAgreement(
  { plan: { repeated }, isScattered }: Alike,
  isMeant: (kind: Kind) => boolean,
): ((scope: Scope) => Glance) | undefined {
  const shared = repeated.filter(({ kind }) => isMeant(kind))
  if (!isScattered) return shared.length === 0 ? undefined : (scope) => glanceInside(scope, shared)
  return (scope) => {
    const inside = glanceInside(scope, shared)
    const outside = inside === 'unsure' ? inside : glanceElsewhere(scope, isMeant)
    return outside === 'silent' ? inside : outside
  }
}

function glanceInside(scope: Scope, shared: readonly Shared[]): Glance {
  let told: Glance = 'silent'
  for (let index = 0; index < shared.length; index++) {
    const { leaves } = shared[index] as Shared
    let home: unknown
    for (let at = 0; at < leaves.length; at++) {
      const raw = scope.value(leaves[at] as Leaf)
      if (raw === undefined) continue
      if (home === undefined) home = raw
      else if (raw === home) told = 'fine'
      else return 'unsure'
    }
  }
  return told
}

function glanceElsewhere(scope: Scope, isMeant: (kind: Kind) => boolean): Glance {
  const { elsewhere, entity } = scope
  let told: Glance = 'silent'
  let last: Role | undefined
  let home: unknown
  for (let index = 0; index < elsewhere.length; index++) {
    const {
      binding: { role, term },
      raw,
    } = elsewhere[index] as Occurrence
    if (!isMeant(term.kind)) continue
    // Every line may say the same again.
    if (role !== last) [last, home] = [role, isAbout(entity, role) ? scope.raw(role) : undefined]
    if (home === undefined) continue
    if (raw !== home) return 'unsure'
    if (told === 'silent' && isAgain(scope, role, index)) told = 'fine'
  }
  return told
}

/** Tells whether a role was stated before one of the values that stand elsewhere. */
const isAgain = (scope: Scope, role: Role, index: number): boolean =>
  scope.elsewhere.slice(0, index).some(({ binding }) => binding.role === role) ||
  (scope.plan.own.get(role)?.some((leaf) => scope.value(leaf) !== undefined) ?? false)
