import type { Scope } from '../spec/index.ts'

/** Returns a business object and every one below it, outermost first. */
export const scopesOf = (root: Scope): readonly Scope[] => root.within()
