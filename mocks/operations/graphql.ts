// GraphQL: each field of Query and Mutation is answered by an operation of the same document.

import type { GraphQLError, GraphQLSchema } from 'graphql'
import {
  Failure,
  hiddenValue,
  isConfidentialName,
  isObject,
  operationOf,
  resolve as resolvePointer,
  textWithoutConfidential,
} from '../../spec/index.ts'
import type { OperationAnswer, Context, Resolver } from '../context.ts'
import { pause } from '../faults.ts'
import { mockLimits } from '../http/limits.ts'
import type { Operation } from '../../spec/index.ts'
import { parameterFor } from '../context.ts'
import { checkCost, readingCost } from './graphql-cost.ts'

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
      rowsOf: (rule, values) => mostRowsOf(context, rule, values),
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

const json = (body: unknown): OperationAnswer => ({
  status: 200,
  mediaType: 'application/json',
  text: JSON.stringify(body),
})

/** Characters of a message: what was sent may stand in it. */
const most = 500
function short(message: string): string {
  const shown = shownMessage(message)
  return shown.length > most ? `${shown.slice(0, most)}…` : shown
}

/** What the library quotes of a variable, and where that stands: `got invalid value "x" at "input.password"`. */
const quoted = /(got invalid value )[^]*( at "[^"]*")/

const shownMessage = (message: string): string => {
  const place = quoted.exec(message)?.[2]?.slice(5, -1) ?? ''
  const isHidden = place.split('.').some(isConfidentialName)
  return textWithoutConfidential(isHidden ? message.replace(quoted, `$1${hiddenValue}$2`) : message)
}

function rulesOf({ operation, model }: Context): Rules {
  const stated = model.document.paths as Record<string, Record<string, Record<string, unknown>>>
  return stated[operation.path]?.[operation.method.toLowerCase()]?.['x-graphql'] as Rules
}

/** How one GraphQL field is answered, as `x-graphql` in an overlay states it. */
export interface FieldRule {
  readonly operation: string
  readonly arguments?: Readonly<Record<string, string | readonly Case[]>>
  readonly refuse?: readonly string[]
}

interface Case {
  readonly when?: Readonly<Record<string, readonly unknown[]>>
  readonly to?: string
  readonly values?: Readonly<Record<string, unknown>>
}

/** Page size where neither the arguments nor the document state one. */
const usual = 50

/** Returns the most rows that a field can answer with, by its arguments: 1 where it answers no page. */
function mostRowsOf({ model }: Pick<Context, 'model'>, rule: FieldRule, values: unknown): number {
  const operation = operationOf(model, rule.operation)
  const size = operation.does === 'list' ? parameterFor(operation, 'page.size') : undefined
  if (!size) return operation.does === 'list' ? usual : 1
  const path = Object.entries(rule.arguments ?? {}).find(([, to]) => to === size.name)?.[0]
  const asked = path === undefined ? undefined : Number(valueAt(values, path) ?? Number.NaN)
  const { value: schema } = resolvePointer(model.document, size.schema)
  const stated = isObject(schema) ? schema : {}
  const rows = asked === undefined || Number.isNaN(asked) ? Number(stated.default ?? usual) : asked
  // More than the maximum is refused by the operation itself.
  return Math.max(0, Math.min(rows, Number(stated.maximum ?? Number.POSITIVE_INFINITY)))
}

/** Answers one field by its operation. @throws Error with the sentence of what was refused. */
async function answerField(
  context: Context,
  rule: FieldRule | undefined,
  name: string,
  values: Record<string, unknown>,
): Promise<unknown> {
  if (!rule) throw new Error(`${name} is not mocked.`)
  const refused = rule.refuse?.find((path) => present(valueAt(values, path)))
  if (refused !== undefined) throw new Error(`Argument ${refused} is not supported by the mock.`)
  const target = operationOf(context.model, rule.operation)
  const params: Record<string, unknown> = {}
  const body: Record<string, unknown> = {}
  for (const [path, rules] of Object.entries(rule.arguments ?? {})) place(path, rules, values, params, body)
  const response = await context.fetch(requestFor(context, target, params, body))
  const answer = (await response.json()) as unknown
  if (!response.ok) throw new Error(messageOf(answer))
  return answer
}

function place(
  path: string,
  rules: string | readonly Case[],
  values: Record<string, unknown>,
  params: Record<string, unknown>,
  body: Record<string, unknown>,
): void {
  const value = valueAt(values, path)
  if (!present(value)) return
  const cases: readonly Case[] = typeof rules === 'string' ? [{ to: rules }] : rules
  const chosen = cases.find(({ when = {} }) =>
    Object.entries(when).every(([at, words]) => words.includes(valueAt(values, at))),
  )
  if (!chosen) throw new Error(`Argument ${path} is not supported by the mock with this value.`)
  if (chosen.to === undefined) return
  const word = chosen.values && Object.hasOwn(chosen.values, String(value)) ? chosen.values[String(value)] : value
  if (chosen.to.startsWith('body.')) body[chosen.to.slice(5)] = word
  else params[chosen.to] = word
}

const present = (value: unknown): boolean => value !== undefined && value !== null

const valueAt = (values: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, step)
          ? (value as Record<string, unknown>)[step]
          : undefined,
      values,
    )

/** The same credentials go along: the field is asked for by the same client. */
function requestFor(
  { request }: Context,
  target: Operation,
  params: Record<string, unknown>,
  body: Record<string, unknown>,
): Request {
  const path = target.path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const url = new URL(path, new URL(request.url).origin)
  for (const parameter of target.parameters)
    if (parameter.in === 'query' && present(params[parameter.name]))
      url.searchParams.set(parameter.name, String(params[parameter.name]))
  const headers = new Headers(request.headers)
  for (const name of ['content-length', 'if-none-match', 'prefer']) headers.delete(name)
  const hasBody = target.body !== undefined
  if (hasBody) headers.set('content-type', 'application/json')
  return new Request(url, { method: target.method, headers, ...(hasBody && { body: JSON.stringify(body) }) })
}

/** Every error body of a REST answer has one text that says it best. */
function messageOf(answer: unknown): string {
  if (!isObject(answer)) return 'The operation failed.'
  for (const name of ['message', 'detail', 'error', 'title']) if (typeof answer[name] === 'string') return answer[name]
  const [first] = Array.isArray(answer.errors) ? (answer.errors as unknown[]) : []
  return isObject(first) && typeof first.message === 'string' ? first.message : 'The operation failed.'
}
