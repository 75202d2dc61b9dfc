import { wordsOf } from '../resources/names.ts'
import type { Resource } from '../resources/resource.ts'
import { meaningOf } from './dictionary.ts'
import { boundFrom } from './inferred.ts'
import type { Inferred } from './inferred.ts'
import type { Candidate } from './rank.ts'

type Found = { readonly candidates: readonly Candidate[] }

/** Resources named after invoices, the plainest names first. */
export const invoicesAmong = (resources: readonly Resource[]): Resource[] =>
  resources.filter(({ noun }) => nounRank(noun) > 0)

/** Words before "invoice" that leave it one. */
const still = new Set(
  'invoice sales sale customer customers issue seller purchase outgoing ausgangs document tax out ar client debtor receivable received recurring'.split(
    ' ',
  ),
)

function nounRank(noun: string): number {
  const raw = wordsOf(noun)
  const { words } = meaningOf(raw)
  const isNamed = words.includes('invoice') || (words.includes('document') && words.includes('issue'))
  if (!isNamed || !words.every((word) => still.has(word))) return 0
  const isBill =
    raw.some((word) => /^bills?$/.test(word)) ||
    words.includes('received') ||
    words.includes('seller') ||
    words.includes('purchase')
  return isBill ? 1 : words.length === 1 ? 3 : 2
}

export type Direction = NonNullable<Inferred['direction']>

/** Bills are received; so is what says from whom it comes and not to whom it goes. */
export function directionOf({ resource, found }: { readonly resource: Resource; readonly found: Found }): Direction {
  if (nounRank(resource.noun) === 1) return 'payable'
  const says = (side: string): boolean =>
    found.candidates.some(
      ({ role, confidence }) =>
        confidence >= boundFrom && new RegExp(`^(?:invoice\\.${side}|${side}\\..+)$`).test(role),
    )
  return says('seller') && !says('buyer') ? 'payable' : 'receivable'
}

/** An invoice says at least three of these. */
const telling =
  /^invoice\.(?:total|subtotal|tax|due|paid|lines|taxes|dueDate|issueDate|number|status|buyer|currency|lineTotal|payable|allowanceList|chargeList)$/

export const isInvoice = (candidates: readonly Candidate[]): boolean =>
  new Set(
    candidates.filter(({ role, confidence }) => confidence >= boundFrom && telling.test(role)).map(({ role }) => role),
  ).size >= 3

export const rankOf = ({ noun, operations, singleton }: Resource, { candidates }: Found): number =>
  nounRank(noun) * 100 + Math.min(60, candidates.length) + operations.length - (singleton ? 20 : 0)
