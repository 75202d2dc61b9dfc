import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import { meaningOf } from './dictionary.ts'
import type { Facts } from './facts.ts'
import { boundFrom } from './inferred.ts'
import { fitOf, moneyIn } from './kinds.ts'
import { rank, said } from './rank.ts'
import type { Candidate, Spot } from './rank.ts'
import { rules } from './rules.ts'

/** What an instalment says of the whole invoice, where it is the only one. */
const ofTheWhole = /^invoice\.(?:dueDate|total|payable|paid|due)$/

/** How sure that can be: an invoice may have several. */
const most = 0.7

/** Returns the readings of the elements of a list of instalments or payment requests; none where the list is another. */
export function readInstalments(
  spot: Spot,
  own: readonly string[],
  items: Pointer,
  factsOf: (pointer: Pointer) => Facts,
): Candidate[] {
  const isCalled =
    own.includes('instalment') ||
    (own.includes('due') && own.every((word) => word === 'due' || word === 'date' || word === 'payment')) ||
    (own.includes('payment') && own.some((word) => /^(?:requests?|schedule|plan|parts?)$/.test(word)))
  if (!isCalled) return []
  const found = [...factsOf(items).properties].flatMap(([name, at]): Candidate[] => {
    const facts = factsOf(at)
    const { words, isMinor } = meaningOf(wordsOf(name))
    const money = facts.properties.size > 0 ? moneyIn(facts, factsOf) : undefined
    const path = [...spot.path, '*', name]
    const inner: Spot = {
      ...spot,
      pointer: at,
      path,
      words,
      own: words,
      facts,
      money,
      isMinor: isMinor || money?.isMinor === true,
    }
    const [best] = rank(
      rules.invoice,
      words.filter((word) => word !== 'instalment'),
      { ...inner, path: [name] },
    )
    if (best?.role === undefined || !ofTheWhole.test(best.role) || best.confidence < boundFrom) return []
    const evidence = [`${said(inner)} of an instalment: alone, it is the whole invoice's`]
    return [
      {
        ...inner,
        role: best.role,
        confidence: Math.min(most, best.confidence),
        evidence,
        partOf: spot.path.join('\n'),
      },
    ]
  })
  return found.some(({ role }) => role === 'invoice.total' || role === 'invoice.payable') ? found : []
}

/** `next_payment_amount`: what is asked for next is what is due, where nothing else says what is due. */
export function readNext(spot: Spot, own: readonly string[]): Candidate | undefined {
  const isNext = own.includes('next') && own.some((word) => word === 'payment' || word === 'instalment')
  if (!isNext || !own.includes('amount') || !(spot.money || fitOf('amount', spot.facts, own) > 0)) return undefined
  return {
    ...spot,
    role: 'invoice.due',
    confidence: most,
    evidence: [`${said(spot)} is what is asked for next`],
    partOf: '',
  }
}

/** An invoice that says its own total is not told by its instalments. */
export function withoutParts(candidates: readonly Candidate[]): Candidate[] {
  const told = new Set(
    candidates.flatMap(({ role, root, confidence, partOf }) =>
      partOf === undefined && confidence >= boundFrom && /^invoice\.(?:total|subtotal|payable|due)$/.test(role)
        ? [root]
        : [],
    ),
  )
  return candidates.filter(({ root, partOf }) => partOf === undefined || !told.has(root))
}
