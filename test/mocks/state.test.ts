import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryLog, mockModel, Worlds } from '../../mocks/index.ts'
import type { Event } from '../../mocks/index.ts'
import { isEvent } from '../../mocks/state/event.ts'
import type { ItemKind } from '../../mocks/state/event.ts'
import { State } from '../../mocks/state/state.ts'
import { builtIn } from '../../spec/index.ts'

const start = { books: { seed: 42, invoices: 40, newest: 20_468 }, today: 20_468 }

const fold = (events: readonly Event[]): State => {
  const state = new State(start)
  for (const event of events) state.apply(event)
  return state
}

const put = (on: string, id: number | string, told: unknown): Event =>
  ({ on, does: 'put', id, with: told }) as unknown as Event

const moment = fc.nat(5).map((second) => start.today * 86_400 + 64_800 + second)
const id = fc.nat(4)
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    on: fc.constant('invoice' as const),
    does: fc.constantFrom('sync' as const, 'delete' as const),
    id,
    at: moment,
  }),
  fc
    .record({ id, at: moment, note: fc.string({ maxLength: 3 }) })
    .map(({ note, ...rest }): Event => ({ on: 'invoice', does: 'amend', ...rest, with: { note } })),
  fc
    .record({ id: fc.integer({ min: 40, max: 44 }), at: moment })
    .map((rest): Event => ({ on: 'invoice', does: 'create', ...rest, with: {} })),
  fc.tuple(id, fc.nat(3)).map(([invoice, count]) => put('lease', invoice, { count })),
  fc.tuple(id, moment).map(([invoice, at]): Event => ({
    on: 'message',
    does: 'post',
    id: invoice,
    with: { code: 'NOTE', source: 'api', at, recordedAt: at },
  })),
  fc
    .tuple(fc.constantFrom<ItemKind>('shop plans', 'shop orders'), id, fc.boolean())
    .map(([on, item, isThere]): Event =>
      isThere ? put(on, item, { item: { id: item } }) : { on, does: 'delete', id: item },
    ),
  id.map((key) => put('key', `k${key}`, { fingerprint: 'f', answer: { status: 200, text: 'x'.repeat(key) } })),
  fc.constantFrom<Event>(
    { on: 'clock', does: 'move', with: { today: 20_470, ticks: 0 } },
    { on: 'clock', does: 'tick', with: { today: 20_468, ticks: 3 } },
    { on: 'scenarios', does: 'put', with: ['flaky'] },
    { on: 'requests', does: 'put', with: 7 },
    { on: 'start', does: 'put', with: { today: 20_469 } },
    { on: 'snapshot', does: 'put', with: { events: [] } },
    { on: 'world', does: 'begin', with: [{ on: 'books', does: 'put', with: { ...start.books, seed: 7 } }] },
  ),
)
const history = fc.array(event, { maxLength: 40 })

describe('a state', () => {
  it('is the fold of its events, wherever the log begins anew with all there is', () => {
    fc.assert(
      fc.property(history, fc.nat(40), (events, place) => {
        const whole = fold(events)
        const begun: Event = { on: 'world', does: 'begin', with: fold(events.slice(0, place)).events() }
        const again = fold([begun, ...events.slice(place)])
        expect(again.events()).toEqual(whole.events())
        expect([again.created, again.size, [...again.changed()]]).toEqual([
          whole.created,
          whole.size,
          [...whole.changed()],
        ])
        expect([...events, begun].every((one) => isEvent(JSON.parse(JSON.stringify(one))))).toBe(true)
      }),
    )
  })

  it('rises in version with what an answer shows, and never with what none does', () => {
    fc.assert(
      fc.property(history, event, (events, next) => {
        const state = fold(events)
        const { version } = state
        state.apply(next)
        expect(state.version > version).toBe(!['key', 'requests', 'snapshot'].includes(next.on))
      }),
    )
  })

  it('is what the log of its world says, after anything that clients do', async () => {
    const log = memoryLog()
    const worlds = new Worlds({ invoices: 40, log })
    const model = builtIn('nuntiq')
    const mock = mockModel(model, { worlds })
    const world = worlds.first
    const { business } = world
    const invoice = (index: number) => business.find(index) as never
    const works: readonly (() => unknown)[] = [
      () => business.create({ lines: [{ name: 'Anvil', price: 100 }] }),
      () => business.amend(invoice(3), { note: 'Thank you.' }),
      () => world.keep(),
      () => business.delete(invoice(4)),
      () => world.moveTo(20_480),
      () => world.use('overdue'),
      () => business.sync(invoice(9)),
      () => world.restore(world.kept),
      () => world.use('flaky'),
    ]
    const told: Event[] = []
    let offset: string | undefined
    for (const work of works) {
      await worlds.change(world, async () => work())
      const batch = await log.read('', offset)
      told.push(...batch.events)
      ;({ offset } = batch)
      expect(fold(told).events()).toEqual(world.state.events())
    }
    expect(told.length).toBeGreaterThan(works.length)
    expect(mock.snapshot()).toEqual(fold(told).snapshot())
  })

  it('keeps so many answers for keys, and so much of them, the latest', () => {
    const answer = (text: string) => ({ fingerprint: 'f', answer: { status: 200, text } })
    const few = fold(Array.from({ length: 1500 }, (_, place) => put('key', `k${place}`, answer('x'))))
    expect([few.keys.size, few.keys.has('k499'), few.keys.has('k500')]).toEqual([1000, false, true])
    const long = fold(Array.from({ length: 9 }, (_, place) => put('key', `k${place}`, answer('x'.repeat(1_048_576)))))
    expect([...long.keys.keys()]).toEqual(['k5', 'k6', 'k7', 'k8'])
    // One that is given again takes no more room than before.
    for (let count = 0; count < 9; count++) long.apply(put('key', 'k8', answer('x'.repeat(1_048_576))))
    expect(long.keys.size).toBe(4)
  })
})
