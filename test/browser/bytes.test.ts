import { describe, expect, it } from 'vitest'
import { apiNames, mock } from '../../index.ts'
import bytes from '../golden/bytes.json' with { type: 'json' }
import { bytesOf } from '../support/bytes.ts'

describe('in a browser', () => {
  it.each(apiNames)('%s answers with the bytes it has in Node', async (name) => {
    expect(await bytesOf(mock(name, { seed: 42 }))).toEqual(bytes[name])
  })
})
