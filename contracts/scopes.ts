import type { Role, Scope } from '../spec/index.ts'

/** Yields a business object and every one below it, outermost first. */
export function* scopesOf(root: Scope): Generator<Scope> {
  yield root
  for (const list of root.children.values()) for (const scope of list) yield* scopesOf(scope)
}

const known = new WeakMap<Scope, readonly Role[]>()

/** Returns the roles stated about an object itself; what merely passes through it (a lease's invoice) is left out. */
export function ownRoles(scope: Scope): readonly Role[] {
  const roles = known.get(scope) ?? [...scope.occurrences.keys()].filter((role) => role.startsWith(`${scope.entity}.`))
  known.set(scope, roles)
  return roles
}
