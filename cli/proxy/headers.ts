/** Headers as Node has received them: names and values in turns. */
export type RawHeaders = readonly string[]

/** Reads headers where they are; `Headers` would cost more than all the rest of looking at them. */
export interface HeaderReader {
  /** Returns a header's value, several of them joined by a comma (RFC 9110, 5.3), or `null` where there is none. */
  get(name: string): string | null
}

/** Returns what reads raw headers. */
export function readerOf(raw: RawHeaders): HeaderReader {
  return {
    get(name) {
      const wanted = name.toLowerCase()
      let found: string | null = null
      for (let index = 0; index + 1 < raw.length; index += 2) {
        const own = raw[index] as string
        if (own.length !== wanted.length || own.toLowerCase() !== wanted) continue
        const value = raw[index + 1] as string
        found = found === null ? value : `${found}, ${value}`
      }
      return found
    },
  }
}

/** Returns headers as a `Headers`, for who reads all of them. */
export function headersIn(raw: RawHeaders): Headers {
  const headers = new Headers()
  for (let index = 0; index + 1 < raw.length; index += 2) {
    try {
      headers.append(raw[index] as string, raw[index + 1] as string)
    } catch {
      // Node takes some values that fetch does not; they are passed on, but not looked at.
    }
  }
  return headers
}

/** Returns headers as they are sent on, in their order and spelling, without those that a test turns away. */
export function sentOn(raw: RawHeaders, passes: (name: string) => boolean): string[] {
  const kept: string[] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string
    if (passes(name)) kept.push(name, raw[index + 1] as string)
  }
  return kept
}
