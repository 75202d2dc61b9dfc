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

/** A run of text that never changes, or a member. */
type Segment = string | { readonly member: Member; readonly head: string }

/** Constant members that follow each other are one text. */
function segmentsOf(members: readonly Member[]): Segment[] {
  const segments: Segment[] = []
  for (const member of members) {
    const head = `${JSON.stringify(member.name)}:`
    const last = segments.at(-1)
    if (!member.node.text) segments.push({ member, head })
    else if (typeof last === 'string') segments[segments.length - 1] = `${last},${head}${member.node.text}`
    else segments.push(head + member.node.text)
  }
  return segments
}

/** Returns the node of an object. An absent member is null where nulls are shown and allowed, else left out. */
export function objectNode(members: readonly Member[]): Node {
  const segments = segmentsOf(members)
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
      let text = '{'
      for (let index = 0; index < segments.length; index++) {
        const segment = segments[index] as Segment
        const written = typeof segment === 'string' ? segment : writeMember(segment.member, segment.head, frame)
        if (written !== '') text += text.length === 1 ? written : `,${written}`
      }
      return `${text}}`
    },
  }
}

function writeMember(member: Member, head: string, frame: Frame): string {
  const value = isShown(member, frame) ? member.node.write(frame) || member.fallback?.write(frame) || '' : ''
  if (value !== '') return head + value
  return member.nullable && (frame.nulls || member.isRequired) ? `${head}null` : ''
}
