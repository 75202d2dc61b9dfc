// Finds lines of values, and keys that stand twice, in the text of a JSON file.

/** A member of a JSON text that is met: the keys and positions above it, and where its value begins. */
type Visit = (steps: readonly string[], valueAt: number) => boolean

/**
 * Returns where in a JSON text the value at some steps begins, or the nearest value around it that is there.
 * The text is known to be well-formed.
 */
export function offsetIn(text: string, steps: readonly string[]): number {
  let best = skipSpace(text, 0)
  let depth = 0
  walk(text, (path, valueAt) => {
    const isOnTheWay = path.length === depth + 1 && path.at(-1) === steps[depth]
    if (isOnTheWay) {
      depth++
      best = valueAt
    }
    return isOnTheWay
  })
  return best
}

/** Returns the first key that stands twice in one object of a well-formed JSON text, and where it stands again. */
export function repeatedKey(text: string): { readonly key: string; readonly at: number } | undefined {
  /** Of each open object, the keys met in it as they are written; of each open list, `undefined`. */
  const open: (Set<string> | undefined)[] = []
  let keys: Set<string> | undefined
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    if (letter === quoteMark) {
      const end = endOfScalar(text, at)
      if (keys && text.charCodeAt(skipSpace(text, end)) === colon) {
        const written = text.slice(at + 1, end - 1)
        const key = written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : written
        if (keys.has(key)) return { key, at }
        keys.add(key)
      }
      at = end - 1
    } else if (letter === openBrace || letter === openBracket)
      open.push((keys = letter === openBrace ? new Set() : undefined))
    else if (letter === closeBrace || letter === closeBracket) {
      open.pop()
      keys = open.at(-1)
    }
  }
  return undefined
}

const [quoteMark, colon, openBrace, closeBrace, openBracket, closeBracket] = Array.from('":{}[]', (letter) =>
  letter.charCodeAt(0),
) as [number, number, number, number, number, number]

/** Visits members from the outside to the inside, in order; below one for which `false` comes back, none is visited. */
function walk(text: string, visit: Visit): void {
  const path: string[] = []
  /** Of each open list, the index of its next item; of each open object, -1. */
  const open: number[] = []
  let at = 0
  const value = (): void => {
    const letter = text[at]
    if (letter === '{' || letter === '[') {
      open.push(letter === '[' ? 0 : -1)
      at++
    } else at = endOfScalar(text, at)
  }
  at = skipSpace(text, at)
  value()
  while (open.length > 0) {
    at = skipSpace(text, at)
    const letter = text[at]
    if (letter === ',') {
      at++
      continue
    }
    if (letter === '}' || letter === ']' || letter === undefined) {
      at++
      open.pop()
      path.pop()
      continue
    }
    const index = open.at(-1) as number
    let key = String(index)
    if (index < 0) {
      const end = endOfScalar(text, at)
      key = JSON.parse(text.slice(at, end)) as string
      at = skipSpace(text, skipSpace(text, end) + 1)
    } else open[open.length - 1] = index + 1
    const isContainer = text[at] === '{' || text[at] === '['
    path.push(key)
    if (!visit(path, at)) {
      at = isContainer ? endOfContainer(text, at) : endOfScalar(text, at)
      path.pop()
    } else {
      value()
      if (!isContainer) path.pop()
    }
  }
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) <= 32) at++
  return at
}

function endOfScalar(text: string, from: number): number {
  if (text[from] !== '"') {
    let at = from + 1
    while (at < text.length && !',]}'.includes(text[at] as string) && text.charCodeAt(at) > 32) at++
    return at
  }
  for (let at = from + 1; ; at++) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return text.length
    let slashes = 0
    while (text[quote - 1 - slashes] === '\\') slashes++
    if (slashes % 2 === 0) return quote + 1
    at = quote
  }
}

function endOfContainer(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length;) {
    const letter = text[at]
    if (letter === '"') {
      at = endOfScalar(text, at)
      continue
    }
    if (letter === '{' || letter === '[') depth++
    else if (letter === '}' || letter === ']') depth--
    at++
    if (depth === 0) return at
  }
  return text.length
}
