import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import { parseRole } from '../roles.ts'
import { meaningOf } from './dictionary.ts'
import type { Facts } from './facts.ts'
import type { InferredPlace, Question } from './inferred.ts'
import { moneyIn } from './kinds.ts'
import type { Candidate, Spot } from './rank.ts'

const speaksOfMoney = ({ facts, money, words, scope }: Spot): boolean =>
  (scope === 'invoice' || scope === 'line' || scope === 'tax') &&
  (money !== undefined ||
    ((facts.types.has('number') || facts.types.has('integer')) && words.some((word) => moneyWords.has(word))) ||
    (scope === 'invoice' && facts.types.has('number') && !words.some((word) => otherNumbers.has(word))) ||
    words.some((word) => word === 'amount' || word === 'total'))

/** Words of numbers that are no money; any other number with decimals may be. */
const otherNumbers = new Set(
  'weight width height length days margin margins score latitude longitude version size count page quantity index'.split(
    ' ',
  ),
)

const moneyWords = new Set(
  'amount total net gross tax paid outstanding payable discount charge shipping rounding subtotal price balance credit credits refund refunded deposit prepaid withholding fee adjustment due base'.split(
    ' ',
  ),
)

/** Lists of amounts inside an invoice that are not its lines: instalments, parts of a line. */
export function holdsMoney({ facts, scope }: Spot, factsOf: (pointer: Pointer) => Facts): boolean {
  if (facts.items === undefined || (scope !== 'invoice' && scope !== 'line')) return false
  return [...factsOf(facts.items).properties].some(([name, at]) => {
    const inner = factsOf(at)
    return (
      (moneyIn(inner, factsOf) !== undefined || inner.types.has('number') || inner.types.has('integer')) &&
      meaningOf(wordsOf(name)).words.some((word) => moneyWords.has(word))
    )
  })
}

export function unboundIn(
  spots: readonly Spot[],
  bound: ReadonlySet<string>,
  isList: (spot: Spot) => boolean,
): InferredPlace[] {
  const seen = new Set<string>()
  return spots.flatMap((spot): InferredPlace[] => {
    const key = `${spot.root} ${spot.path.join('\n')}`
    if (bound.has(key) || seen.has(key) || !(speaksOfMoney(spot) || isList(spot))) return []
    seen.add(key)
    return [{ pointer: spot.pointer, root: spot.root, path: spot.path }]
  })
}

export function questionsOf(
  candidates: readonly Candidate[],
  others: readonly Spot[],
  bound: ReadonlySet<string>,
): Question[] {
  const asked = new Map<Pointer, Question>()
  const isBound = ({ root, path }: Spot): boolean => bound.has(`${root} ${path.join('\n')}`)
  for (const candidate of candidates)
    if (!isBound(candidate) && parseRole(candidate.role) && !asked.has(candidate.pointer))
      asked.set(candidate.pointer, {
        pointer: candidate.pointer,
        name: candidate.path.join('.'),
        guess: candidate.role,
        confidence: Math.round(candidate.confidence * 100) / 100,
        why: candidate.evidence.join('; '),
      })
  for (const spot of others)
    if (!isBound(spot) && speaksOfMoney(spot) && !asked.has(spot.pointer))
      asked.set(spot.pointer, {
        pointer: spot.pointer,
        name: spot.path.join('.'),
        confidence: 0,
        why: 'an amount inside an invoice of which no rule knows what it is',
      })
  return [...asked.values()]
}
