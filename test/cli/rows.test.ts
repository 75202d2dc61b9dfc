import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withRowCounts } from '../../cli/serve/sources.ts'
import { mock } from '../../index.ts'
import { load } from '../../spec/load.ts'

const document = join(import.meta.dirname, '../inference/documents/header-and-lines.yaml')
const model = load(document, { overlays: [] })

describe('--rows', () => {
  it('says how many items a resource has, each of which can be asked for', async () => {
    const [more] = withRowCounts([model], { vendors: '150' })
    const { fetch } = mock(more ?? model, { seed: 42, invoices: 20 })
    const ask = async (path: string) => (await fetch(new Request(`http://localhost${path}`))).json() as Promise<never>
    const { payload } = (await ask('/v2/vendors')) as { payload: { records: { vendorId: string }[] } }
    expect(payload.records.length).toBeGreaterThanOrEqual(150)
    const last = payload.records.at(-1)
    expect(await ask(`/v2/vendors/${last?.vendorId}`)).toEqual(last)
  })

  it('names what there is where a resource is unknown', () => {
    expect(() => withRowCounts([model], { vendor: '5' })).toThrow('Did you mean "vendors"')
    expect(() => withRowCounts([model], { vendors: 'many' })).toThrow('a whole number, at most 100000')
  })
})
