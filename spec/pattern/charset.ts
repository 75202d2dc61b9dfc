// Sets of Unicode code points.

/** A set of code points: ascending ranges that neither touch nor overlap. */
export type CharSet = readonly (readonly [low: number, high: number])[]

/** The alphabet complements are taken in: enough of Unicode for every script a pattern names, small enough to enumerate. */
export const universe: CharSet = [
  [0x00, 0x24f],
  [0x370, 0x3ff],
  [0x400, 0x45f],
  [0x5d0, 0x5ea],
  [0x627, 0x64a],
  [0x660, 0x669],
  [0x905, 0x939],
  [0x966, 0x96f],
  [0x9e6, 0x9ef],
  [0xe01, 0xe2e],
  [0x2000, 0x203a],
  [0x20a0, 0x20bf],
  [0x2190, 0x21ff],
  [0x2200, 0x22ff],
  [0x3041, 0x3096],
  [0x30a1, 0x30fa],
  [0x4e00, 0x4e3f],
  [0xac00, 0xac3f],
  [0xfeff, 0xfeff],
  [0x1f400, 0x1f43f],
  [0x1f600, 0x1f64f],
]

/** Returns the set of these ranges, in any order. */
export function setOf(...ranges: readonly (readonly [number, number])[]): CharSet {
  const merged: [number, number][] = []
  for (const [low, high] of [...ranges].sort((left, right) => left[0] - right[0])) {
    const last = merged.at(-1)
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high)
    else merged.push([low, high])
  }
  return merged
}

/** Returns the set of one code point. */
export const only = (point: number): CharSet => [[point, point]]

/** Returns what is in either set. */
export const union = (...sets: readonly CharSet[]): CharSet => setOf(...sets.flat())

/** Returns what is in both sets. */
export function intersect(left: CharSet, right: CharSet): CharSet {
  const shared: [number, number][] = []
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const [a, b] = [left[i] as readonly [number, number], right[j] as readonly [number, number]]
    const [low, high] = [Math.max(a[0], b[0]), Math.min(a[1], b[1])]
    if (low <= high) shared.push([low, high])
    if (a[1] < b[1]) i++
    else j++
  }
  return shared
}

/** Returns what is in the left set and not in the right. */
export function minus(left: CharSet, right: CharSet): CharSet {
  const rest: [number, number][] = []
  for (const [low, high] of left) {
    let from = low
    for (const [cutLow, cutHigh] of right) {
      if (cutHigh < from || cutLow > high) continue
      if (cutLow > from) rest.push([from, cutLow - 1])
      from = cutHigh + 1
    }
    if (from <= high) rest.push([from, high])
  }
  return rest
}

/** Tells whether a code point is in the set. */
export const contains = (set: CharSet, point: number): boolean =>
  set.some(([low, high]) => low <= point && point <= high)

/** Returns how many code points are in the set. */
export const sizeOf = (set: CharSet): number => set.reduce((sum, [low, high]) => sum + high - low + 1, 0)

/** Returns the code point at an index of the set, from 0. */
export function pointAt(set: CharSet, index: number): number {
  let rest = index
  for (const [low, high] of set) {
    if (rest <= high - low) return low + rest
    rest -= high - low + 1
  }
  throw new RangeError(`No code point ${index} in a set of ${sizeOf(set)}`)
}

const digits = setOf([0x30, 0x39])
/** Letters of ASCII, digits and the underscore. */
export const wordCharacters = setOf([0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a])
/** What `\\s` stands for. */
export const spaceCharacters = setOf(
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
)
const lineEnds = setOf([0x0a, 0x0a], [0x0d, 0x0d], [0x2028, 0x2029])

/** Sets of the class escapes; `.` is everything but line ends. */
export const classes: Readonly<Record<string, CharSet>> = {
  d: digits,
  D: minus(universe, digits),
  w: wordCharacters,
  W: minus(universe, wordCharacters),
  s: spaceCharacters,
  S: minus(universe, spaceCharacters),
  '.': minus(universe, lineEnds),
}
