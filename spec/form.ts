import type { Statement } from './layout.ts'
import { entityOf } from './roles.ts'
import type { Entity, Role, Term } from './roles.ts'

/** What a business object is made of: a statement about it, or a list below it by its name. */
type Part = Statement | string

/**
 * What business objects are made of: which statements are made about them, and which lists stand below them. Objects that are
 * made of the same share a form, so what follows from it (the roles that can stand there, and those that can stand there twice) is
 * found once, not for each object.
 */
export class Form {
  readonly entity: Entity
  /** How often each role can stand in an object of this form: once, or 2 for more often. */
  readonly roles: ReadonlyMap<Role, number>
  /** What the vocabulary says of those roles. */
  readonly terms: ReadonlyMap<Role, Term>
  /** Roles about the object itself that can stand there more than once. */
  readonly repeated: readonly Role[]
  readonly statements: readonly Statement[]
  /** Names of the lists and objects below it; `buyer` and `seller` are names too. */
  readonly lists: ReadonlySet<string>
  readonly #parts: ReadonlyMap<Part, number>
  readonly #next = new Map<Part, Form>()

  constructor(entity: Entity, parts: ReadonlyMap<Part, number> = new Map()) {
    this.entity = entity
    this.#parts = parts
    this.statements = [...parts.keys()].filter((part) => typeof part === 'object')
    this.lists = new Set([...parts.keys()].filter((part) => typeof part === 'string'))
    const counts = new Map<Role, number>()
    for (const statement of this.statements)
      for (const { binding } of statement.properties)
        counts.set(binding.role, Math.min(several, (counts.get(binding.role) ?? 0) + (parts.get(statement) ?? 0)))
    this.roles = counts
    this.terms = new Map(
      this.statements.flatMap(({ properties }) =>
        properties.map(({ binding: { role, term } }) => [role, term] as const),
      ),
    )
    this.repeated = [...counts].flatMap(([role, count]) => (count > 1 && entityOf(role) === entity ? [role] : []))
  }

  /** Returns the form of an object of this form with one more part. */
  with(part: Part): Form {
    const known = this.#next.get(part)
    if (known) return known
    const times = this.#parts.get(part) ?? 0
    // More than twice tells nothing new, so a long list makes no more forms than a short one.
    const form = times === several ? this : new Form(this.entity, new Map([...this.#parts, [part, times + 1]]))
    this.#next.set(part, form)
    return form
  }
}

const several = 2
