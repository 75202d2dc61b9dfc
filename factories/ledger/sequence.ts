import { mix2 } from '../random.ts'
import { salt, unit } from './draw.ts'

const slot = salt('issue date')

/** Returns the seed of an entry's own draws. */
export const keyOf = (book: { readonly key: number }, index: number): number => mix2(book.key ^ 0x696e766f, index)

/** Returns the place of an entry in the sequence: each has a slot of its own, so that numbers rise with dates. */
export const placeOf = (book: { readonly key: number }, index: number): number => index + unit(keyOf(book, index), slot)
