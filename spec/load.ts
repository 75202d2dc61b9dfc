import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, isAbsolute, join as joinPath, relative, resolve, sep } from 'node:path'
import { checkBindings } from './binding.ts'
import { isObject } from './document.ts'
import type { Document, Locate } from './document.ts'
import { failure, withinReason } from './failure.ts'
import { compile } from './model.ts'
import type { Model } from './model.ts'
import { applyOverlay } from './overlay.ts'
import { split } from './pointer.ts'
import { upgrade } from './upgrade.ts'

/** Loaded with the first file: a server of built-in documents reads none, and starts sooner. */
const yaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml') as typeof import('yaml')

type Parsed = ReturnType<typeof import('yaml').parseDocument>

/** A parsed file and a way back into its text. */
export interface Source {
  readonly value: unknown
  readonly locate: Locate
}

/**
 * Returns a YAML or JSON file parsed, with the places of its parts.
 * @throws Failure for a file that cannot be read or is malformed, with line and column.
 */
export function readSource(path: string): Source {
  const file = relative(process.cwd(), path) || path
  const text = readText(path)
  const { LineCounter, parseDocument } = yaml()
  const lines = new LineCounter()
  // The parser compares each key of a mapping with all others, which takes minutes for thousands of schemas.
  const parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false })
  const slip = slipIn(parsed)
  if (slip) {
    const { line, col } = lines.linePos(slip.at)
    throw failure(`read ${file}:${line}:${col}`, { expected: 'well-formed YAML or JSON', received: slip.received })
  }
  const locate: Locate = (pointer) => {
    // The nearest ancestor that stands in the file: an overlay may have added the rest.
    for (let steps: (string | number)[] = split(pointer); ; steps = steps.slice(0, -1)) {
      const node =
        parsed.getIn(
          steps.map((step) => (/^\d+$/.test(String(step)) ? Number(step) : step)),
          true,
        ) ?? parsed.getIn(steps, true)
      const range = (node as { range?: readonly [number, number, number] } | undefined)?.range
      if (range) {
        const { line, col } = lines.linePos(range[0])
        return { file, line, column: col }
      }
      if (steps.length === 0) return { file, line: 1, column: 1 }
    }
  }
  return { value: valueOf(parsed, file), locate }
}

/** Returns what is wrong with the text, the first thing. */
function slipIn(parsed: Parsed): { readonly at: number; readonly received: string } | undefined {
  const { isScalar, visit } = yaml()
  const [error] = parsed.errors
  if (error) return { at: error.pos[0], received: error.message }
  let slip: { readonly at: number; readonly received: string } | undefined
  visit(parsed, {
    Map(_, { items }) {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (isScalar(key) && seen.has(key.value))
          slip ??= { at: key.range?.[0] ?? 0, received: `the key ${JSON.stringify(key.value)} twice in one mapping` }
        if (isScalar(key)) seen.add(key.value)
      }
      return slip ? visit.BREAK : undefined
    },
  })
  return slip
}

/** Aliases may make a small file a huge value. */
function valueOf(parsed: Parsed, file: string): unknown {
  try {
    return parsed.toJS({ maxAliasCount: 1000 })
  } catch (error) {
    throw failure(`read ${file}`, { expected: 'well-formed YAML or JSON', received: (error as Error).message })
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw failure(`read ${path}`, {
      expected: 'a readable file',
      received: (error as NodeJS.ErrnoException).code ?? String(error),
    })
  }
}

/** Which files make a model. */
export interface LoadOptions {
  /** Overlay files in order; without it, `overlay.yaml` beside the document where there is one. */
  readonly overlays?: readonly string[]
  /** Name to serve it under; without it, the document's folder. */
  readonly name?: string
  /** Folders, besides the document's own, whose files it may name. */
  readonly files?: readonly string[]
}

/**
 * Returns the model of a document on disk with its overlays applied.
 * @throws Failure as {@link readSource}, `applyOverlay` and `compile` do.
 */
export function load(path: string, { name, ...options }: LoadOptions = {}): Model {
  const { document, locate } = withinReason(`read ${path}`, () => loadDocument(path, options))
  return compile(document, { name: name ?? basename(dirname(path)), locate })
}

/** Returns a document on disk with its overlays applied and written as OpenAPI 3.1, not yet compiled. */
export function loadDocument(
  path: string,
  { overlays = overlaysBeside(path), files = [] }: Pick<LoadOptions, 'overlays' | 'files'> = {},
): { document: Document; locate: Locate } {
  const { value, locate } = readSource(path)
  const document = overlays.reduce((result, file) => {
    const overlay = readSource(file)
    checkBindings(overlay.value, overlay.locate)
    return applyOverlay(result, overlay.value, overlay.locate)
  }, value as Document)
  return { document: upgrade(withSchemas(document, dirname(path), files) as Document), locate }
}

/** Returns a copy in which every `x-graphql` carries the text of the schema it names, because a browser has no disk. */
function withSchemas(tree: unknown, folder: string, files: readonly string[]): unknown {
  if (Array.isArray(tree)) return tree.map((item) => withSchemas(item, folder, files))
  if (!isObject(tree)) return tree
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => {
      if (key !== 'x-graphql' || !isObject(value) || typeof value.schema !== 'string')
        return [key, withSchemas(value, folder, files)]
      const cure = 'Name the folder that it may be in with --files.'
      return [key, { ...value, sdl: readText(fileWithin([folder, ...files], resolve(folder, value.schema), cure)) }]
    }),
  )
}

/** Returns the `overlay.yaml` beside a document, where there is one. @throws Failure for a link that leads out of its folder. */
export function overlaysBeside(path: string): readonly string[] {
  const folder = dirname(path)
  const beside = joinPath(folder, 'overlay.yaml')
  return existsSync(beside) ? [fileWithin([folder], beside, `Name it with --overlay ${beside} to have it read.`)] : []
}

/**
 * Returns a path that a document, or what lies in a folder, has named; nothing outside of the folders is looked at, even to see
 * whether it is there.
 * @throws Failure for a path, or a link, that leads out of them.
 */
export function fileWithin(folders: readonly string[], path: string, cure: string): string {
  const isIn = (target: string) => (folder: string) => {
    const way = relative(folder, target)
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
  }
  const leadsOut = (): Error =>
    failure(`read ${path}`, {
      expected: `a file in ${folders.map((folder) => resolve(folder)).join(' or ')}`,
      received: 'one outside of it',
      cure,
    })
  if (!folders.map((folder) => resolve(folder)).some(isIn(resolve(path)))) throw leadsOut()
  const real = realOf(path)
  if (real !== undefined && !folders.map((folder) => realOf(folder) ?? folder).some(isIn(real))) throw leadsOut()
  return path
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
