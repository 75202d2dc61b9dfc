import { termOf, parseRole } from '../roles.ts'
import { boundFrom } from './inferred.ts'
import type { Candidate } from './rank.ts'

/** Readings that stand, and those that another one is better than. */
export interface Decision {
  readonly kept: readonly Candidate[]
  readonly dropped: readonly Candidate[]
}

/** Decides between places of one object that would have the same role. */
export function decide(candidates: readonly Candidate[]): Decision {
  const kept: Candidate[] = []
  const dropped: Candidate[] = []
  for (const group of Map.groupBy(
    candidates,
    ({ root, holder, aside = '' }) => `${root} ${holder} ${aside}`,
  ).values()) {
    const read = apart(group)
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

/** Two names for one amount are both right (`total` and `total_incl_tax`); so are two words for one state. */
function mayRepeat(best: Candidate, other: Candidate): boolean {
  if (best.role === 'invoice.status' || best.role === 'invoice.id') return true
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

/** Tells apart what one role would be said of twice. */
function apart(group: readonly Candidate[]): readonly Candidate[] {
  const called = (role: string): Candidate[] =>
    group.filter((candidate) => candidate.role === role && candidate.confidence >= boundFrom)
  const due = called('invoice.due')
  const left = due.filter(({ words }) => words.includes('outstanding'))
  const allowances = called('invoice.allowances').length > 0 || called('invoice.charges').length > 0
  const subtotals = called('invoice.subtotal')
  const hasNet = subtotals.some(({ words }) => !words.includes('subtotal'))
  const nets = called('line.net')
  const lines = group.find(({ role }) => role === 'invoice.lines')
  const listed = lines && plainOf(lines.words)
  const orders = called('invoice.purchaseOrder')
  const named = called('line.name').length > 0
  const isNamed = ['party.name', 'buyer.name', 'seller.name'].filter((role) => called(role).length > 0)
  const created = called('invoice.createdAt')
  const dated =
    created.length === 2 && called('invoice.issueDate').length === 0
      ? created.find(({ facts, words }) => facts.format === 'date' || (words.includes('date') && !words.includes('at')))
      : undefined
  const plainest = nets.toSorted((one, other) => netRank(other) - netRank(one))[0]
  const isListed = ({ role, words }: Candidate): boolean =>
    listed !== undefined &&
    listed.length > 0 &&
    role.startsWith('invoice.') &&
    words.includes('amount') &&
    plainOf(words).join(' ') === listed.join(' ')
  return group.map((candidate) => {
    const { role, words } = candidate
    if (isListed(candidate)) return read(candidate, 'invoice.lineTotal', 0.86, 'called like the list of lines')
    if (
      role === 'invoice.purchaseOrder' &&
      orders.length > 1 &&
      !words.includes('purchase') &&
      orders.some((other) => other.words.includes('purchase'))
    )
      return read(candidate, 'invoice.salesOrder', 0.85, 'the order of the buyer stands beside it')
    const [side = ''] = role.split('.')
    if (/^(?:party|buyer|seller)\.legalName$/.test(role) && !isNamed.includes(`${side}.name`))
      return read(candidate, `${side}.name`, Math.min(0.88, candidate.confidence), 'no other name stands beside it')
    if (role === 'line.description' && !named)
      return read(candidate, 'line.name', Math.min(0.88, candidate.confidence), 'no other name stands beside it')
    if (role === 'invoice.createdAt' && dated === candidate)
      return read(candidate, 'invoice.issueDate', 0.8, 'a day beside the moment of creation')
    if (role === 'invoice.due' && left.length > 0 && !left.includes(candidate) && words.includes('due'))
      return read(candidate, 'invoice.payable', 0.86, 'another place says what is still owed')
    if (
      role === 'invoice.subtotal' &&
      allowances &&
      words.includes('subtotal') &&
      (hasNet || subtotals.length === 1) &&
      called('invoice.lineTotal').length === 0 &&
      !group.some(isListed)
    )
      return read(candidate, 'invoice.lineTotal', Math.min(candidate.confidence, 0.8), 'discounts stand beside it')
    if (
      role === 'line.net' &&
      plainest &&
      candidate !== plainest &&
      words.includes('total') &&
      !words.includes('excl') &&
      !words.includes('net')
    )
      return read(candidate, 'line.total', 0.82, 'the net stands beside it')
    return candidate
  })
}

const plainOf = (words: readonly string[]): string[] =>
  words.filter((word) => word !== 'amount' && word !== 'total' && word !== 'invoice')

const netRank = ({ words }: Candidate): number =>
  words.includes('net') || words.includes('excl') ? 3 : words.includes('subtotal') ? 2 : words.includes('total') ? 0 : 1

const read = (candidate: Candidate, role: string, confidence: number, why: string): Candidate => ({
  ...candidate,
  role,
  confidence,
  evidence: [...candidate.evidence, why],
})

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
