import { failure } from '../../spec/index.ts'
import { never } from './calendar.ts'
import { salt, unit, whole } from './draw.ts'
import type { InvoiceDraw } from './invoice-draw.ts'

/** What can be asked of a share of the invoices. */
export const mixKinds = ['draft', 'overdue', 'partial', 'disputed', 'void', 'uncollectible', 'paid', 'credit'] as const

/**
 * Percentages of all invoices that come to something, whatever the day: stay drafts, are never paid (`overdue`), paid in part only, disputed
 * and not paid, voided, written off, paid about when they are due, or are credit notes. The rest is as it comes.
 */
export type Mix = Readonly<Partial<Record<(typeof mixKinds)[number], number>>>

/** Percentage of credit notes where nobody says otherwise. */
const usualCredit = 2.5

const names = { kind: salt('mix'), credit: salt('credit note'), days: salt('days of mix'), share: salt('share of mix') }

/** @throws Failure for percentages that make more than a hundred together. */
export function checkMix(mix: Mix): void {
  const { credit: _, ...shares } = mix
  const sum = Object.values(shares).reduce((all, share) => all + share, 0)
  if (sum > 100)
    throw failure('open the ledger', {
      expected: 'shares of invoices that make up to 100 percent',
      received: `${sum} percent`,
    })
}

/** Tells whether the draws of a key are those of a credit note. */
export const isCreditDraw = (key: number, mix: Mix | undefined): boolean =>
  unit(key, names.credit) * 100 < (mix?.credit ?? usualCredit)

/** Changes the course of a drawn invoice to that of its share, if it falls into one. */
export function applyMix(drawn: InvoiceDraw, mix: Mix): void {
  let rest = unit(drawn.key, names.kind) * 100
  for (const kind of mixKinds) {
    if (kind === 'credit') continue
    rest -= mix[kind] ?? 0
    if (rest < 0) return courses[kind](drawn)
  }
}

const unsettled = { voidDay: never, partDay: never, partShare: 0, payDay: never, uncollectibleDay: never }
const days = ({ key }: InvoiceDraw, low: number, high: number): number => whole(key, names.days, low, high)

const courses: Readonly<Record<Exclude<keyof Mix, 'credit'>, (drawn: InvoiceDraw) => void>> = {
  draft: (drawn) => void Object.assign(drawn, unsettled, { finalDay: never, disputeDay: never, promiseDay: never }),
  overdue: (drawn) => void Object.assign(drawn, unsettled, { disputeDay: never }),
  partial: (drawn) =>
    void Object.assign(drawn, unsettled, {
      partDay: drawn.dueDay + days(drawn, -10, 10),
      partShare: whole(drawn.key, names.share, 20, 70),
      disputeDay: never,
    }),
  disputed: (drawn) =>
    void Object.assign(drawn, unsettled, { disputeDay: Math.min(drawn.dueDay, drawn.finalDay + 9), promiseDay: never }),
  void: (drawn) => void Object.assign(drawn, unsettled, { voidDay: drawn.finalDay + days(drawn, 1, 12) }),
  uncollectible: (drawn) =>
    void Object.assign(drawn, unsettled, { uncollectibleDay: drawn.dueDay + days(drawn, 60, 120) }),
  paid: (drawn) => void Object.assign(drawn, unsettled, { payDay: drawn.dueDay + days(drawn, -5, 10) }),
}
