// Decides which inferred role a place keeps when several places claim the same one.

import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import { parseRole, termOf } from '../roles.ts'
import { nameMeaning } from './dictionary.ts'
import { fitOf, moneyIn } from './facts.ts'
import type { SchemaFacts } from './facts.ts'
import { boundFrom } from './inferred.ts'
import { quotedName, rank, rules } from './rules.ts'
import type { Candidate, ItemPlace } from './rules.ts'
import { apart, readAs } from './siblings.ts'

/** Readings that stand, and those that another one is better than. */
interface Decision {
  readonly kept: readonly Candidate[]
  readonly dropped: readonly Candidate[]
}

/** Decides between places of one object that would have the same role. */
export function decide(found: readonly Candidate[]): Decision {
  const candidates = namedByAddress(withoutParts(found))
  const lineDiscounts = new Set(
    candidates.flatMap(({ role, root, confidence }) =>
      role.startsWith('line.allowance') && confidence >= boundFrom ? [root] : [],
    ),
  )
  const kept: Candidate[] = []
  const dropped: Candidate[] = []
  for (const group of Map.groupBy(
    candidates,
    ({ root, holder, aside = '', partOf = '' }) => `${root} ${holder} ${aside} ${partOf}`,
  ).values()) {
    const read = apart(group, lineDiscounts.has(group[0]?.root ?? ''))
    for (const alike of Map.groupBy(read, ({ role }) => role).values()) {
      const [best, ...rest] = alike.toSorted(
        (left, right) => right.confidence - left.confidence || left.path.length - right.path.length,
      )
      if (!best) continue
      kept.push(best)
      for (const other of rest) (mayRepeat(best, other) ? kept : dropped).push(other)
    }
  }
  return withoutOrphans(kept, dropped)
}

/** An address that is all an invoice says of a side has that side's name: `address: { name, street, city }`. */
function namedByAddress(candidates: readonly Candidate[]): Candidate[] {
  const sides = new Map<string, string>()
  const named = new Set<string>()
  for (const { role, root, path, scope, confidence } of candidates) {
    const side = /^(buyer|seller)\.address$/.exec(role)?.[1]
    if (side !== undefined && scope === 'invoice') sides.set(`${root} ${path.join('\n')}`, side)
    if (confidence < boundFrom) continue
    const said = /^invoice\.(buyer|seller)$|^(buyer|seller)\.name$/.exec(role)
    if (said) named.add(`${root} ${said[1] ?? said[2]}`)
  }
  return candidates.map((candidate) => {
    const side = candidate.role === 'address.name' ? sides.get(`${candidate.root} ${candidate.holder}`) : undefined
    return side === undefined || named.has(`${candidate.root} ${side}`)
      ? candidate
      : readAs(candidate, `${side}.name`, Math.min(0.8, candidate.confidence), `nothing else names the ${side}`)
  })
}

/** Two names for one amount are both right (`total` and `total_incl_tax`); so are two words for one state. */
function mayRepeat(best: Candidate, other: Candidate): boolean {
  if (/^invoice\.(?:status|id|currency)$/.test(best.role)) return true
  // An allocation and the payment inside it say the same of it.
  if (best.scope === 'payment' && best.path.length !== other.path.length)
    return /^payment\.(?:id|createdAt|modifiedAt|reference|method)$/.test(best.role)
  const parsed = parseRole(best.role)
  return (
    parsed !== undefined &&
    termOf(parsed.role).kind === 'amount' &&
    other.confidence >= (best.scope === 'line' ? 0.8 : 0.85) &&
    (best.scope === 'invoice' || best.scope === 'line')
  )
}

/** What stands in a list or object that is not bound means nothing. */
function withoutOrphans(kept: readonly Candidate[], dropped: readonly Candidate[]): Decision {
  const opened = new Set(
    kept.filter(({ confidence }) => confidence >= boundFrom).map(({ root, path }) => `${root} ${path.join('\n')}`),
  )
  // A list of discounts without amounts says nothing of sums.
  const amounts = new Set(
    kept
      .filter(({ role, confidence }) => /^(?:allowance|charge)\.amount$/.test(role) && confidence >= boundFrom)
      .map(({ root, holder }) => `${root} ${holder}`),
  )
  for (const { role, root, path } of kept)
    if (/^invoice\.(?:allowance|charge)List$/.test(role) && !amounts.has(`${root} ${path.join('\n')}`))
      opened.delete(`${root} ${path.join('\n')}`)
  const isOrphan = ({ root, holder }: Candidate): boolean => holder !== '' && !opened.has(`${root} ${holder}`)
  const orphans = new Set(kept.filter(isOrphan))
  for (const candidate of kept)
    if (
      /^invoice\.(?:allowance|charge)List$/.test(candidate.role) &&
      !opened.has(`${candidate.root} ${candidate.path.join('\n')}`)
    )
      orphans.add(candidate)
  return { kept: kept.filter((candidate) => !orphans.has(candidate)), dropped: [...dropped, ...orphans] }
}

/** What an instalment says of the whole invoice, where it is the only one. */
const ofTheWhole = /^invoice\.(?:dueDate|total|payable|paid|due)$/

/** How sure that can be: an invoice may have several. */
const most = 0.7

/** Returns the readings of the elements of a list of instalments or payment requests; none where the list is another. */
export function readInstalments(
  spot: ItemPlace,
  own: readonly string[],
  items: Pointer,
  factsOf: (pointer: Pointer) => SchemaFacts,
): Candidate[] {
  const isCalled =
    own.includes('instalment') ||
    (own.includes('due') && own.every((word) => word === 'due' || word === 'date' || word === 'payment')) ||
    (own.includes('payment') && own.some((word) => /^(?:requests?|schedule|plan|parts?)$/.test(word)))
  if (!isCalled) return []
  const found = [...factsOf(items).properties].flatMap(([name, at]): Candidate[] => {
    const facts = factsOf(at)
    const { words, isMinor } = nameMeaning(wordsOf(name))
    const money = facts.properties.size > 0 ? moneyIn(facts, factsOf) : undefined
    const path = [...spot.path, '*', name]
    const inner: ItemPlace = {
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
    const evidence = [`${quotedName(inner)} of an instalment: alone, it is the whole invoice's`]
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
export function readNext(spot: ItemPlace, own: readonly string[]): Candidate | undefined {
  const isNext = own.includes('next') && own.some((word) => word === 'payment' || word === 'instalment')
  if (!isNext || !own.includes('amount') || !(spot.money || fitOf('amount', spot.facts, own) > 0)) return undefined
  return {
    ...spot,
    role: 'invoice.due',
    confidence: most,
    evidence: [`${quotedName(spot)} is what is asked for next`],
    partOf: '',
  }
}

/** An invoice that says its own total is not told by its instalments. */
function withoutParts(candidates: readonly Candidate[]): Candidate[] {
  const told = new Set(
    candidates.flatMap(({ role, root, confidence, partOf }) =>
      partOf === undefined && confidence >= boundFrom && /^invoice\.(?:total|subtotal|payable|due)$/.test(role)
        ? [root]
        : [],
    ),
  )
  return candidates.filter(({ root, partOf }) => partOf === undefined || !told.has(root))
}
