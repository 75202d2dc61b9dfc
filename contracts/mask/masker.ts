// Masks people and secrets in recorded bodies and URLs.

import { atPointer, isCredentialName, isObject, join, readByRole, resolve, percentDecoded } from '../../spec/index.ts'
import type { Binding, Document, Model, Operation, Pointer, Shape } from '../../spec/index.ts'
import { carriersOf } from '../check/credentials.ts'
import { conformance } from '../conformance.ts'
import { heirOf, isPersonal, looksLikeName, sortOfName, sortOfRole } from './sort-of.ts'
import { isOpaque, maskHost, maskPlain, maskText, scramble } from './text.ts'
import type { Mask } from './text.ts'

/** Takes people and secrets out of what is kept. The same value always becomes the same, wherever it stands. */
export interface Masker {
  /** Returns a copy of a body; amounts, dates, ids and words of closed sets stay, so that every law still holds. */
  body(schema: Pointer | undefined, body: unknown): unknown
  /** Returns a body that is no JSON. */
  text(body: string, contentType: string): string
  /** Returns a path; the values of its parameters are masked by their names. */
  path(operation: Operation | undefined, path: string): string
  /** Returns the value of a header. */
  header(name: string, value: string): string
  /** Returns a query, sorted by name; parameters that carry credentials are left out. */
  query(operation: Operation | undefined, query: string): string
}

/** Returns what masks bodies and queries of an API. A salt of one's own makes masks differ from everybody else's. */
export const maskerOf = (model: Model, { salt = 'proforma' }: { readonly salt?: string } = {}): Masker =>
  new ModelMasker(model, salt)

class ModelMasker implements Masker {
  readonly #model: Model
  readonly #salt: string
  readonly #schemas: SchemaFitting
  /** Query parameters that carry credentials. */
  readonly #left: ReadonlySet<string>

  constructor(model: Model, salt: string) {
    this.#model = model
    this.#salt = salt
    this.#schemas = new SchemaFitting(model, salt)
    this.#left = carriersOf(model).queries
  }

  body(schema: Pointer | undefined, value: unknown): unknown {
    const shape = schema === undefined ? undefined : this.#model.shape(schema)
    return new BodyMasker(this.#model.document, this.#schemas, this.#salt, value, shape).masked()
  }

  text(body: string, contentType: string): string {
    return maskPlain(body, contentType, this.#salt)
  }

  path(operation: Operation | undefined, path: string): string {
    const steps = path.split('/')
    const names = operation?.path.split('/').toReversed() ?? []
    return steps
      .map((step, index) => {
        const [, name = ''] = /^\{(.*)\}$/.exec(names[steps.length - 1 - index] ?? '') ?? []
        const plain = percentDecoded(step) ?? step
        // Nobody says what a step of an unknown path is: what a machine has drawn may be a token.
        const isToken = !operation && (isOpaque(plain) || isCredentialName(steps[index - 1] ?? ''))
        const made = maskText(plain, isToken ? 'secret' : sortOfText(name, plain), this.#salt)
        return made === plain ? step : encodeURIComponent(made)
      })
      .join('/')
  }

  header(name: string, value: string): string {
    if (!formal.has(name)) return maskText(value, sortOfText(name, value), this.#salt)
    // What a media type has to say beside its form: names of files, of people.
    return maskText(value, 'embedded', this.#salt).replace(
      /(?<=;\s*(?!charset|boundary|version|q\b)[\w-]+=)"[^"]*"/gi,
      (words) => scramble(words, this.#salt),
    )
  }

  query(operation: Operation | undefined, query: string): string {
    const made = [...new URLSearchParams(query)]
      .filter(([name]) => !this.#left.has(name.toLowerCase()))
      .map(([name, value]) => this.#pair(operation, name, value))
      .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    return new URLSearchParams(made).toString()
  }

  #pair(operation: Operation | undefined, name: string, value: string): [name: string, value: string] {
    const parameter = operation?.parameters.find((one) => one.in === 'query' && one.name === name)
    if (!parameter?.binding)
      return [maskText(name, 'embedded', this.#salt), maskText(value, sortOfText(name, value), this.#salt)]
    const { of, ofTerm } = parameter.binding
    const sort = of && ofTerm && sortOfRole({ role: of, term: ofTerm })
    return [name, maskText(value, sort ?? (looksLikeName(value) ? 'words' : 'embedded'), this.#salt)]
  }
}

/** Tells whether made-up values are what a schema asks for. */
class SchemaFitting {
  readonly #model: Model
  readonly #salt: string
  #checks: ReturnType<typeof conformance> | undefined

  constructor(model: Model, salt: string) {
    this.#model = model
    this.#salt = salt
  }

  /** Returns the first made-up value that the schema takes, where the one that came was taken. */
  fitting<T>(shape: Shape | undefined, value: T, make: (salt: string) => T, others: readonly T[] = []): T {
    const made = make(this.#salt)
    if (made === value || this.#fits(shape, made) || !this.#fits(shape, value)) return made
    const candidates = [...others, ...Array.from({ length: 20 }, (_, round) => make(`${this.#salt} ${round}`))]
    return candidates.find((candidate) => this.#fits(shape, candidate)) ?? made
  }

  #fits(shape: Shape | undefined, value: unknown): boolean {
    try {
      return shape === undefined || (this.#checks ??= conformance(this.#model)).fits(shape.pointer, value)
    } catch {
      return true
    }
  }
}

/** Where a value stands in a body. */
interface ValuePlace {
  /** Of the property, or of the secret that it belongs to. */
  readonly name: string
  readonly pointer: Pointer
  readonly shape: Shape | undefined
  /** The role of the list that it stands in. */
  readonly outer?: Found | undefined
  /** It is a value beside its key: `{ key, value }`. */
  readonly isKeyed: boolean
}

/** Masks one body. */
class BodyMasker {
  readonly #document: Document
  readonly #schemas: SchemaFitting
  readonly #salt: string
  readonly #body: unknown
  readonly #shape: Shape | undefined
  readonly #bound = new Map<Pointer, Found>()
  /** What a role or a name calls personal is personal where none does, too. */
  readonly #personal = new Map<string, string>()

  constructor(document: Document, schemas: SchemaFitting, salt: string, body: unknown, shape: Shape | undefined) {
    this.#document = document
    this.#schemas = schemas
    this.#salt = salt
    this.#body = body
    this.#shape = shape
    if (shape)
      for (const object of readByRole(shape, body).within())
        for (const occurrence of object.occurrences) this.#bound.set(occurrence.pointer, occurrence)
    for (const found of this.#bound.values()) {
      const sort = this.#sortOf(found)
      for (const text of [found.raw].flat())
        if (typeof text === 'string' && text.length > 3 && sort !== undefined && sort !== 'embedded')
          this.#personal.set(text, this.#made(text, sort, found.binding))
    }
    this.#observe(body, '')
  }

  masked(): unknown {
    return this.#copy(this.#body, { name: '', pointer: '', shape: this.#shape, isKeyed: false })
  }

  #observe(value: unknown, name: string): void {
    if (typeof value === 'string') {
      if (value.length > 3 && (isPersonal(name) || looksLikeName(value)) && !this.#personal.has(value))
        this.#personal.set(value, this.#made(value, sortOfText(name, value)))
    } else if (Array.isArray(value)) for (const item of value) this.#observe(item, name)
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) this.#observe(item, heirOf(name, key))
  }

  #copy(value: unknown, place: ValuePlace): unknown {
    if (typeof value === 'string') return this.#text(value, place)
    if (typeof value === 'number') return this.#number(value, place)
    if (Array.isArray(value)) return this.#list(value, place)
    return isObject(value) ? this.#object(value, place) : value
  }

  #text(value: string, { name, pointer, shape, outer, isKeyed }: ValuePlace): string {
    if (this.#isWord(shape, value)) return value
    const found = this.#bound.get(pointer) ?? outer
    const sort = isKeyed ? 'embedded' : sortOfText(name, value)
    return this.#schemas.fitting(
      shape,
      value,
      (salt) =>
        found
          ? this.#said(value, found)
          : salt === this.#salt && this.#personal.has(value)
            ? (this.#personal.get(value) as string)
            : maskText(value, sort, salt),
      // A pattern may ask for a beginning: a country, a kind of key.
      [0, 1, 2, 3, 4, 5, 8].map((kept) => value.slice(0, kept) + scramble(value.slice(kept), this.#salt)),
    )
  }

  #number(value: number, { name, pointer, shape, outer }: ValuePlace): number {
    if (/^(?:lat|lng|lon|latitude|longitude)$/i.test(name)) return Math.trunc(value)
    const isKnown = this.#personal.has(String(value)) || this.#personal.has(`+${value}`)
    const isBound = this.#bound.has(pointer) || outer !== undefined
    if (isBound || !Number.isSafeInteger(value) || (!isKnown && (value < 1000 || !isPersonal(name)))) return value
    return this.#schemas.fitting(shape, value, (salt) => Number(scramble(String(value), salt).replace(/^0/, '1')))
  }

  #list(value: readonly unknown[], { name, pointer, shape, outer }: ValuePlace): unknown[] {
    const found = this.#bound.get(pointer) ?? outer
    const inner = found?.binding.term.kind === 'texts' ? found : undefined
    const isKeyed = shape?.keyed !== undefined
    return value.map((item, index) =>
      this.#copy(item, { name, pointer: join(pointer, index), shape: shape?.items, outer: inner, isKeyed }),
    )
  }

  #object(value: Readonly<Record<string, unknown>>, { name, pointer, shape, isKeyed }: ValuePlace): object {
    const copied: Record<string, unknown> = {}
    for (const [key, item] of Object.entries(value)) {
      const own = shape?.properties.get(key)
      const sort = /\s/.test(key) ? 'words' : 'embedded'
      let made = own ? key : (this.#personal.get(key) ?? maskText(key, sort, this.#salt))
      while (Object.hasOwn(copied, made)) made += 'x'
      Object.defineProperty(copied, made, {
        value: this.#copy(item, { name: heirOf(name, key), pointer: join(pointer, key), shape: own, isKeyed }),
        enumerable: true,
        writable: true,
        configurable: true,
      })
    }
    return copied
  }

  #said(text: string, found: Found): string {
    const sort = this.#sortOf(found)
    return sort === undefined ? text : this.#made(text, sort, found.binding)
  }

  #made(text: string, sort: Mask, binding?: Binding): string {
    if (binding && /\.domains?$/.test(binding.role)) return maskHost(text, this.#salt)
    const suffix = binding?.role === 'file.name' ? (/\.[a-z\d]{2,4}$/i.exec(text)?.[0] ?? '') : ''
    return maskText(text.slice(0, text.length - suffix.length), sort, this.#salt) + suffix
  }

  /** The document's own words are kept. */
  #sortOf({ binding, schema }: Pick<Found, 'binding' | 'schema'>): Mask | undefined {
    const stated =
      schema === undefined || atPointer(this.#document, schema) === undefined
        ? undefined
        : resolve(this.#document, schema).value
    const hasWords = isObject(stated) && (stated.enum !== undefined || stated.const !== undefined)
    return hasWords ? undefined : sortOfRole(binding)
  }

  #isWord(shape: Shape | undefined, value: unknown): boolean {
    const stated = shape && atPointer(this.#document, shape.pointer)
    return isObject(stated) && ((Array.isArray(stated.enum) && stated.enum.includes(value)) || stated.const === value)
  }
}

/** What looks like a name is one, whatever it is called. */
const sortOfText = (name: string, text: string): Mask => (looksLikeName(text) ? 'words' : sortOfName(name))

/** Headers whose words are HTTP's own. */
const formal = new Set([
  'accept',
  'content-type',
  'cache-control',
  'vary',
  'last-modified',
  'if-modified-since',
  'retry-after',
])

interface Found {
  readonly binding: Binding
  readonly raw: unknown
  readonly schema?: Pointer
}
