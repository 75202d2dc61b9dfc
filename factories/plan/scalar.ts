import type { Kind } from '../../spec/index.ts'
import type { Encode } from './encode.ts'
import type { Frame } from './frame.ts'
import { quote } from './node.ts'
import type { Node } from './node.ts'

/** Kinds whose texts never need escaping: digits, dashes, letters of identities. */
const plainKinds: ReadonlySet<Kind> = new Set<Kind>(['amount', 'quantity', 'rate', 'ratio', 'count', 'date', 'instant', 'id'])

/** Returns the node of a single value that carries a role; absent where the ledger has none. */
export function scalarNode(get: (frame: Frame) => unknown, encode: Encode, kind: Kind): Node {
  const isPlain = plainKinds.has(kind)
  return {
    build(frame) {
      const value = get(frame)
      return value === undefined || value === null ? undefined : encode(value, frame)
    },
    write(frame) {
      const stated = get(frame)
      if (stated === undefined || stated === null) return ''
      const value = encode(stated, frame)
      if (typeof value === 'string') return isPlain ? `"${value}"` : quote(value)
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
    },
  }
}
