import { isObject, readWords, resolve } from '../../spec/index.ts'
import type { Binding, BusinessObject, Model, Operation, Parameter } from '../../spec/index.ts'
import { comparable, valuesOf } from './order.ts'
import type { Name } from './order.ts'

/** A filter of a list: a parameter, or a field of one. */
export interface Filter {
  readonly name: string
  readonly parameter: Parameter
  readonly binding: Binding
  readonly of: Name
  /** Returns the parameters that ask for a word. */
  valuesFor(word: string): Record<string, unknown>
}

/** Returns the filters of an operation. */
export function filtersOf({ parameters }: Operation): Filter[] {
  return parameters.flatMap((parameter): Filter[] => {
    const { binding, name } = parameter
    if (binding?.role !== 'filter') return []
    if (!binding.fields) return [filterOf(parameter, binding, name, (word) => ({ [name]: word }))]
    return Object.entries(binding.fields).map(([field, own]) =>
      filterOf(parameter, own, `${name}[${field}]`, (word) => ({ [name]: { [field]: word } })),
    )
  })
}

function filterOf(parameter: Parameter, binding: Binding, name: string, valuesFor: Filter['valuesFor']): Filter {
  if (!binding.of || !binding.ofTerm) throw new Error(`${name} filters nothing`)
  return {
    name,
    parameter,
    binding,
    of: { role: binding.of, term: binding.ofTerm, ...(binding.ofAnchor && { anchor: binding.ofAnchor }) },
    valuesFor,
  }
}

/** Returns words worth asking for: every documented one, or else values of a few invoices, from both ends and the middle. */
export function wordsFor(
  model: Model,
  { parameter, binding, of }: Filter,
  all: readonly BusinessObject[],
): readonly string[] {
  const values = all.flatMap((invoice) => valuesOf(model, invoice, of))
  if (values.length === 0) return []
  const documented = enumOf(model, parameter)
  if (documented) return documented
  const { kind } = of.term
  const texts = [...new Set(values.map(String))].toSorted()
  const [low, middle, high] = [texts[0], texts[texts.length >> 1], texts.at(-1)].map(String) as [string, string, string]
  if (binding.match === 'contains') return [middle.slice(1, 6), middle.toUpperCase()]
  if (binding.match !== 'range') return [...new Set([low, middle, high])]
  const spelt = kind === 'date' ? [low, middle, high].map((text) => text.slice(0, 10)) : [low, middle, high]
  return [
    spelt[1],
    `>=${spelt[1]}`,
    `<${spelt[1]}`,
    `${spelt[0]}..${spelt[1]}`,
    `..${spelt[1]}`,
    `${spelt[1]}..`,
    `gt:${spelt[2]}`,
  ] as string[]
}

function enumOf({ document }: Model, { schema }: Parameter): readonly string[] | undefined {
  const { value } = resolve(document, schema)
  const items = isObject(value) && isObject(value.items) ? resolve(document, `${schema}/items`).value : value
  return isObject(items) && Array.isArray(items.enum) ? items.enum.map(String) : undefined
}

/** Tells whether an invoice should be shown to who asks for a word. */
export function meetsFilter(model: Model, { binding, of }: Filter, invoice: BusinessObject, word: string): boolean {
  const { kind } = of.term
  return valuesOf(model, invoice, of).some((value) => {
    const mine = kind === 'date' ? comparable(String(value).slice(0, 10), of.term) : comparable(value, of.term)
    if (binding.match === 'range') return inRange(mine, word, (text) => comparable(text, of.term))
    if (binding.match === 'from') return mine >= comparable(word, of.term)
    if (binding.match === 'contains') return String(value).toLowerCase().includes(word.toLowerCase())
    if (kind !== 'code') return mine === comparable(word, of.term)
    // The list and its filter may spell the states of an invoice in their own ways.
    const asked = readWords({ ...binding, term: of.term }, word)
    const shown = invoice.first(of.role) ?? invoice.list(of.anchor ?? '')[0]?.first(of.role)
    return shown !== undefined && readWords(shown.binding, shown.raw).some((own) => asked.includes(own))
  })
}

function inRange(value: number | string, text: string, read: (text: string) => number | string): boolean {
  const between = /^(.*)\.\.(.*)$/.exec(text)
  if (between)
    return (
      (between[1] === '' || value >= read(between[1] as string)) &&
      (between[2] === '' || value <= read(between[2] as string))
    )
  const [, operator = '', rest = text] = /^(>=|<=|>|<|gt:|gte:|lt:|lte:)?(.+)$/.exec(text) ?? []
  const bound = read(rest)
  switch (operator) {
    case '>=':
    case 'gte:':
      return value >= bound
    case '<=':
    case 'lte:':
      return value <= bound
    case '>':
    case 'gt:':
      return value > bound
    case '<':
    case 'lt:':
      return value < bound
    default:
      return value === bound
  }
}
