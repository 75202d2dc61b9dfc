import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { duckdbTarget, filesTarget, makeHere, parquetTarget, seedInto, sqliteTarget } from '../../seeds/index.ts'
import type { SeedTarget } from '../../seeds/index.ts'
import { openJournal } from '../../seeds/http-journal.ts'
import { breakingAfter, planOf } from './support/plan.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proforma-foreign-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const plan = planOf({ form: 'api', api: 'truto' })
const place = (name: string): string => join(folder, name)
const seed = (target: SeedTarget, make = makeHere(plan.dataset)) => seedInto(target, plan, { make })
const files = (path: string, encoding: 'ndjson' | 'json' | 'csv' | 'sql'): SeedTarget =>
  filesTarget(path, { form: { encoding }, suffix: `.${encoding}`, force: false })

/** How each kind of target is opened at a path. */
const targets: Readonly<Record<string, (path: string) => SeedTarget>> = {
  SQLite: sqliteTarget,
  DuckDB: duckdbTarget,
  Parquet: (path) => parquetTarget(path, false),
  NDJSON: (path) => files(path, 'ndjson'),
  JSON: (path) => files(path, 'json'),
  CSV: (path) => files(path, 'csv'),
  SQL: (path) => files(path, 'sql'),
}

/** Returns all that stands in the folder: names with contents or where links lead. */
const standing = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .toSorted()
      .map((name) => [
        name,
        statSync(place(name), { throwIfNoEntry: false })?.isFile() ? readFileSync(place(name), 'latin1') : '(none)',
      ]),
  )

describe.for(Object.entries(targets))('a target of %s', ([, open]) => {
  it.for(['{', 'SQLite fo', 'Dear diary, '.repeat(1000), '\0'.repeat(200)])(
    'leaves a file of something else as it is (%#)',
    async (text) => {
      writeFileSync(place('own'), text)
      await expect(seed(open(place('own')))).rejects.toThrow(
        /^Failed to (?:open|write) .*own: expected .* but received (?:a file of something else|one that exists)\./,
      )
      expect(standing()).toEqual({ own: text })
    },
  )

  it('does not follow a link that leads nowhere', async () => {
    symlinkSync(place('nowhere'), place('link'))
    await expect(seed(open(place('link')))).rejects.toThrow(/received a link to (?:a file|one) that does not exist\./)
    expect(standing()).toEqual({ link: '(none)' })
  })
})

describe('what stands beside a missing database', () => {
  it.for([
    ['-wal', sqliteTarget],
    ['-shm', sqliteTarget],
    ['-journal', sqliteTarget],
    ['.wal', duckdbTarget],
  ] as const)('is not taken for its own: new.db%s', async ([end, open]) => {
    writeFileSync(place(`new.db${end}`), 'precious')
    await expect(seed(open(place('new.db')))).rejects.toThrow(/new\.db\S* beside it, which belongs to something else/)
    expect(standing()).toEqual({ [`new.db${end}`]: 'precious' })
  })

  it('is no lock where it holds something', async () => {
    writeFileSync(place('.new.db.proforma-lock'), 'precious')
    await expect(seed(sqliteTarget(place('new.db')))).rejects.toThrow(/proforma-lock to be free but received a file of/)
    expect(readFileSync(place('.new.db.proforma-lock'), 'utf8')).toBe('precious')
  })
})

describe('a file that comes while another is written', () => {
  it.for(['NDJSON', 'Parquet'] as const)('is not replaced by %s, and the same command goes on', async (kind) => {
    const open = targets[kind] as (path: string) => SeedTarget
    const target = open(place('x'))
    const finish = target.finish.bind(target)
    target.finish = () => {
      writeFileSync(place('x'), 'mine')
      return finish()
    }
    await expect(seed(target)).rejects.toThrow(/expected a new file but received one that exists\./)
    expect(readFileSync(place('x'), 'utf8')).toBe('mine')
    renameSync(place('x'), place('mine'))
    await seed(open(place('x')))
    expect(statSync(place('x')).size).toBeGreaterThan(10_000)
    expect(readdirSync(folder).toSorted()).toEqual(['mine', 'x'])
  })
})

/** What is done to a journal, and what is said of it. */
const damages: Readonly<Record<string, readonly [sql: string, said: RegExp]>> = {
  'a note that is no JSON': [`UPDATE run SET facts = '{'`, /a damaged one \(.*cannot be read\)/],
  'facts of another form': [`UPDATE run SET facts = '{"facts":{},"share":1}'`, /a damaged one \(.*cannot be read\)/],
  'a trigger': ['CREATE TRIGGER late AFTER UPDATE ON run BEGIN DELETE FROM run; END', /it has a trigger late/],
  'no table': ['DROP TABLE run', /its table run is missing/],
  'the mark of another program': ['PRAGMA application_id = 7', /a database of something else/],
}

describe('a journal', () => {
  it.for(
    Object.entries({
      ...damages,
      lengths: [`UPDATE run SET files = '[1]'`, /a damaged one \(.*cannot be read\)/] as const,
      'a great number': [
        'PRAGMA ignore_check_constraints = ON; UPDATE run SET parts = 9223372036854775807',
        /a damaged one/,
      ] as const,
    }),
  )('of files that is damaged is named, with what to do: %s', async ([, [sql, said]]) => {
    await expect(seed(files(place('x.ndjson'), 'ndjson'), breakingAfter(plan, 2))).rejects.toThrow('broken')
    edit(place('.x.ndjson.proforma/journal.db'), sql)
    const error: Error = await seed(files(place('x.ndjson'), 'ndjson')).then(
      () => new Error('nothing'),
      (found: Error) => found,
    )
    expect([error.name, error.message]).toEqual(['Failure', expect.stringMatching(said)])
    expect(error.message).toMatch(/Move .* away/)
  })

  it.for(Object.entries(damages))(
    'of an API that is damaged is named, with what to do: %s',
    async ([, [sql, said]]) => {
      const journal = await openJournal(place('j.db'))
      journal.begin(plan.provenance)
      journal.close()
      edit(place('j.db'), sql)
      const before = readFileSync(place('j.db'))
      const error = await openJournal(place('j.db')).catch((found: Error) => found)
      expect(error).toMatchObject({ name: 'Failure', message: expect.stringMatching(said) })
      expect(readFileSync(place('j.db'))).toEqual(before)
    },
  )

  it('of files goes where a folder of ours is, and leaves the folder of another program', async () => {
    mkdirSync(place('.x.ndjson.proforma'))
    const database = new DatabaseSync(place('.x.ndjson.proforma/journal.db'))
    database.exec('CREATE TABLE diary (day TEXT)')
    database.close()
    const before = readFileSync(place('.x.ndjson.proforma/journal.db'))
    await expect(seed(files(place('x.ndjson'), 'ndjson'))).rejects.toThrow('a database of something else')
    expect(readFileSync(place('.x.ndjson.proforma/journal.db'))).toEqual(before)
  })
})

it('a table of notes that is damaged is named', async () => {
  await seed(sqliteTarget(place('a.db')))
  edit(place('a.db'), `UPDATE proforma_seeds SET facts = '{'`)
  await expect(seed(sqliteTarget(place('a.db')))).rejects.toThrow(
    /expected proforma_seeds to be as it was written but received facts that cannot be read\./,
  )
})

function edit(file: string, sql: string): void {
  const database = new DatabaseSync(file)
  database.exec(sql)
  database.close()
}
