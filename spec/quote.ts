// Quotes texts for shells, headers, URLs and terminals.

/** Returns a text as one word of a POSIX shell, in single quotes. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** As {@link shellQuote}; a word that no shell reads otherwise stays bare. */
export const shellWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : shellQuote(text))

/**
 * Returns a text as a literal in single quotes that JavaScript and JSONPath (RFC 9535, normalized paths) read alike: JSON's escapes,
 * and one for whatever ends a line or is not shown.
 */
export const literal = (text: string): string =>
  `'${oneLineJson(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

/** Returns a value as JSON that is one line to JavaScript, YAML 1.1 and YAML 1.2 as well. */
export const oneLineJson = (value: unknown): string => escaped(JSON.stringify(value))

/** Returns a value as indented JSON that may be printed: what {@link printable} takes out is escaped. */
export const printableJson = (value: unknown): string => escaped(JSON.stringify(value, null, 2))

/** JSON escapes what is below U+0020 by itself. */
const escaped = (json: string): string =>
  json
    .replace(
      // oxlint-disable-next-line no-control-regex
      /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replace(logCommand, '#\\u0023')

/** Returns a text as a part of a URL; half a surrogate pair, which no URL can hold, becomes U+FFFD (URL Standard, UTF-8 percent-encode). */
export const uriComponent = (text: string): string => encodeURIComponent(text.toWellFormed())

/** Returns percent-encoded text decoded (RFC 3986, 2.1); `undefined` where it is badly encoded. */
export function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Returns a URL, or a part of one, with nothing but printable ASCII in it: what is already encoded stays. */
export const uriText = (text: string): string => text.toWellFormed().replace(/[^!-~]+/g, encodeURIComponent)

/** Tells whether a text can be the name of a header (RFC 9110, 5.1). */
export const isHeaderName = (text: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(text)

/** Returns a text as the value of a header (RFC 9110, 5.5): what it cannot hold becomes a space. */
export const headerText = (text: string): string => text.replace(/[^\t\u0020-\u007e\u0080-\u00ff]+/g, ' ').trim()

/** What moves a terminal's cursor, colours it, or turns the direction of what follows; line breaks aside. */
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** What begins a command in the log of a runner: `##[error]` (GitHub), `##vso[task.complete]` (Azure), `##teamcity[…]`. */
const logCommand = /##(?=\w*\[)/g

/**
 * Returns a text as it may be printed: without control characters, and without what a runner of CI takes for a command (`::` where
 * a line begins, `##[` and `##vso[` anywhere). Line breaks stay.
 */
export const printable = (text: string): string =>
  text
    .replace(control, '�')
    .replace(logCommand, '##�')
    .replace(/^(\s*):(?=:)/gm, '$1�:')

/** Returns a text in one line. */
export const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')

/** Returns data in which every text is one line that may be printed, names of properties included. */
export function printableData<T>(data: T): T {
  if (typeof data === 'string') return printable(oneLine(data)) as T
  if (Array.isArray(data)) return data.map((item: unknown) => printableData(item)) as T
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(
    Object.entries(data).map(([name, item]) => [printable(oneLine(name)), printableData(item as unknown)]),
  ) as T
}
