// Regular expressions as languages that can be intersected and complemented, after Brzozowski's derivatives.

import {
  contains,
  intersect,
  minus,
  only,
  pointAt,
  setOf,
  sizeOf,
  some,
  spaceCharacters,
  union,
  universe,
  wordCharacters,
} from '../../spec/index.ts'
import type { CharSet, Syntax } from '../../spec/index.ts'

/** Marks the beginning of a text, as if it were a character before the first. */
export const startMark = -2
/** Marks the end of a text. */
const endMark = -1

/** Returns the letters, digits and signs a reader likes best among a set: alphanumeric, else printable ASCII, else whatever is there. */
function readable(set: CharSet): CharSet {
  const [letters, printable, visible] = [
    minus(wordCharacters, only(0x5f)),
    setOf([0x20, 0x7e]),
    minus(minus(universe, setOf([0, 0x20], [0x7f, 0xa0])), spaceCharacters),
  ]
  return [letters, printable, visible].map((taste) => intersect(set, taste)).find((liked) => liked.length > 0) ?? set
}

/** Returns the letters of a set, as texts; the first few hundred of a large one. */
const lettersOf = (set: CharSet): string[] =>
  Array.from({ length: Math.min(sizeOf(set), 256) }, (_, index) => String.fromCodePoint(pointAt(set, index)))

/** A regular language, in Brzozowski's algebra: with intersection and complement. Equal ones of one algebra are the same object. */
export interface RegularLanguage {
  readonly id: number
  readonly kind: 'none' | 'empty' | 'set' | 'sequence' | 'or' | 'and' | 'not' | 'repeat'
  readonly set: CharSet
  readonly parts: readonly RegularLanguage[]
  readonly min: number
  readonly max: number
  /** Whether it holds the empty text. */
  readonly nullable: boolean
  /** Bounds of the length of its texts, in code points. Marks count nothing. */
  readonly shortest: number
  readonly longest: number
  /** Guess of the letters still needed: guides a walk, promises nothing. */
  readonly cost: number
}

/** Where a walk through a language stands. */
interface AutomatonState {
  readonly ends: boolean
  readonly steps: readonly LetterStep[]
}

/** Letters that lead to the same rest; those that are good to read, and how far they are from plain ones. */
export interface LetterStep {
  readonly letters: readonly string[]
  readonly oddity: number
  readonly next: RegularLanguage
}

const isMark = (set: CharSet): boolean => set.length === 1 && (set[0] as readonly [number, number])[1] < 0

/** Makes regular languages. Those of different algebras must not be mixed. */
export class Algebra {
  readonly #known = new Map<string, RegularLanguage>()
  readonly #derived = new Map<number, Map<number, RegularLanguage>>()
  readonly #states = new Map<RegularLanguage, AutomatonState>()
  readonly none = this.#make('none', {})
  readonly empty = this.#make('empty', {})
  /** Every text, end mark included. */
  readonly all = this.repeat(this.set([[startMark, endMark], ...universe]), 0, Infinity)

  #make(kind: RegularLanguage['kind'], values: Partial<RegularLanguage>): RegularLanguage {
    const { set = [], parts = [], min = 0, max = 0 } = values
    const key = `${kind} ${set.join(' ')} ${parts.map((part) => part.id).join(' ')} ${min} ${max}`
    let language = this.#known.get(key)
    if (!language)
      this.#known.set(
        key,
        (language = { id: this.#known.size, kind, set, parts, min, max, ...measure(kind, set, parts, min, max) }),
      )
    return language
  }

  set(set: CharSet): RegularLanguage {
    return set.length === 0 ? this.none : this.#make('set', { set })
  }

  sequence(...given: readonly RegularLanguage[]): RegularLanguage {
    const parts = given
      .flatMap((part) => (part.kind === 'sequence' ? part.parts : [part]))
      .filter((part) => part !== this.empty)
    if (parts.includes(this.none)) return this.none
    const [first = this.empty, ...rest] = parts
    return rest.length === 0 ? first : this.#make('sequence', { parts })
  }

  or(...given: readonly RegularLanguage[]): RegularLanguage {
    const flat = [...new Set(given.flatMap((part) => (part.kind === 'or' ? part.parts : [part])))].filter(
      (part) => part !== this.none,
    )
    const sets = flat.filter((part) => part.kind === 'set' && !isMark(part.set))
    const merged =
      sets.length > 1
        ? [this.set(union(...sets.map((part) => part.set))), ...flat.filter((part) => !sets.includes(part))]
        : flat
    const parts = merged.sort((left, right) => left.id - right.id)
    if (parts.includes(this.all)) return this.all
    return parts.length > 1 ? this.#make('or', { parts }) : (parts[0] ?? this.none)
  }

  and(...given: readonly RegularLanguage[]): RegularLanguage {
    const parts = [...new Set(given.flatMap((part) => (part.kind === 'and' ? part.parts : [part])))].filter(
      (part) => part !== this.all,
    )
    if (parts.includes(this.none)) return this.none
    if (parts.some((part) => part.kind === 'not' && parts.includes(part.parts[0] as RegularLanguage))) return this.none
    if (parts.includes(this.empty)) return parts.every((part) => part.nullable) ? this.empty : this.none
    return parts.length > 1
      ? this.#make('and', { parts: parts.sort((left, right) => left.id - right.id) })
      : (parts[0] ?? this.all)
  }

  not(part: RegularLanguage): RegularLanguage {
    if (part === this.none) return this.all
    if (part === this.all) return this.none
    return part.kind === 'not' ? (part.parts[0] as RegularLanguage) : this.#make('not', { parts: [part] })
  }

  repeat(part: RegularLanguage, min: number, max: number): RegularLanguage {
    if (max === 0 || part === this.empty) return this.empty
    if (part === this.none) return min === 0 ? this.empty : this.none
    if (min === 1 && max === 1) return part
    if (part.kind === 'repeat' && part.min === 0 && part.max === Infinity && max === Infinity) return part
    return this.#make('repeat', { parts: [part], min: part.nullable ? 0 : min, max })
  }

  /** Returns what may follow a letter. */
  derive(language: RegularLanguage, point: number): RegularLanguage {
    const row = this.#derived.get(language.id) ?? new Map<number, RegularLanguage>()
    this.#derived.set(language.id, row)
    let rest = row.get(point)
    if (!rest) row.set(point, (rest = this.#derivation(language, point)))
    return rest
  }

  #derivation({ kind, set, parts, min, max }: RegularLanguage, point: number): RegularLanguage {
    const [head = this.empty, ...tail] = parts
    switch (kind) {
      case 'none':
      case 'empty':
        return this.none
      case 'set':
        return contains(set, point) ? this.empty : this.none
      case 'or':
        return this.or(...parts.map((part) => this.derive(part, point)))
      case 'and':
        return this.and(...parts.map((part) => this.derive(part, point)))
      case 'not':
        return this.not(this.derive(head, point))
      case 'repeat':
        return this.sequence(this.derive(head, point), this.repeat(head, Math.max(0, min - 1), max - 1))
      case 'sequence': {
        const after = this.sequence(this.derive(head, point), ...tail)
        return head.nullable ? this.or(after, this.derive(this.sequence(...tail), point)) : after
      }
    }
  }

  /** Returns whether a text may end here, and how it may go on. */
  state(language: RegularLanguage): AutomatonState {
    const cached = this.#states.get(language)
    if (cached) return cached
    const byNext = new Map<RegularLanguage, CharSet>()
    for (const set of partition(language)) {
      const next = this.derive(language, (set[0] as readonly [number, number])[0])
      if (next !== this.none) byNext.set(next, union(byNext.get(next) ?? [], set))
    }
    const oddityOf = (set: CharSet): number => ((set[0] as readonly [number, number])[0] <= 0x7e ? 0 : 2)
    const steps = [...byNext].map(([next, set]) => ({ letters: lettersOf(readable(set)), oddity: oddityOf(set), next }))
    const made = { ends: this.derive(language, endMark).nullable, steps }
    this.#states.set(language, made)
    return made
  }
}

/** Returns disjoint sets of real letters, each with one derivative; together they are all letters the language tells apart, and the rest. */
function partition(language: RegularLanguage): readonly CharSet[] {
  let cells: readonly CharSet[] = [universe]
  const refine = (set: CharSet): void => {
    const outside = cells.reduce<CharSet>((rest, cell) => minus(rest, cell), set)
    cells = [...cells.flatMap((cell) => [intersect(cell, set), minus(cell, set)]), outside].filter(
      (cell) => cell.length > 0,
    )
  }
  const visit = ({ kind, set, parts }: RegularLanguage): void => {
    if (kind === 'set' && !isMark(set)) refine(set.filter(([low]) => low >= 0))
    for (const part of parts) {
      visit(part)
      if (kind === 'sequence' && !part.nullable) break
    }
  }
  visit(language)
  return cells
}

type Measures = Pick<RegularLanguage, 'nullable' | 'shortest' | 'longest' | 'cost'>

function measure(
  kind: RegularLanguage['kind'],
  set: CharSet,
  parts: readonly RegularLanguage[],
  min: number,
  max: number,
): Measures {
  const of = (key: 'shortest' | 'longest' | 'cost'): number[] => parts.map((part) => part[key])
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const times = (value: number, count: number): number => (value === 0 ? 0 : value * count)
  switch (kind) {
    case 'none':
      return { nullable: false, shortest: Infinity, longest: -Infinity, cost: Infinity }
    case 'empty':
      return { nullable: true, shortest: 0, longest: 0, cost: 0 }
    case 'set':
      return isMark(set)
        ? { nullable: false, shortest: 0, longest: 0, cost: 0 }
        : { nullable: false, shortest: 1, longest: 1, cost: 1 }
    case 'sequence':
      return {
        nullable: parts.every((part) => part.nullable),
        shortest: sum(of('shortest')),
        longest: sum(of('longest')),
        cost: sum(of('cost')),
      }
    case 'or':
      return {
        nullable: parts.some((part) => part.nullable),
        shortest: Math.min(...of('shortest')),
        longest: Math.max(...of('longest')),
        cost: Math.min(...of('cost')),
      }
    case 'and':
      return {
        nullable: parts.every((part) => part.nullable),
        shortest: Math.max(...of('shortest')),
        longest: Math.min(...of('longest')),
        cost: sum(of('cost')),
      }
    case 'not':
      return { nullable: !parts[0]?.nullable, shortest: 0, longest: Infinity, cost: 0 }
    case 'repeat':
      return {
        nullable: min === 0 || parts[0]?.nullable === true,
        shortest: times(sum(of('shortest')), min),
        longest: times(sum(of('longest')), max),
        cost: times(sum(of('cost')), min),
      }
  }
}

/** Where a match may stand: anywhere in the text, or all of it wherever the pattern allows. */
type Reach = 'anywhere' | 'whole'

/** How often a loop around a lookahead is unrolled. */
const unrolled = 16

/**
 * Returns the texts a pattern matches, between marks. Lookbehind, word boundaries and back references are approximated:
 * what they would forbid is not excluded.
 */
export function languageOf(algebra: Algebra, syntax: Syntax, reach: Reach): RegularLanguage {
  const [start, end, letters] = [
    algebra.set(only(startMark)),
    algebra.set(only(endMark)),
    algebra.repeat(algebra.set(universe), 0, Infinity),
  ]
  const [before, after] =
    reach === 'anywhere' ? [algebra.sequence(start, letters), algebra.sequence(letters, end)] : [start, end]

  /** Continuation style: a lookahead constrains what follows it. */
  function into(part: Syntax, next: RegularLanguage): RegularLanguage {
    switch (part.kind) {
      case 'set':
        return algebra.sequence(algebra.set(part.set), next)
      case 'start':
        return next.kind === 'sequence' && next.parts[0] === start ? next : algebra.sequence(start, next)
      case 'end':
        return endOf(next)
      case 'boundary':
      case 'back':
        return next
      case 'sequence':
        return part.parts.reduceRight((rest, item) => into(item, rest), next)
      case 'choice':
        return algebra.or(...part.parts.map((item) => into(item, next)))
      case 'group':
        return into(part.body, next)
      case 'look':
        if (part.behind) return part.negated ? next : into(part.body, next) // read it: a search may begin earlier
        return algebra.and(
          part.negated ? algebra.not(into(part.body, algebra.all)) : into(part.body, algebra.all),
          next,
        )
      case 'repeat':
        return loop(part, next)
    }
  }

  function loop({ body, min, max }: Syntax & { kind: 'repeat' }, next: RegularLanguage): RegularLanguage {
    if (!some(body, ({ kind }) => kind === 'look' || kind === 'start' || kind === 'end'))
      return algebra.sequence(algebra.repeat(into(body, algebra.empty), min, max), next)
    let rest = next
    const optional = Math.min(max - min, unrolled)
    for (let turn = 0; turn < optional; turn++) rest = algebra.or(next, into(body, rest))
    for (let turn = 0; turn < Math.min(min, unrolled); turn++) rest = into(body, rest)
    return rest
  }

  /** The end mark may already be asked for by what follows. */
  function endOf(next: RegularLanguage): RegularLanguage {
    if (next === algebra.all) return algebra.sequence(end, algebra.all)
    return next.kind === 'or' && next.parts.includes(algebra.empty) ? end : algebra.sequence(end, next)
  }

  return algebra.sequence(algebra.or(algebra.empty, before), into(syntax, algebra.or(algebra.empty, after)))
}
