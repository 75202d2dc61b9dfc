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

/** Constructors of one algebra. */
export interface Algebra {
  readonly none: RegularLanguage
  readonly empty: RegularLanguage
  /** Every text, end mark included. */
  readonly all: RegularLanguage
  set(set: CharSet): RegularLanguage
  sequence(...parts: readonly RegularLanguage[]): RegularLanguage
  or(...parts: readonly RegularLanguage[]): RegularLanguage
  and(...parts: readonly RegularLanguage[]): RegularLanguage
  not(part: RegularLanguage): RegularLanguage
  repeat(part: RegularLanguage, min: number, max: number): RegularLanguage
  /** Returns what may follow a letter. */
  derive(language: RegularLanguage, point: number): RegularLanguage
  /** Returns whether a text may end here, and how it may go on. */
  state(language: RegularLanguage): AutomatonState
}

/** Where a walk through a language stands. */
interface AutomatonState {
  readonly ends: boolean
  readonly steps: readonly Transition[]
}

/** Letters that lead to the same rest; those that are good to read, and how far they are from plain ones. */
export interface Transition {
  readonly letters: readonly string[]
  readonly oddity: number
  readonly next: RegularLanguage
}

const isMark = (set: CharSet): boolean => set.length === 1 && (set[0] as readonly [number, number])[1] < 0

/** Returns a fresh algebra. Languages of different algebras must not be mixed. */
export function createAlgebra(): Algebra {
  const known = new Map<string, RegularLanguage>()
  const derived = new Map<number, Map<number, RegularLanguage>>()
  const states = new Map<RegularLanguage, AutomatonState>()

  function make(kind: RegularLanguage['kind'], values: Partial<RegularLanguage>): RegularLanguage {
    const { set = [], parts = [], min = 0, max = 0 } = values
    const key = `${kind} ${set.join(' ')} ${parts.map((part) => part.id).join(' ')} ${min} ${max}`
    let language = known.get(key)
    if (!language)
      known.set(
        key,
        (language = { id: known.size, kind, set, parts, min, max, ...measure(kind, set, parts, min, max) }),
      )
    return language
  }

  const none = make('none', {})
  const empty = make('empty', {})
  const setOf = (set: CharSet): RegularLanguage => (set.length === 0 ? none : make('set', { set }))

  function sequence(...given: readonly RegularLanguage[]): RegularLanguage {
    const parts = given
      .flatMap((part) => (part.kind === 'sequence' ? part.parts : [part]))
      .filter((part) => part !== empty)
    if (parts.includes(none)) return none
    const [first = empty, ...rest] = parts
    return rest.length === 0 ? first : make('sequence', { parts })
  }

  function or(...given: readonly RegularLanguage[]): RegularLanguage {
    const flat = [...new Set(given.flatMap((part) => (part.kind === 'or' ? part.parts : [part])))].filter(
      (part) => part !== none,
    )
    const sets = flat.filter((part) => part.kind === 'set' && !isMark(part.set))
    const merged =
      sets.length > 1
        ? [setOf(union(...sets.map((part) => part.set))), ...flat.filter((part) => !sets.includes(part))]
        : flat
    const parts = merged.sort((left, right) => left.id - right.id)
    if (parts.includes(everything)) return everything
    return parts.length > 1 ? make('or', { parts }) : (parts[0] ?? none)
  }

  function and(...given: readonly RegularLanguage[]): RegularLanguage {
    const parts = [...new Set(given.flatMap((part) => (part.kind === 'and' ? part.parts : [part])))].filter(
      (part) => part !== everything,
    )
    if (parts.includes(none)) return none
    if (parts.some((part) => part.kind === 'not' && parts.includes(part.parts[0] as RegularLanguage))) return none
    if (parts.includes(empty)) return parts.every((part) => part.nullable) ? empty : none
    return parts.length > 1
      ? make('and', { parts: parts.sort((left, right) => left.id - right.id) })
      : (parts[0] ?? everything)
  }

  function not(part: RegularLanguage): RegularLanguage {
    if (part === none) return everything
    if (part === everything) return none
    return part.kind === 'not' ? (part.parts[0] as RegularLanguage) : make('not', { parts: [part] })
  }

  function repeat(part: RegularLanguage, min: number, max: number): RegularLanguage {
    if (max === 0 || part === empty) return empty
    if (part === none) return min === 0 ? empty : none
    if (min === 1 && max === 1) return part
    if (part.kind === 'repeat' && part.min === 0 && part.max === Infinity && max === Infinity) return part
    return make('repeat', { parts: [part], min: part.nullable ? 0 : min, max })
  }

  const everything = repeat(setOf([[startMark, endMark], ...universe]), 0, Infinity)

  function derive(language: RegularLanguage, point: number): RegularLanguage {
    const row = derived.get(language.id) ?? new Map<number, RegularLanguage>()
    derived.set(language.id, row)
    let rest = row.get(point)
    if (!rest) row.set(point, (rest = derivation(language, point)))
    return rest
  }

  function derivation({ kind, set, parts, min, max }: RegularLanguage, point: number): RegularLanguage {
    const [head = empty, ...tail] = parts
    switch (kind) {
      case 'none':
      case 'empty':
        return none
      case 'set':
        return contains(set, point) ? empty : none
      case 'or':
        return or(...parts.map((part) => derive(part, point)))
      case 'and':
        return and(...parts.map((part) => derive(part, point)))
      case 'not':
        return not(derive(head, point))
      case 'repeat':
        return sequence(derive(head, point), repeat(head, Math.max(0, min - 1), max - 1))
      case 'sequence': {
        const after = sequence(derive(head, point), ...tail)
        return head.nullable ? or(after, derive(sequence(...tail), point)) : after
      }
    }
  }

  function state(language: RegularLanguage): AutomatonState {
    const cached = states.get(language)
    if (cached) return cached
    const byNext = new Map<RegularLanguage, CharSet>()
    for (const set of partition(language)) {
      const next = derive(language, (set[0] as readonly [number, number])[0])
      if (next !== none) byNext.set(next, union(byNext.get(next) ?? [], set))
    }
    const oddityOf = (set: CharSet): number => ((set[0] as readonly [number, number])[0] <= 0x7e ? 0 : 2)
    const steps = [...byNext].map(([next, set]) => ({ letters: lettersOf(readable(set)), oddity: oddityOf(set), next }))
    const made = { ends: derive(language, endMark).nullable, steps }
    states.set(language, made)
    return made
  }

  return { none, empty, all: everything, set: setOf, sequence, or, and, not, repeat, derive, state }
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
  const { empty, all, set, sequence, or, and, not, repeat } = algebra
  const [start, end, letters] = [set(only(startMark)), set(only(endMark)), repeat(set(universe), 0, Infinity)]
  const [before, after] = reach === 'anywhere' ? [sequence(start, letters), sequence(letters, end)] : [start, end]

  /** Continuation style: a lookahead constrains what follows it. */
  function into(part: Syntax, next: RegularLanguage): RegularLanguage {
    switch (part.kind) {
      case 'set':
        return sequence(set(part.set), next)
      case 'start':
        return next.kind === 'sequence' && next.parts[0] === start ? next : sequence(start, next)
      case 'end':
        return endOf(next)
      case 'boundary':
      case 'back':
        return next
      case 'sequence':
        return part.parts.reduceRight((rest, item) => into(item, rest), next)
      case 'choice':
        return or(...part.parts.map((item) => into(item, next)))
      case 'group':
        return into(part.body, next)
      case 'look':
        if (part.behind) return part.negated ? next : into(part.body, next) // read it: a search may begin earlier
        return and(part.negated ? not(into(part.body, all)) : into(part.body, all), next)
      case 'repeat':
        return loop(part, next)
    }
  }

  function loop({ body, min, max }: Syntax & { kind: 'repeat' }, next: RegularLanguage): RegularLanguage {
    if (!some(body, ({ kind }) => kind === 'look' || kind === 'start' || kind === 'end'))
      return sequence(repeat(into(body, empty), min, max), next)
    let rest = next
    const optional = Math.min(max - min, unrolled)
    for (let turn = 0; turn < optional; turn++) rest = or(next, into(body, rest))
    for (let turn = 0; turn < Math.min(min, unrolled); turn++) rest = into(body, rest)
    return rest
  }

  /** The end mark may already be asked for by what follows. */
  function endOf(next: RegularLanguage): RegularLanguage {
    if (next === all) return sequence(end, all)
    return next.kind === 'or' && next.parts.includes(empty) ? end : sequence(end, next)
  }

  return sequence(or(empty, before), into(syntax, or(empty, after)))
}
