import { misuse } from './misuse.ts'

/** How pairs are written on the command line. */
export interface PairForm {
  /** `--header`. */
  readonly option: string
  readonly separator: ':' | '='
  /** `'Name: value'`. */
  readonly example: string
}

/** Returns names and values of repeated options. @throws Misuse for one without separator or name; values are not repeated in it. */
export function pairs(texts: readonly string[], { option, separator, example }: PairForm): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf(separator)
      const name = text.slice(0, at).trim()
      if (at < 0 || name === '')
        throw misuse(option, {
          expected: example,
          received: at < 0 ? `a text without "${separator}"` : 'a text without a name',
        })
      return [name, text.slice(at + 1).trim()]
    }),
  )
}

/** Returns headers of repeated options. @throws Misuse for a name or value that HTTP does not allow (RFC 9110, 5.5 and 5.6.2). */
export function headersOf(texts: readonly string[]): Record<string, string> {
  const headers = pairs(texts, { option: '--header', separator: ':', example: "'Name: value'" })
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(name))
      throw misuse('--header', { expected: 'a name of letters, digits and dashes', received: JSON.stringify(name) })
    // oxlint-disable-next-line no-control-regex
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      throw misuse(`--header ${name}`, {
        expected: 'a value without line breaks and beyond Latin-1',
        received: 'one with such a character',
      })
  }
  return headers
}
