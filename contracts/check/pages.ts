import { invoicesIn, parseDecimal } from '../../spec/index.ts'
import type { BusinessObject, Operation, Parameter, Role } from '../../spec/index.ts'
import type { AskedFor } from '../law.ts'
import { show } from '../violation.ts'
import { checkCondition } from './conditions.ts'
import type { CheckedExchange } from './run.ts'
import { breach } from './rules.ts'
import { resolvedSchema } from './sample.ts'
import type { Session } from './session.ts'

/** An invoice as a list showed it. */
export interface Listed {
  readonly object: BusinessObject
  /** The entry as JSON. */
  readonly entry: unknown
  readonly body: unknown
}

/** Returns the parameter of an operation that has a role. */
export const parameterOf = ({ parameters }: Operation, role: Role): Parameter | undefined =>
  parameters.find(({ binding }) => binding?.role === role)

/** Returns the invoices of an answer, with the JSON of each. */
export function listedIn({ page, json }: CheckedExchange): readonly Listed[] {
  if (!page) return []
  return invoicesIn(page).map((object) => ({ object, body: json, entry: entryAt(json, object) }))
}

const entryAt = (json: unknown, { pointer }: BusinessObject): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, step) =>
        (value as Record<string, unknown> | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')],
      json,
    )

const normal = 25

/** Returns what asks for a page of a moderate size, and what the answer has to agree with. */
export function firstPage(
  session: Session,
  operation: Operation,
): { values: Record<string, unknown>; asked: AskedFor } {
  const number = parameterOf(operation, 'page.number')
  const size = parameterOf(operation, 'page.size')
  const bound = size && resolvedSchema(session.model.document, size.schema).maximum
  const limit = Math.min(session.options.limit ?? normal, typeof bound === 'number' ? bound : Infinity)
  const base = number ? baseOf(session, number) : undefined
  return {
    values: { ...(size && { [size.name]: limit }), ...(number && { [number.name]: base }) },
    asked: { ...(size && { size: limit }), ...(base !== undefined && { number: base, base }) },
  }
}

function baseOf({ model }: Session, { binding, schema }: Parameter): number {
  const { minimum, default: first } = resolvedSchema(model.document, schema)
  return binding?.base ?? (typeof minimum === 'number' ? minimum : typeof first === 'number' ? first : 1)
}

/** Reads a list from its first page on and returns what it showed; pages that overlap are reported. */
export async function readPages(session: Session, operation: Operation): Promise<readonly Listed[]> {
  const { values, asked } = firstPage(session, operation)
  const seen = new Map<string, number>()
  const listed: Listed[] = []
  let extra: Record<string, unknown> | undefined = {}
  for (let index = 0; extra && index < (session.options.maxPages ?? 3); index++) {
    const number = asked.number === undefined ? {} : { number: asked.number + index }
    const exchange: CheckedExchange = await session.send(
      { operation, values: { ...values, ...extra } },
      { asked: { ...asked, ...number } },
    )
    if (index === 0) await checkCondition(session, { operation, values }, exchange)
    const items = listedIn(exchange)
    const known = overlaps(exchange, items, index, seen)
    listed.push(...items)
    // Pages that lead round in a circle have no end.
    if (items.length > 0 && known === items.length) break
    const following = next(operation, exchange, { ...asked, ...number }, items.length)
    extra = JSON.stringify(following) === JSON.stringify(extra) ? undefined : following
  }
  return listed
}

/** Reports invoices that were on an earlier page, and returns how many there are. */
function overlaps(
  exchange: CheckedExchange,
  items: readonly Listed[],
  index: number,
  seen: Map<string, number>,
): number {
  let known = 0
  for (const { object } of items) {
    const id = object.first('invoice.id')
    const key = JSON.stringify(id?.raw)
    if (!id) continue
    const before = seen.get(key)
    if (before !== undefined && before !== index) {
      known++
      exchange.report(breach('PF-PAGES', 'an invoice that was on no page before', show(id.raw), id.pointer))
    }
    seen.set(key, before ?? index)
  }
  return known
}

/** Returns the parameters of the next page, or `undefined` after the last. */
function next(
  operation: Operation,
  { page }: CheckedExchange,
  asked: AskedFor,
  items: number,
): Record<string, unknown> | undefined {
  if (!page) return undefined
  const cursor = parameterOf(operation, 'page.cursor')
  const following = page.first('page.nextCursor')
  if (cursor) return following ? { [cursor.name]: following.raw } : undefined
  const number = parameterOf(operation, 'page.number')
  if (!number || asked.number === undefined || items === 0) return undefined
  const total = parseDecimal(page.first('page.total')?.raw)
  const before = asked.size === undefined ? undefined : (asked.number - (asked.base ?? 1)) * asked.size
  const isMore =
    page.first('page.next') !== undefined ||
    (total !== undefined && before !== undefined && BigInt(before + items) * 10n ** 12n < total)
  return isMore ? { [number.name]: asked.number + 1 } : undefined
}
