/** Tells whether a text is a regular expression that this runtime can read. */
export function isPattern(text: unknown): text is string {
  try {
    return typeof text === 'string' && new RegExp(text, 'u') instanceof RegExp
  } catch {
    return false
  }
}
