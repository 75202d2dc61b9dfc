const limit = 120

/** Returns the first words of an e-mail after its salutation, in one line of at most 120 characters. */
export function snippetOf(body: string): string {
  const start = Math.max(0, body.indexOf('\n\n'))
  let text = ''
  for (const line of body.slice(start, start + 2 * limit).split('\n'))
    if (line !== '') text += text === '' ? line : ` ${line}`
  return text.length > limit ? `${text.slice(0, text.lastIndexOf(' ', limit - 1))}…` : text
}
