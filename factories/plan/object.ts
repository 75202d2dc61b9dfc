import { mix2 } from '../random.ts'
import type { Frame } from './frame.ts'
import type { Node } from './node.ts'

/** One property of an object plan. */
export interface Member {
  readonly name: string
  readonly node: Node
  readonly isRequired: boolean
  readonly nullable: boolean
  /** Takes its value from the ledger, or has parts that do. */
  readonly isBound: boolean
  /** Stands in where the ledger has no value and the schema demands one. */
  readonly fallback?: Node | undefined
  readonly salt: number
}

/** What becomes of an unbound property that may be missing: half of them are filled, the same ones for the same object. */
const isShown = (member: Member, frame: Frame): boolean =>
  member.isBound || member.isRequired || !member.nullable || mix2(frame.key ^ 0x73686f77, member.salt) % 2 === 0

/** Returns the node of an object. An absent member is null where nulls are shown and allowed, else left out. */
export function objectNode(members: readonly Member[]): Node {
  const heads = members.map(({ name }) => `${JSON.stringify(name)}:`)
  return {
    build(frame) {
      const object: Record<string, unknown> = {}
      for (const member of members) {
        const value = isShown(member, frame) ? member.node.build(frame) ?? member.fallback?.build(frame) : undefined
        if (value !== undefined) object[member.name] = value
        else if (member.nullable && (frame.nulls || member.isRequired)) object[member.name] = null
      }
      return object
    },
    write(frame) {
      let text = ''
      for (let index = 0; index < members.length; index++) {
        const member = members[index] as Member
        let value = isShown(member, frame) ? member.node.write(frame) || member.fallback?.write(frame) || '' : ''
        if (value === '' && member.nullable && (frame.nulls || member.isRequired)) value = 'null'
        if (value !== '') text += (text === '' ? '' : ',') + heads[index] + value
      }
      return `{${text}}`
    },
  }
}
