import { parseBinding } from './binding.ts'
import type { Binding } from './binding.ts'
import { isObject, resolve } from './document.ts'
import type { Document } from './document.ts'
import { join } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import { vocabularyOf } from './vocabulary.ts'

/** A parameter of an operation, references followed. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required: boolean
  readonly style: string
  readonly explode: boolean
  /** Where its schema stands. */
  readonly schema: Pointer
  /** Where it stands itself. */
  readonly pointer: Pointer
  readonly binding?: Binding
}

const defaultStyle = { path: 'simple', query: 'form', header: 'simple', cookie: 'form' } as const

/** Tells whether a value has what makes a parameter: a name and a place. */
export const isParameter = (
  value: unknown,
): value is Record<string, unknown> & { readonly name: string; readonly in: Parameter['in'] } =>
  isObject(value) && typeof value.name === 'string' && Object.hasOwn(defaultStyle, String(value.in))

/** Returns the parameters that a list in the document states; those that cannot be read are left out. */
export function parametersAt(
  document: Document,
  pointer: Pointer,
  unread: ReadonlySet<Pointer> = new Set(),
): Parameter[] {
  const { value: list } = resolve(document, pointer)
  if (!Array.isArray(list)) return []
  return list.flatMap((_, index): Parameter[] => {
    const { pointer: here, value } = resolve(document, join(pointer, index))
    if (!isParameter(value) || unread.has(here)) return []
    const { in: place } = value
    const style = typeof value.style === 'string' ? value.style : defaultStyle[place]
    const content = isObject(value.content) ? Object.keys(value.content)[0] : undefined
    const schema = content === undefined ? join(here, 'schema') : join(here, 'content', content, 'schema')
    const { value: resolved } = resolve(document, schema)
    const annotation = value['x-role'] ?? (isObject(resolved) ? resolved['x-role'] : undefined)
    return [
      {
        name: value.name,
        in: place,
        required: value.required === true || place === 'path',
        style: content === undefined ? style : 'content',
        explode: typeof value.explode === 'boolean' ? value.explode : style === 'form' || style === 'deepObject',
        schema,
        pointer: here,
        ...(annotation !== undefined && {
          binding: parseBinding(annotation, () => ` at ${here}`, vocabularyOf(document)),
        }),
      },
    ]
  })
}
