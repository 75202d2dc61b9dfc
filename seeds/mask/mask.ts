// Turns objects of a real API into demo data: what tells of somebody is replaced, sums and dates stay.

import { atPointer, isObject, join, readByRole, readWords, resolve } from '../../spec/index.ts'
import type { Binding, Model, Pointer, Shape } from '../../spec/index.ts'
import { invoicePointer } from '../api.ts'
import { classify, isKept } from './classify.ts'
import type { ValueKind, ValuePlace } from './classify.ts'
import { Fiction } from './fiction.ts'
import type { Surroundings } from './fiction.ts'

/** How an export is masked. */
export interface MaskOptions {
  /** Whoever knows it can test guesses: 32 bytes. */
  readonly key: Uint8Array
  /** Its roles and closed sets of words say what a value is, where it has some. */
  readonly model?: Model
  /** Places whose values stay, as they are listed: `lines[].unit_code`. */
  readonly keep?: ReadonlySet<string>
}

/** What was found at a place of an export, and how often. */
export interface MaskedPlace {
  /** `lines[].name` */
  readonly place: string
  readonly kind: ValueKind | 'stated'
  readonly values: number
}

/** Masks objects one after the other, and knows what it has seen. */
export interface ExportMasker {
  mask(value: unknown): unknown
  /** Every place that has had a value: what stays, what was replaced, and what nothing is known of, which was scrambled. */
  places(): readonly MaskedPlace[]
}

/** A number whose text would change if it were read and written: `JSON.rawJSON` makes one. */
interface ExactNumber {
  readonly rawJSON: string
}

const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => ExactNumber }

const exactNumber = (text: string): number | ExactNumber =>
  String(Number(text)) === text ? Number(text) : rawJSON(text)

/** Returns what a text of JSON holds; numbers are written again as they came: 1.10 is not 1.1, and identities may have twenty digits. */
export const parseExact = (text: string): unknown =>
  JSON.parse(text, ((_: string, value: unknown, { source }: { source?: string }) =>
    typeof value === 'number' && source !== undefined ? exactNumber(source) : value) as (
    key: string,
    value: unknown,
  ) => unknown)

/** What is known of the object that is copied. */
interface Copying {
  /** Roles by the pointers of their values. */
  readonly bound: ReadonlyMap<Pointer, Binding>
}

/** Where copying has come to. */
interface Position extends ValuePlace {
  readonly pointer: Pointer
  readonly place: string
  readonly shape: Shape | undefined
  readonly around: Surroundings
  /** Names of values, where objects say which one they hold: `{ name: 'invoiceDate', value: … }`. */
  readonly keyed?: Shape['keyed'] | undefined
  /** It is such a name. */
  readonly isKey?: boolean
}

/** Returns what masks the objects of an export. */
export function exportMasker({ key, model, keep = new Set() }: MaskOptions): ExportMasker {
  return new Masking(new Fiction(key), model, keep)
}

class Masking implements ExportMasker {
  readonly #fiction: Fiction
  readonly #model: Model | undefined
  readonly #invoice: Shape | undefined
  readonly #keep: ReadonlySet<string>
  readonly #counts = new Map<string, { kind: MaskedPlace['kind']; values: number }>()

  constructor(fiction: Fiction, model: Model | undefined, keep: ReadonlySet<string>) {
    this.#fiction = fiction
    this.#model = model
    this.#invoice = model && model.shape(invoicePointer(model))
    this.#keep = keep
  }

  places(): readonly MaskedPlace[] {
    return [...this.#counts]
      .map(([name, { kind, values }]) => ({ place: name.slice(0, name.lastIndexOf('\0')), kind, values }))
      .toSorted((left, right) => (left.place < right.place ? -1 : 1))
  }

  mask(value: unknown): unknown {
    const bound = new Map<Pointer, Binding>()
    if (this.#invoice)
      for (const object of readByRole(this.#invoice, value).within())
        for (const { pointer, binding } of object.occurrences) bound.set(pointer, binding)
    return this.#copy(
      value,
      { bound },
      { name: '', owner: '', pointer: '', place: '', shape: this.#invoice, around: {} },
    )
  }

  #copy(value: unknown, copying: Copying, position: Position): unknown {
    if (Array.isArray(value))
      return value.map((item, index) =>
        this.#copy(item, copying, {
          ...position,
          owner: position.name,
          pointer: join(position.pointer, index),
          place: `${position.place}[]`,
          shape: position.shape?.items,
          keyed: position.shape?.keyed,
        }),
      )
    if (isExact(value)) return this.#scalar(Number(value.rawJSON), value, copying, position)
    if (isObject(value)) return this.#object(value, copying, position)
    return this.#scalar(value, value, copying, position)
  }

  #object(value: Readonly<Record<string, unknown>>, copying: Copying, position: Position): unknown {
    const around = surroundingsOf(value, position.around)
    const copied: Record<string, unknown> = {}
    for (const [name, item] of Object.entries(value)) {
      const shape = position.shape?.properties.get(name)
      const isField = shape !== undefined || isFieldName(name)
      if (!isField) this.#count(`${position.place}.*`, 'text')
      let made = isField ? name : this.#fiction.key(name)
      while (Object.hasOwn(copied, made)) made += 'x'
      const inner: Position = {
        isKey: isKeyOf(position.keyed, name, item),
        name: isField ? name : position.name,
        owner: position.name === '' ? position.owner : position.name,
        pointer: join(position.pointer, name),
        place: [position.place, isField ? name : '*'].filter((part) => part !== '').join('.'),
        shape,
        around,
      }
      Object.defineProperty(copied, made, {
        value: this.#copy(item, copying, inner),
        enumerable: true,
        writable: true,
        configurable: true,
      })
    }
    return copied
  }

  /** @param value as it is read; `written` as it is written where it stays */
  #scalar(value: unknown, written: unknown, { bound }: Copying, position: Position): unknown {
    const { place } = position
    if (value === null || typeof value === 'boolean') {
      this.#count(place, 'flag')
      return value
    }
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return value
    if (this.#keep.has(place)) {
      this.#count(place, 'stated')
      return written
    }
    const kind = this.#kindOf(value, position, bound)
    this.#count(place, kind)
    if (isKept(kind)) return written
    if (typeof value === 'number')
      return exactNumber(this.#fiction.number(isExact(written) ? written.rawJSON : String(value), kind))
    return this.#fit(value, this.#fiction.text(value, kind, position.around), position.shape)
  }

  #kindOf(value: string | number, position: Position, bound: ReadonlyMap<Pointer, Binding>): ValueKind {
    if (position.isKey || this.#isWord(value, position.shape)) return 'code'
    const binding = bound.get(position.pointer)
    const byName = classify(value, position)
    if (!binding) return byName
    // Of a role, its own name says more than that of the property; of what has none of its own, both may.
    const byRole = kindOfRole(value, binding)
    return byRole === 'unknown' ? byName : byRole
  }

  /** Tells whether a document lists a value among those that a place may have. */
  #isWord(value: unknown, shape: Shape | undefined): boolean {
    const stated = this.#schemaOf(shape)
    return (
      stated !== undefined && ((Array.isArray(stated.enum) && stated.enum.includes(value)) || stated.const === value)
    )
  }

  #schemaOf(shape: Shape | undefined): Readonly<Record<string, unknown>> | undefined {
    if (!shape || !this.#model || atPointer(this.#model.document, shape.pointer) === undefined) return undefined
    const { value } = resolve(this.#model.document, shape.pointer)
    return isObject(value) ? value : undefined
  }

  /** Returns a text as long as the document lets it be. */
  #fit(value: string, made: string, shape: Shape | undefined): string {
    const { maxLength, pattern } = this.#schemaOf(shape) ?? {}
    const fitting = typeof pattern === 'string' ? this.#fiction.key(value) : made
    return typeof maxLength === 'number' ? Array.from(fitting).slice(0, maxLength).join('') : fitting
  }

  #count(place: string, kind: MaskedPlace['kind']): void {
    const name = `${place}\0${kind}`
    const known = this.#counts.get(name)
    if (known) known.values++
    else this.#counts.set(name, { kind, values: 1 })
  }
}

/** Kinds of terms whose values are numbers, moments and flags of business. */
const termKinds: Readonly<Record<string, ValueKind>> = {
  amount: 'figure',
  count: 'figure',
  ratio: 'figure',
  quantity: 'figure',
  date: 'date',
  instant: 'date',
  id: 'identity',
}

/** Returns what a role says of a value: what it is called, as the name of a property would. */
function kindOfRole(value: string | number, binding: Binding): ValueKind {
  const {
    role,
    values,
    term: { kind, words },
  } = binding
  const [owner = '', name = ''] = role.split('.')
  const said = classify(value, { name, owner })
  const known = termKinds[kind]
  if (known === 'identity') return known
  // A text under a role of figures is none.
  if (known === 'figure') return typeof value === 'number' || /^-?[\d.,]+$/.test(value) ? known : said
  if (known === 'date' && typeof value === 'number') return known
  if (kind === 'code' && (values ?? words) !== undefined && readWords(binding, value).length > 0) return 'code'
  // Of codes that are not listed, one word or a small number may be one.
  return kind === 'code' && /^(?:[\p{L}_][\w.-]{0,40}|\d{1,3})$/u.test(String(value)) ? 'code' : said
}

/** Tells whether a property holds the name of a value, or its label, as the document lists them. */
const isKeyOf = (keyed: Shape['keyed'], name: string, value: unknown): boolean =>
  keyed !== undefined &&
  keyed.entries.some(
    ({ key, label }) => (name === keyed.key && value === key) || (name === keyed.label && value === label),
  )

const isExact = (value: unknown): value is ExactNumber =>
  isObject(value) && Object.isFrozen(value) && typeof value.rawJSON === 'string'

/** A name that developers give: letters, not much else, and no number of anybody. */
const isFieldName = (name: string): boolean =>
  /^[$@_]?[a-z][\w$:.-]{0,63}$/i.test(name) &&
  !/\d{4}/.test(name) &&
  !/[A-Za-z]\d{2}[A-Z\d]{6}/.test(name) &&
  !name.includes('@')

/** Finds country and town of an address, however deep its parts lie. */
function surroundingsOf(value: Readonly<Record<string, unknown>>, outer: Surroundings): Surroundings {
  const text = (pattern: RegExp): string | undefined => {
    const found = Object.entries(value).find(
      ([name, one]) => pattern.test(name) && typeof one === 'string' && one !== '',
    )
    return found?.[1] as string | undefined
  }
  const country = text(/country(?:_?code)?$/i)
  const city = text(/city$|town$|locality$/i)
  return {
    ...outer,
    ...(country !== undefined && /^[A-Z]{2}$/i.test(country) && { country: country.toUpperCase() }),
    ...(city !== undefined && { city }),
  }
}
