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
  const unread = new Map<Pointer, FailureParts>()
  if (!namesFiles(root.value)) return { document: root.value as Document, locate: root.locate, unread }
  const isOld = isObject(root.value) && root.value.swagger !== undefined
  const origins = new Map<Pointer, Origin>([['', { piece: root, pointer: '' }]])
  /** Places of components, by what they are copies of. */
  const places = new Map<string, Pointer>()
  const waiting: Copy[] = []
  const taken = new Map<DocumentPart, Set<string>>()

  const tableOf = (part: DocumentPart): Pointer =>
    isOld ? (part === 'schemas' ? '/definitions' : `/${part}`) : `/components/${part}`

  function placeFor(part: DocumentPart, origin: Origin): Pointer {
    const key = keyOf(part, origin)
    const known = places.get(key)
    if (known !== undefined) return known
    const names =
      taken.get(part) ?? new Set(Object.keys((atPointer(root.value, tableOf(part)) as object | undefined) ?? {}))
    taken.set(part, names)
    const stem = stemOf(origin)
    let name = stem
    for (let count = 2; names.has(name); count++) name = `${stem}${count}`
    names.add(name)
    const place = join(tableOf(part), name)
    places.set(key, place)
    waiting.push({ part, piece: origin.piece, from: origin.pointer, to: place, within: [] })
    return place
  }

  /** Returns what a reference leads to, or notes why it leads nowhere. */
  function originOf(reference: string, { piece, to }: Copy): Origin | undefined {
    const [file = '', fragment = ''] = reference.split(/#(.*)/s)
    try {
      const target = file === '' ? piece : open(file, piece.address)
      const pointer = decodeURIComponent(fragment)
      if (atPointer(target.value, pointer) !== undefined) return { piece: target, pointer }
      unread.set(to, {
        expected: `something at ${pointer || 'the root'} of ${nameOf(target)}`,
        received: 'nothing',
      })
    } catch (error) {
      unread.set(to, partsOf(error, reference))
    }
    return undefined
  }

  function refer(copy: Copy, node: Readonly<Record<string, unknown>>, reference: string): unknown {
    const { part, piece, from, to, within } = copy
    const rest = (): Record<string, unknown> => {
      const { $ref: _, ...others } = node
      return members(copy, others)
    }
    if (piece === root && reference.startsWith('#')) return node
    const origin = originOf(reference, copy)
    if (!origin) return node
    if (origin.piece === root) return { ...rest(), $ref: `#${fragmentOf(origin.pointer)}` }
    const key = keyOf(part, origin)
    // A component of the document that is another file's altogether keeps its name.
    const isNamed = piece === root && from === to && places.get(key) === to
    const isOwn = isNamed || !components.has(part) || (isOld && tableOf(part) === '/requestBodies')
    if (!isOwn) return { ...rest(), $ref: `#${fragmentOf(placeFor(part, origin))}` }
    if (within.includes(key)) {
      unread.set(to, { expected: 'an end', received: 'a circle of files' })
      return node
    }
    origins.set(to, origin)
    const value = copied({ ...copy, piece: origin.piece, from: origin.pointer, within: [...within, key] })
    return isObject(value) ? { ...value, ...rest() } : value
  }

  function copied(copy: Copy): unknown {
    const node = atPointer(copy.piece.value, copy.from)
    if (!isObject(node)) return node
    return typeof node.$ref === 'string' ? refer(copy, node, node.$ref) : members(copy, node)
  }

  function members(copy: Copy, node: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        const holder = holderAt(copy.part, key)
        const inner = { ...copy, from: join(copy.from, key), to: join(copy.to, key) }
        if (copy.part === 'schemas' && key === 'discriminator') return [key, discriminated(inner, value)]
        return [key, holder ? held(holder, inner, value) : value]
      }),
    )
  }

  /** A table of parts may be another file's, too. */
  function held({ holding, part }: Holder, copy: Copy, value: unknown): unknown {
    const step = (key: string | number): Copy => ({ ...copy, part, from: join(copy.from, key), to: join(copy.to, key) })
    if (holding === 'schema') return Array.isArray(value) || !isObject(value) ? value : copied({ ...copy, part })
    if (holding === 'list') return Array.isArray(value) ? value.map((_, index) => copied(step(index))) : value
    if (!isObject(value)) return value
    if (typeof value.$ref === 'string') {
      const origin = copy.piece === root && value.$ref.startsWith('#') ? undefined : originOf(value.$ref, copy)
      const key = origin && keyOf(part, origin)
      if (!origin || copy.within.includes(key as string)) return value
      origins.set(copy.to, origin)
      const table = atPointer(origin.piece.value, origin.pointer)
      return held(
        { holding, part },
        { ...copy, piece: origin.piece, from: origin.pointer, within: [...copy.within, key as string] },
        table,
      )
    }
    return Object.fromEntries(Object.keys(value).map((key) => [key, copied(step(key))]))
  }

  /** A mapping names schemas by reference, or by name (OpenAPI 3.1, Discriminator Object). */
  function discriminated(copy: Copy, value: unknown): unknown {
    if (!isObject(value) || !isObject(value.mapping)) return value
    const mapping = Object.entries(value.mapping).map(([word, name]) => {
      const to = join(copy.to, 'mapping', word)
      if (typeof name !== 'string' || !/[#/.]/.test(name) || (copy.piece === root && name.startsWith('#')))
        return [word, name]
      const origin = originOf(name, { ...copy, to })
      if (!origin) return [word, name]
      const target = origin.piece === root ? origin.pointer : placeFor('schemas', origin)
      return [word, `#${fragmentOf(target)}`]
    })
    return { ...value, mapping: Object.fromEntries(mapping) }
  }

  keepNames()
  const document = copied({ part: 'document', piece: root, from: '', to: '', within: [] }) as Record<string, unknown>
  for (let copy = waiting.shift(); copy !== undefined; copy = waiting.shift()) {
    origins.set(copy.to, { piece: copy.piece, pointer: copy.from })
    put(document, split(copy.to), copied(copy))
  }
  return { document, locate: locateFrom(origins), unread }

  /** Whoever refers to a file that the document has a name for refers to that name. */
  function keepNames(): void {
    for (const part of components) {
      const table = atPointer(root.value, tableOf(part))
      for (const [name, value] of Object.entries(isObject(table) ? table : {})) {
        const to = join(tableOf(part), name)
        if (!isObject(value) || typeof value.$ref !== 'string' || value.$ref.startsWith('#')) continue
        const origin = originOf(value.$ref, { part, piece: root, from: to, to, within: [] })
        if (origin && origin.piece !== root && !places.has(keyOf(part, origin))) places.set(keyOf(part, origin), to)
      }
    }
    unread.clear()
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
