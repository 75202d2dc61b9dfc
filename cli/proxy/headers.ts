import type { IncomingMessage } from 'node:http'

/** Returns headers as a `Headers`, for who reads them. */
export function headersIn({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): Headers {
  const headers = new Headers()
  for (const [name, value] of pairsIn(rawHeaders)) {
    try {
      headers.append(name, value)
    } catch {
      // Node takes some values that fetch does not; they are passed on, but not looked at.
    }
  }
  return headers
}

/** Returns headers as they are sent on, in their order and spelling, without those that a test turns away. */
export function sentOn(rawHeaders: readonly string[], passes: (name: string) => boolean): string[] {
  return pairsIn(rawHeaders).flatMap(([name, value]) => (passes(name) ? [name, value] : []))
}

function pairsIn(rawHeaders: readonly string[]): (readonly [name: string, value: string])[] {
  const pairs: (readonly [string, string])[] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) pairs.push([rawHeaders[index] as string, rawHeaders[index + 1] as string])
  return pairs
}
