import { expect } from 'vitest'
import type { Report, Verdict } from '../../contracts/index.ts'

/**
 * Returns the codes of the laws that judged something, all of which must hold. Where only violations are looked at, a law that was
 * not applied cannot be told from one that holds.
 */
export function lawsHeld(found: Pick<Report, 'violations' | 'laws'> | Verdict): string[] {
  expect(found.violations).toEqual([])
  return 'laws' in found
    ? found.laws.filter(({ applied }) => applied > 0).map(({ code }) => code)
    : Object.keys(found.applied)
}
