import { mix2, Random } from '../random.ts'
import { wordsOf } from '../semantics/words.ts'
import type { Frame } from './frame.ts'
import { made } from './node.ts'
import type { Node } from './node.ts'

/** Values kept for one place: a value of no role says little, so they may recur. */
const places = 256

const identifying = new Set(['id', 'identifier', 'uuid', 'key', 'token', 'number', 'reference', 'hash'])

/** Tells whether a property tells its object from others, so that no value may recur. What refers to another object may recur: many do. */
export function identifies(name: string, owner: string): boolean {
  const words = wordsOf(name)
  const word = words.at(-1) ?? ''
  return (
    identifying.has(word) &&
    (words.length === 1 || word === 'number' || wordsOf(owner).join(' ').endsWith(words.slice(0, -1).join(' ')))
  )
}

/** Returns a node that draws a value for each object, keyed by it. */
export const drawnNode = (draw: (random: Random) => unknown, salt: number): Node =>
  made(({ key }) => draw(new Random(mix2(key, salt))))

/** Returns a node that takes its value from a pool, by the key of the object in view. The pool fills as it is used, and is the same for all ledgers. */
export function pooledNode(draw: (random: Random) => unknown, salt: number): Node {
  const texts: (string | undefined)[] = []
  const simple: unknown[] = []
  const placeOf = ({ key }: Frame): number => mix2(key, salt) % places
  const textAt = (place: number): string => (texts[place] ??= fill(place))
  function fill(place: number): string {
    const value = draw(new Random(mix2(place, salt)))
    if (typeof value !== 'object') simple[place] = value
    return JSON.stringify(value) ?? ''
  }
  return {
    build(frame) {
      const place = placeOf(frame)
      const text = textAt(place)
      // Whoever gets an object may change it.
      return text === '' ? undefined : (simple[place] ?? JSON.parse(text))
    },
    write: (frame) => textAt(placeOf(frame)),
  }
}
