// Errors in the form of an API: by its template, by the schema of its errors, or as RFC 9457 has them.

import { isJson, isObject, join, replyFor, resolve } from '../../spec/index.ts'
import type { Content, Model, Operation, Pointer, Problem, Reply, Document } from '../../spec/index.ts'
import { checkTemplate, fillTemplate } from './error-template.ts'
import type { ErrorFacts } from './error-template.ts'

/** What to say about an error; the rest follows from the status and the problems. */
interface ProblemOptions {
  readonly title?: string
  readonly detail?: string
  readonly problems?: readonly Problem[]
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Returns an error in the API's own form. The documented answer for the status is looked up in the operation, then in the whole
 * document; its body follows the `x-error` template of its schema, else that of the document, else the schema by itself. Where
 * the document says nothing at all, it is a problem of RFC 9457.
 * @throws Failure for a template that cannot be read.
 */
export function problemResponse(
  model: Model,
  operation: Operation | undefined,
  status: number,
  { title, detail, problems = [], headers }: ProblemOptions = {},
): Response {
  const facts = {
    status,
    title: title ?? statusTitle(status),
    detail: detail ?? (problems.length > 0 ? summarize(problems) : (title ?? statusTitle(status))),
    problems,
  }
  const { mediaType, body } = bodyOf(model, operation, facts)
  const text = JSON.stringify(body)
  return new Response(text, {
    status,
    headers: {
      'content-type': mediaType,
      ...(mayBeTriedAgain(status) && { 'retry-after': '1' }),
      ...hintFor(model, facts, text),
      ...headers,
    },
  })
}

/** Where the API's error has no place for the reason, a header has it: of inferred roles a client cannot know. */
const hintFor = (
  { document }: Model,
  { detail, title }: ErrorFacts,
  text: string | undefined,
): Record<string, string> =>
  document['x-inferred'] !== true || detail === title || text?.includes(JSON.stringify(detail).slice(1, -1))
    ? {}
    : { 'x-proforma-hint': detail.replaceAll(/[^ -~]/g, '') }

/** These say when (RFC 6585, 4; RFC 9110, 15.6.4). */
const mayBeTriedAgain = (status: number): boolean => status === 429 || status === 503

/**
 * Checks every `x-error` template that answers of the document can use.
 * @throws Failure naming the pointer of what cannot be read.
 */
export function checkErrors(model: Model): void {
  templateAt(model, '')
  for (const operation of model.operations)
    for (const { content } of operation.replies) for (const { schema } of content) if (schema) templateAt(model, schema)
}

function bodyOf(
  model: Model,
  operation: Operation | undefined,
  facts: ErrorFacts,
): { mediaType: string; body: unknown } {
  const documented = contentFor(model, operation, facts.status)
  const mediaType = documented?.mediaType ?? 'application/json'
  const template =
    (documented?.schema === undefined ? undefined : templateAt(model, documented.schema)) ?? templateAt(model, '')
  if (template !== undefined) return { mediaType, body: fillTemplate(template, facts) }
  const shaped = documented ?? similarTo(model, facts.status)
  if (shaped?.schema !== undefined)
    return { mediaType: shaped.mediaType, body: fillShape(model.document, shaped.schema, facts) }
  return { mediaType: 'application/problem+json', body: problemDetails(facts) }
}

function contentFor(model: Model, operation: Operation | undefined, status: number): Content | undefined {
  const own = operation && replyFor(operation, status)
  const others = model.operations.flatMap(({ replies }) => replies.filter((reply) => reply.status === String(status)))
  return jsonOf([...(own ? [own] : []), ...others])
}

/** An API has one form of error, whatever the status. */
const similarTo = (model: Model, status: number): Content | undefined =>
  status < 500
    ? jsonOf(model.operations.flatMap(({ replies }) => replies.filter((reply) => isError(reply, replies))))
    : undefined

/** Where nothing else is documented, `default` is the answer of success. */
const isError = ({ status }: Reply, replies: readonly Reply[]): boolean =>
  status.startsWith('4') || (status === 'default' && replies.some((other) => other.status.startsWith('2')))

const jsonOf = (replies: readonly Reply[]): Content | undefined =>
  replies.flatMap(({ content }) => content).find(({ mediaType }) => isJson(mediaType))

const checked = new WeakSet<object>()

/** Templates are checked once, on first use. */
function templateAt(model: Model, pointer: Pointer): unknown {
  const { pointer: here, value } = resolve(model.document, pointer)
  const template = isObject(value) ? value['x-error'] : undefined
  if (isObject(template) && !checked.has(template)) {
    checkTemplate(template, join(here, 'x-error'))
    checked.add(template)
  }
  return template
}

/** Returns an error as RFC 9457 writes it, with one entry of `errors` for each problem. */
export function problemDetails({ status, title, detail, problems }: ErrorFacts): object {
  const errors = problems.map(({ in: place, name, pointer, message }) => ({
    in: place,
    name,
    pointer,
    detail: message,
  }))
  return { type: 'about:blank', title, status, detail, ...(errors.length > 0 && { errors }) }
}

function summarize(problems: readonly Problem[]): string {
  const told = problems
    .slice(0, 3)
    .map((problem) => `${subject(problem)}${problem.pointer && ` at ${problem.pointer}`}: ${problem.message}`)
  return `${told.join(' ')}${problems.length > told.length ? ` ${problems.length - told.length} more.` : ''}`
}

const subject = ({ in: place, name }: Problem): string =>
  place === 'body' ? 'Body' : `${place.charAt(0).toUpperCase()}${place.slice(1)} parameter "${name}"`

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  423: 'Locked',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** Returns the name of an error status (RFC 9110, 15). */
export const statusTitle = (status: number): string =>
  titles[status] ?? (status >= 500 ? 'Server Error' : 'Client Error')

/** Error bodies are shallow; deeper places are left out. */
const deepest = 6

/**
 * Returns an error body by the schema alone, for documents whose overlay has no template: constants and first words of enums
 * as they are, numbers named after the status hold it, texts hold the title or the detail.
 */
function fillShape(document: Document, pointer: Pointer, facts: ErrorFacts, name = '', depth = 0): unknown {
  const { pointer: here, value: schema } = resolve(document, pointer)
  if (!isObject(schema) || depth > deepest) return undefined
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const inside = (...steps: (string | number)[]): unknown =>
    fillShape(document, join(here, ...steps), facts, name, depth + 1)
  const branch = firstBranch(document, here, schema)
  if (branch !== undefined) return inside(...branch)
  if (Array.isArray(schema.allOf))
    return schema.allOf
      .map((_, index) => inside('allOf', index))
      .reduce(merge, fillPlain(document, here, schema, facts, name, depth))
  return fillPlain(document, here, schema, facts, name, depth)
}

const merge = (left: unknown, right: unknown): unknown =>
  isObject(left) && isObject(right) ? { ...left, ...right } : (right ?? left)

function firstBranch(
  document: Document,
  pointer: Pointer,
  schema: Record<string, unknown>,
): [string, number] | undefined {
  for (const keyword of ['anyOf', 'oneOf']) {
    const branches = schema[keyword]
    const index = Array.isArray(branches)
      ? branches.findIndex((_, at) => typeOf(resolve(document, join(pointer, keyword, at)).value) !== 'null')
      : -1
    if (index >= 0) return [keyword, index]
  }
  return undefined
}

const typeOf = (schema: unknown): unknown =>
  isObject(schema) ? ([schema.type].flat().find((type) => type !== 'null') ?? schema.type) : undefined

function fillPlain(
  document: Document,
  pointer: Pointer,
  schema: Record<string, unknown>,
  facts: ErrorFacts,
  name: string,
  depth: number,
): unknown {
  switch (typeOf(schema) ?? (isObject(schema.properties) ? 'object' : 'string')) {
    case 'object':
      return fillObject(document, pointer, schema, facts, depth)
    case 'array':
      return [fillShape(document, join(pointer, 'items'), facts, name, depth + 1)].filter((item) => item !== undefined)
    case 'integer':
    case 'number':
      return /status|code/i.test(name) ? facts.status : (schema.minimum ?? 0)
    case 'boolean':
      return false
    case 'null':
      return null
    default:
      return /error|title|type|name|code/i.test(name) ? facts.title : facts.detail
  }
}

const telling = /^(?:status(?:_?code)?|code|title|error|message|detail|description|reason)$/i

function fillObject(
  document: Document,
  pointer: Pointer,
  schema: Record<string, unknown>,
  facts: ErrorFacts,
  depth: number,
): unknown {
  const required = Array.isArray(schema.required) ? schema.required : []
  const names = Object.keys(isObject(schema.properties) ? schema.properties : {}).filter(
    (name) => required.includes(name) || telling.test(name),
  )
  const filled = names.map(
    (name) => [name, fillShape(document, join(pointer, 'properties', name), facts, name, depth + 1)] as const,
  )
  return Object.fromEntries(filled.filter(([, value]) => value !== undefined))
}
