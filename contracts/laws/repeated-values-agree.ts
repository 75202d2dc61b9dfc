import { readDay, readInstant, readNumber, readRate, readWords, roles } from '../../spec/index.ts'
import type { Kind, Occurrence, Repeated, Role, Scope } from '../../spec/index.ts'
import { screenAgreement } from '../agreement.ts'
import { differ, readAt } from '../amount.ts'
import { defineLaw } from '../law.ts'
import type { Claim, Context } from '../law.ts'
import { show } from '../violation.ts'

const comparable: ReadonlySet<Kind> = new Set<Kind>([
  'amount',
  'quantity',
  'rate',
  'ratio',
  'count',
  'date',
  'instant',
  'code',
  'text',
  'flag',
])

/** A value that stands at several places of one object is the same everywhere: the currency on each line, a status in code and in words. */
export const repeatedValuesAgree = defineLaw({
  code: 'PF-AGREE',
  says: 'a value stated at several places is the same everywhere',
  scope: 'any',
  needs: [],
  screen: (alike) => screenAgreement(alike, (kind) => comparable.has(kind)),
  judge(scope, context) {
    const twice = scope.repeated()
    if (twice.length === 0) return undefined
    let claims: Claim[] | undefined
    for (let index = 0; index < twice.length; index++) {
      const { role, kind, isSame } = twice[index] as Repeated
      if (!comparable.has(kind)) continue
      claims ??= []
      if (isSame) continue
      const [home, ...others] = scope.all(role) as [Occurrence, ...Occurrence[]]
      for (const other of others)
        if (!agree(scope, role, home, other, context))
          claims.push({
            at: other,
            expected: `the same as ${show(home.raw)} at ${home.pointer}`,
            received: show(other.raw),
          })
    }
    return claims
  },
})

function agree(scope: Scope, role: Role, left: Occurrence, right: Occurrence, context: Context): boolean {
  const { kind } = roles[role]
  if (kind === 'amount')
    return both(
      left,
      right,
      (occurrence) => readAt(scope, occurrence, context),
      (a, b) => !differ(a, b, scope, context),
    )
  if (kind === 'rate') return both(left, right, readRate, Object.is)
  if (kind === 'quantity' || kind === 'ratio' || kind === 'count') return both(left, right, readNumber, Object.is)
  if (kind === 'date' || (kind === 'instant' && (isPlainDay(left) || isPlainDay(right))))
    return both(left, right, readDay, Object.is)
  if (kind === 'instant') return both(left, right, readInstant, Object.is)
  if (kind === 'code') return both(left, right, wordsOf, (a, b) => a.some((word) => b.includes(word)))
  return left.raw === right.raw
}

/** Values that cannot be read are left to conformance. */
function both<T>(
  left: Occurrence,
  right: Occurrence,
  read: (occurrence: Occurrence) => T | undefined,
  same: (a: T, b: T) => boolean,
): boolean {
  const a = read(left)
  const b = read(right)
  return a === undefined || b === undefined || same(a, b)
}

function wordsOf({ binding, raw }: Occurrence): readonly string[] | undefined {
  const words = readWords(binding, raw)
  if (words.length === 0) return undefined
  // A word without a closed list may be written in two cases.
  return binding.term.words || binding.values ? words : words.map((word) => word.toUpperCase())
}

const isPlainDay = ({ raw }: Occurrence): boolean => typeof raw === 'string' && raw.length === 10
