import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryLog, mockModel, Worlds } from '../../mocks/index.ts'
import type { Event, Snapshot } from '../../mocks/index.ts'
import { eventsOfEarlier, fromEarlier } from '../../mocks/state/earlier.ts'
import { isEvent } from '../../mocks/state/event.ts'
import type { ItemKind } from '../../mocks/state/event.ts'
import { State } from '../../mocks/state/state.ts'
import { sqliteState } from '../../mocks/stores/sqlite.ts'
import { builtIn } from '../../spec/index.ts'
import earlier from './support/earlier.json' with { type: 'json' }

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

describe('what version 0.1 wrote', () => {
  const wanted = fromEarlier(earlier.snapshot) as readonly Event[]

  it('is read as events of this form', () => {
    const events = earlier.events.flatMap(eventsOfEarlier)
    expect(events.every(isEvent)).toBe(true)
    const state = fold(events as readonly Event[])
    expect(state.snapshot().events).toEqual(wanted)
    expect([state.keys.size, state.kept?.events.length, state.isMoved]).toEqual([1, 10, true])
  })

  it('in a snapshot can be restored', () => {
    const mock = mockModel(builtIn('stuut'), { invoices: 5 })
    mock.restore(earlier.snapshot as unknown as Snapshot)
    expect(mock.snapshot().events).toEqual(wanted)
    expect([mock.business.find(60)?.total, mock.business.find(5), mock.business.find(55)?.status]).toEqual([
      112,
      undefined,
      'paid',
    ])
  })

  it('in a file goes on, in this form', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earlier-'))
    const file = join(folder, 'state.db')
    const database = new DatabaseSync(file)
    database.exec(`
      CREATE TABLE books (wanted TEXT NOT NULL, epoch INTEGER NOT NULL);
      CREATE TABLE events (number INTEGER PRIMARY KEY AUTOINCREMENT, world TEXT NOT NULL, event TEXT NOT NULL);
      CREATE INDEX events_of_world ON events (world, number);
      PRAGMA user_version = 2;
    `)
    const insert = database.prepare('INSERT INTO events (world, event) VALUES (?, ?)')
    for (const one of earlier.events) insert.run('', JSON.stringify(one))
    database.close()
    const books = { seed: 42, invoices: 60, newest: 20_468 }
    for (let time = 0; time < 2; time++) {
      const { log } = sqliteState(file, { books, scenarios: [], today: 20_468 })
      const worlds = new Worlds({ seed: 42, invoices: 60, today: 20_468, log })
      await worlds.follow(worlds.first)
      expect(worlds.first.save().events).toEqual(wanted)
      await worlds.close()
    }
    rmSync(folder, { recursive: true })
  })
})
