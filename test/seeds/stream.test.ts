import { PassThrough, Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { writeStream } from '../../seeds/index.ts'

async function* chunksOf(
  count: number,
  onYield: (index: number) => void = () => undefined,
): AsyncGenerator<string, void, void> {
  for (let index = 0; index < count; index++) {
    onYield(index)
    yield `ü${index}\n`
  }
}

const failing = (code: string, after: number): Writable => {
  let writes = 0
  return new Writable({
    write(_chunk, _encoding, done) {
      done(++writes > after ? Object.assign(new Error(code), { code }) : null)
    },
  })
}

describe('a stream', () => {
  it('gets all chunks in order, and their size is told in bytes', async () => {
    const stream = new PassThrough()
    expect(await writeStream(stream, chunksOf(3))).toBe(12)
    stream.end()
    expect((await stream.toArray()).join('')).toBe('ü0\nü1\nü2\n')
  })

  it('is never given more than it has taken', async () => {
    let made = 0
    const ahead: number[] = []
    let taken = 0
    const slow = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        setImmediate(() => {
          taken++
          done()
        })
      },
    })
    await writeStream(
      slow,
      chunksOf(20, () => ahead.push(made++ - taken)),
    )
    expect(Math.max(...ahead)).toBe(0)
  })

  it.each(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'])(
    'whose reader has gone (%s) ends quietly, and no more is made',
    async (code) => {
      let made = 0
      await writeStream(
        failing(code, 2),
        chunksOf(100, () => made++),
      )
      expect(made).toBe(3)
    },
  )

  it('reports any other failure', async () => {
    await expect(writeStream(failing('EIO', 1), chunksOf(3))).rejects.toThrow('EIO')
  })

  it('is left without listeners', async () => {
    const stream = new PassThrough()
    stream.resume()
    const before = stream.listenerCount('error')
    await writeStream(stream, chunksOf(2))
    expect(stream.listenerCount('error')).toBe(before)
  })
})
