// Finds mistakes in paths, operations, parameters and replies.

import { follow, isObject } from '../document.ts'
import type { Document, Located } from '../document.ts'
import { suggest } from '../failure.ts'
import type { FailureParts } from '../failure.ts'
import { isParameter, methodsOf } from '../operation.ts'
import type { Operation } from '../operation.ts'
import { atPointer, join } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import type { Notes } from './repair.ts'
import type { SchemaRepair } from './schemas.ts'

/** What is known of an operation that may have to be left out. */
interface Asking {
  readonly operation: Operation
  /** Places of mistakes that keep it from being called. */
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
 * Reads all that operations consist of, notes diagnostics, and returns what has to be left out. An answer is held to what can be read
 * of it; but what cannot be read in full is not sent.
 */
export function repairOperations(document: Document, notes: Notes, schemas: SchemaRepair): Unasked {
  return new OperationRepair(document, notes, schemas).run()
}

class OperationRepair {
  private readonly document: Document
  private readonly notes: Notes
  private readonly schemas: SchemaRepair

  constructor(document: Document, notes: Notes, schemas: SchemaRepair) {
    this.document = document
    this.notes = notes
    this.schemas = schemas
  }

  /** Follows references to a part; notes where there is none, and cuts the part. */
  private part(
    pointer: Pointer,
    { at: cut = pointer, by }: { readonly at?: Pointer; readonly by?: unknown } = {},
  ): Located<unknown> | Pointer {
    const found = follow(this.document, pointer)
    if (!('reference' in found)) return found
    const fault = join(found.pointer, '$ref')
    this.notes.add(fault, found.cure === undefined ? found : { ...found, received: JSON.stringify(found.reference) }, {
      at: cut,
      by,
    })
    return fault
  }

  private each(pointer: Pointer): readonly (readonly [name: string, pointer: Pointer])[] {
    const value = atPointer(this.document, pointer)
    return Object.keys(typeof value === 'object' && value !== null ? value : {}).map((name) => [
      name,
      join(pointer, name),
    ])
  }

  /** Returns the entries of a table; notes where something else stands in its place, and cuts that. */
  private table(
    pointer: Pointer,
    expected: string,
    by?: unknown,
  ): readonly (readonly [name: string, pointer: Pointer])[] | Pointer {
    const value = atPointer(this.document, pointer)
    if (value === undefined || (isObject(value) && typeof value.$ref !== 'string')) return this.each(pointer)
    return this.misplaced(pointer, expected, { by })
  }

  /** Notes that something else stands at a place than what belongs there, and returns the place. */
  private misplaced(pointer: Pointer, expected: string, cut?: Parameters<Notes['add']>[2]): Pointer {
    this.notes.add(pointer, { expected, received: JSON.stringify(atPointer(this.document, pointer)) }, cut)
    return pointer
  }

  private readSchema(pointer: Pointer): Pointer[] {
    if (atPointer(this.document, pointer) === undefined) return []
    this.schemas.read(pointer)
    return [pointer]
  }

  private readContent(pointer: Pointer, by?: unknown): Pointer[] | Pointer {
    const content = this.table(join(pointer, 'content'), 'media types by name', by)
    return typeof content === 'string'
      ? content
      : content.flatMap(([name, media]) => {
          if (!isObject(atPointer(this.document, media)) && !name.startsWith('x-'))
            this.misplaced(media, 'a media type with its schema', { by: {} })
          for (const [, example] of this.each(join(media, 'examples'))) this.part(example)
          return this.readSchema(join(media, 'schema'))
        })
  }

  /** One that cannot be read takes out the list, and the operations that it belongs to. */
  private readParameters(pointer: Pointer, asking: readonly Asking[]): void {
    const list = atPointer(this.document, pointer)
    if (list !== undefined && !Array.isArray(list))
      return blame(this.misplaced(pointer, 'a list of parameters'), asking)
    for (const [, here] of this.each(pointer)) {
      const found = this.part(here, { at: pointer })
      const wrong = typeof found === 'string' ? found : this.checkParameter(found, pointer)
      if (wrong !== undefined) blame(wrong, asking)
      else this.readParameter(found as Located<Record<string, unknown>>, asking)
    }
  }

  private checkParameter({ pointer, value }: Located<unknown>, list: Pointer): Pointer | undefined {
    if (isParameter(value)) return undefined
    this.notes.add(
      pointer,
      { expected: 'a name and "in: path | query | header | cookie"', received: JSON.stringify(value) },
      { at: list },
    )
    return pointer
  }

  private readParameter({ pointer, value }: Located<Record<string, unknown>>, asking: readonly Asking[]): void {
    const content = this.readContent(pointer)
    if (typeof content === 'string') return blame(content, asking)
    const found = [...this.readSchema(join(pointer, 'schema')), ...content]
    for (const { needs, options } of asking) {
      if (value.required === true || value.in === 'path') needs.push(...found)
      else for (const schema of found) options.push([pointer, schema])
    }
  }

  private readReplies(pointer: Pointer): void {
    const replies = this.table(pointer, 'answers by status', { default: unreadable })
    if (typeof replies === 'string') return
    for (const [status, here] of replies) {
      const reply = this.part(here, { by: unreadable })
      if (typeof reply === 'string') continue
      if (!isObject(reply.value)) {
        if (!status.startsWith('x-')) this.misplaced(reply.pointer, 'an answer', { by: unreadable })
        continue
      }
      this.readContent(reply.pointer, unreadable.content)
      const headers = this.table(join(reply.pointer, 'headers'), 'headers by name')
      for (const [, stated] of typeof headers === 'string' ? [] : headers) {
        const header = this.part(stated)
        if (typeof header !== 'string') this.readSchema(join(header.pointer, 'schema'))
      }
    }
  }

  private readSecurity(pointer: Pointer): void {
    const known = this.each('/components/securitySchemes').map(([name]) => name)
    for (const [, option] of this.each(pointer)) {
      for (const [name, here] of this.each(option))
        if (!known.includes(name)) this.notes.add(here, missingScheme(name, known))
    }
  }

  private readBody(pointer: Pointer): Pointer[] | Pointer {
    const body = this.part(pointer)
    if (typeof body === 'string' || body.value === undefined) return typeof body === 'string' ? body : []
    return isObject(body.value) ? this.readContent(body.pointer) : this.misplaced(body.pointer, 'a request body')
  }

  private readOperation(pointer: Pointer, asking: Asking): void {
    if (!isObject(atPointer(this.document, pointer))) return blame(this.misplaced(pointer, 'an operation'), [asking])
    this.readParameters(join(pointer, 'parameters'), [asking])
    const body = this.readBody(join(pointer, 'requestBody'))
    if (typeof body === 'string') asking.diagnostics.push(body)
    else asking.needs.push(...body)
    this.readReplies(join(pointer, 'responses'))
    this.readSecurity(join(pointer, 'security'))
  }

  private readPath(pointer: Pointer, path: string): Asking[] {
    const item = this.part(pointer)
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
              diagnostics: [this.misplaced(here, 'a path item', { at: pointer })],
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
    this.readParameters(join(here, 'parameters'), asking)
    for (const one of asking) this.readOperation(one.operation.pointer, one)
    return asking
  }

  run(): Unasked {
    const paths = this.table('/paths', 'paths by name')
    const asking = typeof paths === 'string' ? [] : paths.flatMap(([path, pointer]) => this.readPath(pointer, path))
    const webhooks = this.table('/webhooks', 'webhooks by name')
    for (const [name, pointer] of typeof webhooks === 'string' ? [] : webhooks) this.readPath(pointer, name)
    for (const [, pointer] of this.each('/components/schemas')) this.schemas.read(pointer)
    for (const [, pointer] of this.each('/components/securitySchemes')) this.part(pointer, { by: {} })
    this.readSecurity('/security')
    this.schemas.close()
    return leaveOut(asking, this.notes, this.schemas)
  }
}

/** Stands for an answer that cannot be read: whatever comes will do. */
const unreadable = { description: 'What it is cannot be read.', content: { '*/*': {} } }

function blame(fault: Pointer, asking: readonly Asking[]): void {
  for (const { diagnostics } of asking) diagnostics.push(fault)
}

function leaveOut(asking: readonly Asking[], notes: Notes, schemas: SchemaRepair): Unasked {
  const unread = new Set<Pointer>()
  const lost: Operation[] = []
  if (notes.diagnostics.size === 0) return { lost, unread }
  for (const { operation, diagnostics, needs, options } of asking) {
    for (const [parameter, schema] of options) if (schemas.isTainted(schema)) unread.add(parameter)
    const fault = diagnostics[0] ?? schemas.below(needs.find((schema) => schemas.isTainted(schema)) ?? '')[0]?.pointer
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
