import { describe, expect, it } from 'vitest'
import { bodyBuffer, concat, memoryBudget } from '../../cli/proxy/body-buffer.ts'

describe('a buffer', () => {
  it('keeps every byte, also of many small pieces, in few', () => {
    const buffer = bodyBuffer(1_000_000, memoryBudget(1_000_000))
    const pieces = Array.from({ length: 2000 }, (_, index) =>
      new Uint8Array(index % 100 === 99 ? 5000 : index % 7).fill(index % 256),
    )
    for (const piece of pieces) expect(buffer.add(piece)).toBe(true)
    const chunks = buffer.complete() ?? []
    expect(Buffer.from(concat(chunks)).equals(Buffer.concat(pieces))).toBe(true)
    expect(chunks.length).toBeLessThan(120)
  })

  it('says when it is too much, and still has what came', () => {
    const buffer = bodyBuffer(10, memoryBudget(100))
    expect([buffer.add(new Uint8Array(8)), buffer.add(new Uint8Array(3)), buffer.add(new Uint8Array(1))]).toEqual([
      true,
      false,
      false,
    ])
    expect(buffer.complete()).toBeUndefined()
    expect(concat(buffer.release()).byteLength).toBe(11)
  })
})
