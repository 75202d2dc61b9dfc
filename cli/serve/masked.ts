import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib'
import type { HeaderPairs } from '../../mocks/server.ts'
import type { Model } from '../../spec/index.ts'

/** What stands in place of a secret. */
const mask = '***'

/** Headers and parameters that carry secrets, whatever the document says. */
const secret =
  /^(?:(?:proxy-)?authorization|cookie|set-cookie|(?:x-)?(?:api|access|auth)[-_]?(?:key|token)|(?:client[-_]?)?secret|password|passwd|refresh[-_]?token|(?:client[-_]?)?assertion|token|signature)$/i

const isSecret = (name: string, model: Model | undefined): boolean =>
  secret.test(name) ||
  Object.values(model?.security ?? {}).some(
    (scheme) => scheme.type === 'apiKey' && scheme.name?.toLowerCase() === name.toLowerCase(),
  )

/** Returns header fields as they may be shown: of secrets only the scheme. */
export const maskedHeaders = (headers: HeaderPairs, model: Model | undefined): HeaderPairs =>
  headers.map(([name, value]) => [name, isSecret(name, model) ? maskedValue(name, value) : value] as const)

function maskedValue(name: string, value: string): string {
  if (/cookie$/i.test(name)) return value.replace(/=[^;]*/g, `=${mask}`)
  const [, scheme] = /^(\w+) \S/.exec(value) ?? []
  return scheme === undefined ? mask : `${scheme} ${mask}`
}

/** Returns a path with its query as it may be shown. */
export const maskedUrl = (url: string, model: Model | undefined): string =>
  url.replace(/([?&])([^=&]+)=[^&]*/g, (pair, sign: string, name: string) =>
    isSecret(decoded(name), model) ? `${sign}${name}=${mask}` : pair,
  )

/** Returns a body as text as it may be shown; `undefined` where it is no text. */
export function maskedBody(body: Uint8Array, headers: HeaderPairs, model: Model | undefined): string | undefined {
  const text = textOf(body, headers)
  return text
    ?.replace(/("([^"\\]{1,40})"\s*:\s*)"(?:[^"\\]|\\.)*"/g, (pair, before: string, name: string) =>
      isSecret(name, model) ? `${before}"${mask}"` : pair,
    )
    .replace(/(^|&)([\w-]{1,40})=[^&\s]*/g, (pair, sign: string, name: string) =>
      isSecret(name, model) ? `${sign}${name}=${mask}` : pair,
    )
}

/** Returns a body as text, unpacked; `undefined` where it is none. Of one that was cut off, the beginning. */
export function textOf(body: Uint8Array, headers: HeaderPairs): string | undefined {
  const coding = valueOf(headers, 'content-encoding')?.toLowerCase()
  try {
    const bytes = coding === 'gzip' ? gunzipSync(body, cut) : coding === 'br' ? brotliDecompressSync(body) : body
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    // What an archive or a picture has, and no text.
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

const cut = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 16_777_216 }

/** Returns the value of a header field. */
export const valueOf = (headers: HeaderPairs, name: string): string | undefined =>
  headers.find(([known]) => known.toLowerCase() === name)?.[1]

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
