import type { Entity, Plan, Scope } from '../spec/index.ts'
import type { Context, Law } from './law.ts'

/** Objects of a body that are stated alike. */
export interface Alike {
  readonly entity: Entity
  /** What their properties mean. */
  readonly plan: Plan
  /** Whether values of theirs stand in other objects. */
  readonly isScattered: boolean
  /** Whether other objects stand below them. */
  readonly isNested: boolean
  readonly scopes: readonly Scope[]
}

/** The objects of a body, sorted for laws. */
export interface Crowd {
  /** Outermost first. */
  readonly all: readonly Scope[]
  readonly alike: readonly Alike[]
  readonly of: (entity: Entity) => readonly Scope[]
}

/** Returns objects sorted for laws. */
export function crowdOf(all: readonly Scope[]): Crowd {
  const groups = new Map<Plan, (Alike & { readonly scopes: Scope[] } | undefined)[]>()
  const entities = new Map<Entity, readonly Scope[]>()
  for (let index = 0; index < all.length; index++) {
    const scope = all[index] as Scope
    const { plan, entity, isScattered, isNested } = scope
    const known = groups.get(plan)
    const sorts = known ?? []
    if (!known) groups.set(plan, sorts)
    const sort = (isScattered ? 1 : 0) + (isNested ? 2 : 0)
    const group = sorts[sort]
    if (group) group.scopes.push(scope)
    else sorts[sort] = { entity, plan, isScattered, isNested, scopes: [scope] }
  }
  return {
    all,
    alike: [...groups.values()].flat().filter((group) => group !== undefined),
    of(entity) {
      const known = entities.get(entity) ?? all.filter((scope) => scope.entity === entity)
      entities.set(entity, known)
      return known
    },
  }
}

/** Returns how many objects a glance finds in order, and those that a law has to look at, outermost first. */
export function glance({ scope: entity, screen }: Law, { all, alike, of }: Crowd, context: Context): { fine: number; unsure: readonly Scope[] } {
  if (entity !== 'any') return { fine: 0, unsure: of(entity) }
  if (!screen) return { fine: 0, unsure: all }
  const unsure = new Set<Scope>()
  let fine = 0
  for (const group of alike) {
    const look = screen(group, context)
    if (!look) continue
    const { scopes } = group
    for (let index = 0; index < scopes.length; index++) {
      const told = look(scopes[index] as Scope)
      if (told === 'fine') fine++
      else if (told === 'unsure') unsure.add(scopes[index] as Scope)
    }
  }
  return { fine, unsure: unsure.size === 0 ? none : all.filter((scope) => unsure.has(scope)) }
}

const none: readonly never[] = []
