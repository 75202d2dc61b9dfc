import { makeCode, mayMakeCode } from '../../spec/index.ts'
import type { Frame } from './frame.ts'
import type { Member } from './object.ts'

type Write = (frame: Frame) => string

/** A property before code is made of it. */
export interface Property {
  readonly member: Member
  /** Writes the value; the empty text where there is none. */
  readonly write: Write
}

/**
 * Returns a function that writes an object as one piece of straight code, or `undefined` where code may not be made. It does what
 * the writers of its properties do one after the other; an engine sees through it and makes one function of them all.
 */
export function generateWriter(properties: readonly (Property | string)[]): Write | undefined {
  if (!mayMakeCode()) return undefined
  const given: unknown[] = []
  const give = (value: unknown): string => `given[${given.push(value) - 1}]`
  const constants: string[] = []
  const lines: string[] = []
  let isBegun = false
  const add = (text: string, value?: string): string => {
    const tail = value === undefined ? '' : ` + ${value}`
    const next = `text += ${JSON.stringify(`,${text}`)}${tail}`
    return isBegun ? next : `if (text === '{') text = ${JSON.stringify(`{${text}`)}${tail}; else ${next}`
  }
  for (const [index, property] of properties.entries()) {
    if (typeof property === 'string') {
      lines.push(add(property))
      isBegun = true
      continue
    }
    const { member, write } = property
    const {
      name,
      nullable,
      isRequired,
      node: { leaf },
    } = member
    const head = `${JSON.stringify(name)}:`
    if (leaf && write === member.node.write) {
      constants.push(`const get${index} = ${give(leaf.get)}, put${index} = ${give(leaf.write)}`)
      lines.push(
        `found = get${index}(frame); value = found === undefined || found === null ? '' : put${index}(found, frame)`,
      )
    } else {
      constants.push(`const write${index} = ${give(write)}`)
      lines.push(`value = write${index}(frame)`)
    }
    const isNull = nullable ? '' : "value === 'null' && "
    lines.push(
      `if (value !== '' && value !== 'null') { ${add(head, 'value')} }`,
      `else if (${isNull}${isRequired ? 'true' : 'frame.nulls'}) { ${add(`${head}null`)} }`,
    )
    isBegun ||= nullable && isRequired
  }
  const body = [...constants, "return (frame) => { let text = '{', value, found", ...lines, "return text + '}' }"].join(
    '\n',
  )
  return makeCode(body, given) as Write
}
