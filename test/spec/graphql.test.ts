import { readFileSync } from 'node:fs'
import { buildSchema, getNamedType, isInputObjectType, isObjectType } from 'graphql'
import type { GraphQLInputType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { atPointer, join, operationOf, successOf } from '../../spec/index.ts'
import { load } from '../../spec/load.ts'

interface Case {
  readonly to?: string
  readonly when?: Readonly<Record<string, readonly unknown[]>>
  readonly values?: Readonly<Record<string, string>>
}
interface Field {
  readonly operation: string
  readonly arguments: Readonly<Record<string, string | readonly Case[]>>
  readonly refuse?: readonly string[]
}

const home = new URL('../../spec/apis/customeros/', import.meta.url)
const model = load(new URL('openapi.yaml', home).pathname)
const door = model.operations.find(({ does }) => does === 'graphql') ?? expect.fail('no GraphQL operation')
const { schema: file, fields } = atPointer(model.document, join(door.pointer, 'x-graphql')) as {
  schema: string
  fields: Record<string, Field>
}
const schema = buildSchema(readFileSync(new URL(file, home), 'utf8'))

function fieldOf(name: string) {
  const [type = '', field = ''] = name.split('.')
  const found = schema.getType(type)
  return isObjectType(found) ? found.getFields()[field] : undefined
}

/** Tells whether a path such as `sort.0.by` leads anywhere below the arguments of a field. */
function leads(name: string, path: string): boolean {
  const [first = '', ...rest] = path.split('.').filter((step) => !/^\d+$/.test(step))
  let type: GraphQLInputType | undefined = fieldOf(name)?.args.find((argument) => argument.name === first)?.type
  for (const step of rest) {
    const named = type && getNamedType(type)
    type = isInputObjectType(named) ? named.getFields()[step]?.type : undefined
  }
  return type !== undefined
}

describe.each(Object.entries(fields))('%s', (name, { operation: id, arguments: rules, refuse = [] }) => {
  const operation = operationOf(model, id)
  const cases = Object.values(rules).flatMap((rule): readonly Case[] =>
    typeof rule === 'string' ? [{ to: rule }] : rule,
  )

  it('is a field of the GraphQL schema', () => {
    expect(fieldOf(name)).toBeDefined()
  })

  it('reads arguments that the schema has', () => {
    const paths = [...Object.keys(rules), ...refuse, ...cases.flatMap(({ when = {} }) => Object.keys(when))]
    expect(paths.filter((path) => !leads(name, path))).toEqual([])
  })

  it('writes parameters and body properties that the operation has', () => {
    const body = operation.body?.content[0]?.schema
    const properties =
      body === undefined ? [] : [...model.shape(body).properties.keys()].map((property) => `body.${property}`)
    const known = [...operation.parameters.map((parameter) => parameter.name), ...properties]
    expect(cases.flatMap(({ to }) => (to === undefined || known.includes(to) ? [] : [to]))).toEqual([])
  })

  it('uses words that the parameter allows', () => {
    const strangers = cases.flatMap(({ to, values = {} }) => {
      const parameter = operation.parameters.find((candidate) => candidate.name === to)
      const words =
        parameter && (atPointer(model.document, join(parameter.schema, 'enum')) as readonly string[] | undefined)
      return Object.values(values).filter((word) => !words?.includes(word))
    })
    expect(strangers).toEqual([])
  })

  it('answers with the object that the operation answers with', () => {
    const field = fieldOf(name) ?? expect.fail(name)
    const answer = successOf(operation)?.content[0]?.schema
    expect(model.shape(answer ?? '').pointer).toBe(join('/components/schemas', getNamedType(field.type).name))
  })
})
