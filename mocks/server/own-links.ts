// Rewrites links in the answers of an API so that they lead to the server that answers.

import { Buffer } from 'node:buffer'
import { isJson, isObject, patternOf } from '../../spec/index.ts'
import type { Fetch, Model } from '../../spec/index.ts'
import { bodyOf, etagOf, isKnown, responseWith } from '../http/body.ts'
import { clientUrl, filesPath } from '../http/routes.ts'
import { worldHeader } from '../state/worlds.ts'
import { fileLinks } from '../files/links.ts'

/**
 * Returns a `Fetch` whose answers lead to this server where the data has a link to a file: `https://billing.acme.example/pay/x` becomes
 * `http://127.0.0.1:4010/stuut/__files/billing.acme.example/pay/x`. What is no JSON is handed on as it is, and so are links whose
 * schema allows no other.
 */
export function withOwnLinks(fetch: Fetch, model: () => Model): Fetch {
  return async (request) => {
    const response = await fetch(request)
    if (!isJson(response.headers.get('content-type') ?? '')) return response
    const base = filesBase(request)
    if (base === undefined) return response
    const bytes = await bodyOf(response)
    const headers = new Headers(response.headers)
    const init = { status: response.status, headers }
    const body = rewritten(bytes, base, model())
    if (body === undefined) return responseWith(bytes, init)
    if (headers.has('content-length')) headers.set('content-length', String(body.byteLength))
    if (!headers.has('etag')) return responseWith(body, init)
    // The tag that the client has is that of what it was sent, links and all (RFC 9110, 13.1.2).
    const tag = etagOf(body)
    headers.set('etag', tag)
    if (!isKnown(request.headers.get('if-none-match'), tag)) return responseWith(body, init)
    for (const name of ['content-type', 'content-length']) headers.delete(name)
    return new Response(null, { status: 304, headers })
  }
}

/** Returns where the links of an answer begin; `undefined` for a world whose name cannot stand in a path. */
function filesBase(request: Request): string | undefined {
  const { origin, pathname } = clientUrl(request)
  const own = pathname.slice(0, pathname.length - new URL(request.url).pathname.length)
  const world = request.headers.get(worldHeader) ?? ''
  if (world === '' || own.startsWith('/__world/')) return `${origin}${own}${filesPath}`
  return /^[\w.~-]+$/.test(world) ? `${origin}/__world/${world}${own}${filesPath}` : undefined
}

/** Returns JSON with its links rewritten; `undefined` where it has none. A character stands for a byte: links are found in a third of the time. */
function rewritten(bytes: Uint8Array<ArrayBuffer>, base: string, model: Model): Uint8Array<ArrayBuffer> | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const fixed = fixedNames(model)
  const own = text.replaceAll(fileLinks(model), (whole, link: string, ...groups: unknown[]) => {
    if (fixed.size > 0 && fixed.has(nameBefore(text, groups.at(-2) as number))) return whole
    return `"${base}${link.replaceAll(' ', '%20')}"`
  })
  return own === text ? undefined : new Uint8Array(Buffer.from(own, 'latin1'))
}

/** Returns the name of the property whose value begins at a place; empty for an element of a list. */
function nameBefore(text: string, at: number): string {
  const end = text.lastIndexOf('"', at - 1)
  return /^"\s*:\s*$/.test(text.slice(end, at)) ? text.slice(text.lastIndexOf('"', end - 1) + 1, end) : ''
}

const known = new WeakMap<Model, ReadonlySet<string>>()

/** Returns the names of properties whose schemas would not have a link to this server: those of a pattern, or with few characters. */
function fixedNames(model: Model): ReadonlySet<string> {
  const names = known.get(model) ?? new Set(fixedIn(model.document))
  known.set(model, names)
  return names
}

/** As long as any. */
const sample = `http://127.0.0.1:65535/__world/test/api${filesPath}files.a-company-with-a-long-name.example/abcdefghijkl/Invoice-ABC-10001.pdf`

function* fixedIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* fixedIn(item)
  if (!isObject(value)) return
  for (const [name, inner] of Object.entries(value)) {
    if (name === 'properties' && isObject(inner))
      for (const [property, schema] of Object.entries(inner))
        if (isObject(schema) && !takesLinks(schema)) yield property
    yield* fixedIn(inner)
  }
}

/** Tells whether a schema's own keywords allow a link to this server. Ajv would have to be loaded for more, before the first answer. */
const takesLinks = ({ pattern, maxLength, enum: words, const: only }: Readonly<Record<string, unknown>>): boolean =>
  words === undefined &&
  only === undefined &&
  !(typeof maxLength === 'number' && maxLength < sample.length) &&
  !(typeof pattern === 'string' && !patternOf(pattern).test(sample))
