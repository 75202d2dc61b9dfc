import { isJson, isObject, join, replyFor, resolve } from '../spec/index.ts'
import type { Content, Model, Operation, Pointer, Problem, Reply } from '../spec/index.ts'
import { fillShape } from './error-shape.ts'
import { checkTemplate, fillTemplate } from './template.ts'
import type { ErrorFacts } from './template.ts'

/** What to say about an error; the rest follows from the status and the problems. */
export interface ProblemOptions {
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
