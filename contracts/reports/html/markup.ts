/** Markup that is already safe. */
export interface Markup {
  readonly markup: string
}

type Part = Markup | string | number | undefined | false | readonly Part[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Characters that browsers do not show or that turn the direction of what follows. */
// oxlint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

function write(part: Part): string {
  if (part === undefined || part === false) return ''
  if (typeof part === 'string' || typeof part === 'number')
    return String(part)
      .replace(unseen, '�')
      .replace(/[&<>"']/g, (character) => entities[character] as string)
  return 'markup' in part ? part.markup : part.map(write).join('')
}

/** Returns markup; everything put into it is escaped, unless it is markup itself. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: texts.map((text, index) => text + (index < parts.length ? write(parts[index]) : '')).join(''),
})
