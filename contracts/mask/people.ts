// Hides people and secrets of answers in printed findings.

import { atPointer, isJson, isObject, join, readByRole, replyFor, resolve } from '../../spec/index.ts'
import type { Model, Operation, Pointer, Shape } from '../../spec/index.ts'
import { heirOf, isPersonal, looksLikeName, replaceNames, sortOfName, sortOfRole } from './sort-of.ts'
import { formOf, hiddenText, withoutAddresses, isNobody, formDecoded } from './text.ts'
import type { Mask } from './text.ts'
import type { Violation } from '../violation.ts'

/**
 * Knows the people and secrets of the bodies that it has seen, and hides them in what is printed: of a value only its form is
 * left. Numbers, dates, amounts, ids and words of closed sets stay as they are.
 */
export interface PersonalData {
  /** Learns from a body: by roles where its schema is known, and by names of properties. */
  see(body: unknown, schema?: Pointer): void
  /** Learns from a body as it came, JSON or not. */
  seeText(body: string, schema?: Pointer): void
  /** Learns from the value of a parameter or a header. */
  seeField(name: string, value: string): void
  /** Learns from an answer: its headers and its body. */
  seeAnswer(
    operation: Operation | undefined,
    answer: { readonly status: number; readonly headers: Headers; readonly body?: string },
  ): void
  /** Returns a text with the form of what is known, of addresses, and of what looks like names. */
  hide(text: string): string
  /** Returns a request line, or a command that repeats it; values of its query and steps of its path are hidden whole. */
  hideUrl(text: string): string
  violation<T extends Violation>(violation: T): T
}

/** Hides nothing: values are shown as they came. */
const hidesNobody: PersonalData = {
  see: () => undefined,
  seeText: () => undefined,
  seeField: () => undefined,
  seeAnswer: () => undefined,
  hide: (text) => text,
  hideUrl: (text) => text,
  violation: (violation) => violation,
}

/** Returns what hides people in texts about an API, as it is asked for. */
export const personalDataOf = (
  model: Model,
  { showValues = false }: { readonly showValues?: boolean | undefined } = {},
): PersonalData => (showValues ? hidesNobody : new SeenPeople(model))

/** How values at places of a body are hidden; `undefined` where a role lets one be shown. */
type SortsByPlace = ReadonlyMap<Pointer, Mask | undefined>

/** Where a value of a body stands. */
interface SeenPlace {
  /** Of the property, or of the secret that it belongs to. */
  readonly name: string
  readonly pointer: Pointer
  readonly shape: Shape | undefined
  readonly depth: number
}

class SeenPeople implements PersonalData {
  readonly #model: Model
  readonly #known = new Known()

  constructor(model: Model) {
    this.#model = model
  }

  see(body: unknown, schema?: Pointer): void {
    const shape = schema === undefined ? undefined : this.#model.shape(schema)
    const sorts = new Map<Pointer, Mask | undefined>()
    if (shape)
      for (const object of readByRole(shape, body).within())
        for (const { pointer, binding } of object.occurrences) sorts.set(pointer, sortOfRole(binding))
    this.#observe(body, { name: '', pointer: '', shape, depth: 0 }, sorts)
  }

  seeText(body: string, schema?: Pointer): void {
    try {
      return this.see(JSON.parse(body), schema)
    } catch {
      // Broken JSON, markup, forms: what stands beside a name is its value.
      for (const [, quoted, element, plain, value = ''] of body.matchAll(pairPattern))
        this.seeField(quoted ?? element ?? plain ?? '', value.trim())
    }
  }

  seeField(name: string, value: string): void {
    if (isPersonal(name) && !(isFigure(value) && !/birth/i.test(name))) this.#known.add(value, sortOfName(name))
    else replaceNames(value, (found) => (this.#known.add(found, 'words'), found))
  }

  seeAnswer(
    operation: Operation | undefined,
    { status, headers, body }: { readonly status: number; readonly headers: Headers; readonly body?: string },
  ): void {
    headers.forEach((value, name) => this.seeField(name, value))
    const content = operation && replyFor(operation, status)?.content
    if (body) this.seeText(body, content?.find(({ mediaType }) => isJson(mediaType))?.schema)
  }

  hide(text: string): string {
    return this.#hidePlain(text.replace(linkPattern, (link) => this.hideUrl(link)))
  }

  hideUrl(text: string): string {
    return this.#known.hide(hideInUrls(text, (plain) => this.#hidePlain(plain)))
  }

  violation<T extends Violation>(violation: T): T {
    const { pointer, expected, received } = violation
    const name = pointer.slice(pointer.lastIndexOf('/') + 1)
    return {
      ...violation,
      pointer: withoutAddresses(this.#known.hide(pointer)),
      // What is expected is mostly the document's.
      expected: withoutAddresses(this.#known.hide(expected)),
      received: hideNumbers(this.hide(received), name),
    }
  }

  #observe(value: unknown, place: SeenPlace, sorts: SortsByPlace): void {
    const { name, pointer, shape, depth } = place
    // A test may hold a ring against a schema.
    if (depth > deepest) return
    if (typeof value === 'string') {
      if (sorts.has(pointer)) this.#known.add(value, sorts.get(pointer))
      else if (!this.#hasWords(shape)) this.seeField(name, value)
    } else if (typeof value === 'number') {
      if (!sorts.has(pointer) && value >= 1_000_000 && isPersonal(name))
        this.#known.add(String(value), sortOfName(name))
    } else if (Array.isArray(value)) this.#observeList(value, place, sorts)
    else if (isObject(value)) this.#observeObject(value, place, sorts)
  }

  #observeList(list: readonly unknown[], { name, pointer, shape, depth }: SeenPlace, sorts: SortsByPlace): void {
    for (const [index, item] of list.entries()) {
      const own = join(pointer, index)
      // A list of texts has one role for all of them.
      const isOfList = sorts.has(pointer) && !sorts.has(own) && typeof item === 'string'
      this.#observe(item, { name, pointer: isOfList ? pointer : own, shape: shape?.items, depth: depth + 1 }, sorts)
    }
  }

  #observeObject(object: object, { name, pointer, shape, depth }: SeenPlace, sorts: SortsByPlace): void {
    for (const [key, item] of Object.entries(object) as [string, unknown][]) {
      const own = shape?.properties.get(key)
      if (!own && looksLikeName(key)) this.#known.add(key, 'words')
      const place = { name: heirOf(name, key), pointer: join(pointer, key), shape: own, depth: depth + 1 }
      this.#observe(item, place, sorts)
    }
  }

  /** Tells whether the document lists words for a place: a wrong one is what a report is about. */
  #hasWords(shape: Shape | undefined): boolean {
    const { document } = this.#model
    const stated =
      shape && atPointer(document, shape.pointer) !== undefined ? resolve(document, shape.pointer).value : undefined
    return isObject(stated) && (stated.enum !== undefined || stated.const !== undefined)
  }

  #hidePlain(text: string): string {
    return replaceNames(withoutAddresses(this.#known.hide(text)), (name) => formOf(name, 'words'))
  }
}

const deepest = 200

/** `"name": "value`, `<name>value`, `name="value`, `name=value`: what stands beside a name, in any notation. */
const pairPattern =
  /(?:["']([\w.-]+)["']\s*:\s*"|<(?:\w+:)?([\w.-]+)(?:\s[^>]*)?>|\b([\w.-]+)=["']?)((?:[^"'<>&\\]|\\.)+)/g

const linkPattern = /\bhttps?:\/\/[^\s"'<>)\]]+/gi

/** Amounts, percentages and days tell nothing of a person, whatever they are called. */
const isFigure = (value: string): boolean => /^-?\d+[.,]\d{1,4}$|^-?[\d.,]+ ?%$|^\d{4}-\d\d-\d\d/.test(value)

/** Numbers are shown, but for those whose name says that they are somebody's: a PIN, a telephone number. */
const hideNumbers = (text: string, name: string): string =>
  /^\d{4,}$/.test(text) && isPersonal(name)
    ? formOf(text, sortOfName(name))
    : text.replace(/"([^"\\]+)":(\d{4,})\b/g, (shown, key: string, number: string) =>
        isPersonal(key) ? `"${key}":${formOf(number, sortOfName(key))}` : shown,
      )

/** Steps of paths and values of queries are hidden whole, as credentials are: their form would have to be encoded. */
const hideInUrls = (text: string, hide: (plain: string) => string): string =>
  text
    .replace(/([?&])([^=&\s'"?]+)(?:=([^&\s'"#…]*))?/g, (shown, mark: string, name: string, value?: string) => {
      const shownName = shielded(name, hide)
      if (value === undefined) return shownName === name ? shown : mark + shownName
      return `${mark}${shownName}=${isOpen(formDecoded(name), formDecoded(value)) ? shielded(value, hide) : hiddenText}`
    })
    .replace(/(?<=\/)[^/?\s'"#&]+(?=[/?#\s'"]|$)/g, (step) => shielded(step, hide))

const shielded = (part: string, hide: (plain: string) => string): string =>
  hide(formDecoded(part)) === formDecoded(part) ? part : hiddenText

/** Tells whether the name of a parameter lets its value be shown. */
const isOpen = (name: string, value: string): boolean => !isPersonal(name) || value.length < 4 || isFigure(value)

interface Entry {
  readonly text: string
  /** Where its first word begins. */
  readonly start: number
  readonly form: string
}

/** Texts that lead to people, found again inside of others; found by their first word, so that a text need not be held against them all. */
class Known {
  readonly #entries = new Map<string, Entry[]>()
  readonly #texts = new Set<string>()

  /** Texts of up to three characters are no names, and would be found everywhere. */
  add(text: string, sort: Mask | undefined): void {
    if (sort === undefined || sort === 'embedded' || text.length < 4 || this.#texts.has(text) || isNobody(text)) return
    this.#texts.add(text)
    const form = formOf(text, sort)
    // What is shown is JSON as a rule.
    for (const spelling of new Set([text, JSON.stringify(text).slice(1, -1)])) {
      const [first] = spelling.matchAll(wordPattern)
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
    for (const { 0: first, index } of text.matchAll(wordPattern)) {
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

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu

/** Tells whether a text goes on with the same word; a number goes on with its decimals. */
const isInner = (text: string, end: number, known: string): boolean =>
  (/[\p{L}\p{N}]$/u.test(known) && /^[\p{L}\p{N}\p{M}]/u.test(text.slice(end, end + 2))) ||
  (/^\d{1,6}$/.test(known) && !/^["'<]/.test(text.slice(end, end + 1)))
