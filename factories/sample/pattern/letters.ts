import {
  intersect,
  minus,
  only,
  pointAt,
  setOf,
  sizeOf,
  spaceCharacters,
  universe,
  wordCharacters,
} from '../../../spec/index.ts'
import type { CharSet } from '../../../spec/index.ts'

/** Marks the beginning of a text, as if it were a character before the first. */
export const startMark = -2
/** Marks the end of a text. */
export const endMark = -1

/** Returns the letters, digits and signs a reader likes best among a set: alphanumeric, else printable ASCII, else whatever is there. */
export function readable(set: CharSet): CharSet {
  const [letters, printable, visible] = [
    minus(wordCharacters, only(0x5f)),
    setOf([0x20, 0x7e]),
    minus(minus(universe, setOf([0, 0x20], [0x7f, 0xa0])), spaceCharacters),
  ]
  return [letters, printable, visible].map((taste) => intersect(set, taste)).find((liked) => liked.length > 0) ?? set
}

/** Returns the letters of a set, as texts; the first few hundred of a large one. */
export const lettersOf = (set: CharSet): string[] =>
  Array.from({ length: Math.min(sizeOf(set), 256) }, (_, index) => String.fromCodePoint(pointAt(set, index)))
