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
  /** How often it is there, where nothing else decides. */
  readonly presence: number
  readonly salt: number
}

/** What becomes of an unbound property that may be missing: it is there as often as real data has it, and the same ones for the same object. */
const isShown = (member: Member, frame: Frame): boolean => isAlwaysShown(member) || mix2(frame.key ^ 0x73686f77, member.salt) < member.presence * 4_294_967_296

const isAlwaysShown = ({ isBound, isRequired, presence, node }: Member): boolean => isBound || isRequired || presence >= 1 || node.text !== undefined

/** What has no value is null where that is allowed, and nulls are shown or something must be there. */
const showsNull = (member: Member, isNull: boolean, frame: Frame): boolean => (member.nullable || isNull) && (frame.nulls || member.isRequired || member.node.text !== undefined)

/** Adds a property to the text of an object so far, which begins with a brace, or leaves it out. */
type AddMember = (text: string, frame: Frame) => string

const opened = '{'

/** Returns what adds properties; those that follow each other and never change are one text. */
function addersOf(members: readonly Member[]): AddMember[] {
  const adders: AddMember[] = []
  let run: string[] = []
  const endRun = (): void => {
    if (run.length > 0) adders.push(adderOf(run.join()))
    run = []
  }
  for (const member of members) {
    if (member.node.text) run.push(headOf(member) + member.node.text)
    else {
      endRun()
      adders.push(memberAdder(member))
    }
  }
  endRun()
  return adders
}

const headOf = ({ name }: Member): string => `${JSON.stringify(name)}:`

const adderOf = (property: string): AddMember => {
  const [first, next] = [`{${property}`, `,${property}`]
  return (text) => (text === opened ? first : text + next)
}

function memberAdder(member: Member): AddMember {
  const { node, fallback } = member
  const [first, next] = [`{${headOf(member)}`, `,${headOf(member)}`]
  const addNull = adderOf(`${headOf(member)}null`)
  const write = isAlwaysShown(member) ? node.write : (frame: Frame): string => (isShown(member, frame) ? node.write(frame) : '')
  const written = fallback ? (frame: Frame): string => write(frame) || fallback.write(frame) : write
  return (text, frame) => {
    const value = written(frame)
    if (value !== '' && value !== 'null') return text === opened ? first + value : text + next + value
    return showsNull(member, value === 'null', frame) ? addNull(text, frame) : text
  }
}

/** `__proto__` is a name like any other. */
function put(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
  else object[name] = value
}

/** Returns the node of an object. An absent member is null where nulls are shown and allowed, else left out. */
export function objectNode(members: readonly Member[]): Node {
  const adders = addersOf(members)
  return {
    build(frame) {
      const object: Record<string, unknown> = {}
      for (const member of members) {
        const value = isShown(member, frame) ? member.node.build(frame) ?? member.fallback?.build(frame) : undefined
        if (value !== undefined && value !== null) put(object, member.name, value)
        else if (showsNull(member, value === null, frame)) put(object, member.name, null)
      }
      return object
    },
    write(frame) {
      let text = opened
      for (const add of adders) text = add(text, frame)
      return `${text}}`
    },
  }
}
