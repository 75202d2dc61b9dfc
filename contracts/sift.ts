import type { Entity, Plan, Scope } from '../spec/index.ts'
import type { Context, Glance, Law } from './law.ts'

/** Objects of a body that are stated alike. */
export interface Alike {
  readonly entity: Entity
  /** What their properties mean. */
  readonly plan: Plan
  /** Whether values of theirs stand in other objects. */
  readonly isScattered: boolean
  /** Whether other objects stand below them. */
  readonly isNested: boolean
}

/** What is left to a law. */
export interface Sifted {
  /** How many objects a glance found in order. */
  fine: number
  /** Those that it has to look at, outermost first. */
  readonly unsure: Scope[]
}

interface Look {
  readonly of: Sifted
  readonly glance: (scope: Scope) => Glance
}

const lookClosely = (): Glance => 'unsure'

/** Returns what objects leave to each law. One after the other, as a body has them: it is the memory that takes the time. */
export function sift(scopes: readonly Scope[], laws: readonly Law[], context: Context): readonly Sifted[] {
  const sifted = laws.map((): Sifted => ({ fine: 0, unsure: [] }))
  const sorts = new Map<Plan, (readonly Look[] | undefined)[]>()

  function looksAt(alike: Alike): readonly Look[] {
    return laws.flatMap(({ scope, screen }, index): readonly Look[] => {
      const glance =
        scope === alike.entity
          ? lookClosely
          : scope !== 'any'
            ? undefined
            : screen
              ? screen(alike, context)
              : lookClosely
      return glance ? [{ of: sifted[index] as Sifted, glance }] : []
    })
  }

  function looksOf(scope: Scope): readonly Look[] {
    const { plan, isScattered, isNested } = scope
    const sort = (isScattered ? 1 : 0) + (isNested ? 2 : 0)
    let looks = sorts.get(plan)
    if (!looks) sorts.set(plan, (looks = []))
    return (looks[sort] ??= looksAt(scope))
  }

  for (let at = 0; at < scopes.length; at++) {
    const scope = scopes[at] as Scope
    const looks = looksOf(scope)
    for (let index = 0; index < looks.length; index++) {
      const { of, glance } = looks[index] as Look
      const told = glance(scope)
      if (told === 'fine') of.fine++
      else if (told === 'unsure') of.unsure.push(scope)
    }
  }
  return sifted
}
