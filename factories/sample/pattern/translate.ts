import { only, some, universe } from '../../../spec/index.ts'
import type { Syntax } from '../../../spec/index.ts'
import type { Algebra, Language } from './language.ts'
import { endMark, startMark } from './letters.ts'

/** Where a match may stand: anywhere in the text, or all of it wherever the pattern allows. */
export type Reach = 'anywhere' | 'whole'

/** How often a loop around a lookahead is unrolled. */
const unrolled = 16

/**
 * Returns the texts a pattern matches, between marks. Lookbehind, word boundaries and back references are approximated:
 * what they would forbid is not excluded.
 */
export function translate(algebra: Algebra, syntax: Syntax, reach: Reach): Language {
  const { empty, all, set, sequence, or, and, not, repeat } = algebra
  const [start, end, letters] = [set(only(startMark)), set(only(endMark)), repeat(set(universe), 0, Infinity)]
  const [before, after] = reach === 'anywhere' ? [sequence(start, letters), sequence(letters, end)] : [start, end]

  /** Continuation style: a lookahead constrains what follows it. */
  function into(part: Syntax, next: Language): Language {
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

  function loop({ body, min, max }: Syntax & { kind: 'repeat' }, next: Language): Language {
    if (!some(body, ({ kind }) => kind === 'look' || kind === 'start' || kind === 'end'))
      return sequence(repeat(into(body, empty), min, max), next)
    let rest = next
    const optional = Math.min(max - min, unrolled)
    for (let turn = 0; turn < optional; turn++) rest = or(next, into(body, rest))
    for (let turn = 0; turn < Math.min(min, unrolled); turn++) rest = into(body, rest)
    return rest
  }

  /** The end mark may already be asked for by what follows. */
  function endOf(next: Language): Language {
    if (next === all) return sequence(end, all)
    return next.kind === 'or' && next.parts.includes(empty) ? end : sequence(end, next)
  }

  return sequence(or(empty, before), into(syntax, or(empty, after)))
}
