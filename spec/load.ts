/**
 * Loads a document with its overlays from files, an address or standard input. Node only.
 *
 * @module proforma/load
 */

import { existsSync } from 'node:fs'
import { basename, dirname, join as joinPath, relative, resolve } from 'node:path'
import { assemble } from './files/assemble.ts'
import type { DocumentFile } from './files/assemble.ts'
import { checkBindings } from './binding.ts'
import { fileWithin, fetchText, readSource, readText, parseSource, withoutSlips } from './files/source.ts'
import { understood } from './inference/apply.ts'
import { isObject, cureForKind, isOpenApi, documentKindOf, isRemote } from './document.ts'
import type { Document, Locate } from './document.ts'
import { failure, withinReason } from './failure.ts'
import type { Diagnostic } from './failure.ts'
import { join } from './pointer.ts'
import { compile } from './compile.ts'
import type { Model } from './model.ts'
import { applyOverlay } from './overlay.ts'
import { fromSwagger, isSwagger } from './versions/swagger.ts'
import { upgrade } from './versions/upgrade.ts'
import { vocabularyOf } from './vocabulary.ts'

export { checkRegularFile, fileWithin } from './files/source.ts'
export { readSource, readText } from './files/source.ts'
export type { SourceFile } from './files/source.ts'

/** What may be read besides the document itself. */
export interface ReadingOptions {
  /** Folders, besides the document's own, whose files it may name. */
  readonly files?: readonly string[]
  /** Lets it be fetched, and what it names on other computers. */
  readonly allowRemote?: boolean
  /** The text of standard input, for a document named `-`; without it, standard input is read. */
  readonly text?: string
}

/** Which files make a model. */
export interface LoadOptions extends ReadingOptions {
  /** Overlay files in order; without it, `overlay.yaml` beside the document where there is one. */
  readonly overlays?: readonly string[]
  /** Name to serve it under; without it, the document's folder. */
  readonly name?: string
  /** Whether to infer what a document without any role means; so it is done unless said otherwise. */
  readonly infer?: boolean
}

/** A document as its files have it, and what could not be read of them. */
export interface Loaded {
  readonly document: Document
  readonly locate: Locate
  readonly diagnostics: readonly Diagnostic[]
  /** Paths of all that was read from the disk. */
  readonly files: readonly string[]
}

/**
 * Returns the model of a document with its overlays applied. It may be a file, an address on the network, or `-` for standard input.
 * @throws Failure as {@link readDocument}, `applyOverlay` and `compile` do.
 * @example load('openapi.yaml', { overlays: [] })
 */
export function load(path: string, { name, infer = true, ...options }: LoadOptions = {}): Model {
  const { document, ...origin } = withinReason(`read ${path}`, () => loadDocument(path, options))
  const model = compile(document, { name: name ?? basename(dirname(path)), ...origin })
  return infer ? understood(model) : model
}

/** Returns a document with its overlays applied and written as OpenAPI 3.1, not yet compiled. */
export function loadDocument(
  path: string,
  { overlays = overlaysBeside(path), ...options }: Omit<LoadOptions, 'name' | 'infer'> = {},
): Loaded {
  const { document: stated, files, ...rest } = readDocument(path, options)
  const document = overlays.reduce((result, file) => {
    const overlay = readSource(file)
    checkBindings(overlay.value, overlay.locate, vocabularyOf(overlay.value, overlay.locate, vocabularyOf(result)))
    return applyOverlay(result, overlay.value, overlay.locate)
  }, stated)
  const folders = [dirname(path), ...(options.files ?? [])]
  return {
    ...rest,
    files: [...files, ...overlays],
    document: upgrade((names(document, 'x-graphql') ? withSchemas(document, folders) : document) as Document),
  }
}

/**
 * Returns a document as one, however many files it has; one of Swagger 2.0 is written as OpenAPI 3.0. What cannot be read of it
 * is a diagnostic.
 * @throws Failure for a file that cannot be read, or is no such document.
 */
export function readDocument(path: string, { files = [], allowRemote = false, text }: ReadingOptions = {}): Loaded {
  const pieces = new Map<string, DocumentFile>()
  const folders = [isRemote(path) || path === '-' ? '.' : dirname(path), ...files]
  const open = (reference: string, from: string): DocumentFile => {
    const address = addressOf(reference, from)
    const known = pieces.get(address)
    if (known) return known
    if (!isRemote(address)) fileWithin(folders, address, `Name the folder that it may be in with --files.`)
    else if (!allowRemote)
      throw failure(`read ${address}`, {
        expected: 'a file',
        received: 'an address on the network',
        cure: 'Say --allow-remote to have it fetched.',
      })
    const read = isRemote(address)
      ? fetchText(address)
      : address === from && text !== undefined
        ? text
        : readText(address)
    const piece = { ...parseSource(read, shown(address)), address }
    pieces.set(address, piece)
    return piece
  }
  const root = open(path, path)
  const { value } = root
  // Where the text is not well-formed, there must be something left to be read.
  if (!isObject(value) || !isObject(value.paths)) withoutSlips(root)
  if (!isSwagger(value) && !isOpenApi(value)) {
    const kind = documentKindOf(value)
    const cure = cureForKind(kind)
    throw failure(`read ${shown(path)}`, {
      expected: 'an OpenAPI document (3.0, 3.1, 3.2, or Swagger 2.0)',
      received: kind,
      ...(cure !== undefined && { cure }),
    })
  }
  const { document, locate, unread } = assemble(root, open)
  const diagnostics = [
    ...[...pieces.values()].flatMap(({ slips }) =>
      slips.map((slip): Diagnostic => ({ ...slip, pointer: '', loses: [] })),
    ),
    ...[...unread].map(([pointer, parts]): Diagnostic => ({ ...parts, pointer: join(pointer, '$ref'), loses: [] })),
  ]
  const read = [...pieces.keys()].filter((address) => !isRemote(address) && address !== '-')
  if (!isSwagger(document)) return { document, locate, diagnostics, files: read }
  const { document: modern, origin } = fromSwagger(document)
  return { document: modern, locate: (pointer) => locate(origin(pointer)), diagnostics, files: read }
}

/** Returns where a reference leads from a file: an absolute path, or a URL. */
function addressOf(reference: string, from: string): string {
  if (reference === from) return reference
  if (isRemote(reference)) return new URL(reference).href
  if (isRemote(from)) return new URL(reference, from).href
  if (/^[a-z][\w+.-]+:/i.test(reference))
    throw failure(`read ${reference}`, {
      expected: 'a file, or an address that begins with https:',
      received: 'something else',
    })
  const path = resolve(from === '-' ? '.' : dirname(from), decodeURIComponent(reference.split('?')[0] as string))
  return path === resolve(from) ? from : path
}

const shown = (address: string): string =>
  address === '-' ? 'standard input' : isRemote(address) ? address : relative(process.cwd(), address) || address

/** Returns a copy in which every `x-graphql` carries the text of the schema it names, because a browser has no disk. */
function withSchemas(tree: unknown, folders: readonly string[]): unknown {
  if (Array.isArray(tree)) return tree.map((item) => withSchemas(item, folders))
  if (!isObject(tree)) return tree
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => {
      if (key !== 'x-graphql' || !isObject(value) || typeof value.schema !== 'string')
        return [key, withSchemas(value, folders)]
      const cure = 'Name the folder that it may be in with --files.'
      return [key, { ...value, sdl: readText(fileWithin(folders, resolve(folders[0] as string, value.schema), cure)) }]
    }),
  )
}

/** Tells whether any object in a tree has a key. */
function names(tree: unknown, key: string): boolean {
  const open = [tree]
  // A YAML alias may lead back to what it stands in.
  const seen = new Set<unknown>()
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    if (isObject(node) && key in node) return true
    if (typeof node === 'object' && node !== null)
      for (const inner of Object.values(node)) if (typeof inner === 'object' && inner !== null) open.push(inner)
  }
  return false
}

/** Returns the `overlay.yaml` beside a document, where there is one. @throws Failure for a link that leads out of its folder. */
export function overlaysBeside(path: string): readonly string[] {
  if (isRemote(path) || path === '-') return []
  const folder = dirname(path)
  const beside = joinPath(folder, 'overlay.yaml')
  return existsSync(beside) ? [fileWithin([folder], beside, `Name it with --overlay ${beside} to have it read.`)] : []
}
