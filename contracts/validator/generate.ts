import { makeCode } from '../../spec/index.ts'
import { besideItems } from './arrays.ts'
import type { Compiled } from './compile.ts'
import { anything, bits } from './node.ts'
import type { Test } from './node.ts'
import { besideProperties } from './objects.ts'
import { isTable, own } from './schema.ts'
import type { PlainSchema } from './schema.ts'

type Table = Readonly<Record<string, unknown>>

/** Returns what joins the branches of a schema that is a choice and nothing else. */
function jointOf(schema: Table): string | undefined {
  const [[keyword, branches] = [], ...others] = Object.entries(schema)
  const joint = keyword === 'anyOf' ? ' || ' : keyword === 'allOf' ? ' && ' : undefined
  return others.length === 0 && Array.isArray(branches) && branches.length > 0 ? joint : undefined
}

const nested = (bits.array as number) | (bits.object as number)

const isJson = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'object' || typeof value === 'number' || typeof value === 'boolean'

/**
 * Returns a test of a schema as straight code, with the verdicts of its closures: members are asked for by name, which engines
 * remember the place of. What is rare is left to the closures. Only where code may be made.
 */
export function generateTest(root: PlainSchema, { compile, follow }: Compiled): (value: unknown) => boolean {
  const given: unknown[] = [isJson, own]
  const lines: string[] = ['const [isJson, own] = given']
  const functions = new Map<Table, string>()

  const give = (value: unknown): string => {
    const name = `given${given.push(value) - 1}`
    lines.push(`const ${name} = given[${given.length - 1}]`)
    return name
  }

  /** Returns an expression that tells whether a value fits. */
  function test(schema: PlainSchema, value: string): string {
    if (typeof schema === 'boolean') return schema ? `isJson(${value})` : 'false'
    const target = typeof schema.$ref === 'string' && Object.keys(schema).length === 1 ? follow(schema.$ref) : schema
    if (target !== schema)
      return typeof target === 'object' && jointOf(target)
        ? `${define(target, () => `return ${choice(target, 'value')}`)}(${value})`
        : test(target, value)
    if (jointOf(schema)) return choice(schema, value)
    const { types, string, number, array, object, any } = compile(schema)
    if (types === anything && !string && !number && !array && !object)
      return `isJson(${value})${any ? ` && ${give(any)}(${value})` : ''}`
    const asked = (type: Test | undefined): string => (type ? ` && ${give(type)}(${value})` : '')
    const sorts = [
      (types & (bits.null as number)) > 0 && `${value} === null`,
      (types & (bits.string as number)) > 0 && `typeof ${value} === 'string'${asked(string)}`,
      (types & (bits.number as number)) > 0 && `${numeric(types, value)}${asked(number)}`,
      (types & (bits.boolean as number)) > 0 && `typeof ${value} === 'boolean'`,
      (types & nested) > 0 &&
        `typeof ${value} === 'object' && ${value} !== null && ${define(schema, () => inside(schema, types))}(${value})`,
    ].filter((sort) => sort !== false)
    return sorts.length === 0 ? 'false' : `(${sorts.join(' || ')})${asked(any)}`
  }

  const choice = (schema: Table, value: string): string =>
    `(${(Object.values(schema)[0] as PlainSchema[]).map((branch) => test(branch, value)).join(jointOf(schema))})`

  /** Returns the name of the function for a schema; made once, as schemas may form rings. */
  function define(schema: Table, body: () => string): string {
    const known = functions.get(schema)
    if (known !== undefined) return known
    const name = `test${functions.size}`
    functions.set(schema, name)
    lines.push(`function ${name}(value) {\n${body()}\n}`)
    return name
  }

  function inside(schema: Table, types: number): string {
    const array = (types & (bits.array as number)) > 0 ? items(schema) : 'return false'
    const object = (types & (bits.object as number)) > 0 ? members(schema) : 'return false'
    return `if (Array.isArray(value)) {\n${array}\n}\n${object}`
  }

  function items(schema: Table): string {
    const beside = besideItems(schema, compile)
    const rest = beside ? `return ${give(beside)}(value)` : 'return true'
    if (Array.isArray(schema.prefixItems)) return `return ${give(compile(schema).array)}(value)`
    if (schema.items === undefined) return rest
    return `for (let index = 0; index < value.length; index++) { const item = value[index]; if (!(${test(schema.items as PlainSchema, 'item')})) return false }\n${rest}`
  }

  function members(schema: Table): string {
    const table = isTable(schema.properties) ? schema.properties : {}
    const required = new Set(Array.isArray(schema.required) ? (schema.required as string[]) : [])
    const tests = [...new Set([...Object.keys(table), ...required])].map((name) => {
      // Every object has some members that are not its own.
      const member = name in Object.prototype ? `own(value, ${JSON.stringify(name)})` : `value[${JSON.stringify(name)}]`
      const absent = required.has(name) ? 'member === undefined ||' : 'member !== undefined &&'
      return `member = ${member}\nif (${absent} !(${test((own(table, name) as PlainSchema) ?? true, 'member')})) return false`
    })
    const beside = besideProperties(schema, compile)
    return ['let member', ...tests, beside ? `return ${give(beside)}(value)` : 'return true'].join('\n')
  }

  const whole = test(root, 'value')
  return makeCode([...lines, `return (value) => ${whole}`].join('\n'), given) as (value: unknown) => boolean
}

function numeric(types: number, value: string): string {
  if (types === anything) return `typeof ${value} === 'number'`
  return (types & (bits.number as number)) === bits.integer ? `Number.isInteger(${value})` : `Number.isFinite(${value})`
}
