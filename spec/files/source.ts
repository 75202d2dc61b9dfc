// Reads and parses texts from the disk, the network and standard input. Node only.

import { spawnSync } from 'node:child_process'
import { readFileSync, readSync, realpathSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Locate, Place } from '../document.ts'
import { failure } from '../failure.ts'
import type { FailureParts } from '../failure.ts'
import { split } from '../pointer.ts'
import { offsetIn, repeatedKey } from './json-text.ts'

/** Loaded with the first file of YAML: a server of built-in documents reads none, and starts sooner. */
const yaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml') as typeof import('yaml')

type Parsed = ReturnType<typeof import('yaml').parseDocument>

/** A place in a text that is not as it should be. */
interface Slip extends FailureParts {
  readonly place: Place
}

/** A parsed file and a way back into its text. */
export interface SourceFile {
  readonly value: unknown
  readonly locate: Locate
  /** What is wrong with the text itself; what could be read of it is in the value all the same. */
  readonly slips: readonly Slip[]
}

/** Parsing YAML takes a hundred times the memory of its text. JSON has no limit but that of the computer. */
const mostYaml = 20_000_000

const wellFormed = 'well-formed YAML or JSON'

/**
 * Returns a YAML or JSON file parsed, with the places of its parts.
 * @throws Failure for a file that cannot be read or is malformed, with line and column.
 */
export function readSource(path: string): SourceFile {
  return withoutSlips(parseSource(readText(path), relative(process.cwd(), path) || path))
}

/** Returns a source that has no slips. @throws Failure with the first slip, its line and column. */
export function withoutSlips(source: SourceFile): SourceFile {
  const [slip] = source.slips
  if (!slip) return source
  const { file, line, column } = slip.place
  throw failure(`read ${file}:${line}:${column}`, slip)
}

/**
 * Returns the text of a file.
 * @throws Failure for what is no file, or no text.
 */
export function readText(path: string): string {
  try {
    if (path !== '-') checkRegularFile(path)
    return decodeFile(path === '-' ? readInput() : readFileSync(path), path === '-' ? 'standard input' : path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw failure(`read ${path}`, { expected: 'a readable file', received: code })
  }
}

/** Bytes of a file that is read as a whole. */
const largestFile = 256_000_000

/**
 * Refuses what cannot be read to its end at once: a pipe may have nothing to say for ever, a device too much.
 * @throws Failure for what is no regular file, or a huge one; an error of the system where nothing is there.
 */
export function checkRegularFile(path: string): void {
  const found = statSync(path)
  const refuse = (received: string, cure: string): never => {
    throw failure(`read ${path}`, { expected: 'a file', received, cure })
  }
  if (found.isDirectory()) refuse('a folder', 'Name a file in it.')
  if (!found.isFile()) refuse('a device or pipe', 'Write what it gives to a file first.')
  if (found.size > largestFile)
    refuse(`one of ${Math.round(found.size / 1_000_000)} MB`, `Name one of ${largestFile / 1_000_000} MB at most.`)
}

/** Returns all of standard input. A pipe that has nothing yet says so instead of waiting. */
function readInput(): Uint8Array {
  const chunks: Uint8Array[] = []
  const chunk = new Uint8Array(65_536)
  const bell = new Int32Array(new SharedArrayBuffer(4))
  for (;;) {
    try {
      const length = readSync(0, chunk)
      if (length === 0) return Buffer.concat(chunks)
      chunks.push(chunk.slice(0, length))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EOF') return Buffer.concat(chunks)
      if (code !== 'EAGAIN') throw error
      Atomics.wait(bell, 0, 0, 10)
    }
  }
}

/** Returns bytes as text. @throws Failure for what is none. */
function decodeFile(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes
  const coding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  const text = new TextDecoder(coding).decode(bytes)
  if (text.slice(0, 1000).includes('\0'))
    throw failure(`read ${name}`, { expected: 'YAML or JSON', received: 'a binary file' })
  return text
}

/** Returns a text parsed. What is wrong with it is told by its slips. @throws Failure for a text that is too large to be read, or is markup. */
export function parseSource(text: string, file: string): SourceFile {
  const start = /^[\s\uFEFF]*(.?)/.exec(text)?.[1]
  if (start === '<')
    throw failure(`read ${file}`, {
      expected: 'YAML or JSON',
      received: /<html|<!doctype html/i.test(text.slice(0, 1000)) ? 'HTML' : 'XML',
    })
  return (start === '{' || start === '[' ? jsonOf(text, file) : undefined) ?? yamlOf(text, file)
}

/** JSON is parsed by `JSON.parse`, many times as fast as YAML; places are looked up when they are asked for. */
function jsonOf(text: string, file: string): SourceFile | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // It may be YAML, and where it is not, the parser of YAML says where.
    return undefined
  }
  const placeAt = (at: number): Place => placeIn(text, at, file)
  const repeated = repeatedKey(text)
  return {
    value,
    locate: (pointer) => placeAt(offsetIn(text, split(pointer))),
    slips: repeated ? [{ ...twice(repeated.key), place: placeAt(repeated.at) }] : [],
  }
}

const twice = (key: unknown): FailureParts => ({
  expected: wellFormed,
  received: `the key ${JSON.stringify(key)} twice in one mapping`,
})

function placeIn(text: string, at: number, file: string): Place {
  const before = text.slice(0, at)
  const lines = before.split('\n').length
  return { file, line: lines, column: at - before.lastIndexOf('\n') }
}

function yamlOf(text: string, file: string): SourceFile {
  if (text.length > mostYaml)
    throw failure(`read ${file}`, {
      expected: `at most ${mostYaml / 1e6} MB of YAML`,
      received: `${Math.ceil(text.length / 1e6)} MB`,
      cure: 'Write it as JSON, which is read at any size.',
    })
  const { LineCounter, parseDocument } = yaml()
  const lines = new LineCounter()
  // The parser compares each key of a mapping with all others, which takes minutes for thousands of schemas.
  const parsed = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: false, prettyErrors: false })
  const placeAt = (at: number): Place => {
    const { line, col } = lines.linePos(at)
    return { file, line, column: col }
  }
  const slips = [
    ...parsed.errors.map(({ message, pos }) => ({ expected: wellFormed, received: message, place: placeAt(pos[0]) })),
    ...repeatedKeys(parsed).map(({ key, at }) => ({ ...twice(key), place: placeAt(at) })),
  ]
  return { value: valueOf(parsed, file), locate: locateIn(parsed, placeAt), slips }
}

const locateIn =
  (parsed: Parsed, placeAt: (at: number) => Place): Locate =>
  (pointer) => {
    // The nearest ancestor that stands in the file: an overlay may have added the rest.
    for (let steps: (string | number)[] = split(pointer); ; steps = steps.slice(0, -1)) {
      const node =
        parsed.getIn(
          steps.map((step) => (/^\d+$/.test(String(step)) ? Number(step) : step)),
          true,
        ) ?? parsed.getIn(steps, true)
      const range = (node as { range?: readonly [number, number, number] } | undefined)?.range
      if (range || steps.length === 0) return placeAt(range?.[0] ?? 0)
    }
  }

function repeatedKeys(parsed: Parsed): { readonly key: unknown; readonly at: number }[] {
  const { isScalar, visit } = yaml()
  const found: { readonly key: unknown; readonly at: number }[] = []
  visit(parsed, {
    Map(_, { items }) {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value) && key.value !== '<<') found.push({ key: key.value, at: key.range?.[0] ?? 0 })
        seen.add(key.value)
      }
    },
  })
  return found
}

/** Aliases may make a small file a huge value. */
function valueOf(parsed: Parsed, file: string): unknown {
  try {
    return parsed.toJS({ maxAliasCount: 1000 })
  } catch (error) {
    throw failure(`read ${file}`, { expected: wellFormed, received: (error as Error).message })
  }
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

const mostBytes = 64_000_000
const patience = 30_000

/** Sends what came to its standard output, or why nothing did to the other one. No redirect is followed: it may lead anywhere. */
const script = `
const response = await fetch(process.argv[1], { redirect: 'manual', headers: { accept: 'application/yaml, application/json, */*;q=0.5' } })
  .catch((error) => ({ ok: false, status: 0, reason: error.cause?.code ?? error.cause?.message ?? error.message }))
const leads = response.headers?.get('location')
if (!response.ok) process.stderr.write(response.reason ?? (leads ? 'a redirect to ' + leads : 'status ' + response.status))
else for await (const chunk of response.body ?? []) if (!process.stdout.write(chunk)) await new Promise((go) => process.stdout.once('drain', go))
process.exitCode = response.ok ? 0 : 1
`

/**
 * Returns the text at an address. Another process fetches it, because a document is read in one go.
 * @throws Failure for an address that does not answer with a text.
 */
export function fetchText(address: string): string {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script, address],
    { maxBuffer: mostBytes, timeout: patience, windowsHide: true },
  )
  if (status === 0 && !error) return decodeFile(stdout, address)
  const { code } = (error ?? {}) as NodeJS.ErrnoException
  const received =
    code === 'ENOBUFS'
      ? `more than ${mostBytes / 1e6} MB`
      : code === 'ETIMEDOUT'
        ? `none within ${patience / 1000} seconds`
        : stderr.toString().trim().split('\n')[0] || (code ?? 'nothing')
  throw failure(`fetch ${address}`, { expected: 'a document', received })
}
