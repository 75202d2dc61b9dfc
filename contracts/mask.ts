import { at, isObject, join, readByRole, resolve, termOf } from '../spec/index.ts'
import type { Binding, Model, Operation, Pointer } from '../spec/index.ts'
import { carriersOf } from './check/credentials.ts'
import { maskHost, maskText } from './mask/mask-text.ts'
import type { Mask } from './mask/mask-text.ts'
import { sortOfName, sortOfRole } from './mask/sort-of.ts'

/** Takes people and secrets out of what is kept. The same value always becomes the same, wherever it stands. */
export interface Masker {
  /** Returns a copy of a body; amounts, dates, ids and words of closed sets stay, so that every law still holds. */
  body(schema: Pointer | undefined, body: unknown): unknown
  /** Returns a query, sorted by name; parameters that carry credentials are left out. */
  query(operation: Operation | undefined, query: string): string
}

/** Returns what masks bodies and queries of an API. A salt of one's own makes masks differ from everybody else's. */
export function maskerOf(model: Model, { salt = 'proforma' }: { readonly salt?: string } = {}): Masker {
  const { document } = model
  const { queries } = carriersOf(model)

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
    return copy(value, '', '', bound, personal, undefined)
  }

  function sortOf({ binding, schema }: Pick<Found, 'binding' | 'schema'>): Mask | undefined {
    const stated =
      schema === undefined || at(document, schema) === undefined ? undefined : resolve(document, schema).value
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
    bound: ReadonlyMap<Pointer, Found>,
    personal: ReadonlyMap<string, string>,
    outer: Found | undefined,
  ): unknown {
    const found = bound.get(pointer) ?? outer
    if (typeof value === 'string')
      return found ? said(value, found) : (personal.get(value) ?? masked(value, sortOfName(name)))
    if (typeof value === 'number') return /^(?:lat|lng|lon|latitude|longitude)$/i.test(name) ? Math.trunc(value) : value
    const inner = found?.binding.term.kind === 'texts' ? found : undefined
    if (Array.isArray(value))
      return value.map((item, index) => copy(item, name, join(pointer, index), bound, personal, inner))
    if (!isObject(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        copy(item, key, join(pointer, key), bound, personal, undefined),
      ]),
    )
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
      if (!binding) return [name, maskText(value, sortOfName(name), salt)]
      const { of } = binding
      const sort = of === undefined ? undefined : sortOfRole({ role: of, term: termOf(of) })
      return [name, sort === undefined ? value : maskText(value, sort, salt)]
    })
    return new URLSearchParams(made.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))).toString()
  }

  return { body, query }
}

interface Found {
  readonly binding: Binding
  readonly raw: unknown
  readonly schema?: Pointer
}
