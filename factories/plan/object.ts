import { mix2 } from '../random.ts'
import type { Frame } from './frame.ts'
import { generateWriter } from './generate.ts'
import type { Property } from './generate.ts'
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
  /** How often it is there, where nothing else decides. */
  readonly presence: number
  readonly salt: number
}

/** What becomes of an unbound property that may be missing: it is there as often as real data has it, and the same ones for the same object. */
const isShown = (member: Member, frame: Frame): boolean =>
  isAlwaysShown(member) || mix2(frame.key ^ 0x73686f77, member.salt) < member.presence * 4_294_967_296

const isAlwaysShown = ({ isBound, isRequired, presence, node }: Member): boolean =>
  isBound || isRequired || presence >= 1 || node.text !== undefined

/** What has no value is null where that is allowed, and nulls are shown or something must be there. */
const showsNull = (member: Member, isNull: boolean, frame: Frame): boolean =>
  (member.nullable || isNull) && (frame.nulls || member.isRequired || member.node.text !== undefined)

/** Returns how the properties are written, in order; those that follow each other and never change are one text. */
function propertiesOf(members: readonly Member[]): (Property | string)[] {
  const properties: (Property | string)[] = []
  for (const member of members) {
    const { node, name } = member
    const text = node.text ? `${JSON.stringify(name)}:${node.text}` : undefined
    const before = properties.at(-1)
    if (text === undefined) properties.push({ member, write: writerOf(member) })
    else if (typeof before === 'string') properties[properties.length - 1] = `${before},${text}`
    else properties.push(text)
  }
  return properties
}

function writerOf(member: Member): (frame: Frame) => string {
  const { node, fallback } = member
  const write = isAlwaysShown(member)
    ? node.write
    : (frame: Frame): string => (isShown(member, frame) ? node.write(frame) : '')
  return fallback ? (frame) => write(frame) || fallback.write(frame) : write
}

const opened = '{'

/** Returns what adds a property to the text of an object so far, which begins with a brace, or leaves it out. */
function adderOf(property: Property | string): (text: string, frame: Frame) => string {
  if (typeof property === 'string') {
    const [first, next] = [`{${property}`, `,${property}`]
    return (text) => (text === opened ? first : text + next)
  }
  const { member, write } = property
  const head = `${JSON.stringify(member.name)}:`
  const addNull = adderOf(`${head}null`)
  return (text, frame) => {
    const value = write(frame)
    if (value !== '' && value !== 'null') return `${text}${text === opened ? '' : ','}${head}${value}`
    return showsNull(member, value === 'null', frame) ? addNull(text, frame) : text
  }
}

/** What is seldom written is not worth code of its own. */
const warm = 40

/** `__proto__` is a name like any other. */
function put(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
  else object[name] = value
}

/** Returns the node of an object. An absent member is null where nulls are shown and allowed, else left out. */
export function objectNode(
  members: readonly Member[],
  { generateAfter = warm }: { readonly generateAfter?: number | undefined } = {},
): Node {
  const properties = propertiesOf(members)
  const adders = properties.map(adderOf)
  let written = 0
  let generated: Node['write'] | undefined
  return {
    build(frame) {
      const object: Record<string, unknown> = {}
      for (const member of members) {
        const value = isShown(member, frame) ? (member.node.build(frame) ?? member.fallback?.build(frame)) : undefined
        if (value !== undefined && value !== null) put(object, member.name, value)
        else if (showsNull(member, value === null, frame)) put(object, member.name, null)
      }
      return object
    },
    write(frame) {
      if (generated) return generated(frame)
      if (written++ === generateAfter) generated = generateWriter(properties)
      let text = opened
      for (const add of adders) text = add(text, frame)
      return `${text}}`
    },
  }
}
