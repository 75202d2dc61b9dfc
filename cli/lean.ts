import { flushCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'

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
