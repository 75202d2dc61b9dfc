import type { Decimal, Role, Scope } from '../spec/index.ts'
import { differ, readAt, spell } from './amount.ts'
import type { Claim, Context } from './law.ts'

/** What an amount should be the sum of. */
export interface Equation {
  readonly plus: readonly (Decimal | undefined)[]
  readonly minus?: readonly (Decimal | undefined)[]
}

const fewest = 2
const most = 6

/** Returns a claim where the amount stated for a role is not that sum; `undefined` where a term is unknown. */
export function equate(
  scope: Scope,
  role: Role,
  { plus, minus = [] }: Equation,
  context: Context,
): readonly Claim[] | undefined {
  const occurrence = scope.first(role)
  const received = occurrence && readAt(scope, occurrence, context)
  if (!occurrence || received === undefined || !known(plus) || !known(minus)) return undefined
  const expected = total(plus) - total(minus)
  if (!differ(received, expected, scope, context)) return []
  const write = (amount: Decimal): string => spell(amount, scope, occurrence, context)
  return [{ at: occurrence, expected: write(expected) + formula(plus, minus, write), received: write(received) }]
}

const known = (terms: readonly (Decimal | undefined)[]): terms is readonly Decimal[] =>
  terms.every((term) => term !== undefined)

const total = (terms: readonly Decimal[]): Decimal => terms.reduce((sum, term) => sum + term, 0n)

/** ` (100.00 + 21.00 − 5.00)`; zeros are left out, a long sum is told by its length. */
function formula(plus: readonly Decimal[], minus: readonly Decimal[], write: (amount: Decimal) => string): string {
  const added = plus.filter((term) => term !== 0n)
  const taken = minus.filter((term) => term !== 0n)
  if (added.length + taken.length < fewest) return ''
  if (added.length > most) return ` (the sum of ${plus.length})`
  return ` (${[added.map(write).join(' + ') || '0', ...taken.map(write)].join(' − ')})`
}
