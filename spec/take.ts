import { makeCode, mayMakeCode } from './code.ts'

type Table = Readonly<Record<string, unknown>>

/** Returns the values of an object, each at the place that is kept for its property; nothing for null. */
export type Take = (object: Table) => readonly unknown[]

/** What to take of an object. */
export interface Kept {
  /** Every documented property, in order. */
  readonly names: readonly string[]
  /** Where the value of each is kept; −1 for those that mean nothing. */
  readonly slots: readonly number[]
  /** How many are kept. */
  readonly size: number
}

const none: readonly never[] = []

/** Objects that are gone through before code is made for them, where it may be. */
const warm = 500

/** Returns what takes the values out of objects; code is made for it, where it may be, after so many of them. */
export function takeOf(kept: Kept, after = warm): Take {
  if (kept.size === 0) return () => none
  let taken = 0
  let take = goThrough(kept)
  return (object) => {
    if (taken++ === after && mayMakeCode()) take = askByName(kept)
    return take(object)
  }
}

/**
 * Going through what is there is several times faster than asking for one name after the other; and as members mostly come in the
 * order in which they are documented, few names are looked up.
 */
function goThrough({ names, slots, size }: Kept): Take {
  const places = new Map(names.map((name, at) => [name, at]))
  return (object) => {
    // oxlint-disable-next-line unicorn/no-new-array -- made at its full length, it is never copied
    const values = new Array<unknown>(size)
    let next = 0
    for (const name in object) {
      if (names[next] !== name) {
        const place = places.get(name)
        if (place === undefined) continue
        next = place
      }
      const slot = slots[next++] as number
      if (slot < 0) continue
      const value = object[name]
      if (value !== null) values[slot] = value
    }
    return values
  }
}

/** Asking by name is faster still where the name stands in the code: engines remember the place of a member there. */
function askByName({ names, slots }: Kept): Take {
  const members = names
    .filter((_, at) => (slots[at] as number) >= 0)
    .map((name) => {
      const text = JSON.stringify(name)
      // Every object has some members that are not its own.
      return name in Object.prototype
        ? `Object.hasOwn(object, ${text}) ? object[${text}] ?? undefined : undefined`
        : `object[${text}] ?? undefined`
    })
  return makeCode(`return (object) => [${members.join(', ')}]`) as Take
}
