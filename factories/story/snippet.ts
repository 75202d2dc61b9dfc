const limit = 120

/** Returns the first words of an e-mail after its salutation, in one line of at most 120 characters. */
export function snippetOf(body: string): string {
  const start = body.indexOf('\n\n')
  const text = body.slice(Math.max(0, start), Math.max(0, start) + 4 * limit).replace(/\s+/g, ' ').trim()
  return text.length > limit ? `${text.slice(0, text.lastIndexOf(' ', limit - 1))}…` : text
}
