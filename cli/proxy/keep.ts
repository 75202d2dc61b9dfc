/** Bytes that may be kept at a time, of all bodies together. */
export interface Budget {
  /** Tells whether so many more may be kept, and then counts them. */
  take(bytes: number): boolean
  give(bytes: number): void
}

/** Returns a budget. */
export function budgetOf(most: number): Budget {
  let left = most
  return {
    take(bytes) {
      if (bytes > left) return false
      left -= bytes
      return true
    },
    give: (bytes) => void (left += bytes),
  }
}

/** Keeps a body while it passes. */
export interface Keeper {
  /** Keeps one more piece; from the first one that is too many on, returns `false`. */
  add(chunk: Uint8Array): boolean
  /** Returns what was kept, or `undefined` where it is not the whole body. */
  whole(): readonly Uint8Array[] | undefined
  /** Returns what was kept, and forgets it. */
  release(): readonly Uint8Array[]
}

/** Shorter pieces than this are put together once there are many: each would cost more than it holds. */
const small = 4096
const many = 64
const blockSize = 65_536

/** Returns a keeper for a body of so many bytes at most. */
export function keeperOf(maxBytes: number, budget: Budget): Keeper {
  let chunks: Uint8Array[] = []
  let size = 0
  let isWhole = true
  let block = new Uint8Array(0)
  let start = 0
  let end = 0

  /** Chunked encoding may carry single bytes. */
  function put(chunk: Uint8Array): void {
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
      if (!isWhole) return false
      if (chunks.length >= many && chunk.byteLength < small) put(chunk)
      else {
        start = end
        chunks.push(chunk)
      }
      isWhole = size + chunk.byteLength <= maxBytes && budget.take(chunk.byteLength)
      if (isWhole) size += chunk.byteLength
      return isWhole
    },
    whole: () => (isWhole ? chunks : undefined),
    release() {
      const kept = chunks
      budget.give(size)
      ;[chunks, size, isWhole] = [[], 0, false]
      return kept
    },
  }
}
