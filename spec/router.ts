// Finds the operation of a method and a path.

import { percentDecoded } from './quote.ts'
import type { Model } from './model.ts'
import type { Operation } from './operation.ts'

/** A request's operation, and the texts that its path holds for the path parameters, percent-decoded. */
export interface Matched {
  readonly operation: Operation
  readonly params: Readonly<Record<string, string>>
  /** Operations whose paths differ from this one's in nothing but the names of parameters, in the document's order. */
  readonly others?: readonly Matched[]
}

/** The path exists, but not with that method. */
export interface MethodNotAllowed {
  /** Methods that the path has, in upper case, `HEAD` with every `GET`. */
  readonly methodNotAllowed: readonly string[]
}

/** Finds operations by method and path. */
export interface Router {
  /** Returns the operation for a path without its query, the methods that the path does have, or `undefined` for an unknown path. */
  match(method: string, path: string): Matched | MethodNotAllowed | undefined
}

/** One text between two slashes of a documented path: literal text with parameters between. */
interface Segment {
  /** Literal texts around the parameters, one more than there are parameters. */
  readonly texts: readonly string[]
  readonly names: readonly string[]
}

interface Route {
  readonly operation: Operation
  readonly names: readonly string[]
}

interface Node {
  readonly literals: Map<string, Node>
  readonly templates: { readonly texts: readonly string[]; readonly node: Node }[]
  readonly routes: Map<string, Route[]>
}

/**
 * Returns a router over operations. Literal segments win over templates (OpenAPI 3.1, Paths Object), a trailing slash is
 * tolerated, `HEAD` falls to `GET`, and badly encoded paths match nothing. Each node of the tree is tried at most once.
 */
export function routerOf(operations: readonly Operation[]): Router {
  const root = node()
  for (const operation of operations) insert(root, operation)
  return { match: (method, path) => match(root, method, path) }
}

/** Returns a function that tells whether a path with a method belongs to an operation that is left out because the document cannot be read there. */
export function lostIn({ lost }: Pick<Model, 'lost'>): (method: string, path: string) => boolean {
  const router = routerOf(lost)
  return (method, path) => {
    const matched = router.match(method, path)
    return matched !== undefined && ('operation' in matched || matched.methodNotAllowed.includes('*'))
  }
}

const node = (): Node => ({ literals: new Map(), templates: [], routes: new Map() })

function insert(root: Node, operation: Operation): void {
  const names: string[] = []
  let here = root
  for (const text of steps(operation.path)) {
    const segment = parseSegment(text)
    names.push(...segment.names)
    here = segment.names.length === 0 ? literal(here, text) : template(here, segment.texts)
  }
  here.routes.set(operation.method, [...(here.routes.get(operation.method) ?? []), { operation, names }])
}

function literal(parent: Node, text: string): Node {
  const decoded = percentDecoded(text) ?? text
  const known = parent.literals.get(decoded) ?? node()
  parent.literals.set(decoded, known)
  return known
}

function template(parent: Node, texts: readonly string[]): Node {
  const known = parent.templates.find((candidate) => candidate.texts.join('{}') === texts.join('{}'))
  if (known) return known.node
  const made = { texts, node: node() }
  parent.templates.push(made)
  // `{id}.json` is more concrete than `{id}`.
  parent.templates.sort((left, right) => right.texts.join('').length - left.texts.join('').length)
  return made.node
}

function parseSegment(text: string): Segment {
  const parts = text.split(/\{([^{}]*)\}/)
  return { texts: parts.filter((_, index) => index % 2 === 0), names: parts.filter((_, index) => index % 2 === 1) }
}

/** Texts between the slashes; one slash at the end does not count. */
function steps(path: string): string[] {
  const texts = path.split('/')
  if (texts[0] === '') texts.shift()
  if (texts.at(-1) === '') texts.pop()
  return texts
}

/** A reserved character that is percent-encoded belongs to a value (RFC 3986, 2.2), unless only a reading as structure finds an operation. */
function match(root: Node, method: string, path: string): Matched | MethodNotAllowed | undefined {
  if (!path.includes('%')) return matchTexts(root, method, steps(path))
  const texts = steps(path)
  const decoded = texts.map(percentDecoded)
  if (!decoded.every((text) => text !== undefined)) return undefined
  const strict = matchTexts(root, method, texts.map(decodeUnreserved), (value) => percentDecoded(value) ?? value)
  if (strict && 'operation' in strict) return strict
  const loose = matchTexts(root, method, decoded)
  return loose && 'operation' in loose ? loose : (strict ?? loose)
}

function matchTexts(
  root: Node,
  method: string,
  texts: readonly string[],
  valueOf = (text: string): string => text,
): Matched | MethodNotAllowed | undefined {
  const values: string[] = []
  const found = descend(root, texts, 0, values)
  if (!found) return undefined
  const routes = found.routes.get(method) ?? (method === 'HEAD' ? found.routes.get('GET') : undefined)
  if (!routes) return { methodNotAllowed: allowed(found) }
  const [first, ...others] = routes.map(({ operation, names }): Matched => {
    const params: Record<string, string> = {}
    for (const [index, name] of names.entries()) params[name] = valueOf(values[index] as string)
    return { operation, params }
  })
  return { ...(first as Matched), ...(others.length > 0 && { others }) }
}

const allowed = (found: Node): string[] =>
  [...found.routes.keys()].flatMap((method) =>
    method === 'GET' && !found.routes.has('HEAD') ? [method, 'HEAD'] : [method],
  )

function descend(here: Node, texts: readonly string[], depth: number, values: string[]): Node | undefined {
  const text = texts[depth]
  if (text === undefined) return here.routes.size > 0 ? here : undefined
  const next = here.literals.get(text)
  const found = next && descend(next, texts, depth + 1, values)
  if (found) return found
  for (const candidate of here.templates) {
    const before = values.length
    if (!capture(candidate.texts, text, values)) continue
    const end = descend(candidate.node, texts, depth + 1, values)
    if (end) return end
    values.length = before
  }
  return undefined
}

/** Takes the parameters out of a segment, each as short as it can be and never empty. */
function capture(texts: readonly string[], text: string, values: string[]): boolean {
  const before = values.length
  let start = (texts[0] as string).length
  if (!text.startsWith(texts[0] as string)) return false
  for (let index = 1; index < texts.length; index++) {
    const literal = texts[index] as string
    const last = index === texts.length - 1
    const end = last ? text.length - literal.length : text.indexOf(literal, start + 1)
    if (end <= start || (last && !text.endsWith(literal))) {
      values.length = before
      return false
    }
    values.push(text.slice(start, end))
    start = end + literal.length
  }
  return true
}

/** Decodes what means the same encoded or not; reserved characters and the percent sign itself stay encoded. */
const decodeUnreserved = (text: string): string =>
  text.replaceAll(/(?:%[\da-f]{2})+/gi, (encoded) =>
    encoded
      .split(/(%(?:2[1-9a-cf]|25|3[abdf]|40|5[bd]))/i)
      .map((part, index) => (index % 2 === 1 ? part : (percentDecoded(part) ?? part)))
      .join(''),
  )
