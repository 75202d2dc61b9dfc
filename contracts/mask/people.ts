import { atPointer, isJson, isObject, join, readByRole, replyFor, resolve } from '../../spec/index.ts'
import type { Model, Operation, Pointer, Shape } from '../../spec/index.ts'
import type { Violation } from '../violation.ts'
import { formOf, hidden } from './form.ts'
import { Known } from './known.ts'
import { withoutAddresses } from './mask-text.ts'
import type { Mask } from './mask-text.ts'
import { isPersonal, looksLikeName, replaceNames, sortOfName, sortOfRole } from './sort-of.ts'

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
const everybody: PersonalData = {
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
): PersonalData => (showValues ? everybody : hidingFor(model))

function hidingFor(model: Model): PersonalData {
  const { document } = model
  const known = new Known()

  function see(body: unknown, schema?: Pointer): void {
    const shape = schema === undefined ? undefined : model.shape(schema)
    const sorts = new Map<Pointer, Mask | undefined>()
    if (shape)
      for (const object of readByRole(shape, body).within())
        for (const { pointer, binding } of object.occurrences) sorts.set(pointer, sortOfRole(binding))
    observe(body, '', '', shape, sorts)
  }

  function observe(
    value: unknown,
    name: string,
    pointer: Pointer,
    shape: Shape | undefined,
    sorts: ReadonlyMap<Pointer, Mask | undefined>,
    depth = 0,
  ): void {
    // A test may hold a ring against a schema.
    if (depth > deepest) return
    if (typeof value === 'string') {
      if (sorts.has(pointer)) known.add(value, sorts.get(pointer))
      else if (!hasWords(shape)) seeField(name, value)
    }
    if (typeof value === 'number') {
      if (!sorts.has(pointer) && value >= 1_000_000 && isPersonal(name)) known.add(String(value), sortOfName(name))
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        const own = join(pointer, index)
        // A list of texts has one role for all of them.
        observe(
          item,
          name,
          sorts.has(pointer) && !sorts.has(own) && typeof item === 'string' ? pointer : own,
          shape?.items,
          sorts,
          depth + 1,
        )
      }
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        const own = shape?.properties.get(key)
        if (!own && looksLikeName(key)) known.add(key, 'words')
        observe(item, key, join(pointer, key), own, sorts, depth + 1)
      }
    }
  }

  /** Tells whether the document lists words for a place: a wrong one is what a report is about. */
  function hasWords(shape: Shape | undefined): boolean {
    const stated =
      shape && atPointer(document, shape.pointer) !== undefined ? resolve(document, shape.pointer).value : undefined
    return isObject(stated) && (stated.enum !== undefined || stated.const !== undefined)
  }

  function seeText(body: string, schema?: Pointer): void {
    try {
      return see(JSON.parse(body), schema)
    } catch {
      // Broken JSON, markup, forms: what stands beside a name is its value.
      for (const [, quoted, element, plain, value = ''] of body.matchAll(pair))
        seeField(quoted ?? element ?? plain ?? '', value.trim())
    }
  }

  function seeField(name: string, value: string): void {
    if (isPersonal(name) && !(isFigure(value) && !/birth/i.test(name))) known.add(value, sortOfName(name))
    else replaceNames(value, (name_) => (known.add(name_, 'words'), name_))
  }

  const hidePlain = (text: string): string =>
    replaceNames(withoutAddresses(known.hide(text)), (name) => formOf(name, 'words'))
  const hideUrl = (text: string): string => known.hide(hideInUrls(text, hidePlain))
  const hide = (text: string): string => hidePlain(text.replace(link, hideUrl))

  return {
    see,
    seeText,
    seeField,
    seeAnswer(operation, { status, headers, body }) {
      headers.forEach((value, name) => seeField(name, value))
      const content = operation && replyFor(operation, status)?.content
      if (body) seeText(body, content?.find(({ mediaType }) => isJson(mediaType))?.schema)
    },
    hide,
    hideUrl,
    violation: (violation) => {
      const { pointer, expected, received } = violation
      const name = pointer.slice(pointer.lastIndexOf('/') + 1)
      return {
        ...violation,
        pointer: withoutAddresses(known.hide(pointer)),
        // What is expected is mostly the document's.
        expected: withoutAddresses(known.hide(expected)),
        received: hideNumbers(hide(received), name),
      }
    },
  }
}

const deepest = 200

/** `"name": "value`, `<name>value`, `name="value`, `name=value`: what stands beside a name, in any notation. */
const pair = /(?:["']([\w.-]+)["']\s*:\s*"|<(?:\w+:)?([\w.-]+)(?:\s[^>]*)?>|\b([\w.-]+)=["']?)((?:[^"'<>&\\]|\\.)+)/g

const link = /\bhttps?:\/\/[^\s"'<>)\]]+/gi

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
      return `${mark}${shownName}=${isOpen(decoded(name), decoded(value)) ? shielded(value, hide) : hidden}`
    })
    .replace(/(?<=\/)[^/?\s'"#&]+(?=[/?#\s'"]|$)/g, (step) => shielded(step, hide))

const shielded = (part: string, hide: (plain: string) => string): string =>
  hide(decoded(part)) === decoded(part) ? part : hidden

/** Tells whether the name of a parameter lets its value be shown. */
const isOpen = (name: string, value: string): boolean => !isPersonal(name) || value.length < 4 || isFigure(value)

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    return part
  }
}
