// Operations of a document, with their parameters, bodies and replies.

import { parseBinding } from './binding.ts'
import type { Binding } from './binding.ts'
import { isObject, resolve } from './document.ts'
import type { Document } from './document.ts'
import { atPointer, join } from './pointer.ts'
import type { Pointer } from './pointer.ts'
import { isOperationRole } from './roles.ts'
import type { OperationRole } from './roles.ts'
import { vocabularyOf } from './vocabulary.ts'

/** A body as one media type carries it. */
export interface Content {
  readonly mediaType: string
  /** Where its schema stands, if it has one. */
  readonly schema?: Pointer
  readonly pointer: Pointer
}

/** A documented answer. */
export interface Reply {
  /** `200`, `4XX` or `default`. */
  readonly status: string
  readonly content: readonly Content[]
  readonly headers: readonly { readonly name: string; readonly required: boolean; readonly schema: Pointer }[]
  readonly pointer: Pointer
}

/** One operation of a document. */
export interface Operation {
  readonly id: string
  /** Upper case. */
  readonly method: string
  /** As documented: `/v1/invoices/{invoice_id}`. */
  readonly path: string
  /** What it does, where an overlay says so. */
  readonly does?: OperationRole
  readonly summary: string
  readonly parameters: readonly Parameter[]
  readonly body?: { readonly required: boolean; readonly content: readonly Content[] }
  readonly replies: readonly Reply[]
  /** Any one of these sets of schemes lets a request in; empty when the operation is open. */
  readonly security: readonly (readonly string[])[]
  readonly pointer: Pointer
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const

/** Returns the methods of a path item, as it writes them, with the pointers that lead to their operations from it. */
export function methodsOf(
  item: Readonly<Record<string, unknown>>,
): { readonly method: string; readonly path: Pointer }[] {
  const { additionalOperations: others } = item
  return [
    ...methods.filter((method) => item[method] !== undefined).map((method) => ({ method, path: `/${method}` })),
    ...Object.keys(isObject(others) ? others : {}).map((method) => ({
      method,
      path: join('/additionalOperations', method),
    })),
  ]
}

/**
 * Returns the operations of a document in its own order. Operations without an id are named after method and path.
 * @param unread parameters to leave out
 */
export function operationsOf(document: Document, unread?: ReadonlySet<Pointer>): Operation[] {
  const paths = isObject(document.paths) ? Object.keys(document.paths) : []
  return paths.flatMap((path) => {
    return operationsBelow(document, join('', 'paths', path), path, unread)
  })
}

/** Returns the operations of a path item, wherever it stands: below `paths`, `webhooks` or the callbacks of an operation. */
export function operationsBelow(
  document: Document,
  place: Pointer,
  path: string,
  unread?: ReadonlySet<Pointer>,
): Operation[] {
  const { pointer, value: item } = resolve(document, place)
  if (!isObject(item)) return []
  const shared = parametersAt(document, join(pointer, 'parameters'), unread)
  return methodsOf(item)
    .filter(({ path: way }) => isObject(atPointer(item, way)))
    .map(({ method, path: way }) => operation(document, pointer + way, { method, path, shared, unread }))
}

interface Around {
  readonly method: string
  readonly path: string
  readonly shared: readonly Parameter[]
  readonly unread: ReadonlySet<Pointer> | undefined
}

function operation(document: Document, pointer: Pointer, { method, path, shared, unread }: Around): Operation {
  const { value } = resolve(document, pointer)
  const stated = value as Record<string, unknown>
  const own = parametersAt(document, join(pointer, 'parameters'), unread)
  const inherited = shared.filter(
    (parameter) => !own.some(({ name, in: place }) => name === parameter.name && place === parameter.in),
  )
  const does = stated['x-operation']
  const body = bodyOf(document, join(pointer, 'requestBody'))
  return {
    id: typeof stated.operationId === 'string' ? stated.operationId : `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    ...(isOperationRole(does) && { does }),
    summary: typeof stated.summary === 'string' ? stated.summary : '',
    parameters: [...inherited, ...own],
    ...(body && { body }),
    replies: Object.keys(isObject(stated.responses) ? stated.responses : {}).map((status) =>
      reply(document, join(pointer, 'responses', status), status),
    ),
    security: securityOf(stated.security ?? document.security),
    pointer,
  }
}

function bodyOf(document: Document, pointer: Pointer): Operation['body'] {
  const { pointer: here, value } = resolve(document, pointer)
  return isObject(value) ? { required: value.required === true, content: contentOf(document, here) } : undefined
}

function contentOf(document: Document, pointer: Pointer): Content[] {
  const { value } = resolve(document, join(pointer, 'content'))
  return Object.entries(isObject(value) ? value : {}).map(([mediaType, media]) => {
    const here = join(pointer, 'content', mediaType)
    return {
      mediaType,
      pointer: here,
      ...(isObject(media) && media.schema !== undefined && { schema: join(here, 'schema') }),
    }
  })
}

function reply(document: Document, pointer: Pointer, status: string): Reply {
  const { pointer: here, value } = resolve(document, pointer)
  const headers = isObject(value) && isObject(value.headers) ? Object.keys(value.headers) : []
  return {
    status,
    pointer: here,
    content: contentOf(document, here),
    headers: headers.map((name) => {
      const { pointer: at, value: header } = resolve(document, join(here, 'headers', name))
      return { name, required: isObject(header) && header.required === true, schema: join(at, 'schema') }
    }),
  }
}

const securityOf = (stated: unknown): string[][] =>
  Array.isArray(stated) ? stated.map((option) => Object.keys(isObject(option) ? option : {})) : []

/** Returns the documented answer for a status: exact, then `4XX`, then `default`. */
export const replyFor = (operation: Operation, status: number): Reply | undefined =>
  operation.replies.find((reply) => reply.status === String(status)) ??
  operation.replies.find((reply) => reply.status.toUpperCase() === `${Math.floor(status / 100)}XX`) ??
  operation.replies.find((reply) => reply.status === 'default')

/** Returns the documented answer of success: the lowest 2xx. */
export const successOf = (operation: Operation): Reply | undefined =>
  operation.replies
    .filter(({ status }) => status.startsWith('2'))
    .sort((left, right) => left.status.localeCompare(right.status))[0]

/**
 * Returns what an operation answers where nothing goes wrong, and its status: the lowest 2xx, else a redirection, `default` as
 * 200, else the lowest refusal. A range such as `2XX` stands for its first status.
 */
export function usualReply(operation: Operation): { readonly status: number; readonly reply?: Reply } {
  const { replies } = operation
  const first = (digit: string): Reply | undefined =>
    replies
      .filter(({ status }) => new RegExp(`^${digit}(?:\\d\\d|XX)$`, 'i').test(status))
      .sort((left, right) => (left.status < right.status ? -1 : 1))[0]
  const reply =
    first('2') ?? first('3') ?? replies.find(({ status }) => status === 'default') ?? first('4') ?? first('5')
  if (!reply) return { status: 200 }
  if (reply.status === 'default') return { status: 200, reply }
  const known: Readonly<Record<string, number>> = { '2': 200, '3': 303, '4': 400, '5': 500 }
  return { status: Number(reply.status) || (known[reply.status.charAt(0)] as number), reply }
}

/** Tells whether a media type is JSON: `application/json`, `application/problem+json`, `text/json`, with or without parameters. */
export const isJson = (mediaType: string): boolean =>
  /^(?:[\w.!#$&^-]+\/[\w.!#$&^+-]+\+|(?:application|text)\/(?:x-)?)json\s*(?:;|$)/i.test(mediaType)

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
function parametersAt(document: Document, pointer: Pointer, unread: ReadonlySet<Pointer> = new Set()): Parameter[] {
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
