import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { builtFolder } from '../package.ts'

const folder = builtFolder('desk')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
}

/** The page asks nobody but this server, runs its own files only, and is shown in no other page (CSP Level 3). */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const known = new Map<string, { readonly bytes: Uint8Array<ArrayBuffer>; readonly tag: string }>()

/** Returns a file of the desk's page; `undefined` where there is none of that name. */
export function pageFile(name: string, request: Request): Response | undefined {
  const type = /^[\w-]+\.\w+$/.test(name) ? types[extname(name)] : undefined
  if (type === undefined) return undefined
  const file = known.get(name) ?? read(name)
  if (!file) return undefined
  known.set(name, file)
  const headers = {
    'content-type': type,
    etag: file.tag,
    'cache-control': 'no-cache',
    'content-security-policy': policy,
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(name === 'index.html' && { vary: 'accept' }),
  }
  if (request.headers.get('if-none-match') === file.tag) return new Response(null, { status: 304, headers })
  return new Response(request.method === 'HEAD' ? null : file.bytes, { headers })
}

function read(name: string): { readonly bytes: Uint8Array<ArrayBuffer>; readonly tag: string } | undefined {
  try {
    const bytes = new Uint8Array(readFileSync(join(folder, name)))
    return { bytes, tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` }
  } catch {
    return undefined
  }
}
