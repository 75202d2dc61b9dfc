// The rows of a document's resources, drawn by number, with the keys of other rows in place.

import { isObject, putAt, valueAt } from '../../spec/index.ts'
import type { Model, Pointer, Relation, Resource, Shape } from '../../spec/index.ts'
import type { Answers } from '../answers/answers.ts'
import { hashText, mix2 } from '../random.ts'
import { keysOf } from './keys.ts'
import type { Keys } from './keys.ts'

/** One item of a resource. */
export type Item = Record<string, unknown>

/** Rows that are not drawn but come from somewhere else: invoices and customers from the books. */
export interface RowSource {
  indices(): readonly number[]
  item(index: number): Item
  find(property: readonly string[], value: unknown): number | undefined
  /** Returns the row of another resource that a row belongs to, where the book knows it. */
  target(index: number, other: string): number | undefined
  /** Tells whether the book itself says what stands at a property. */
  says(path: readonly string[]): boolean
}

/** What rows are made from. */
export interface RowsOptions {
  readonly model: Model
  readonly resources: readonly Resource[]
  readonly answers: Answers
  /** 32 bits that tell one seed from another. */
  readonly key: number
  /** How many rows a resource has, by its name; a believable number where nothing is said. */
  readonly counts?: Readonly<Record<string, number>>
  /** Resources whose rows come from books, by their name. */
  readonly books?: ReadonlyMap<string, RowSource>
}

/** Most rows below one parent. */
const slots = 8
/** Rows that are kept once made. */
const remembered = 2000

/** Things of which a company has few. */
const few =
  /(?:tax|currenc|account|entit|organi[sz]ation|compan|connection|template|plan|warehouse|location|webhook|endpoint|role|workspace|business|unit|term|method|rate)/i

/**
 * The rows of a document's resources as they are drawn, before anything happens to them: each a pure function of seed, resource and
 * number, with the keys of others in place.
 */
export class ResourceRows {
  readonly #options: RowsOptions
  readonly #books: ReadonlyMap<string, RowSource>
  readonly #byName: ReadonlyMap<string, Resource>
  readonly #numbers = new Map<string, readonly number[]>()
  readonly #keyed = new Map<string, Keys | undefined>()
  readonly #bare = new Map<string, Item>()
  readonly #keyPropertiesOf = new Map<string, readonly (readonly string[])[]>()

  constructor(options: RowsOptions) {
    this.#options = options
    this.#books = options.books ?? new Map()
    this.#byName = new Map(options.resources.map((resource) => [resource.name, resource]))
  }

  /** Returns a row, newly made: the same for the same seed, resource and number. */
  row(name: string, index: number): Item {
    const item = this.#withKeys(name, index)
    for (const relation of this.#get(name).relations)
      if (relation.property === undefined && !this.#books.get(name)?.says(relation.path))
        this.#relate(item, name, index, relation, true)
    return item
  }

  /** Returns the number of the row whose property has a value. */
  find(name: string, property: readonly string[], value: unknown): number | undefined {
    const index = this.#keysFor(name, property)?.find(value)
    return index !== undefined && this.indices(name).includes(index) ? index : undefined
  }

  /** Returns the number of the only row that a resource has below a row of its parent. */
  only(parent: number): number {
    return parent * slots
  }

  #saltOf(name: string): number {
    return mix2(this.#options.key, hashText(`${this.#options.model.name} ${name}`))
  }

  #get(name: string): Resource {
    return this.#byName.get(name) as Resource
  }

  /** Returns the numbers of all rows of a resource, in order. */
  indices(name: string): readonly number[] {
    const book = this.#books.get(name)
    if (book) return book.indices()
    const known = this.#numbers.get(name)
    if (known) return known
    // A ring of parents ends here.
    this.#numbers.set(name, [])
    const { parent, singleton, noun } = this.#get(name)
    const stated = this.#options.counts?.[name]
    const salt = this.#saltOf(name)
    const made =
      parent === undefined
        ? [...Array(stated ?? (singleton ? 1 : usualCount(noun, salt))).keys()]
        : this.indices(parent).flatMap((above) =>
            Array.from(
              { length: singleton ? 1 : Math.min(stated ?? 1 + (mix2(salt, above) % 4), slots) },
              (_, slot) => above * slots + slot,
            ),
          )
    this.#numbers.set(name, made)
    return made
  }

  #keyOfRow(name: string, index: number, again = 0): number {
    return mix2(this.#saltOf(name) ^ Math.imul(again, 0x9e3779b9), index)
  }

  #drawn(name: string, index: number, again = 0): Item {
    const value = this.#options.answers.build(this.#get(name).schema, { key: this.#keyOfRow(name, index, again) })
    return isObject(value) ? value : {}
  }

  /** A row with keys of its own, without those of others. */
  #bareRow(name: string, index: number): Item {
    const book = this.#books.get(name)
    if (book) return book.item(index)
    const at = `${name} ${index}`
    const known = this.#bare.get(at)
    if (known) return known
    const item = this.#drawn(name, index)
    for (const property of this.#keyProperties(name)) {
      const value = this.#keysFor(name, property)?.value(index)
      if (value !== undefined) putAt(item, property, value)
    }
    if (this.#bare.size >= remembered) this.#bare.delete(this.#bare.keys().next().value as string)
    this.#bare.set(at, item)
    return item
  }

  /** The properties of a resource by which requests or other resources name its rows. */
  #keyProperties(name: string): readonly (readonly string[])[] {
    const known = this.#keyPropertiesOf.get(name)
    if (known) return known
    const { identity, operations } = this.#get(name)
    const all = [
      ...(identity ? [identity] : []),
      ...operations.flatMap(({ key: named }) => (named?.property ? [named.property] : [])),
      ...this.#options.resources.flatMap(({ relations, operations: theirs }) => [
        ...relations.flatMap((relation) =>
          relation.resource === name && relation.property ? [relation.property] : [],
        ),
        ...theirs.flatMap(({ parents }) =>
          parents.flatMap((parent) => (parent.resource === name && parent.property ? [parent.property] : [])),
        ),
      ]),
    ]
    const distinct = [...new Map(all.map((property) => [property.join('\n'), property])).values()]
    this.#keyPropertiesOf.set(name, distinct)
    return distinct
  }

  /** Returns the schemas of the parameters of paths that name rows of a resource by a property. */
  #parametersFor(name: string, property: readonly string[]): Pointer[] {
    const is = (other: readonly string[] | undefined): boolean => other?.join('\n') === property.join('\n')
    return this.#options.resources.flatMap((resource) =>
      resource.operations.flatMap(({ operation, key: named, parents }) => [
        ...(resource.name === name && named?.in === 'path' && is(named.property) ? [named.schema] : []),
        ...parents.flatMap((parent) =>
          parent.resource === name && is(parent.property)
            ? operation.parameters.flatMap(({ name: stated, schema }) => (stated === parent.parameter ? [schema] : []))
            : [],
        ),
      ]),
    )
  }

  #keysFor(name: string, property: readonly string[]): Keys | undefined {
    const book = this.#books.get(name)
    if (book)
      return {
        value: (index) => valueAt(book.item(index), property),
        find: (value) => book.find(property, value),
      }
    const at = `${name}\n${property.join('\n')}`
    if (this.#keyed.has(at)) return this.#keyed.get(at)
    const shape = property.reduce<Shape | undefined>(
      (inner, step) => inner?.properties.get(step),
      this.#options.model.shape(this.#get(name).schema),
    )
    const made =
      shape &&
      keysOf({
        model: this.#options.model,
        identities: this.#options.answers.identities,
        kind: `${this.#options.model.name} ${at}`,
        shape,
        parameters: this.#parametersFor(name, property),
        name: property.at(-1) as string,
        drawn: (index, again) => valueAt(this.#drawn(name, index, again), property),
        indices: () => this.indices(name),
      })
    this.#keyed.set(at, made)
    return made
  }

  /** Returns the row of another resource that a row belongs to or refers to first. */
  target(name: string, index: number, other: string, salt = hashText(other)): number | undefined {
    const told = this.#books.get(name)?.target(index, other)
    if (told !== undefined) return told
    for (let here = name, at = index; !this.#books.has(here);) {
      const { parent } = this.#get(here)
      if (parent === undefined) break
      at = Math.floor(at / slots)
      if (parent === other) return at
      here = parent
    }
    const rows = this.indices(other)
    if (rows.length === 0) return undefined
    // Spread evenly, so that whatever has others below it has some.
    const position =
      salt === hashText(other)
        ? index + (mix2(this.#saltOf(name), salt) % rows.length)
        : mix2(this.#keyOfRow(name, index), salt)
    return rows[position % rows.length]
  }

  #relate(
    item: Item,
    name: string,
    index: number,
    { path, resource: other, property }: Relation,
    isFirst: boolean,
  ): void {
    if (property === undefined) return this.#embed(item, name, index, path, other)
    const salt = isFirst ? hashText(other) : hashText(path.join('/'))
    const valueOf = (at: number | undefined): unknown =>
      at === undefined ? undefined : valueAt(this.#bareRow(other, at), property)
    setEach(item, path, (position) => valueOf(this.target(name, index, other, position === 0 ? salt : salt + position)))
  }

  #embed(item: Item, name: string, index: number, path: readonly string[], other: string): void {
    const salt = hashText(other)
    setEach(item, path, (position) => {
      const at = this.target(name, index, other, position === 0 ? salt : salt + position)
      return at === undefined ? undefined : this.#withKeys(other, at)
    })
  }

  /** A row with the keys of others, but without what it holds of them. */
  #withKeys(name: string, index: number): Item {
    const item = structuredClone(this.#bareRow(name, index))
    const seen = new Set<string>()
    for (const relation of this.#get(name).relations) {
      if (relation.property === undefined || this.#books.get(name)?.says(relation.path)) continue
      this.#relate(item, name, index, relation, !seen.has(relation.resource))
      seen.add(relation.resource)
    }
    return item
  }
}

/** More than one page, and not a round number of them. */
const usualCount = (noun: string, salt: number): number => (few.test(noun) ? 5 + (salt % 7) : 41 + (salt % 37))

/** Puts values where a path leads in what is there; nothing is added, and null stays null. */
function setEach(item: unknown, path: readonly string[], valueFor: (position: number) => unknown): void {
  let position = 0
  const visit = (here: unknown, [step, ...rest]: readonly string[]): void => {
    if (step === undefined) return
    if (step === '*') {
      if (!Array.isArray(here)) return
      for (const at of here.keys()) {
        if (rest.length > 0) visit(here[at], rest)
        else replace(here, at)
      }
      return
    }
    if (!isObject(here) || !Object.hasOwn(here, step) || here[step] === null) return
    if (rest.length > 0) visit(here[step], rest)
    else replace(here, step)
  }
  const replace = (holder: unknown[] | Item, at: number | string): void => {
    const value = valueFor(position++)
    if (value !== undefined) (holder as Item)[at] = value
  }
  visit(item, path)
}
