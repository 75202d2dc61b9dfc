// Asks lists in each documented order and checks the results.

import { currencyOf } from '../../spec/index.ts'
import type { BusinessObject, Operation, RoleName } from '../../spec/index.ts'
import { firstPage, listedIn, parameterOf, valuesAt } from './lists.ts'
import { shortText } from '../violation.ts'
import type { CheckedExchange } from './run.ts'
import { breach } from './rules.ts'
import type { Session } from './session.ts'
import type { InvoiceValue } from './lists.ts'

type Direction = 'asc' | 'desc' | 'either'

/** Asks for every documented order, both ways, and reports lists that are not in it. */
export async function checkSorts(session: Session, operation: Operation): Promise<void> {
  const by = parameterOf(operation, 'sort.by')
  const words = Object.entries(by?.binding?.values ?? {})
  if (!by || words.length === 0) return
  const order = parameterOf(operation, 'sort.order')
  const directions: readonly (readonly [Direction, Record<string, unknown>])[] = order
    ? (['asc', 'desc'] as const).map((direction) => [
        direction,
        { [order.name]: order.binding?.values?.[direction] ?? direction },
      ])
    : [['either', {}]]
  const { values, asked } = firstPage(session, operation)
  for (const [name, word] of words) {
    const role = session.model.vocabulary.parse(name)
    let isShown = false
    let isAnswered = false
    for (const [direction, ordered] of directions) {
      const exchange = await session.send(
        { operation, values: { ...values, ...ordered, [by.name]: word } },
        { asked, parameter: by },
      )
      isAnswered ||= exchange.isSuccess
      if (role && exchange.isSuccess) isShown = inspectOrder(session, exchange, role, direction) || isShown
    }
    if (!isShown && isAnswered)
      session.skip(`${operation.id}?${by.name}=${String(word)}`, `no answer shows two different values of ${name}`)
  }
}

interface Shown {
  readonly object: BusinessObject
  readonly value: InvoiceValue
}

/** Reports what is out of order; returns whether there was an order to see. Amounts of different currencies are not compared. */
function inspectOrder(session: Session, exchange: CheckedExchange, name: RoleName, direction: Direction): boolean {
  const context = session.context(exchange.json)
  const shown = listedIn(exchange).flatMap(({ object }) =>
    valuesAt(object, name, context)
      .slice(0, 1)
      .map((value): Shown => ({ object, value })),
  )
  const { kind } = name.term
  const groups = kind === 'amount' ? [...Map.groupBy(shown, ({ object }) => currencyOf(object)).values()] : [shown]
  const telling = groups.filter((group) => new Set(group.map(({ value }) => value.text)).size > 1)
  if (kind === 'code') return telling.length > 0
  for (const group of telling) {
    const wrong = wrongPlace(
      group.map(({ value }) => value),
      direction,
    )
    const at = group[wrong]
    const before = group[wrong - 1]
    if (at && before)
      exchange.report(
        breach(
          'PF-SORT',
          `${wayOf(direction)} ${shortText(before.value.text)}`,
          shortText(at.value.text),
          at.value.pointer ?? at.object.pointer,
        ),
      )
  }
  return telling.length > 0
}

/** Where no direction was asked for, the list may go either way: the one that holds longer was meant. */
function wrongPlace(values: readonly InvoiceValue[], direction: Direction): number {
  if (direction !== 'either') return firstWrong(values, direction)
  const places = [firstWrong(values, 'asc'), firstWrong(values, 'desc')]
  return places.includes(0) ? 0 : Math.max(...places)
}

const wayOf = (direction: Direction): string =>
  direction === 'asc' ? 'at least' : direction === 'desc' ? 'at most' : 'one order throughout, after'

/** Texts may be ordered by code unit, by letters regardless of case, or as people order them. */
const collators: readonly ((left: string, right: string) => number)[] = [
  (left, right) => (left < right ? -1 : left > right ? 1 : 0),
  (left, right) => compare(left.toLowerCase(), right.toLowerCase()),
  new Intl.Collator('en').compare,
  new Intl.Collator('en', { numeric: true }).compare,
]

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/** Returns the place of the first value out of order, 0 where all are in it. */
function firstWrong(values: readonly InvoiceValue[], direction: 'asc' | 'desc'): number {
  const sign = direction === 'asc' ? 1 : -1
  const wrongBy = (order: (left: InvoiceValue, right: InvoiceValue) => number): number =>
    Math.max(
      0,
      values.findIndex((value, index) => index > 0 && sign * order(values[index - 1] as InvoiceValue, value) > 0),
    )
  if (values.every(({ order }) => typeof order === 'bigint'))
    return wrongBy(
      (left, right) =>
        Number((left.order as bigint) > (right.order as bigint)) -
        Number((left.order as bigint) < (right.order as bigint)),
    )
  const places = collators.map((collate) => wrongBy((left, right) => collate(left.text, right.text)))
  return places.includes(0) ? 0 : Math.max(...places)
}
