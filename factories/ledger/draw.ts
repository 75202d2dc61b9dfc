// Keyed draws: numbers that depend on nothing but a key and the name of what is drawn.
import { hashText, mix, mix2 } from '../random.ts'

/** Names a draw; equal names draw alike, so no two draws about one thing may share a name. */
type Salt = number

/** Returns the salt of a name. */
export const salt = (name: string): Salt => hashText(name)

const scale = 1 / 4_294_967_296

/**
 * Returns a number from 0 up to 1 for a keyed draw. Unlike a sequence, it depends on nothing but key and salt: a draw
 * that is added later reshuffles none of the others.
 */
export const unit = (key: number, name: Salt): number => mix(Math.imul(key, 0x9e3779b1) ^ name) * scale

/** Returns a whole number from `low` to `high`, both included. */
export const whole = (key: number, name: Salt, low: number, high: number): number =>
  low + Math.floor(unit(key, name) * (high - low + 1))

/** Returns a draw of the standard normal distribution, cut at about ±3.5: the sum of four uniform draws. */
export function normal(key: number, name: Salt): number {
  const sum =
    unit(key, name) + unit(key, name ^ 0x1b873593) + unit(key, name ^ 0x2545f491) + unit(key, name ^ 0x7feb352d)
  return (sum - 2) * 1.7320508075688772
}

const issueSlot = salt('issue date')

/** Returns the seed of an entry's own draws. */
export const entryKey = (book: { readonly key: number }, index: number): number => mix2(book.key ^ 0x696e766f, index)

/** Returns the place of an entry in the sequence: each has a slot of its own, so that numbers rise with dates. */
export const entryPosition = (book: { readonly key: number }, index: number): number =>
  index + unit(entryKey(book, index), issueSlot)
