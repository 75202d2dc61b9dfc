import { follow, isObject } from '../document.ts'
import type { Document, Located } from '../document.ts'
import { suggest } from '../failure.ts'
import type { FailureParts } from '../failure.ts'
import { isParameter, methodsOf } from '../operation.ts'
import type { Operation } from '../operation.ts'
import { atPointer, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import type { Notes } from './repair.ts'
import type { SchemaSurvey } from './schemas.ts'

/** What is known of an operation that may have to be left out. */
interface Asking {
  readonly operation: Operation
  /** Faults without which it could be asked. */
  readonly diagnostics: Pointer[]
  /** Schemas of what has to be sent. */
  readonly needs: Pointer[]
  /** Parameters that may be left out, with their schemas. */
  readonly options: (readonly [parameter: Pointer, schema: Pointer])[]
}

/** What cannot be asked, and with what. */
interface Unasked {
  /** Of an operation that is left out only id, method, path and place are known; of a path that leads nowhere, any method `*` may be meant. */
  readonly lost: readonly Operation[]
  /** Optional parameters that are left out. */
  readonly unread: ReadonlySet<Pointer>
}

/**
 * Reads all that operations consist of, notes faults, and returns what has to be left out. An answer is held to what can be read
 * of it; but what cannot be read in full is not sent.
 */
export function repairOperations(document: Document, notes: Notes, schemas: SchemaSurvey): Unasked {
  /** Follows references to a part; notes where there is none, and cuts the part. */
  function part(
    pointer: Pointer,
    { at: cut = pointer, by }: { readonly at?: Pointer; readonly by?: unknown } = {},
  ): Located<unknown> | Pointer {
    const found = follow(document, pointer)
    if (!('reference' in found)) return found
    const fault = join(found.pointer, '$ref')
    notes.add(fault, found.cure === undefined ? found : { ...found, received: JSON.stringify(found.reference) }, {
      at: cut,
      by,
    })
    return fault
  }

  function each(pointer: Pointer): readonly (readonly [name: string, pointer: Pointer])[] {
    const value = atPointer(document, pointer)
    return Object.keys(typeof value === 'object' && value !== null ? value : {}).map((name) => [
      name,
      join(pointer, name),
    ])
  }

  /** Returns the entries of a table; notes where something else stands in its place, and cuts that. */
  function table(
    pointer: Pointer,
    expected: string,
    by?: unknown,
  ): readonly (readonly [name: string, pointer: Pointer])[] | Pointer {
    const value = atPointer(document, pointer)
    if (value === undefined || (isObject(value) && typeof value.$ref !== 'string')) return each(pointer)
    return misplaced(pointer, expected, { by })
  }

  /** Notes that something else stands at a place than what belongs there, and returns the place. */
  function misplaced(pointer: Pointer, expected: string, cut?: Parameters<Notes['add']>[2]): Pointer {
    notes.add(pointer, { expected, received: JSON.stringify(atPointer(document, pointer)) }, cut)
    return pointer
  }

  function readSchema(pointer: Pointer): Pointer[] {
    if (atPointer(document, pointer) === undefined) return []
    schemas.read(pointer)
    return [pointer]
  }

  function readContent(pointer: Pointer, by?: unknown): Pointer[] | Pointer {
    const content = table(join(pointer, 'content'), 'media types by name', by)
    return typeof content === 'string'
      ? content
      : content.flatMap(([name, media]) => {
          if (!isObject(atPointer(document, media)) && !name.startsWith('x-'))
            misplaced(media, 'a media type with its schema', { by: {} })
          for (const [, example] of each(join(media, 'examples'))) part(example)
          return readSchema(join(media, 'schema'))
        })
  }

  /** With one of them, all go: whoever is asked with them is left out. */
  function readParameters(pointer: Pointer, asking: readonly Asking[]): void {
    const list = atPointer(document, pointer)
    if (list !== undefined && !Array.isArray(list)) return blame(misplaced(pointer, 'a list of parameters'), asking)
    for (const [, here] of each(pointer)) {
      const found = part(here, { at: pointer })
      const wrong = typeof found === 'string' ? found : checkParameter(found, pointer)
      if (wrong !== undefined) blame(wrong, asking)
      else readParameter(found as Located<Record<string, unknown>>, asking)
    }
  }

  function checkParameter({ pointer, value }: Located<unknown>, list: Pointer): Pointer | undefined {
    if (isParameter(value)) return undefined
    notes.add(
      pointer,
      { expected: 'a name and "in: path | query | header | cookie"', received: JSON.stringify(value) },
      { at: list },
    )
    return pointer
  }

  function readParameter({ pointer, value }: Located<Record<string, unknown>>, asking: readonly Asking[]): void {
    const content = readContent(pointer)
    if (typeof content === 'string') return blame(content, asking)
    const found = [...readSchema(join(pointer, 'schema')), ...content]
    for (const { needs, options } of asking) {
      if (value.required === true || value.in === 'path') needs.push(...found)
      else for (const schema of found) options.push([pointer, schema])
    }
  }

  function readReplies(pointer: Pointer): void {
    const replies = table(pointer, 'answers by status', { default: unreadable })
    if (typeof replies === 'string') return
    for (const [status, here] of replies) {
      const reply = part(here, { by: unreadable })
      if (typeof reply === 'string') continue
      if (!isObject(reply.value)) {
        if (!status.startsWith('x-')) misplaced(reply.pointer, 'an answer', { by: unreadable })
        continue
      }
      readContent(reply.pointer, unreadable.content)
      const headers = table(join(reply.pointer, 'headers'), 'headers by name')
      for (const [, stated] of typeof headers === 'string' ? [] : headers) {
        const header = part(stated)
        if (typeof header !== 'string') readSchema(join(header.pointer, 'schema'))
      }
    }
  }

  function readSecurity(pointer: Pointer): void {
    const known = each('/components/securitySchemes').map(([name]) => name)
    for (const [, option] of each(pointer)) {
      for (const [name, here] of each(option)) if (!known.includes(name)) notes.add(here, missingScheme(name, known))
    }
  }

  function readBody(pointer: Pointer): Pointer[] | Pointer {
    const body = part(pointer)
    if (typeof body === 'string' || body.value === undefined) return typeof body === 'string' ? body : []
    return isObject(body.value) ? readContent(body.pointer) : misplaced(body.pointer, 'a request body')
  }

  function readOperation(pointer: Pointer, asking: Asking): void {
    if (!isObject(atPointer(document, pointer))) return blame(misplaced(pointer, 'an operation'), [asking])
    readParameters(join(pointer, 'parameters'), [asking])
    const body = readBody(join(pointer, 'requestBody'))
    if (typeof body === 'string') asking.diagnostics.push(body)
    else asking.needs.push(...body)
    readReplies(join(pointer, 'responses'))
    readSecurity(join(pointer, 'security'))
  }

  function readPath(pointer: Pointer, path: string): Asking[] {
    const item = part(pointer)
    if (typeof item === 'string')
      return [{ operation: unknown(path, '*', pointer), diagnostics: [item], needs: [], options: [] }]
    const { pointer: here, value } = item
    // What a document adds to OpenAPI may be anything.
    if (!isObject(value))
      return path.startsWith('x-')
        ? []
        : [
            {
              operation: unknown(path, '*', pointer),
              diagnostics: [misplaced(here, 'a path item', { at: pointer })],
              needs: [],
              options: [],
            },
          ]
    const asking = methodsOf(value).map(({ method, path: way }): Asking => ({
      operation: unknown(path, method, here + way, atPointer(value, way)),
      diagnostics: [],
      needs: [],
      options: [],
    }))
    readParameters(join(here, 'parameters'), asking)
    for (const one of asking) readOperation(one.operation.pointer, one)
    return asking
  }

  const paths = table('/paths', 'paths by name')
  const asking = typeof paths === 'string' ? [] : paths.flatMap(([path, pointer]) => readPath(pointer, path))
  const webhooks = table('/webhooks', 'webhooks by name')
  for (const [name, pointer] of typeof webhooks === 'string' ? [] : webhooks) readPath(pointer, name)
  for (const [, pointer] of each('/components/schemas')) schemas.read(pointer)
  for (const [, pointer] of each('/components/securitySchemes')) part(pointer, { by: {} })
  readSecurity('/security')
  schemas.close()
  return leaveOut(asking, notes, schemas)
}

/** Stands for an answer that cannot be read: whatever comes will do. */
const unreadable = { description: 'What it is cannot be read.', content: { '*/*': {} } }

function blame(fault: Pointer, asking: readonly Asking[]): void {
  for (const { diagnostics } of asking) diagnostics.push(fault)
}

function leaveOut(asking: readonly Asking[], notes: Notes, schemas: SchemaSurvey): Unasked {
  const unread = new Set<Pointer>()
  const lost: Operation[] = []
  if (notes.diagnostics.size === 0) return { lost, unread }
  for (const { operation, diagnostics, needs, options } of asking) {
    for (const [parameter, schema] of options) if (schemas.isTainted(schema)) unread.add(parameter)
    const fault = diagnostics[0] ?? schemas.below(needs.find(schemas.isTainted) ?? '')[0]?.pointer
    if (fault === undefined) continue
    lost.push(operation)
    notes.lose(fault, operation.id)
    notes.cut(operation.pointer)
  }
  return { lost, unread }
}

const unknown = (path: string, method: string, pointer: Pointer, stated?: unknown): Operation => {
  const { operationId } = isObject(stated) ? stated : {}
  const id = typeof operationId === 'string' ? operationId : method === '*' ? path : `${method} ${path}`
  return { id, method: method.toUpperCase(), path, summary: '', parameters: [], replies: [], security: [], pointer }
}

const missingScheme = (name: string, known: readonly string[]): FailureParts => ({
  expected: 'a scheme under components.securitySchemes',
  received: JSON.stringify(name),
  ...(known.length > 0 && { cure: suggest(name, known) }),
})
