// Buffers bodies within a memory budget while they are passed on.

import type { Readable } from 'node:stream'

/** Bytes that all buffered bodies may have together. */
export interface MemoryBudget {
  /** Takes so many bytes, or returns `false` where fewer are left. */
  take(bytes: number): boolean
  give(bytes: number): void
}

/** Returns a budget of so many bytes. */
export function memoryBudget(bytes: number): MemoryBudget {
  let left = bytes
  return {
    take(wanted) {
      if (wanted > left) return false
      left -= wanted
      return true
    },
    give: (returned) => void (left += returned),
  }
}

/** Collects a body while it is passed on. */
export interface BodyBuffer {
  /** Adds a chunk. Returns `false` from the first chunk on that exceeds the limit or the budget. */
  add(chunk: Uint8Array): boolean
  /** Returns the chunks of a complete body; `undefined` once a chunk was too many. */
  complete(): readonly Uint8Array[] | undefined
  /** Returns what was collected, and empties the buffer. */
  release(): readonly Uint8Array[]
}

/** Chunks smaller than this are joined once there are many: each of them would cost more than it holds. */
const small = 4096
const many = 64
const blockSize = 65_536

/** Returns a buffer for a body of `maxBytes` at most. */
export function bodyBuffer(maxBytes: number, budget: MemoryBudget): BodyBuffer {
  let chunks: Uint8Array[] = []
  let size = 0
  let isComplete = true
  let block = new Uint8Array(0)
  let start = 0
  let end = 0

  /** Appends to the open block: a chunked body may come in single bytes. */
  function append(chunk: Uint8Array): void {
    const isOpen = chunks.length > many && end > start && end + chunk.byteLength <= block.byteLength
    if (!isOpen) {
      if (end + chunk.byteLength > block.byteLength) [block, end] = [new Uint8Array(blockSize), 0]
      start = end
    }
    block.set(chunk, end)
    end += chunk.byteLength
    if (isOpen) chunks.pop()
    chunks.push(block.subarray(start, end))
  }

  return {
    add(chunk) {
      if (!isComplete) return false
      if (chunks.length >= many && chunk.byteLength < small) append(chunk)
      else {
        start = end
        chunks.push(chunk)
      }
      isComplete = size + chunk.byteLength <= maxBytes && budget.take(chunk.byteLength)
      if (isComplete) size += chunk.byteLength
      return isComplete
    },
    complete: () => (isComplete ? chunks : undefined),
    release() {
      const released = chunks
      budget.give(size)
      ;[chunks, size, isComplete] = [[], 0, false]
      return released
    },
  }
}

/**
 * Reads a stream into a buffer. Resolves with `true` at its end, and with `false` as soon as it exceeds the buffer or the time; the stream
 * is then paused. Rejects where the stream breaks off.
 */
export function readInto(buffer: BodyBuffer, stream: Readable, milliseconds: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      stream.off('data', read).pause()
      resolve(false)
    }
    const read = (chunk: Uint8Array): void => {
      if (!buffer.add(chunk)) stop()
    }
    const timer = setTimeout(stop, milliseconds)
    stream.on('data', read)
    stream.once('end', () => {
      clearTimeout(timer)
      resolve(true)
    })
    stream.once('error', reject)
    stream.once('close', () => {
      clearTimeout(timer)
      reject(new Error('cut short'))
    })
  })
}

/** Returns chunks as one array, in memory of its own. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}
