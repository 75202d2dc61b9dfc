// Masks people and secrets in recorded bodies and URLs.

import { atPointer, isCredentialName, isObject, join, readByRole, resolve } from '../../spec/index.ts'
import type { Binding, Model, Operation, Pointer, Shape } from '../../spec/index.ts'
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
export function maskerOf(model: Model, { salt = 'proforma' }: { readonly salt?: string } = {}): Masker {
  const { document } = model
  const { queries } = carriersOf(model)
  let checks: ReturnType<typeof conformance> | undefined

  function body(schema: Pointer | undefined, value: unknown): unknown {
    const bound = new Map<Pointer, Found>()
    const personal = new Map<string, string>()
    if (schema !== undefined) {
      for (const object of readByRole(model.shape(schema), value).within()) {
        for (const occurrence of object.occurrences) bound.set(occurrence.pointer, occurrence)
      }
    }
    // What a role calls personal is personal where no role stands, too.
    for (const found of bound.values()) {
      const sort = sortOf(found)
      for (const text of [found.raw].flat())
        if (typeof text === 'string' && text.length > 3 && sort !== undefined && sort !== 'embedded')
          personal.set(text, masked(text, sort, found.binding))
    }
    observe(value, '', personal)
    const shape = schema === undefined ? undefined : model.shape(schema)
    return copy(value, '', '', { bound, personal }, undefined, shape)
  }

  /** What a name calls personal, too. */
  function observe(value: unknown, name: string, personal: Map<string, string>): void {
    if (typeof value === 'string' && value.length > 3 && (isPersonal(name) || looksLikeName(value))) {
      if (!personal.has(value)) personal.set(value, masked(value, looksLikeName(value) ? 'words' : sortOfName(name)))
    } else if (Array.isArray(value)) for (const item of value) observe(item, name, personal)
    else if (isObject(value))
      for (const [key, item] of Object.entries(value)) observe(item, heirOf(name, key), personal)
  }

  /** Tells whether the document's own words, or forms, are kept. */
  function fits(shape: Shape | undefined, value: unknown): boolean {
    try {
      return shape === undefined || (checks ??= conformance(model)).fits(shape.pointer, value)
    } catch {
      return true
    }
  }

  function isWord(shape: Shape | undefined, value: unknown): boolean {
    const stated = shape && atPointer(document, shape.pointer)
    return isObject(stated) && ((Array.isArray(stated.enum) && stated.enum.includes(value)) || stated.const === value)
  }

  /** Returns the first made-up value that the schema takes, where the one that came was taken. */
  function fitting<T>(shape: Shape | undefined, value: T, make: (salt: string) => T, others: readonly T[] = []): T {
    const made = make(salt)
    if (made === value || fits(shape, made) || !fits(shape, value)) return made
    const candidates = [...others, ...Array.from({ length: 20 }, (_, round) => make(`${salt} ${round}`))]
    return candidates.find((candidate) => fits(shape, candidate)) ?? made
  }

  function sortOf({ binding, schema }: Pick<Found, 'binding' | 'schema'>): Mask | undefined {
    const stated =
      schema === undefined || atPointer(document, schema) === undefined ? undefined : resolve(document, schema).value
    return isObject(stated) && (stated.enum !== undefined || stated.const !== undefined)
      ? undefined
      : sortOfRole(binding)
  }

  function masked(text: string, sort: Mask, binding?: Binding): string {
    if (binding && /\.domains?$/.test(binding.role)) return maskHost(text, salt)
    const suffix = binding?.role === 'file.name' ? (/\.[a-z\d]{2,4}$/i.exec(text)?.[0] ?? '') : ''
    return maskText(text.slice(0, text.length - suffix.length), sort, salt) + suffix
  }

  function copy(
    value: unknown,
    name: string,
    pointer: Pointer,
    known: { readonly bound: ReadonlyMap<Pointer, Found>; readonly personal: ReadonlyMap<string, string> },
    outer: Found | undefined,
    shape: Shape | undefined,
    isKeyed = false,
  ): unknown {
    const { bound, personal } = known
    const found = bound.get(pointer) ?? outer
    if (typeof value === 'string') {
      if (isWord(shape, value)) return value
      const sort = isKeyed ? 'embedded' : looksLikeName(value) ? 'words' : sortOfName(name)
      return fitting(
        shape,
        value,
        (own) =>
          found
            ? said(value, found)
            : own === salt && personal.has(value)
              ? (personal.get(value) as string)
              : maskText(value, sort, own),
        // A pattern may ask for a beginning: a country, a kind of key.
        [0, 1, 2, 3, 4, 5, 8].map((kept) => value.slice(0, kept) + scramble(value.slice(kept), salt)),
      )
    }
    if (typeof value === 'number') {
      if (/^(?:lat|lng|lon|latitude|longitude)$/i.test(name)) return Math.trunc(value)
      const isKnown = personal.has(String(value)) || personal.has(`+${value}`)
      if (found || !Number.isSafeInteger(value) || (!isKnown && (value < 1000 || !isPersonal(name)))) return value
      return fitting(shape, value, (own) => Number(scramble(String(value), own).replace(/^0/, '1')))
    }
    const inner = found?.binding.term.kind === 'texts' ? found : undefined
    if (Array.isArray(value))
      return value.map((item, index) =>
        copy(item, name, join(pointer, index), known, inner, shape?.items, shape?.keyed !== undefined),
      )
    if (!isObject(value)) return value
    const copied: Record<string, unknown> = {}
    for (const [key, item] of Object.entries(value)) {
      const own = shape?.properties.get(key)
      let made = own ? key : (personal.get(key) ?? maskText(key, /\s/.test(key) ? 'words' : 'embedded', salt))
      while (Object.hasOwn(copied, made)) made += 'x'
      Object.defineProperty(copied, made, {
        value: copy(item, heirOf(name, key), join(pointer, key), known, undefined, own, isKeyed),
        enumerable: true,
        writable: true,
        configurable: true,
      })
    }
    return copied
  }

  function said(text: string, found: Found): string {
    const sort = sortOf(found)
    return sort === undefined ? text : masked(text, sort, found.binding)
  }

  function query(operation: Operation | undefined, text: string): string {
    const pairs = [...new URLSearchParams(text)].filter(([name]) => !queries.has(name.toLowerCase()))
    const made = pairs.map(([name, value]): [string, string] => {
      const binding = operation?.parameters.find(
        (parameter) => parameter.in === 'query' && parameter.name === name,
      )?.binding
      if (!binding)
        return [
          maskText(name, 'embedded', salt),
          maskText(value, looksLikeName(value) ? 'words' : sortOfName(name), salt),
        ]
      const { of, ofTerm } = binding
      const sort = of && ofTerm && sortOfRole({ role: of, term: ofTerm })
      return [name, maskText(value, sort ?? (looksLikeName(value) ? 'words' : 'embedded'), salt)]
    })
    return new URLSearchParams(made.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))).toString()
  }

  function path(operation: Operation | undefined, text: string): string {
    const steps = text.split('/')
    const names = operation?.path.split('/').toReversed() ?? []
    return steps
      .map((step, index) => {
        const [, name = ''] = /^\{(.*)\}$/.exec(names[steps.length - 1 - index] ?? '') ?? []
        const plain = decoded(step)
        // Nobody says what a step of an unknown path is: what a machine has drawn may be a token.
        const isToken = !operation && (isOpaque(plain) || isCredentialName(steps[index - 1] ?? ''))
        const made = maskText(plain, looksLikeName(plain) ? 'words' : isToken ? 'secret' : sortOfName(name), salt)
        return made === plain ? step : encodeURIComponent(made)
      })
      .join('/')
  }

  const header = (name: string, value: string): string =>
    formal.has(name)
      ? // What a media type has to say beside its form: names of files, of people.
        maskText(value, 'embedded', salt).replace(
          /(?<=;\s*(?!charset|boundary|version|q\b)[\w-]+=)"[^"]*"/gi,
          (words) => scramble(words, salt),
        )
      : maskText(value, looksLikeName(value) ? 'words' : sortOfName(name), salt)

  return { body, query, path, header, text: (text, type) => maskPlain(text, type, salt) }
}

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

function decoded(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

interface Found {
  readonly binding: Binding
  readonly raw: unknown
  readonly schema?: Pointer
}
