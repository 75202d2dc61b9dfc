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
    if (exchange.isSuccess) inspectFiltered(session, exchange, filter, chosen)
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
}

/** The value that fewest invoices share tells most. */
function choose(session: Session, { binding, of }: Filter, listed: readonly Listed[]): Chosen | undefined {
  const counts = new Map<string, number>()
  const candidates = listed.flatMap(({ object, body }) =>
    valuesAt(object, of, session.context(body)).flatMap((value) => {
      const text = asFilter(value, binding, of.term)
      // A note of two megabytes makes no address.
      if (text === undefined || text === '' || text.length > longest) return []
      counts.set(text, (counts.get(text) ?? 0) + 1)
      return [{ value, text }]
    }),
  )
  return candidates.reduce<Chosen | undefined>(
    (best, candidate) => (best && (counts.get(best.text) ?? 0) <= (counts.get(candidate.text) ?? 0) ? best : candidate),
    undefined,
  )
}

function inspectFiltered(session: Session, exchange: CheckedExchange, filter: Filter, chosen: Chosen): void {
  const items = listedIn(exchange)
  const context = session.context(exchange.json)
  const wanted = `${nameOf(filter.of)} ${verbOf(filter.binding)} ${shortText(chosen.text)}`
  if (exchange.page && items.length === 0)
    exchange.report(breach('PF-FILTER', `the invoice whose ${wanted}`, 'no invoice'))
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
