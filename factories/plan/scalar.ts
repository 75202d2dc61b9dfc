import type { Encode } from './encode.ts'
import type { Frame } from './frame.ts'
import { quote } from './node.ts'
import type { Node } from './node.ts'

/** Returns the node of a single value that carries a role; absent where the ledger has none. */
export function scalarNode(get: (frame: Frame) => unknown, encode: Encode): Node {
  const build = (frame: Frame): unknown => {
    const value = get(frame)
    return value === undefined || value === null ? undefined : encode(value, frame)
  }
  return {
    build,
    write(frame) {
      const value = build(frame)
      if (typeof value === 'string') return quote(value)
      return value === undefined ? '' : JSON.stringify(value)
    },
  }
}
