// Makes one document of several files.

import { isObject } from '../document.ts'
import type { Document, Locate } from '../document.ts'
import { Failure } from '../failure.ts'
import type { FailureParts } from '../failure.ts'
import { holderAt } from '../keywords.ts'
import type { DocumentPart, Holder } from '../keywords.ts'
import { atPointer, join, split } from '../pointer.ts'
import type { Pointer } from '../pointer.ts'
import type { SourceFile } from './source.ts'

/** A file of a document, and where it lies: a path, or a URL. */
export interface DocumentFile extends SourceFile {
  readonly address: string
}

/** Reads what a reference names, seen from the file that it stands in. @throws Failure for what cannot be read, or may not be. */
type OpenFile = (reference: string, from: string) => DocumentFile

/** One document made of several files. */
interface Assembled {
  readonly document: Document
  readonly locate: Locate
  /** References that could not be followed, by the place where they stand. */
  readonly unread: ReadonlyMap<Pointer, FailureParts>
}

/** Parts that stand for themselves under `components`, so that many can refer to one. All others are put where they are referred to. */
const components: ReadonlySet<DocumentPart> = new Set([
  'schemas',
  'responses',
  'parameters',
  'examples',
  'requestBodies',
  'headers',
  'securitySchemes',
  'links',
])

/** Where something of the assembled document comes from. */
interface Origin {
  readonly piece: DocumentFile
  readonly pointer: Pointer
}

/** What is being copied: from where, and to where. */
interface Copy {
  readonly part: DocumentPart
  readonly piece: DocumentFile
  /** In the piece. */
  readonly from: Pointer
  /** In the document. */
  readonly to: Pointer
  /** What is being put in place around it. */
  readonly within: readonly string[]
}

/**
 * Returns a document with all that its references to other files name: components under `components`, under the names of their files, and
 * everything else in its place. References between these parts lead to one and the same part; every pointer is still found in
 * the file that it comes from.
 */
export function assemble(root: DocumentFile, open: OpenFile): Assembled {
  return new Assembly(root, open).assemble()
}

class Assembly {
  private readonly root: DocumentFile
  private readonly open: OpenFile

  private readonly isOld: boolean
  private readonly unread = new Map<Pointer, FailureParts>()
  private readonly origins: Map<Pointer, Origin>
  /** Places of components, by what they are copies of. */
  private readonly places = new Map<string, Pointer>()
  private readonly waiting: Copy[] = []
  private readonly taken = new Map<DocumentPart, Set<string>>()

  constructor(root: DocumentFile, open: OpenFile) {
    this.root = root
    this.open = open
    this.isOld = isObject(root.value) && root.value.swagger !== undefined
    this.origins = new Map([['', { piece: root, pointer: '' }]])
  }

  private tableOf(part: DocumentPart): Pointer {
    return this.isOld ? (part === 'schemas' ? '/definitions' : `/${part}`) : `/components/${part}`
  }

  private placeFor(part: DocumentPart, origin: Origin): Pointer {
    const key = keyOf(part, origin)
    const known = this.places.get(key)
    if (known !== undefined) return known
    const names =
      this.taken.get(part) ??
      new Set(Object.keys((atPointer(this.root.value, this.tableOf(part)) as object | undefined) ?? {}))
    this.taken.set(part, names)
    const stem = stemOf(origin)
    let name = stem
    for (let count = 2; names.has(name); count++) name = `${stem}${count}`
    names.add(name)
    const place = join(this.tableOf(part), name)
    this.places.set(key, place)
    this.waiting.push({ part, piece: origin.piece, from: origin.pointer, to: place, within: [] })
    return place
  }

  /** Returns what a reference leads to, or notes why it leads nowhere. */
  private originOf(reference: string, { piece, to }: Copy): Origin | undefined {
    const [file = '', fragment = ''] = reference.split(/#(.*)/s)
    try {
      const target = file === '' ? piece : this.open(file, piece.address)
      const pointer = decodeURIComponent(fragment)
      if (atPointer(target.value, pointer) !== undefined) return { piece: target, pointer }
      this.unread.set(to, {
        expected: `something at ${pointer || 'the root'} of ${nameOf(target)}`,
        received: 'nothing',
      })
    } catch (error) {
      this.unread.set(to, partsOf(error, reference))
    }
    return undefined
  }

  private refer(copy: Copy, node: Readonly<Record<string, unknown>>, reference: string): unknown {
    const { part, piece, from, to, within } = copy
    const rest = (): Record<string, unknown> => {
      const { $ref: _, ...others } = node
      return this.members(copy, others)
    }
    if (piece === this.root && reference.startsWith('#')) return node
    const origin = this.originOf(reference, copy)
    if (!origin) return node
    if (origin.piece === this.root) return { ...rest(), $ref: `#${fragmentOf(origin.pointer)}` }
    const key = keyOf(part, origin)
    // A component of the document that is another file's altogether keeps its name.
    const isNamed = piece === this.root && from === to && this.places.get(key) === to
    const isOwn = isNamed || !components.has(part) || (this.isOld && this.tableOf(part) === '/requestBodies')
    if (!isOwn) return { ...rest(), $ref: `#${fragmentOf(this.placeFor(part, origin))}` }
    if (within.includes(key)) {
      this.unread.set(to, { expected: 'an end', received: 'a circle of files' })
      return node
    }
    this.origins.set(to, origin)
    const value = this.copied({ ...copy, piece: origin.piece, from: origin.pointer, within: [...within, key] })
    return isObject(value) ? { ...value, ...rest() } : value
  }

  private copied(copy: Copy): unknown {
    const node = atPointer(copy.piece.value, copy.from)
    if (!isObject(node)) return node
    return typeof node.$ref === 'string' ? this.refer(copy, node, node.$ref) : this.members(copy, node)
  }

  private members(copy: Copy, node: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        const holder = holderAt(copy.part, key)
        const inner = { ...copy, from: join(copy.from, key), to: join(copy.to, key) }
        if (copy.part === 'schemas' && key === 'discriminator') return [key, this.discriminated(inner, value)]
        return [key, holder ? this.held(holder, inner, value) : value]
      }),
    )
  }

  /** A table of parts may be another file's, too. */
  private held({ holding, part }: Holder, copy: Copy, value: unknown): unknown {
    const step = (key: string | number): Copy => ({ ...copy, part, from: join(copy.from, key), to: join(copy.to, key) })
    if (holding === 'schema') return Array.isArray(value) || !isObject(value) ? value : this.copied({ ...copy, part })
    if (holding === 'list') return Array.isArray(value) ? value.map((_, index) => this.copied(step(index))) : value
    if (!isObject(value)) return value
    if (typeof value.$ref === 'string') {
      const origin =
        copy.piece === this.root && value.$ref.startsWith('#') ? undefined : this.originOf(value.$ref, copy)
      const key = origin && keyOf(part, origin)
      if (!origin || copy.within.includes(key as string)) return value
      this.origins.set(copy.to, origin)
      const table = atPointer(origin.piece.value, origin.pointer)
      return this.held(
        { holding, part },
        { ...copy, piece: origin.piece, from: origin.pointer, within: [...copy.within, key as string] },
        table,
      )
    }
    return Object.fromEntries(Object.keys(value).map((key) => [key, this.copied(step(key))]))
  }

  /** A mapping names schemas by reference, or by name (OpenAPI 3.1, Discriminator Object). */
  private discriminated(copy: Copy, value: unknown): unknown {
    if (!isObject(value) || !isObject(value.mapping)) return value
    const mapping = Object.entries(value.mapping).map(([word, name]) => {
      const to = join(copy.to, 'mapping', word)
      if (typeof name !== 'string' || !/[#/.]/.test(name) || (copy.piece === this.root && name.startsWith('#')))
        return [word, name]
      const origin = this.originOf(name, { ...copy, to })
      if (!origin) return [word, name]
      const target = origin.piece === this.root ? origin.pointer : this.placeFor('schemas', origin)
      return [word, `#${fragmentOf(target)}`]
    })
    return { ...value, mapping: Object.fromEntries(mapping) }
  }

  /** A reference to a file that is a named component of the document becomes a reference to that component. */
  private keepNames(): void {
    for (const part of components) {
      const table = atPointer(this.root.value, this.tableOf(part))
      for (const [name, value] of Object.entries(isObject(table) ? table : {})) {
        const to = join(this.tableOf(part), name)
        if (!isObject(value) || typeof value.$ref !== 'string' || value.$ref.startsWith('#')) continue
        const origin = this.originOf(value.$ref, { part, piece: this.root, from: to, to, within: [] })
        if (origin && origin.piece !== this.root && !this.places.has(keyOf(part, origin)))
          this.places.set(keyOf(part, origin), to)
      }
    }
    this.unread.clear()
  }

  assemble(): Assembled {
    if (!namesFiles(this.root.value))
      return { document: this.root.value as Document, locate: this.root.locate, unread: this.unread }
    this.keepNames()
    const document = this.copied({ part: 'document', piece: this.root, from: '', to: '', within: [] }) as Record<
      string,
      unknown
    >
    for (let copy = this.waiting.shift(); copy !== undefined; copy = this.waiting.shift()) {
      this.origins.set(copy.to, { piece: copy.piece, pointer: copy.from })
      put(document, split(copy.to), this.copied(copy))
    }
    return { document, locate: locateFrom(this.origins), unread: this.unread }
  }
}

/** Tells whether a document refers to anything outside of itself. */
function namesFiles(value: unknown): boolean {
  const open: unknown[] = [value]
  // YAML's aliases make one object stand in many places: each is looked at once.
  const seen = new Set<unknown>()
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (Array.isArray(node) && !seen.has(node)) {
      seen.add(node)
      for (const item of node) open.push(item ?? 0)
    }
    if (!isObject(node) || seen.has(node)) continue
    seen.add(node)
    if (typeof node.$ref === 'string' && !node.$ref.startsWith('#')) return true
    if (isObject(node.mapping) && Object.values(node.mapping).some((name) => /\.(?:ya?ml|json)\b/i.test(String(name))))
      return true
    for (const key in node) {
      const inner = node[key]
      if (typeof inner === 'object' && inner !== null) open.push(inner)
    }
  }
  return false
}

const keyOf = (part: DocumentPart, { piece, pointer }: Origin): string => `${part} ${piece.address}#${pointer}`

const nameOf = ({ locate, address }: DocumentFile): string => locate('')?.file ?? address

/** Returns what a part is called: the last word of its pointer, or the name of its file. */
function stemOf({ piece, pointer }: Origin): string {
  const file = piece.address.split(/[/\\]/).at(-1) ?? ''
  const stem = split(pointer).at(-1) ?? file.replace(/\.\w+$/, '')
  return stem.replaceAll(/[^\w.-]+/g, '_') || 'part'
}

const fragmentOf = (pointer: Pointer): string =>
  pointer
    .split('/')
    .map((step) => encodeURI(step))
    .join('/')

function partsOf(error: unknown, reference: string): FailureParts {
  if (error instanceof URIError) return { expected: 'a URI reference', received: JSON.stringify(reference) }
  if (!(error instanceof Failure)) throw error
  const { expected = 'a file that can be read', received = error.message, cure } = error.parts ?? {}
  return { expected, received: `${received} at ${JSON.stringify(reference)}`, ...(cure !== undefined && { cure }) }
}

function put(document: Record<string, unknown>, steps: readonly string[], value: unknown): void {
  let table = document
  for (const step of steps.slice(0, -1)) table = (table[step] ??= {}) as Record<string, unknown>
  table[steps.at(-1) as string] = value
}

const locateFrom =
  (origins: ReadonlyMap<Pointer, Origin>): Locate =>
  (pointer) => {
    for (let above = pointer; ; above = above.slice(0, above.lastIndexOf('/'))) {
      const origin = origins.get(above)
      if (origin) return origin.piece.locate(origin.pointer + pointer.slice(above.length))
    }
  }
