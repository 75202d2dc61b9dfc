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
export const oneLineJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    // oxlint-disable-next-line no-control-regex
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** Returns a text as a part of a URL; half a surrogate pair, which no URL can hold, becomes U+FFFD (URL Standard, UTF-8 percent-encode). */
export const uriComponent = (text: string): string => encodeURIComponent(text.toWellFormed())

/** Returns a URL, or a part of one, with nothing but printable ASCII in it: what is already encoded stays. */
export const uriText = (text: string): string => text.toWellFormed().replace(/[^!-~]+/g, encodeURIComponent)

/** Tells whether a text can be the name of a header (RFC 9110, 5.1). */
export const isHeaderName = (text: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(text)

/** Returns a text as the value of a header (RFC 9110, 5.5): what it cannot hold becomes a space. */
export const headerText = (text: string): string => text.replace(/[^\t\u0020-\u007e\u0080-\u00ff]+/g, ' ').trim()

/** What moves a terminal's cursor, colours it, or turns the direction of what follows; line breaks aside. */
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

/**
 * Returns a text as it may be printed: without control characters, and without what GitHub Actions take for a command (`::` where
 * a line begins, `##[` anywhere). Line breaks stay.
 */
export const printable = (text: string): string =>
  text
    .replace(control, '�')
    .replaceAll('##[', '##�[')
    .replace(/^(\s*):(?=:)/gm, '$1�:')

/** Returns a text in one line. */
export const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
