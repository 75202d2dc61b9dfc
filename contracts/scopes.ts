import type { Scope } from '../spec/index.ts'

/** Returns a business object and every one below it, outermost first. */
export function scopesOf(root: Scope, found: Scope[] = []): readonly Scope[] {
  found.push(root)
  for (const list of root.children.values()) for (const scope of list) scopesOf(scope, found)
  return found
}
