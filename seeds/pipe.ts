import type { Form } from './batch.ts'
import { compress } from './batch.ts'
import { PartSet } from './dataset.ts'
import { encodings } from './encodings.ts'
import { isGone, put } from './stream.ts'
import type { Writable } from './stream.ts'
import type { Target } from './target.ts'
import { failure } from '../spec/index.ts'

/** Returns a target of a stream: standard output, mostly. Nothing is noted; a reader who has seen enough (`head`) ends it quietly. */
export function streamTarget(stream: Writable, form: Form): Target {
  const encoding = encodings[form.encoding]
  let rows = 0
  let isOver = false
  const send = async (bytes: Uint8Array): Promise<void> => {
    if (isOver || bytes.length === 0) return
    await put(stream, bytes).catch((error: unknown) => {
      if (!isGone(error)) throw error
      isOver = true
    })
  }
  const sendText = (text: string): Promise<void> =>
    send(text === '' ? new Uint8Array() : compress(new TextEncoder().encode(text), form.compression))
  // What a write reports comes by its callback too.
  const ignore = (): void => undefined
  return {
    name: 'standard output',
    form,
    isShared: false,
    lanes: 1,
    get isOver() {
      return isOver
    },
    recall: async () => undefined,
    look: async () => new PartSet(),
    async begin({ dataset: { entities }, shard }) {
      if (entities.length > 1 && form.encoding !== 'sql')
        throw failure('write to standard output', {
          expected: 'one entity',
          received: entities.map(({ name }) => name).join(', '),
          cure: 'Name one with --entities, say --format sql, or write to files.',
        })
      stream.on('error', ignore)
      if (shard === undefined || shard.number === 1)
        for (const entity of entities) await sendText(encoding.head(entity))
      return new PartSet()
    },
    async write({ pieces }) {
      for (const piece of pieces) {
        if (rows > 0) await sendText(encoding.between)
        await send(piece.bytes)
        rows += piece.rows
      }
    },
    finish: () => sendText(encoding.foot),
    async close() {
      stream.off('error', ignore)
    },
  }
}
