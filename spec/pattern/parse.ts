// Parses regular expressions (ECMA-262) to a syntax tree.

import { classes, minus, only, pointAt, setOf, sizeOf, union, universe } from './charset.ts'
import type { CharSet } from './charset.ts'

/** Returns the syntax tree of a pattern that a runtime has accepted. @throws SyntaxError for inline flags. */
export const parsePattern = (source: string): Syntax => new Parser(source).whole()

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 }

/** A recursive descent over code points; identity matters for its position only. */
class Parser {
  readonly #points: readonly string[]
  #at = 0
  #groups = 0

  constructor(source: string) {
    this.#points = [...source]
  }

  whole(): Syntax {
    const tree = this.#choice()
    if (this.#at < this.#points.length) throw new SyntaxError(`Unexpected "${this.#peek()}"`)
    return tree
  }

  #peek(ahead = 0): string {
    return this.#points[this.#at + ahead] ?? ''
  }
  #next(): string {
    return this.#points[this.#at++] ?? ''
  }
  #eat(text: string): boolean {
    if (
      !this.#points
        .slice(this.#at, this.#at + text.length)
        .join('')
        .startsWith(text)
    )
      return false
    this.#at += text.length
    return true
  }
  #until(stop: string): string {
    let text = ''
    while (this.#at < this.#points.length && !this.#eat(stop)) text += this.#next()
    return text
  }

  #choice(): Syntax {
    const parts = [this.#sequence()]
    while (this.#eat('|')) parts.push(this.#sequence())
    return parts.length === 1 ? (parts[0] as Syntax) : { kind: 'choice', parts }
  }

  #sequence(): Syntax {
    const parts: Syntax[] = []
    while (this.#at < this.#points.length && this.#peek() !== '|' && this.#peek() !== ')')
      parts.push(this.#repeated(this.#atom()))
    return parts.length === 1 ? (parts[0] as Syntax) : { kind: 'sequence', parts }
  }

  #repeated(body: Syntax): Syntax {
    const bounds = this.#bounds()
    if (!bounds) return body
    this.#eat('?') // laziness changes what is found first, not what matches
    return { kind: 'repeat', body, ...bounds }
  }

  #bounds(): { min: number; max: number } | undefined {
    if (this.#eat('*')) return { min: 0, max: Infinity }
    if (this.#eat('+')) return { min: 1, max: Infinity }
    if (this.#eat('?')) return { min: 0, max: 1 }
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.#points.slice(this.#at, this.#at + 24).join(''))
    if (!counted) return undefined
    this.#at += counted[0].length
    const min = Number(counted[1])
    return { min, max: counted[2] === undefined ? min : counted[3] ? Number(counted[3]) : Infinity }
  }

  #atom(): Syntax {
    const from = this.#at
    const atom = this.#unit()
    return atom.kind === 'set' || atom.kind === 'look'
      ? { ...atom, source: this.#points.slice(from, this.#at).join('') }
      : atom
  }

  #unit(): Syntax {
    const letter = this.#next()
    if (letter === '^') return { kind: 'start' }
    if (letter === '$') return { kind: 'end' }
    if (letter === '.') return { kind: 'set', set: classes['.'] as CharSet, source: '' }
    if (letter === '(') return this.#group()
    if (letter === '[') return { kind: 'set', set: this.#class(), source: '' }
    if (letter === '\\') return this.#escape()
    return literal(letter)
  }

  #group(): Syntax {
    const close = (body: Syntax): Syntax => (this.#eat(')'), body)
    if (this.#eat('?:')) return close(this.#choice())
    for (const [opening, behind, negated] of [
      ['?=', false, false],
      ['?!', false, true],
      ['?<=', true, false],
      ['?<!', true, true],
    ] as const) {
      if (this.#eat(opening)) return close({ kind: 'look', body: this.#choice(), behind, negated, source: '' })
    }
    const index = ++this.#groups
    if (this.#eat('?<')) {
      const name = this.#until('>')
      return close({ kind: 'group', index, name, body: this.#choice() })
    }
    if (this.#peek() === '?') throw new SyntaxError('Inline flags are not supported')
    return close({ kind: 'group', index, body: this.#choice() })
  }

  #escape(): Syntax {
    const letter = this.#peek()
    if (letter === 'b' || letter === 'B') return (this.#at++, { kind: 'boundary', negated: letter === 'B' })
    if (/[1-9]/.test(letter)) {
      let digits = ''
      while (/\d/.test(this.#peek())) digits += this.#next()
      return { kind: 'back', to: Number(digits) }
    }
    if (letter === 'k' && this.#peek(1) === '<') {
      this.#at += 2
      return { kind: 'back', to: this.#until('>') }
    }
    return { kind: 'set', set: this.#escapedSet(), source: '' }
  }

  /** What follows a backslash, in a class or outside of one. */
  #escapedSet(): CharSet {
    const letter = this.#next()
    if (letter in classes && letter !== '.') return classes[letter] as CharSet
    if ((letter === 'p' || letter === 'P') && this.#eat('{')) return propertySet(letter, this.#until('}'))
    if (letter === 'c') return only(this.#next().charCodeAt(0) % 32)
    if (letter === 'x') return only(this.#hex(2))
    if (letter === 'u') return only(this.#eat('{') ? Number.parseInt(this.#until('}'), 16) : this.#surrogates())
    return only(controls[letter] ?? (letter.codePointAt(0) as number))
  }

  #hex(digits: number): number {
    let text = ''
    for (let index = 0; index < digits; index++) text += this.#next()
    return Number.parseInt(text, 16)
  }

  #surrogates(): number {
    const unit = this.#hex(4)
    if (unit < 0xd800 || unit > 0xdbff || this.#peek() !== '\\' || this.#peek(1) !== 'u') return unit
    this.#at += 2
    return (unit - 0xd800) * 0x400 + (this.#hex(4) - 0xdc00) + 0x10000
  }

  #class(): CharSet {
    const negated = this.#eat('^')
    let set: CharSet = []
    while (this.#at < this.#points.length && !this.#eat(']')) {
      const low = this.#member()
      const ranged = sizeOf(low) === 1 && this.#peek() === '-' && this.#peek(1) !== ']' && this.#peek(1) !== ''
      if (!ranged) {
        set = union(set, low)
        continue
      }
      this.#at++
      const high = this.#member()
      set =
        sizeOf(high) === 1 ? union(set, setOf([pointAt(low, 0), pointAt(high, 0)])) : union(set, low, only(0x2d), high)
    }
    return negated ? minus(universe, set) : set
  }

  #member(): CharSet {
    if (!this.#eat('\\')) return only(this.#next().codePointAt(0) as number)
    if (this.#eat('b')) return only(8)
    return this.#escapedSet()
  }
}

const literal = (letter: string): Syntax => ({ kind: 'set', set: only(letter.codePointAt(0) as number), source: '' })

const properties = new Map<string, CharSet>()

/** The members of a Unicode property among our universe; the runtime knows them. */
function propertySet(letter: string, name: string): CharSet {
  const key = `\\${letter}{${name}}`
  const known = properties.get(key)
  if (known) return known
  const expression = new RegExp(`^${key}$`, 'u')
  const points: [number, number][] = []
  for (const [low, high] of universe) {
    for (let point = low; point <= high; point++)
      if (expression.test(String.fromCodePoint(point))) points.push([point, point])
  }
  const set = setOf(...points)
  properties.set(key, set)
  return set
}

/** A regular expression of ECMA-262, parsed. */
export type Syntax =
  /** One character; the source is how the pattern writes it. */
  | { readonly kind: 'set'; readonly set: CharSet; readonly source: string }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Syntax[] }
  | { readonly kind: 'repeat'; readonly body: Syntax; readonly min: number; readonly max: number }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'boundary'; readonly negated: boolean }
  | {
      readonly kind: 'look'
      readonly body: Syntax
      readonly behind: boolean
      readonly negated: boolean
      readonly source: string
    }
  | { readonly kind: 'group'; readonly body: Syntax; readonly index: number; readonly name?: string }
  | { readonly kind: 'back'; readonly to: number | string }

/** Returns the parts directly inside. */
export function subpatterns(syntax: Syntax): readonly Syntax[] {
  if ('parts' in syntax) return syntax.parts
  return 'body' in syntax ? [syntax.body] : []
}

/** Tells whether a test holds for the expression or anything inside it. */
export const some = (syntax: Syntax, test: (part: Syntax) => boolean): boolean =>
  test(syntax) || subpatterns(syntax).some((part) => some(part, test))
