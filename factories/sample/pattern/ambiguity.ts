import { intersect } from './charset.ts'
import type { CharSet } from './charset.ts'
import { some } from './syntax.ts'
import type { Syntax } from './syntax.ts'

/** Counted loops of at least this many turns are judged as endless ones. */
const many = 10
/** Expressions of more letters than this are not judged. */
const judged = 320

interface Piece {
  readonly nullable: boolean
  readonly first: readonly number[]
  readonly last: readonly number[]
}

/**
 * Tells whether a backtracking matcher may need time exponential in the text: whether some loop can read one text in two ways
 * and come back to where it was (an automaton of exponential degree of ambiguity).
 */
export function isCatastrophic(syntax: Syntax): boolean {
  if (some(syntax, (part) => part.kind === 'look' && isCatastrophic(part.body))) return true
  const letters: CharSet[] = []
  const follows: number[][] = []
  let doubled = false

  function link(from: readonly number[], to: readonly number[], loop: boolean): void {
    for (const left of from) {
      for (const right of to) {
        const row = follows[left] as number[]
        if (row.includes(right)) doubled ||= loop
        else row.push(right)
      }
    }
  }

  function piece(part: Syntax): Piece {
    switch (part.kind) {
      case 'set': {
        follows.push([])
        const here = [letters.push(part.set) - 1]
        return { nullable: false, first: here, last: here }
      }
      case 'group':
        return piece(part.body)
      case 'choice': {
        const parts = part.parts.map(piece)
        return {
          nullable: parts.some((item) => item.nullable),
          first: parts.flatMap((item) => item.first),
          last: parts.flatMap((item) => item.last),
        }
      }
      case 'sequence':
        return part.parts.reduce<Piece>((before, item) => chain(before, piece(item)), nothing)
      case 'repeat':
        return repeated(part)
      default:
        return nothing
    }
  }

  function chain(before: Piece, after: Piece): Piece {
    link(before.last, after.first, false)
    return {
      nullable: before.nullable && after.nullable,
      first: before.nullable ? [...before.first, ...after.first] : before.first,
      last: after.nullable ? [...before.last, ...after.last] : after.last,
    }
  }

  function repeated({ body, min, max }: Syntax & { kind: 'repeat' }): Piece {
    if (max < many) {
      let all = nothing
      for (let turn = 0; turn < Math.min(max, 2); turn++) {
        const once = piece(body)
        all = chain(all, turn < min ? once : { ...once, nullable: true })
      }
      return all
    }
    const inner = piece(body)
    if (inner.nullable && min >= many) doubled = true // (a?){20}: each turn may or may not read
    link(inner.last, inner.first, true)
    return { ...inner, nullable: inner.nullable || min === 0 }
  }

  piece(syntax)
  if (doubled) return true
  return letters.length <= judged && hasTwoWays(letters, follows)
}

const nothing: Piece = { nullable: true, first: [], last: [] }

/** Looks in the product of the automaton with itself for a way from (q, q) over two different letters back to (q, q). */
function hasTwoWays(letters: readonly CharSet[], follows: readonly (readonly number[])[]): boolean {
  const size = letters.length
  const pairs = new Map<number, readonly number[]>()
  const after = (pair: number): readonly number[] => {
    const known = pairs.get(pair)
    if (known) return known
    const [left, right] = [Math.floor(pair / size), pair % size]
    const meet = (one: number, other: number): boolean =>
      intersect(letters[one] as CharSet, letters[other] as CharSet).length > 0
    const next = (follows[left] as readonly number[]).flatMap((to) =>
      (follows[right] as readonly number[]).filter((other) => meet(to, other)).map((other) => to * size + other),
    )
    pairs.set(pair, next)
    return next
  }
  for (let state = 0; state < size; state++) {
    if (!(follows[state] as readonly number[]).length) continue
    const home = state * size + state
    const reached = reach(home, after)
    for (const pair of reached) if (Math.floor(pair / size) !== pair % size && reach(pair, after).has(home)) return true
  }
  return false
}

function reach(from: number, after: (pair: number) => readonly number[]): Set<number> {
  const seen = new Set<number>()
  const todo = [from]
  for (let pair = todo.pop(); pair !== undefined; pair = todo.pop()) {
    for (const next of after(pair)) {
      if (seen.has(next)) continue
      seen.add(next)
      todo.push(next)
    }
  }
  return seen
}
