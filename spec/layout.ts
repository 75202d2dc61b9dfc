// Says which business object each property of a JSON object is about; computed once for each shape.

import type { Binding, KeyedEntry } from './binding.ts'
import { join } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import { entityOf } from './roles.ts'
import type { Anchor, Entity, Role, Term } from './roles.ts'
import type { Shape } from './shape.ts'

/** An object of a body. */
export type JsonObject = Readonly<Record<string, unknown>>

/** A property of a JSON object. */
interface JsonProperty {
  readonly name: string
  /** Its part of a pointer: `/name`. */
  readonly step: string
  /** Whether every JavaScript object has a member of that name, such as `constructor`. */
  readonly isInherited: boolean
}

/** A property that carries a role. */
export interface BoundProperty extends JsonProperty {
  readonly binding: Binding
  readonly schema: Pointer
}

/** What a JSON object states about one business object. */
export interface Statement {
  readonly properties: readonly BoundProperty[]
  readonly byRole: ReadonlyMap<Role, readonly BoundProperty[]>
}

/** Whose a role is, seen from the object it stands in: an object around, or that object itself; or a party of it. */
export interface Owner {
  readonly nesting: Nesting
  readonly party?: Anchor
}

/** What the properties of a JSON object mean, seen from the business object it is part of. */
export interface Layout {
  /** What it states about that business object. */
  readonly own: Statement | undefined
  /** What it states about others: a line that repeats the invoice's currency. */
  readonly elsewhere: readonly { readonly owner: Owner; readonly statement: Statement }[]
  /** Properties that hold something with roles in it. */
  readonly inside: readonly (JsonProperty & { readonly shape: Shape })[]
}

/** An entity with those around it, such as a line of an invoice of a page: what a role means depends on them. */
export class Nesting {
  readonly entity: Entity
  readonly outer: Nesting | undefined
  /** The form of an object about which nothing has been stated yet. */
  readonly form: ObjectForm
  readonly #inner = new Map<Entity, Nesting>()
  readonly #layouts = new WeakMap<Shape | KeyedEntry, Layout>()

  constructor(entity: Entity, outer?: Nesting) {
    this.entity = entity
    this.outer = outer
    this.form = new ObjectForm(entity)
  }

  /** Returns the nesting of an entity inside this one. */
  within(entity: Entity): Nesting {
    const known = this.#inner.get(entity) ?? new Nesting(entity, this)
    this.#inner.set(entity, known)
    return known
  }

  /** Returns whose a role is: the anchored party's, the nearest object's of its entity, or else of the object it stands in: a message names its invoice. */
  ownerOf({ role, anchor }: Binding): Owner {
    const invoice = anchor && this.nearest('invoice')
    return invoice ? { nesting: invoice, party: anchor } : { nesting: this.nearest(entityOf(role)) ?? this }
  }

  private nearest(entity: Entity): Nesting | undefined {
    return this.entity === entity ? this : this.outer?.nearest(entity)
  }

  /** Returns the layout of the objects of a shape; made once. */
  layout(shape: Shape): Layout {
    return this.#layouts.get(shape) ?? this.keep(shape, this.layoutOf(shape.properties))
  }

  /** Returns the layout of an object with a single property that carries a role: a keyed entry, or a value in an array. */
  single(key: Shape | KeyedEntry, binding: Binding, schema: Pointer, name: string, step = join('', name)): Layout {
    const known = this.#layouts.get(key)
    if (known) return known
    return this.keep(key, { ...this.statementsOf([{ ...property(name), step, binding, schema }]), inside: [] })
  }

  private keep(key: Shape | KeyedEntry, layout: Layout): Layout {
    this.#layouts.set(key, layout)
    return layout
  }

  private layoutOf(properties: Shape['properties']): Layout {
    const bound: BoundProperty[] = []
    const inside: (JsonProperty & { readonly shape: Shape })[] = []
    for (const [name, shape] of properties) {
      const { binding, pointer } = shape
      if (isValue(binding)) bound.push({ ...property(name), binding, schema: pointer })
      else if (hasRoles(shape)) inside.push({ ...property(name), shape })
    }
    return { ...this.statementsOf(bound), inside }
  }

  private statementsOf(bound: readonly BoundProperty[]): Pick<Layout, 'own' | 'elsewhere'> {
    const owned = Map.groupBy(bound, ({ binding }) => {
      const { nesting, party = '' } = this.ownerOf(binding)
      return nesting === this && party === '' ? 'own' : `${nesting.depth} ${party}`
    })
    const own = owned.get('own')
    owned.delete('own')
    return {
      own: own && statementOf(own),
      elsewhere: [...owned.values()].map((properties) => ({
        owner: this.ownerOf((properties[0] as BoundProperty).binding),
        statement: statementOf(properties),
      })),
    }
  }

  private get depth(): number {
    return this.outer ? this.outer.depth + 1 : 0
  }
}

const statementOf = (properties: readonly BoundProperty[]): Statement => ({
  properties,
  byRole: Map.groupBy(properties, ({ binding: { role } }) => role),
})

const property = (name: string): JsonProperty => ({ name, step: join('', name), isInherited: name in Object.prototype })

/** Returns the value of a property; `undefined` for null, and for what an object only inherits. */
export const propertyValue = (object: JsonObject, { name, isInherited }: JsonProperty): unknown =>
  isInherited && !Object.hasOwn(object, name) ? undefined : (object[name] ?? undefined)

/** Tells whether a binding means a value, not an object or a list of them. */
const isValue = (binding: Binding | undefined): binding is Binding =>
  binding !== undefined && binding.term.kind !== 'list' && binding.term.kind !== 'entity'

/** Tells whether a role stands at a place or below it: a fifth of what bodies hold has none and is not entered. */
function hasRoles({ binding, keyed, items, properties }: Shape, visited = new Set<Shape>()): boolean {
  if (binding || keyed) return true
  return [...(items ? [items] : []), ...properties.values()].some((inner) => {
    if (visited.has(inner)) return false
    visited.add(inner)
    return hasRoles(inner, visited)
  })
}

/** What a business object is made of: a statement about it, or a list below it by its name. */
type FormPart = Statement | string

/**
 * What business objects are made of: which statements are made about them, and which lists stand below them. Objects that are
 * made of the same share a form, so what follows from it (the roles that can stand there, and those that can stand there twice) is
 * found once, not for each object.
 */
export class ObjectForm {
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
  readonly #parts: ReadonlyMap<FormPart, number>
  readonly #next = new Map<FormPart, ObjectForm>()

  constructor(entity: Entity, parts: ReadonlyMap<FormPart, number> = new Map()) {
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
  with(part: FormPart): ObjectForm {
    const known = this.#next.get(part)
    if (known) return known
    const times = this.#parts.get(part) ?? 0
    // More than twice tells nothing new, so a long list makes no more forms than a short one.
    const form = times === several ? this : new ObjectForm(this.entity, new Map([...this.#parts, [part, times + 1]]))
    this.#next.set(part, form)
    return form
  }
}

const several = 2
