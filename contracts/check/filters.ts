// Asks lists with each documented filter and checks the results.

import { nameOf, readWords } from '../../spec/index.ts'
import type { Binding, Operation, Parameter, RoleName } from '../../spec/index.ts'
import { firstPage, listedIn, asFilter, valuesAt } from './lists.ts'
import type { Listed, InvoiceValue } from './lists.ts'
import { shortText } from '../violation.ts'
import type { CheckedExchange } from './run.ts'
import { breach } from './rules.ts'
import { resolvedSchema } from '../samples.ts'
import type { Session } from './session.ts'

/** A filter: a parameter, or one field of a parameter that is an object. */
interface Filter {
  readonly parameter: Parameter
  readonly field?: string
  readonly binding: Binding
  readonly of: RoleName
}

/** Asks for every documented filter with a value of a listed invoice, and reports what should not be there or is missing. */
export async function checkFilters(session: Session, operation: Operation, listed: readonly Listed[]): Promise<void> {
  const { values, asked } = firstPage(session, operation)
  for (const filter of operation.parameters.flatMap(filtersOf)) {
    const {
      parameter: { name },
      field,
    } = filter
    const what = `${operation.id}?${name}${field === undefined ? '' : `[${field}]`}`
    const chosen = choose(session, filter, listed)
    if (!chosen) {
      session.skip(what, `no listed invoice shows ${nameOf(filter.of)}`)
      continue
    }
    const value = isList(session, filter.parameter) ? [chosen.text] : chosen.text
    const exchange = await session.send(
      { operation, values: { ...values, [name]: field === undefined ? value : { [field]: value } } },
      { asked, parameter: filter.parameter },
    )
    if (!exchange.isSuccess) continue
    inspectFiltered(session, exchange, filter, chosen)
    inspectMissing(exchange, filter, chosen, asked.size)
  }
}

function filtersOf(parameter: Parameter): Filter[] {
  const { binding } = parameter
  if (binding?.role !== 'filter' || parameter.in !== 'query') return []
  const fields = binding.fields ? Object.entries(binding.fields) : [[undefined, binding] as const]
  return fields.flatMap(([field, own]) => {
    if (own.of === undefined || own.ofTerm === undefined) return []
    return [
      {
        parameter,
        ...(field !== undefined && { field }),
        binding: own,
        of: { role: own.of, term: own.ofTerm, ...(own.ofAnchor && { anchor: own.ofAnchor }) },
      },
    ]
  })
}

const isList = ({ model }: Session, { schema }: Parameter): boolean => {
  const { type } = resolvedSchema(model.document, schema)
  return type === 'array' || (Array.isArray(type) && type.includes('array'))
}

const longest = 200

interface Chosen {
  readonly value: InvoiceValue
  /** As it is sent. */
  readonly text: string
  /** Of the invoice that shows it. */
  readonly id: unknown
}

/** The value that fewest invoices share tells most; of a bound, the last that is within it. */
function choose(session: Session, filter: Filter, listed: readonly Listed[]): Chosen | undefined {
  const { binding, of } = filter
  const counts = new Map<string, number>()
  const candidates = listed.flatMap(({ object, body }) =>
    valuesAt(object, of, session.context(body)).flatMap((value) => {
      const text = asFilter(value, binding, of.term)
      // A note of two megabytes makes no address.
      if (text === undefined || text === '' || text.length > longest) return []
      counts.set(text, (counts.get(text) ?? 0) + 1)
      return [{ value, text, id: object.raw('invoice.id') }]
    }),
  )
  const isLater = ({ value: { order } }: Chosen, best: Chosen): boolean =>
    binding.match === 'from' ? order > best.value.order : order < best.value.order
  const isRarer = ({ text }: Chosen, best: Chosen): boolean => (counts.get(text) ?? 0) < (counts.get(best.text) ?? 0)
  const isBetter = isBound(filter) ? isLater : isRarer
  return candidates.reduce<Chosen | undefined>(
    (best, candidate) => (best && !isBetter(candidate, best) ? best : candidate),
    undefined,
  )
}

const isBound = (filter: Filter): boolean =>
  (filter.binding.match === 'from' || filter.binding.match === 'until') && !isExclusive(filter)

/** `created_after` and `total[gt]` say that the bound itself is not meant. */
const isExclusive = ({ parameter: { name }, field = '' }: Filter): boolean =>
  /(?:^|[^a-z])(?:gt|lt|after|before|than)(?![a-z])|(?:After|Before|Than)\b/.test(`${name} ${field}`)

function inspectFiltered(session: Session, exchange: CheckedExchange, filter: Filter, chosen: Chosen): void {
  const items = listedIn(exchange)
  const context = session.context(exchange.json)
  const wanted = toldOf(filter, chosen)
  for (const { object } of items) {
    const values = valuesAt(object, filter.of, context)
    if (values.some((value) => isFiltered(value, filter, chosen))) continue
    exchange.report(
      breach(
        'PF-FILTER',
        `only invoices whose ${wanted}`,
        shortText(values.map(({ text }) => text).join(', ')) || 'none',
        values[0]?.pointer ?? object.pointer,
      ),
    )
  }
}

const toldOf = ({ of, binding }: Filter, { text }: Chosen): string =>
  `${nameOf(of)} ${verbOf(binding)} ${shortText(text)}`

/** The invoice whose value was taken is among those that are found, where they all fit the page. */
function inspectMissing(exchange: CheckedExchange, filter: Filter, chosen: Chosen, size: number | undefined): void {
  const items = listedIn(exchange)
  const isWhole = items.length === 0 || (size !== undefined && items.length < size)
  if (!exchange.page || !isWhole || isExclusive(filter)) return
  if (
    items.length > 0 &&
    (chosen.id === undefined || items.some(({ object }) => object.raw('invoice.id') === chosen.id))
  )
    return
  const received = items.length === 0 ? 'no invoice' : `${items.length} others`
  exchange.report(breach('PF-FILTER', `the invoice whose ${toldOf(filter, chosen)}`, received))
}

const verbOf = ({ match }: Binding): string =>
  match === 'contains'
    ? 'contains'
    : match === 'from'
      ? 'is at least'
      : match === 'until'
        ? 'is at most'
        : match === 'range'
          ? 'is within'
          : 'is'

function isFiltered(value: InvoiceValue, { binding, of }: Filter, { value: wanted, text }: Chosen): boolean {
  const { kind } = of.term
  if (binding.match === 'contains') return value.text.toLowerCase().includes(text.toLowerCase())
  if (binding.match === 'from') return value.order >= wanted.order
  if (binding.match === 'until') return value.order <= wanted.order
  if (kind === 'code' && binding.values) {
    const words = readWords({ ...binding, term: of.term }, text)
    return value.words.some((word) => words.includes(word))
  }
  if (kind === 'date' || kind === 'instant')
    return binding.match === 'range' ? dayOf(value) === dayOf(wanted) : value.order === wanted.order
  if (typeof value.order === 'bigint') return value.order === wanted.order
  return value.text.toLowerCase() === wanted.text.toLowerCase()
}

const dayOf = ({ order }: InvoiceValue): bigint | string => (typeof order === 'bigint' ? order / 86_400n : order)
