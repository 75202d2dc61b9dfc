import type { Encoder } from './encode.ts'
import type { Frame } from './frame.ts'
import type { Node } from './node.ts'

/** Returns the node of a single value that carries a role; absent where the ledger has none. */
export const scalarNode = (get: (frame: Frame) => unknown, { build, write }: Encoder): Node => ({
  leaf: { get, write },
  build(frame) {
    const value = get(frame)
    return value === undefined || value === null ? undefined : build(value, frame)
  },
  write(frame) {
    const value = get(frame)
    return value === undefined || value === null ? '' : write(value, frame)
  },
})
