import type { GraphQLError, GraphQLSchema } from 'graphql'
import { Failure, isObject } from '../../spec/index.ts'
import type { Answer, Context, Resolver } from '../context.ts'
import { pause } from '../faults.ts'
import { mockLimits } from '../limits.ts'
import { checkCost, readingCost } from './graphql-cost.ts'
import { answerField, rowsOf } from './graphql-field.ts'
import type { FieldRule } from './graphql-field.ts'

type Library = typeof import('graphql')

/** What `x-graphql` in an overlay states. */
interface Rules {
  readonly sdl: string
  readonly fields: Readonly<Record<string, FieldRule>>
}

/** What the fields of one request have in common. */
interface Run {
  readonly context: Context
  readonly fields: Rules['fields']
  /** Ends when the field before has been answered. */
  last: Promise<unknown>
  count: number
}

/**
 * Answers GraphQL: each field of Query and Mutation is answered by an operation of the same document, so that both doors
 * show the same invoices. What would cost more than `graphqlCost` is refused before it runs. Errors come with status 200, as GraphQL
 * over HTTP has it for `application/json`. The library is loaded on first use.
 */
export const graphql: Resolver = async (context) => {
  const library = await import('graphql')
  try {
    const { data, errors } = await run(library, context)
    return errors
      ? json({ data: data ?? null, errors: errors.map(({ message, path }) => ({ message: short(message), path })) })
      : json({ data })
  } catch (error) {
    if (error instanceof Failure || error instanceof library.GraphQLError)
      return json({ data: null, errors: [{ message: short(error.message) }] })
    throw error
  }
}

async function run(
  library: Library,
  context: Context,
): Promise<{ readonly data?: unknown; readonly errors?: readonly GraphQLError[] | undefined }> {
  const { query, variables: sent, operationName: name } = context.body as Readonly<Record<string, unknown>>
  const text = typeof query === 'string' ? query : ''
  const variables = isObject(sent) ? sent : {}
  const operationName = typeof name === 'string' ? name : undefined
  const limit = context.graphqlCost ?? mockLimits.graphqlCost
  const rules = rulesOf(context)
  const spent = readingCost(library, text, variables, limit)
  const document = library.parse(text, { noLocation: true })
  const schema = schemaOf(library, rules)
  checkCost(
    library,
    {
      schema,
      document,
      operationName,
      variables,
      fields: rules.fields,
      rowsOf: (rule, values) => rowsOf(context, rule, values),
    },
    limit,
    spent,
  )
  const errors = library.validate(schema, document)
  if (errors.length > 0) return { errors }
  const contextValue: Run = { context, fields: rules.fields, last: Promise.resolve(), count: 0 }
  return library.execute({ schema, document, variableValues: variables, operationName, contextValue })
}

const schemas = new WeakMap<Rules, GraphQLSchema>()

/** Returns the schema of an API, built once. */
function schemaOf(library: Library, rules: Rules): GraphQLSchema {
  const known = schemas.get(rules)
  if (known) return known
  const schema = library.buildSchema(rules.sdl)
  for (const type of [schema.getQueryType(), schema.getMutationType()])
    for (const field of Object.values(type?.getFields() ?? {})) {
      const name = `${type?.name}.${field.name}`
      field.resolve = (_source, values: Record<string, unknown>, shared: Run) => inTurn(shared, name, values)
    }
  schemas.set(rules, schema)
  return schema
}

/** One after the other, so that a hundred lists are never in memory at once; other requests are answered in between. */
function inTurn(shared: Run, name: string, values: Record<string, unknown>): Promise<unknown> {
  const isFirst = shared.count++ === 0
  const answered = shared.last.then(async () => {
    if (!isFirst) await pause(1, shared.context.request.signal)
    return answerField(shared.context, shared.fields[name], name, values)
  })
  shared.last = answered.catch(() => undefined)
  return answered
}

const json = (body: unknown): Answer => ({ status: 200, mediaType: 'application/json', text: JSON.stringify(body) })

/** Characters of a message: what was sent may stand in it. */
const most = 500
const short = (message: string): string => (message.length > most ? `${message.slice(0, most)}…` : message)

function rulesOf({ operation, model }: Context): Rules {
  const stated = model.document.paths as Record<string, Record<string, Record<string, unknown>>>
  return stated[operation.path]?.[operation.method.toLowerCase()]?.['x-graphql'] as Rules
}
