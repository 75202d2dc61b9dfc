// The template of an object: which of its properties are there, and which are null.

import { mix2 } from '../random.ts'
import type { AnswerContext } from './context.ts'
import type { Template } from './template.ts'

/** One property of an object, compiled. */
export interface Member {
  readonly name: string
  readonly template: Template
  readonly isRequired: boolean
  readonly nullable: boolean
  /** Takes its value from the ledger, or has parts that do. */
  readonly isBound: boolean
  /** Stands in where the ledger has no value and the schema demands one. */
  readonly fallback?: Template | undefined
  /** How often it is there, from 0 to 1, where nothing else decides. */
  readonly presence: number
  readonly salt: number
}

/** An unbound property that may be missing is there as often as real data has it, and in the same objects always. */
const isShown = (member: Member, context: AnswerContext): boolean =>
  isAlwaysShown(member) || mix2(context.key ^ 0x73686f77, member.salt) < member.presence * 4_294_967_296

const isAlwaysShown = ({ isBound, isRequired, presence, template }: Member): boolean =>
  isBound || isRequired || presence >= 1 || template.isConstant === true

/** What has no value is null where that is allowed, and nulls are shown or something must be there. */
const showsNull = (member: Member, isNull: boolean, context: AnswerContext): boolean =>
  (member.nullable || isNull) && (context.nulls || member.isRequired || member.template.isConstant === true)

/** Sets a property; `__proto__` is a name like any other. */
function put(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true })
  else object[name] = value
}

/** Returns the template of an object. An absent member is null where nulls are shown and allowed, else left out. */
export function objectTemplate(members: readonly Member[]): Template {
  const heads = members.map(({ name }) => `${JSON.stringify(name)}:`)
  return {
    build(context) {
      const object: Record<string, unknown> = {}
      for (const member of members) {
        const { name, template, fallback } = member
        const value = isShown(member, context) ? (template.build(context) ?? fallback?.build(context)) : undefined
        if (value !== undefined && value !== null) put(object, name, value)
        else if (showsNull(member, value === null, context)) put(object, name, null)
      }
      return object
    },
    write(context) {
      let text = ''
      for (let index = 0; index < members.length; index++) {
        const member = members[index] as Member
        const { template, fallback } = member
        const value = isShown(member, context) ? template.write(context) || (fallback?.write(context) ?? '') : ''
        const isAbsent = value === '' || value === 'null'
        if (isAbsent && !showsNull(member, value === 'null', context)) continue
        text += (text === '' ? '{' : ',') + heads[index] + (isAbsent ? 'null' : value)
      }
      return text === '' ? '{}' : `${text}}`
    },
  }
}
