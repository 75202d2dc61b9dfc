import { flushCompileCache } from 'node:module'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Milliseconds in which a server is asked for the first time, for what it then keeps. */
const start = 15_000

/**
 * Keeps a server's memory small while it starts: what documents and schemas are compiled with is soon thrown away, but V8 would make
 * room for it that it never gives back. What Node has compiled is written after that, because servers are seldom left to end by themselves.
 */
export function startLean(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setTimeout(() => {
    setFlagsFromString('--semi-space-growth-factor=2')
    flushCompileCache()
  }, start).unref()
}

/** Bytes of V8's new space from which more room would hold garbage only. */
const enoughRoom = 8_000_000

/**
 * Keeps the memory of long work flat: V8 would let garbage lie for as long as there is memory. Returns a function to call between
 * pieces of work, which stops the new space from growing once it is large enough.
 */
export function workLean(): () => void {
  setFlagsFromString('--heap-growing-percent=30')
  let isEnough = false
  return () => {
    if (isEnough) return
    const { space_size: size = 0 } = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space') ?? {}
    isEnough = size >= enoughRoom
    if (isEnough) setFlagsFromString('--semi-space-growth-factor=1')
  }
}
