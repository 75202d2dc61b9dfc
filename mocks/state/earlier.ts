import { isObject } from '../../spec/index.ts'

type Read = Readonly<Record<string, unknown>>

const list = (value: unknown): readonly Read[] => (Array.isArray(value) ? value.filter(isObject) : [])
const pairs = (value: unknown): readonly (readonly [number, readonly Read[]])[] =>
  Array.isArray(value)
    ? value.flatMap((pair: unknown) => (Array.isArray(pair) ? [[pair[0] as number, list(pair[1])] as const] : []))
    : []

const invoice = (id: unknown, { kind, pins, to, at }: Read): Read => ({
  on: 'invoice',
  id,
  at,
  does: kind,
  ...((pins ?? to) !== undefined && { with: pins ?? to }),
})

const lease = ({ index, ...rest }: Read): Read => ({ on: 'lease', does: 'put', id: index, with: rest })

const item = ({ resource, index, ...rest }: Read): Read =>
  rest.item === undefined
    ? { on: resource, does: 'delete', id: index }
    : { on: resource, does: 'put', id: index, with: rest }

const key = ({ key: id, print, answer }: Read): Read => ({
  on: 'key',
  does: 'put',
  id,
  with: { fingerprint: print, answer },
})

const booksOf = (order: unknown): unknown => {
  if (!isObject(order)) return order
  const { fate, epoch, ...rest } = order
  return { ...rest, newest: epoch, ...(fate !== undefined && { constraints: fate }) }
}

/** Returns the events that a snapshot of version 0.1 tells of, or `undefined` for what is none. They are checked like any others. */
export function fromEarlier(value: Read): readonly unknown[] | undefined {
  const { order, today, ticks, scenarios, changes, claims, messages, rows } = value
  if (![changes, claims, messages].every((part) => Array.isArray(part))) return undefined
  return [
    { on: 'books', does: 'put', with: booksOf(order) },
    { on: 'clock', does: 'move', with: { today, ticks } },
    { on: 'scenarios', does: 'put', with: scenarios },
    ...pairs(changes).flatMap(([index, told]) => told.map((change) => invoice(index, change))),
    ...pairs(messages).flatMap(([index, notes]) =>
      notes.map((note) => ({ on: 'message', does: 'post', id: index, with: note })),
    ),
    ...list(claims).map(lease),
    ...list(rows).map(item),
  ]
}

/** Returns the events that stand for one of version 0.1, which had ten forms; none where it is no such event. */
export function eventsOfEarlier(value: unknown): readonly unknown[] {
  if (!isObject(value)) return []
  const { is, index, change, today, ticks, requests, note, scenarios, snapshot } = value
  const put = (on: string, told: unknown): Read => ({ on, does: 'put', with: told })
  const inner = (name: string): Read => (isObject(value[name]) ? value[name] : {})
  switch (is) {
    case 'begun':
      return [begin(value)]
    case 'changed':
      return isObject(change) ? [invoice(index, change)] : []
    case 'counted':
      return [{ on: 'clock', does: 'tick', with: { today, ticks } }, put('requests', requests)]
    case 'moved':
      return [{ on: 'clock', does: 'move', with: { today, ticks: 0 } }]
    case 'leased':
      return [lease(inner('lease'))]
    case 'posted':
      return [{ on: 'message', does: 'post', id: index, with: note }]
    case 'written':
      return [item(inner('change'))]
    case 'entered':
      return [put('scenarios', scenarios)]
    case 'kept':
      return isObject(snapshot) ? [put('snapshot', { events: fromEarlier(snapshot) })] : []
    case 'answered':
      return [key(inner('given'))]
    default:
      return []
  }
}

function begin({ own, isMoved, state, requests, kept, keys }: Read): Read {
  const told = isObject(state) ? (fromEarlier(state) ?? []) : []
  const { order: books, ...rest } = isObject(own) ? own : {}
  const start = { ...rest, ...(books !== undefined && { books: booksOf(books) }) }
  return {
    on: 'world',
    does: 'begin',
    with: [
      ...told.map((event) =>
        isObject(event) && event.on === 'clock' && isMoved !== true ? { ...event, does: 'tick' } : event,
      ),
      ...(Object.keys(start).length > 0 ? [{ on: 'start', does: 'put', with: start }] : []),
      ...(requests !== undefined ? [{ on: 'requests', does: 'put', with: requests }] : []),
      ...(isObject(kept) ? [{ on: 'snapshot', does: 'put', with: { events: fromEarlier(kept) } }] : []),
      ...list(keys).map(key),
    ],
  }
}
