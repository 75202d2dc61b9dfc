import type { Frame } from '../plan/frame.ts'

/** Parts of one invoice have keys of their own: at most this many of one sort. */
const parts = 1024

/** Returns the key of a part of the invoice in view, from its position; `undefined` stays so. */
export const inside = ({ invoice }: Frame, index: number | undefined): number | undefined =>
  index === undefined ? undefined : invoice.index * parts + index

/** Returns an opaque word that identifies something in another system. */
export const idOf = ({ identities }: Frame, kind: string, key: number): string =>
  String(identities.encode(kind, key, 'token'))

/** Returns an address on the seller's site. */
export const publicUrl = ({ ledger }: Frame, ...path: readonly string[]): string =>
  `https://billing.${ledger.seller.domain}/${path.join('/')}`
