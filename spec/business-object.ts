// An invoice, a line or a party of a body, with its values by role.

import type { Binding } from './binding.ts'
import type { ObjectForm, BoundProperty, JsonObject, Nesting, Owner, Statement } from './layout.ts'
import { propertyValue } from './layout.ts'
import type { Pointer } from './pointer.ts'
import type { Entity, Role } from './roles.ts'

/** A value of a body that carries a role. */
export interface Occurrence {
  readonly binding: Binding
  /** Where it stands in the body, in the API's own spelling. */
  readonly pointer: Pointer
  /** As it stands there; `null` and `undefined` are not collected. */
  readonly raw: unknown
  /** Where its schema stands in the document. */
  readonly schema?: Pointer
}

/** An object or array of a body, and the way back to its root. Pointers are written only when asked for: bodies have a great many places. */
export class BodyNode {
  readonly value: unknown
  private readonly parent: BodyNode | undefined
  private readonly step: string | number

  constructor(value: unknown, parent?: BodyNode, step: string | number = '') {
    this.value = value
    this.parent = parent
    this.step = step
  }

  /** Where it stands in the body. */
  get pointer(): Pointer {
    if (!this.parent) return ''
    return this.parent.pointer + (typeof this.step === 'number' ? `/${this.step}` : this.step)
  }
}

/** A JSON object that states something about a business object. */
class StatingObject {
  readonly statement: Statement
  private readonly frame: BodyNode
  private readonly object: JsonObject

  constructor(frame: BodyNode, object: JsonObject, statement: Statement) {
    this.frame = frame
    this.object = object
    this.statement = statement
  }

  /** Returns the value of a property of its statement; `undefined` where it is null or missing. */
  value(property: BoundProperty): unknown {
    return propertyValue(this.object, property)
  }

  /** Returns the value of a property with its place. */
  occurrence(property: BoundProperty, raw: unknown): Occurrence {
    return new PropertyValue(property, raw, this.frame)
  }
}

class PropertyValue implements Occurrence {
  readonly binding: Binding
  readonly raw: unknown
  readonly schema: Pointer
  private readonly frame: BodyNode
  private readonly step: string

  constructor({ binding, schema, step }: BoundProperty, raw: unknown, frame: BodyNode) {
    this.binding = binding
    this.raw = raw
    this.schema = schema
    this.frame = frame
    this.step = step
  }

  get pointer(): Pointer {
    return this.frame.pointer + this.step
  }
}

const nothing: readonly never[] = []

/**
 * An invoice, a line, a party … of a body: what the body says about it, wherever that stands. A line that repeats the
 * invoice's currency adds an occurrence to the invoice, not to the line. Values are read when they are asked for.
 */
export class BusinessObject {
  readonly parent: BusinessObject | undefined
  readonly nesting: Nesting
  /** What it is made of; see {@link ObjectForm}. */
  form: ObjectForm
  private readonly origin: BodyNode
  /** Its own JSON objects: nearly always one. */
  private readonly own: StatingObject[] = []
  /** Those of other business objects that state something about it. */
  private elsewhere: StatingObject[] | undefined = undefined
  private known: readonly StatingObject[] | undefined = undefined
  private lists: Map<string, BusinessObject[]> | undefined = undefined

  constructor(nesting: Nesting, origin: BodyNode, parent?: BusinessObject) {
    this.nesting = nesting
    this.form = nesting.form
    this.origin = origin
    this.parent = parent
  }

  get entity(): Entity {
    return this.nesting.entity
  }

  /** Where its object begins. */
  get pointer(): Pointer {
    return this.origin.pointer
  }

  /** The JSON objects that state something about it; its own come first. */
  get sources(): readonly StatingObject[] {
    this.known ??= this.elsewhere ? [...this.own, ...this.elsewhere] : this.own
    return this.known
  }

  /** Returns the first occurrence of a role; those in its own objects come first. */
  first(role: Role): Occurrence | undefined {
    for (const source of this.sources) {
      for (const property of source.statement.byRole.get(role) ?? nothing) {
        const raw = source.value(property)
        if (raw !== undefined) return source.occurrence(property, raw)
      }
    }
    return undefined
  }

  /** Returns the value of the first occurrence of a role, `undefined` where there is none. */
  raw(role: Role): unknown {
    for (const source of this.sources) {
      for (const property of source.statement.byRole.get(role) ?? nothing) {
        const raw = source.value(property)
        if (raw !== undefined) return raw
      }
    }
    return undefined
  }

  /** Returns every occurrence of a role. */
  all(role: Role): readonly Occurrence[] {
    return this.occurrences.filter(({ binding }) => binding.role === role)
  }

  /** Every occurrence of any role. */
  get occurrences(): readonly Occurrence[] {
    return this.sources.flatMap((source) =>
      source.statement.properties.flatMap((property) => {
        const raw = source.value(property)
        return raw === undefined ? [] : [source.occurrence(property, raw)]
      }),
    )
  }

  /** Returns the objects that a list role or an entity role opened; `buyer` and `seller` are names too. */
  list(name: string): readonly BusinessObject[] {
    return this.lists?.get(name) ?? nothing
  }

  /** Tells whether the body had the list at all, empty or not. */
  has(name: string): boolean {
    return this.lists?.has(name) ?? false
  }

  /** The objects below it, by the names under which they were opened. */
  get children(): ReadonlyMap<string, readonly BusinessObject[]> {
    return this.lists ?? new Map<string, never>()
  }

  /** Returns this object and every one below it, outermost first. */
  within(found: BusinessObject[] = []): readonly BusinessObject[] {
    found.push(this)
    if (this.lists) for (const list of this.lists.values()) for (const each of list) each.within(found)
    return found
  }

  /** Returns the nearest object of an entity around this one, itself included. */
  nearest(entity: Entity): BusinessObject | undefined {
    return this.entity === entity ? this : this.parent?.nearest(entity)
  }

  /** Notes that a JSON object of its own states something about it. */
  add(frame: BodyNode, object: JsonObject, statement: Statement): void {
    this.known = undefined
    this.form = this.form.with(statement)
    this.own.push(new StatingObject(frame, object, statement))
  }

  /** Notes that a JSON object of another states something about it. */
  addElsewhere(frame: BodyNode, object: JsonObject, statement: Statement): void {
    this.form = this.form.with(statement)
    this.known = undefined
    ;(this.elsewhere ??= []).push(new StatingObject(frame, object, statement))
  }

  /** Returns the object, around this one or itself, that a role is about. */
  owner({ nesting, party }: Owner): BusinessObject {
    const found = this.nesting === nesting ? this : (this.parent as BusinessObject).owner({ nesting })
    return party ? found.child(party, 'party') : found
  }

  /** Returns the object under a name, opened now if need be. */
  child(name: string, entity: Entity, origin: BodyNode = this.origin): BusinessObject {
    return this.list(name)[0] ?? this.open(name, entity, origin)
  }

  /** Opens one more object under a name. */
  open(name: string, entity: Entity, origin: BodyNode): BusinessObject {
    const object = new BusinessObject(this.nesting.within(entity), origin, this)
    this.declare(name).push(object)
    return object
  }

  /** Takes the last object that was opened under a name away again: a row that is no line. */
  close(name: string): void {
    this.lists?.get(name)?.pop()
  }

  /** Notes that a list is there, before any item. */
  declare(name: string): BusinessObject[] {
    this.lists ??= new Map()
    const known = this.lists.get(name)
    if (known) return known
    const list: BusinessObject[] = []
    this.form = this.form.with(name)
    this.lists.set(name, list)
    return list
  }
}
