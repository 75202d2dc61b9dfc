import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mockModel, Worlds } from '../../mocks/index.ts'
import type { Log } from '../../mocks/index.ts'
import { sqliteState } from '../../mocks/stores/sqlite.ts'
import { builtIn } from '../../spec/index.ts'
import type { BusinessObject, Operation } from '../../spec/index.ts'
import { behaveAsOne } from './support/replicas.ts'
import { clientOf, idFor, pathParameter } from '../support/client.ts'

const [model, intake] = [builtIn('stuut'), builtIn('nuntiq')]
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function open({ today = 20_468, invoices = 60, scenarios = [] as readonly string[] } = {}) {
  const state = sqliteState(join(folder, 'file.db'), { books: { seed: 42, invoices, newest: today }, scenarios, today })
  const worlds = new Worlds({
    seed: 42,
    invoices,
    today,
    newest: state.books.newest,
    log: state.log,
    scenario: scenarios,
  })
  return { worlds, mock: mockModel(model, { worlds }) }
}

/** What is to be seen of a world, once it has caught up. */
async function seen(worlds: Worlds, name = '') {
  const world = worlds.at(name)
  await worlds.follow(world)
  const { state } = world
  return {
    created: state.created.length,
    ...state.clock,
    scenarios: state.scenarios,
    changed: [...state.changed()],
    ...world.save(),
    kept: world.kept,
    leases: state.leases.size,
    keys: [...state.keys],
  }
}

describe('servers over one file', () => {
  let log: Log
  let count = 0
  behaveAsOne(async (isNew) => {
    if (isNew)
      ({ log } = sqliteState(join(folder, `${count++}.db`), {
        books: { seed: 42, invoices: 40, newest: 20_468 },
        scenarios: [],
        today: 20_468,
      }))
    return log
  })
})

const wanted = { books: { seed: 1, invoices: 1, newest: 1 }, scenarios: [], today: 1 }

const strangers: readonly (readonly [name: string, bytes: () => string | Buffer])[] = [
  ['one byte', () => '{'],
  ['half a head', () => 'SQLite fo'],
  ['a head of zeros', () => Buffer.alloc(100)],
  ['a text', () => 'Dear diary, '.repeat(500)],
  ['a database', () => databaseWith('CREATE TABLE people (name TEXT)')],
  ['a database that writes ahead', () => databaseWith('PRAGMA journal_mode = WAL; CREATE TABLE people (name TEXT)')],
  ['a database of our number', () => databaseWith('PRAGMA user_version = 4; CREATE TABLE books (title TEXT)')],
  ['a database that has only a view', () => databaseWith('CREATE VIEW people AS SELECT 1')],
  ['a database of another program', () => databaseWith('PRAGMA application_id = 1196444487')],
]

describe('a state in a file', () => {
  it('survives a restart, in every world', async () => {
    const { mock, worlds } = open()
    const index = Array.from({ length: 60 }, (_, place) => place).find(
      (place) => mock.business.find(place)?.status === 'paid',
    ) as number
    mock.business.amend(mock.business.find(index) as never, { note: 'Thank you.' })
    const made = mock.world('a').business.create({ lines: [{ name: 'Anvil', price: 100 }] })
    mock.world('a').business.delete(mock.business.find(3) as never)
    const amended = mock.business.find(index)
    await worlds.close()
    const again = open()
    await seen(again.worlds)
    await seen(again.worlds, 'a')
    expect(again.mock.business.find(index)).toEqual(amended)
    expect(again.mock.world('a').business.find(60)).toEqual(made)
    expect(again.mock.world('a').business.find(3)).toBeUndefined()
    expect(again.mock.business.find(60)).toBeUndefined()
    expect(again.mock.world('a').business.create({ lines: [{ name: 'Anvil', price: 100 }] }).index).toBe(61)
    await again.worlds.close()
  })

  it('keeps claims, messages, the clock, scenarios, answers to keys and what was put aside', async () => {
    const { worlds } = open()
    const client = clientOf(intake, mockModel(intake, { worlds }).fetch)
    const { root, text } = await client.ask('claim', { body: { limit: 2, idempotency_key: 'again' } })
    const message = client.find('message') as Operation
    const id = idFor(message, root.list('claim.leases')[0] as BusinessObject)
    const posted = await client.ask(message, {
      values: { [pathParameter(message).name]: id },
      body: { code: 'DISPUTED', note_supplier: 'Too dear.' },
    })
    expect(posted.status).toBe(201)
    const world = worlds.first
    await worlds.change(world, async () => {
      world.keep()
      world.moveTo(20_480)
      world.use('flaky')
    })
    const before = await seen(worlds)
    expect([
      before.leases,
      before.events.filter(({ on }) => on === 'message').length,
      before.keys.length,
      before.today,
      before.scenarios,
    ]).toEqual([2, 1, 1, 20_480, ['flaky']])
    await worlds.close()
    const again = open()
    expect(await seen(again.worlds)).toEqual(before)
    await again.worlds.change(again.worlds.first, async () => again.worlds.first.restore(again.worlds.first.kept))
    const repeated = await clientOf(intake, mockModel(intake, { worlds: again.worlds }).fetch).ask('claim', {
      body: { limit: 2, idempotency_key: 'again' },
    })
    expect(repeated.text).toBe(text)
    await again.worlds.close()
  })

  it('keeps the books of the day on which it was begun, while the clock goes on', async () => {
    const { mock, worlds } = open()
    const numbers = [0, 30, 59].map((index) => mock.business.find(index)?.issueDate)
    mock.business.sync(mock.business.find(3) as never)
    await worlds.close()
    const later = open({ today: 20_500 })
    expect(await seen(later.worlds)).toMatchObject({ today: 20_500, ticks: 0 })
    expect([0, 30, 59].map((index) => later.mock.business.find(index)?.issueDate)).toEqual(numbers)
    await later.worlds.close()
  })

  it('forgets what a reset forgets, and nothing of other worlds', async () => {
    const { mock, worlds } = open()
    for (const one of [mock, mock.world('a')]) one.business.create({ lines: [{ name: 'Anvil', price: 100 }] })
    mock.reset()
    await worlds.close()
    const again = open()
    expect([await seen(again.worlds), await seen(again.worlds, 'a')]).toMatchObject([
      { created: 0, changed: [] },
      { created: 1, changed: [60] },
    ])
    await again.worlds.close()
  })

  it('holds what a snapshot brings back', async () => {
    const { mock, worlds } = open()
    mock.business.sync(mock.business.find(3) as never)
    const snapshot = mock.snapshot()
    mock.reset()
    mock.restore(snapshot)
    await worlds.close()
    const again = open()
    expect((await seen(again.worlds)).events).toEqual(snapshot.events)
    expect(again.mock.business.find(3)?.syncStatus).toBe('synced')
    await again.worlds.close()
  })

  it('is not asked again while nothing happens', async () => {
    const { worlds } = open()
    await seen(worlds)
    expect(worlds.follow(worlds.first)).toBeUndefined()
    await worlds.change(worlds.first, async () => worlds.first.business.tick())
    expect(worlds.follow(worlds.first)).toBeUndefined()
    await worlds.sharing?.log.drop('')
    await expect(worlds.follow(worlds.first)).resolves.toBeUndefined()
    expect(worlds.first.state.clock.ticks).toBe(0)
    await worlds.close()
  })

  it('does not grow for ever', async () => {
    const { mock, worlds } = open()
    for (let count = 0; count < 1200; count++) await worlds.change(worlds.first, async () => mock.business.tick())
    const size = (await worlds.sharing?.log.read('', undefined))?.events.length
    expect(size).toBeLessThan(1001)
    const { ticks } = await seen(worlds)
    await worlds.close()
    const again = open()
    expect((await seen(again.worlds)).ticks).toBe(ticks)
    await again.worlds.close()
  })

  it('is refused where it is about other books, no state at all, or in use', async () => {
    const { worlds } = open()
    expect(() => open()).toThrow('expected a file that nobody uses')
    await worlds.close()
    expect(() => open({ invoices: 61 })).toThrow(
      'expected seed 42 and 60 invoices, of which it tells but received seed 42 and 61 invoices',
    )
    expect(() => open({ scenarios: ['overdue'] })).toThrow('received seed 42 and 60 invoices in scenario overdue')
    writeFileSync(join(folder, 'text.db'), 'This is not a database, however long it may be. '.repeat(50))
    expect(() => sqliteState(join(folder, 'text.db'), wanted)).toThrow('expected a file of an earlier --state')
    expect(() => sqliteState(join(folder, 'no', 'such', 'folder.db'), wanted)).toThrow('Failed to open')
    expect(() => sqliteState(join(folder, 'text.db', 'x.db'), wanted)).toThrow('one in no folder')
  })

  it.for(strangers)('leaves %s that is not ours as it is', ([, bytes]) => {
    const file = join(folder, 'own')
    writeFileSync(file, bytes())
    const before = readFileSync(file)
    expect(() => sqliteState(file, wanted)).toThrow(/expected a file of an earlier --state, .* something else/)
    expect(readFileSync(file)).toEqual(before)
    expect(readdirSync(folder).filter((name) => name.startsWith('own'))).toEqual(['own'])
  })

  it.for(['-wal', '-shm', '-journal'])('leaves a file%s that stands where none of ours is', (end) => {
    for (const name of ['new', 'empty']) {
      if (name === 'empty') writeFileSync(join(folder, name), '')
      writeFileSync(join(folder, name + end), 'precious')
      expect(() => sqliteState(join(folder, name), wanted)).toThrow(
        new RegExp(
          `received one with a ${name}${end} beside it, which belongs to something else\\. Move .*${name}${end} away`,
        ),
      )
      expect(readFileSync(join(folder, name + end), 'utf8')).toBe('precious')
    }
    expect(readdirSync(folder).toSorted()).toEqual(['empty', `empty${end}`, `new${end}`])
  })

  it('leaves what others have put beside one of ours, and changes nothing in it while it is refused', async () => {
    const { worlds, mock } = open()
    await worlds.change(worlds.first, async () => mock.business.create({ lines: [{ name: 'Anvil', price: 100 }] }))
    const file = join(folder, 'file.db')
    // As if it had been killed.
    const [main, ahead] = [readFileSync(file), readFileSync(`${file}-wal`)]
    await worlds.close()
    const other = join(folder, 'other.db')
    for (const [end, bytes] of [
      ['-journal', Buffer.from('precious')],
      ['-wal', Buffer.from('precious')],
      ['-wal', Buffer.from(ahead).fill(0xaa, 2000, 4000)],
    ] as const) {
      writeFileSync(other, end === '-wal' && bytes.length > 8 ? Buffer.from(main).fill(0xaa, 4096, 4096 * 4) : main)
      const before = readFileSync(other)
      writeFileSync(other + end, bytes)
      expect(() => sqliteState(other, wanted)).toThrow(/Move .* away|a damaged one/)
      expect([readFileSync(other), readFileSync(other + end)]).toEqual([before, bytes])
      rmSync(other + end)
    }
  })

  it('refuses a link that leads nowhere, and follows one to a file of ours', async () => {
    const link = join(folder, 'link.db')
    symlinkSync(join(folder, 'file.db'), link)
    expect(() => sqliteState(link, wanted)).toThrow('received a link to a file that does not exist')
    expect(readdirSync(folder)).toEqual(['link.db'])
    await sqliteState(join(folder, 'file.db'), wanted).log.close()
    await sqliteState(link, wanted).log.close()
    expect(readdirSync(folder)).toEqual(['file.db', 'link.db'])
  })

  it('acknowledges nothing that it would write to a file which has been moved away', async () => {
    const { worlds, mock } = open()
    const create = () =>
      worlds.change(worlds.first, async () => mock.business.create({ lines: [{ name: 'Anvil', price: 100 }] }))
    await create()
    renameSync(join(folder, 'file.db'), join(folder, 'moved.db'))
    await expect(create()).rejects.toThrow(/file\.db is out of reach: it was moved away\. Nothing has happened\./)
    renameSync(join(folder, 'moved.db'), join(folder, 'file.db'))
    await create()
    await worlds.close()
  })

  it('of another version is refused as such', async () => {
    const { worlds } = open()
    await worlds.close()
    const file = join(folder, 'file.db')
    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 2')
    database.close()
    expect(() => sqliteState(file, wanted)).toThrow('one of another version of proforma')
  })

  it('begins in an empty file, which holds nothing to lose', async () => {
    writeFileSync(join(folder, 'empty'), '')
    const { log } = sqliteState(join(folder, 'empty'), wanted)
    expect(await log.names()).toEqual([])
    await log.close()
  })

  it('that is damaged is named at once, with what to do', async () => {
    const { mock, worlds } = open()
    for (let count = 0; count < 200; count++) await worlds.change(worlds.first, async () => mock.business.tick())
    await worlds.change(worlds.first, async () => mock.business.create({ lines: [{ name: 'Anvil', price: 100 }] }))
    await worlds.close()
    const file = join(folder, 'file.db')
    const sound = readFileSync(file)
    const edit = (sql: string): void => {
      writeFileSync(file, sound)
      const database = new DatabaseSync(file, { defensive: false })
      database.exec(sql)
      database.close()
    }
    const damages: Readonly<Record<string, () => void>> = {
      pages: () => writeFileSync(file, Buffer.from(sound).fill(0xaa, 4096, 4096 * 4)),
      end: () => writeFileSync(file, sound.subarray(0, 4096 * 3)),
      head: () => writeFileSync(file, Buffer.from(sound).fill(0xaa, 100, 4096)),
      json: () => edit('UPDATE events SET event = substr(event, 2) WHERE number = (SELECT max(number) FROM events)'),
      event: () =>
        edit(
          `UPDATE events SET event = '{"on":"world","does":"begin"}' WHERE number = (SELECT min(number) FROM events)`,
        ),
      kind: () => edit(`UPDATE events SET event = '{"on":"toString","does":"toString"}'`),
      'books that are no JSON': () => edit("UPDATE books SET wanted = '{'"),
      'books of another form': () => edit(`UPDATE books SET wanted = '[42, 60, {"newest": "abc"}]'`),
      'an epoch that is no day': () => edit('UPDATE books SET epoch = 9007199254740993'),
      'no books': () => edit('DELETE FROM books'),
      'books twice': () => edit('INSERT INTO books SELECT * FROM books'),
      'an unknown status': () =>
        edit(`UPDATE events SET event = replace(event, '"with":{', '"with":{"status":"zzz",')`),
      'a number that is too great': () =>
        edit('UPDATE events SET number = 9223372036854775807 WHERE number = (SELECT max(number) FROM events)'),
      'no more numbers': () => edit('UPDATE sqlite_sequence SET seq = 9223372036854775806'),
      'no first event': () => edit('DELETE FROM events WHERE number = (SELECT min(number) FROM events)'),
      'no last event': () => edit('DELETE FROM events WHERE number = (SELECT max(number) FROM events)'),
      'a hole': () => edit('DELETE FROM events WHERE number = (SELECT max(number) - 3 FROM events)'),
      'no event at all': () => edit('DELETE FROM events'),
      'a world that was never noted': () =>
        edit(`INSERT INTO events (world, event) VALUES ('b', '{"on":"world","does":"begin","with":[]}')`),
      'a trigger': () => edit('CREATE TRIGGER late AFTER INSERT ON events BEGIN DELETE FROM events; END'),
      'a view': () => edit('CREATE VIEW more AS SELECT 1'),
      'no index': () => edit('DROP INDEX events_of_world'),
      'another column': () => edit('ALTER TABLE books ADD COLUMN title TEXT'),
      // A row that the index does not have would not be found.
      index: () =>
        edit(
          "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'books') WHERE name = 'events_of_world'",
        ),
    }
    for (const [name, damage] of Object.entries(damages)) {
      damage()
      expect(() => open(), name).toThrow(
        /^Failed to open .*file\.db: .* but received a damaged one \(.*\)\. Put back a copy/,
      )
    }
    writeFileSync(file, sound)
    const again = open()
    expect(await seen(again.worlds)).toMatchObject({ created: 1 })
    await again.worlds.close()
  })

  it('has lost no more than its last events where the power failed in the middle of writing', async () => {
    const { mock, worlds } = open()
    const file = join(folder, 'file.db')
    for (let count = 0; count < 12; count++)
      await worlds.change(worlds.first, async () => mock.business.create({ lines: [{ name: 'Anvil', price: 100 }] }))
    const [main, ahead] = [readFileSync(file), readFileSync(`${file}-wal`)]
    await worlds.close()
    const counts: number[] = []
    for (let part = 0; part <= 8; part++) {
      writeFileSync(file, main)
      writeFileSync(`${file}-wal`, ahead.subarray(0, Math.floor((ahead.byteLength * part) / 8)))
      const again = open()
      const { created, changed } = await seen(again.worlds)
      expect(changed).toHaveLength(created)
      counts.push(created)
      await again.worlds.close()
    }
    expect(counts).toEqual(counts.toSorted((one, other) => one - other))
    expect([counts[0], counts.at(-1)]).toEqual([0, 12])
  })
})

function databaseWith(sql: string): Buffer {
  const file = join(folder, 'other.db')
  const database = new DatabaseSync(file)
  database.exec(sql)
  database.close()
  return readFileSync(file)
}
