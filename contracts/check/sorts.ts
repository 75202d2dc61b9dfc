import { parseRole, termOf } from '../../spec/index.ts'
import type { Operation, RoleName } from '../../spec/index.ts'
import { firstPage, listedIn, parameterOf } from './pages.ts'
import { breach } from './rules.ts'
import type { Exchange, Session } from './session.ts'
import { valuesAt } from './values.ts'
import type { Value } from './values.ts'

type Direction = 'asc' | 'desc' | 'either'

/** Asks for every documented order, both ways, and reports lists that are not in it. */
export async function checkSorts(session: Session, operation: Operation): Promise<void> {
  const by = parameterOf(operation, 'sort.by')
  const words = Object.entries(by?.binding?.values ?? {})
  if (!by || words.length === 0) return
  const order = parameterOf(operation, 'sort.order')
  const directions: readonly (readonly [Direction, Record<string, unknown>])[] = order
    ? (['asc', 'desc'] as const).map((direction) => [direction, { [order.name]: order.binding?.values?.[direction] ?? direction }])
    : [['either', {}]]
  const { values, asked } = firstPage(session, operation)
  for (const [name, word] of words) {
    const role = parseRole(name)
    for (const [direction, ordered] of directions) {
      const exchange = await session.send({ operation, values: { ...values, ...ordered, [by.name]: word } }, { asked })
      if (role && exchange.isSuccess) inspect(session, exchange, role, `${operation.id}?${by.name}=${String(word)}`, direction)
    }
  }
}

function inspect(session: Session, exchange: Exchange, name: RoleName, what: string, direction: Direction): void {
  const context = session.context(exchange.json)
  const shown = listedIn(exchange).flatMap(({ scope }) => valuesAt(scope, name, context).slice(0, 1).map((value) => ({ scope, value })))
  if (new Set(shown.map(({ value }) => value.text)).size < 2) {
    if (direction !== 'desc') session.skip(what, `the answer does not show two different values of ${name.role}`)
    return
  }
  if (termOf(name.role).kind === 'code') return
  const values = shown.map(({ value }) => value)
  const wrong = direction === 'either' ? Math.min(firstWrong(values, 'asc'), firstWrong(values, 'desc')) : firstWrong(values, direction)
  const at = shown[wrong]
  const before = shown[wrong - 1]
  if (at && before) exchange.report(breach('PF-SORT', `${wayOf(direction)} ${before.value.text}`, at.value.text, at.scope.pointer))
}

const wayOf = (direction: Direction): string => (direction === 'asc' ? 'at least' : direction === 'desc' ? 'at most' : 'the order of')

/** Texts may be ordered by code unit, by letters regardless of case, or as people order them. */
const collators: readonly ((left: string, right: string) => number)[] = [
  (left, right) => (left < right ? -1 : left > right ? 1 : 0),
  (left, right) => compare(left.toLowerCase(), right.toLowerCase()),
  new Intl.Collator('en').compare,
  new Intl.Collator('en', { numeric: true }).compare,
]

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/** Returns the place of the first value out of order, 0 where all are in it. */
function firstWrong(values: readonly Value[], direction: 'asc' | 'desc'): number {
  const sign = direction === 'asc' ? 1 : -1
  const wrongBy = (order: (left: Value, right: Value) => number): number =>
    Math.max(0, values.findIndex((value, index) => index > 0 && sign * order(values[index - 1] as Value, value) > 0))
  if (values.every(({ order }) => typeof order === 'bigint')) return wrongBy((left, right) => Number((left.order as bigint) > (right.order as bigint)) - Number((left.order as bigint) < (right.order as bigint)))
  const places = collators.map((collate) => wrongBy((left, right) => collate(left.text, right.text)))
  return places.includes(0) ? 0 : Math.max(...places)
}
