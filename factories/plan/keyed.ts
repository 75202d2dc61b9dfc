import type { Keyed, Representation } from '../../spec/index.ts'
import { roleValueOf } from '../values/value.ts'
import { encoderOf } from './encode.ts'
import type { Frame } from './frame.ts'
import type { Leaf } from './leaf.ts'
import { made } from './node.ts'
import type { Node } from './node.ts'

/** A value of a keyed array may be anything: its binding alone says how it is written. */
const anything: Leaf = { types: new Set(['string', 'number', 'integer', 'boolean', 'null']), nullable: true }

/** Returns the node of an array of `{ key, value }` objects; entries without a value are left out unless nulls are shown. */
export function keyedNode({ key, value, label, entries }: Keyed, representation: Representation): Node {
  const fields = entries.map((entry) => ({
    ...entry,
    get: roleValueOf(entry.binding),
    encode: encoderOf(entry.binding, anything, representation).build,
  }))
  return made((frame: Frame) =>
    fields.flatMap((field) => {
      const stated = field.get(frame)
      const isAbsent = stated === undefined || stated === null
      if (isAbsent && !frame.nulls) return []
      return [
        {
          [key]: field.key,
          ...(label !== undefined && { [label]: field.label }),
          [value]: isAbsent ? null : field.encode(stated, frame),
        },
      ]
    }),
  )
}
