import { formOf } from './form.ts'
import { isNobody } from './mask-text.ts'
import type { Mask } from './mask-text.ts'

interface Entry {
  readonly text: string
  /** Where its first word begins. */
  readonly start: number
  readonly form: string
}

/** Texts that lead to people, found again inside of others; found by their first word, so that a text need not be held against them all. */
export class Known {
  readonly #entries = new Map<string, Entry[]>()
  readonly #texts = new Set<string>()

  /** Texts of up to three characters are no names, and would be found everywhere. */
  add(text: string, sort: Mask | undefined): void {
    if (sort === undefined || sort === 'embedded' || text.length < 4 || this.#texts.has(text) || isNobody(text)) return
    this.#texts.add(text)
    const form = formOf(text, sort)
    // What is shown is JSON as a rule.
    for (const spelling of new Set([text, JSON.stringify(text).slice(1, -1)])) {
      const [first] = spelling.matchAll(word)
      if (!first) continue
      const entry = { text: spelling, start: first.index, form }
      const others = this.#entries.get(first[0])
      if (others) others.push(entry)
      else this.#entries.set(first[0], [entry])
    }
  }

  /** Returns a text in which only the form of known ones is left, of those that were cut short, too. */
  hide(text: string): string {
    if (this.#texts.size === 0) return text
    const parts: string[] = []
    let at = 0
    for (const { 0: first, index } of text.matchAll(word)) {
      if (index < at) continue
      const found = this.#longestAt(text, index, first, at)
      if (!found) continue
      parts.push(text.slice(at, found.from), found.form)
      at = found.from + found.length
    }
    return parts.join('') + text.slice(at)
  }

  #longestAt(text: string, index: number, first: string, least: number) {
    const cut = text.indexOf('…', index)
    const entries = this.#entries.get(first) ?? []
    let best: { readonly from: number; readonly length: number; readonly form: string } | undefined
    for (const { text: known, start, form } of entries) {
      const from = index - start
      if (from < least || (best && best.length >= known.length)) continue
      const length =
        text.startsWith(known, from) && !isInner(text, from + known.length, known)
          ? known.length
          : cut > 0 && cut - from < known.length && known.startsWith(text.slice(from, cut))
            ? cut - from
            : 0
      if (length > 0) best = { from, length, form: form.slice(0, length) }
    }
    return best ?? (cut === index + first.length && first.length > 2 ? this.#begunBy(first, index, least) : undefined)
  }

  /** A text may have been cut within its first word. */
  #begunBy(first: string, index: number, least: number) {
    for (const [whole, [entry]] of this.#entries) {
      if (!entry || !whole.startsWith(first)) continue
      const start = Math.min(entry.start, index - least)
      const length = start + first.length
      return { from: index - start, length, form: entry.form.slice(entry.start - start).slice(0, length) }
    }
    return undefined
  }
}

const word = /[\p{L}\p{N}\p{M}]+/gu

/** Tells whether a text goes on with the same word; a number goes on with its decimals. */
const isInner = (text: string, end: number, known: string): boolean =>
  (/[\p{L}\p{N}]$/u.test(known) && /^[\p{L}\p{N}\p{M}]/u.test(text.slice(end, end + 2))) ||
  (/^\d{1,6}$/.test(known) && !/^["'<]/.test(text.slice(end, end + 1)))
