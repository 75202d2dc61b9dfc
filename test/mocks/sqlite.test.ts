import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mockModel, Worlds } from '../../mocks/index.ts'
import { sqliteState } from '../../mocks/stores/sqlite.ts'
import { builtIn } from '../../spec/index.ts'

const model = builtIn('stuut')
let folder = ''
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'state-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function open(epoch = 20_468, invoices = 60) {
  const state = sqliteState(join(folder, 'file.db'), { seed: 42, invoices, epoch })
  const worlds = new Worlds({ seed: 42, invoices, today: epoch, epoch: state.order.epoch, store: state.store })
  return { ...state, worlds, mock: mockModel(model, { worlds }) }
}

describe('a state in a file', () => {
  it('survives a restart, in every world', () => {
    const { mock, close } = open()
    const index = Array.from({ length: 60 }, (_, place) => place).find((place) => mock.business.find(place)?.status === 'paid') as number
    mock.business.amend(mock.business.find(index) as never, { note: 'Thank you.' })
    const made = mock.world('a').business.create({ lines: [{ name: 'Anvil', price: 100 }] })
    mock.world('a').business.delete(mock.business.find(3) as never)
    const amended = mock.business.find(index)
    close()
    const again = open()
    expect(again.mock.business.find(index)).toEqual(amended)
    expect(again.mock.world('a').business.find(60)).toEqual(made)
    expect(again.mock.world('a').business.find(3)).toBeUndefined()
    expect(again.mock.business.find(60)).toBeUndefined()
    expect(again.mock.world('a').business.create({ lines: [{ name: 'Anvil', price: 100 }] }).index).toBe(61)
    again.close()
  })

  it('keeps the books of the day on which it was begun', () => {
    const { mock, close } = open()
    const numbers = [0, 30, 59].map((index) => mock.business.find(index)?.issueDate)
    close()
    const later = open(20_500)
    expect(later.mock.business.today).toBe(20_500)
    expect([0, 30, 59].map((index) => later.mock.business.find(index)?.issueDate)).toEqual(numbers)
    later.close()
  })

  it('forgets what a reset forgets, and nothing of other worlds', () => {
    const { mock, close } = open()
    for (const one of [mock, mock.world('a')]) one.business.create({ lines: [{ name: 'Anvil', price: 100 }] })
    mock.reset()
    close()
    const again = open()
    expect([again.mock.business.find(60), again.mock.world('a').business.find(60)?.status]).toEqual([undefined, 'open'])
    again.close()
  })

  it('holds what a snapshot brings back', () => {
    const { mock, close } = open()
    mock.business.sync(mock.business.find(3) as never)
    const snapshot = mock.snapshot()
    mock.reset()
    mock.restore(snapshot)
    close()
    const again = open()
    expect(again.mock.business.find(3)?.syncStatus).toBe('synced')
    expect([...again.mock.business.store.changed()]).toEqual([3])
    again.close()
  })

  it('is refused where it is about other books, or no state at all', () => {
    open().close()
    expect(() => open(20_468, 61)).toThrow('expected seed 42 and 60 invoices, of which it tells but received seed 42 and 61 invoices')
    writeFileSync(join(folder, 'text.db'), 'This is not a database, however long it may be. '.repeat(50))
    expect(() => sqliteState(join(folder, 'text.db'), { seed: 1, invoices: 1, epoch: 1 })).toThrow('expected a file of an earlier --state')
    expect(() => sqliteState(join(folder, 'no', 'such', 'folder.db'), { seed: 1, invoices: 1, epoch: 1 })).toThrow('Failed to open')
  })
})
