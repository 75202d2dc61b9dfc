/** A pattern as the runtime takes it. */
export interface Reading {
  readonly source: string
  readonly flags: string
}

const literal = /^\/(\^.*|.*\$)\/([a-z]*)$/s
const inline = /^\(\?([ims]+)\)/

/**
 * Returns how a pattern is meant, or `undefined` where nobody can say: with the flag `u`, as JSON Schema asks (2020-12, 6.3.3); without
 * it where that refuses what ECMA-262 5.1 takes (`\-`, `[\w-.]`); and what other languages write: `/…/i`, `(?i)`, `(?P<name>…)`, `\A`, `\z`.
 */
export function readPattern(text: string): Reading | undefined {
  const [, inside = text, flags = ''] = literal.exec(text) ?? []
  const [prefix = '', more = ''] = inline.exec(inside) ?? []
  const source = inside.slice(prefix.length)
  const kept = [...new Set(flags + more)].filter((flag) => flag === 'i' || flag === 's').join('')
  const translated = source
    .replace(/\(\?P</g, '(?<')
    .replace(/^\\A/, '^')
    .replace(/(?<!\\)((?:\\\\)*)\\[zZ]$/, '$1$')
  return [
    { source, flags: `${kept}u` },
    { source: translated, flags: `${kept}u` },
    { source: translated, flags: kept },
  ].find(isReadable)
}

function isReadable({ source, flags }: Reading): boolean {
  try {
    return Boolean(new RegExp(source, flags))
  } catch {
    return false
  }
}
