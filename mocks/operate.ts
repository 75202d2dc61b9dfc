// Answers one request of one API: operation, credentials, the request against its schemas, then what the operation does.

import {
  acceptedBy,
  challengeOf,
  engineFor,
  Failure,
  fittingRoute,
  isAuthorised,
  isJson,
  lostIn,
  readRequest,
  statusOf,
  usualReply,
} from '../spec/index.ts'
import type {
  BodyLimits,
  Model,
  Operation,
  RequestParts,
  RequestReading,
  Router,
  OperationRole,
} from '../spec/index.ts'
import { compileSampler } from '../factories/index.ts'
import { responseWith, etagOf, isKnown, utf8 } from './http/body.ts'
import { ignoredHeader, unknownParameters } from './http/unknown-parameters.ts'
import type { OperationAnswer, Context, Resolver, Setting } from './context.ts'
import { answerOnce } from './operations/idempotency.ts'
import { malform, withDocumentedHeaders, withoutExcluded } from './representation/finish.ts'
import { mediaFor, bodyExamplesOf, exampleText } from './representation/media.ts'
import { oauthOf } from './operations/oauth.ts'
import type { Preference } from './representation/prefer.ts'
import { preferredAnswer } from './representation/prefer.ts'
import { problemResponse } from './representation/problem.ts'
import { Refusal, writeAnswer } from './context.ts'
import { resourceResolver } from './resources/resolve.ts'
import { graphql } from './operations/graphql.ts'
import { acknowledgeInvoice, claimWaitingInvoices, settleInvoice, submitInvoice } from './operations/intake.ts'
import {
  createInvoice,
  getInvoice,
  payInvoice,
  deleteInvoice,
  syncInvoice,
  updateInvoice,
  voidInvoice,
  listInvoices,
} from './operations/invoices.ts'
import { listChanges, addMessage, listMessages } from './operations/messages.ts'
import { plainAnswers } from './resources/collection.ts'

/** What a request asks for beside its operation, and what becomes of its answer. */
interface Manner {
  readonly preference?: Preference | undefined
  readonly isMalformed?: boolean
}

/** Answers a request in a setting. */
export type Operate = (setting: Setting, request: Request, manner?: Manner) => Promise<Response>

/** Compiles the function that answers a model's requests: route, credentials, conformance of the request, resolver, and errors in the API's own form. */
export function operate(
  model: Model,
  router: Router,
  { auth, ...limits }: BodyLimits & { readonly auth: boolean },
): Operate {
  const isLost = lostIn(model)
  const oauth = oauthOf(model)
  return async (setting, request, manner = {}) => {
    const { pathname, search } = new URL(request.url)
    const matched = router.match(request.method, pathname)
    if ((!matched || 'methodNotAllowed' in matched) && isLost(request.method, pathname))
      return problemResponse(model, undefined, 501, { detail: 'What to send here cannot be read in the document.' })
    if (!matched)
      return (
        (await oauth(request)) ??
        problemResponse(model, undefined, 404, { detail: `${model.title} has no ${pathname}.` })
      )
    if ('methodNotAllowed' in matched) return notAllowed(model, request.method, matched.methodNotAllowed)
    await engineFor(model.document)
    const { operation, params } = fittingRoute(model, matched)
    if (auth && !isAuthorised(model, operation, { headers: request.headers, query: search }))
      return unauthorised(model, operation, acceptedBy(model, operation))
    const media = mediaFor(model, operation, request.headers.get('accept'))
    if (media === 'none') return problemResponse(model, operation, 406, { detail: servedTypes(operation) })
    const body = operation.body ? new Uint8Array(await request.arrayBuffer()) : undefined
    const parts = { params, query: search, headers: request.headers, ...(body && { body }), limits }
    const reading = read(model, operation, parts)
    if (reading instanceof Response) return reading
    if (reading.problems.length > 0)
      return problemResponse(model, operation, statusOf(operation, reading.problems), { problems: reading.problems })
    const response = await respond(
      { ...setting, operation, media, values: reading.values, body: reading.body, request },
      manner,
    )
    return naming(response, unknownParameters(search, model, operation))
  }
}

/** Says in a header which parameters were passed over, beside those that the resolver itself has passed over. */
function naming(response: Response, names: readonly string[]): Response {
  const own = response.headers.get(ignoredHeader)
  if (names.length > 0)
    response.headers.set(
      ignoredHeader,
      [...(own === null ? [] : [own]), ...names.map(encodeURIComponent)].join(', ').slice(0, 1000),
    )
  return response
}

/** Reads a request; returns a response of 501 where a schema is beyond the engine, because that is no mistake of the client. */
function read(model: Model, operation: Operation, parts: RequestParts): RequestReading | Response {
  try {
    return readRequest(model, operation, parts)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return problemResponse(model, operation, 501, { detail: error.message })
  }
}

async function respond(context: Context, { preference, isMalformed }: Manner): Promise<Response> {
  const { model, operation } = context
  try {
    const wanted = preference && preferredAnswer(context, preference)
    if (wanted instanceof Response) return wanted
    const answer =
      wanted ??
      (context.examples === true ? exampleAnswer(context, false) : undefined) ??
      (await answerOnce(context, () => run(context)))
    const whole = withDocumentedHeaders(context, answer)
    return toResponse(isMalformed ? malform(context, whole) : whole, context.request)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const status = error.status === 400 ? statusOf(operation, []) : error.status
    return problemResponse(model, operation, status, { detail: error.message, problems: error.problems })
  }
}

/** An operation that documents refusals only does nothing else. */
function resolverFor(context: Context): Resolver {
  const { does } = context.operation
  // Where roles were inferred, so was where items stand: the resource knows more of its envelope than roles can say.
  if (does && context.model.document['x-inferred'] !== true) return resolvers[does]
  return usualReply(context.operation).status < 400 ? (resourceResolver(context) ?? sampledAnswer) : sampledAnswer
}

const servedTypes = (operation: Operation): string => {
  const types = usualReply(operation).reply?.content.map(({ mediaType }) => mediaType) ?? []
  return types.some((type) => isJson(type))
    ? 'Only JSON is served.'
    : `Served is ${types.join(', ')}; XML only where the document has an example of it.`
}

/** What cannot be made of the document is no mistake of the client. */
async function run(context: Context): Promise<OperationAnswer> {
  try {
    return withoutExcluded(context, await resolverFor(context)(context))
  } catch (error) {
    throw error instanceof Failure ? new Refusal(501, error.message) : error
  }
}

/** Returns the response of an answer: GET has an entity tag, and is 304 for a client that has it (RFC 9110, 13.1.2). */
function toResponse(
  { status, text, base64, mediaType, headers }: OperationAnswer,
  { method, headers: asked }: Request,
): Response {
  const bytes =
    text !== undefined
      ? utf8(text)
      : base64 === undefined
        ? undefined
        : Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
  const isRead = method === 'GET' || method === 'HEAD'
  const tag = isRead && status === 200 && bytes ? etagOf(bytes) : undefined
  const own = { ...(tag !== undefined && { etag: tag, vary: 'accept-encoding' }), ...headers }
  if (tag !== undefined && isKnown(asked.get('if-none-match'), tag))
    return new Response(null, { status: 304, headers: own })
  const described = { ...(mediaType !== undefined && { 'content-type': mediaType }), ...own }
  return bytes
    ? responseWith(bytes, { status, headers: described })
    : new Response(null, { status, headers: described })
}

function notAllowed(model: Model, method: string, methods: readonly string[]): Response {
  const headers = { allow: [...methods, 'OPTIONS'].join(', ') }
  return method === 'OPTIONS'
    ? new Response(null, { status: 204, headers })
    : problemResponse(model, undefined, 405, { detail: `Allowed here: ${headers.allow}.`, headers })
}

/** Returns the answer to a request without the credentials that its operation asks for. @param hint what would do */
export function unauthorised(model: Model, operation: Operation, hint?: string): Response {
  const challenge = challengeOf(model, operation)
  return problemResponse(model, operation, 401, {
    ...(hint !== undefined && { detail: `Unauthorized. ${hint}` }),
    headers: {
      ...(challenge !== undefined && { 'www-authenticate': challenge }),
      ...(hint !== undefined && { 'x-proforma-hint': hint.replaceAll(/[^ -~]/g, '') }),
    },
  })
}

/** What each sort of operation does. */
const resolvers: Readonly<Record<OperationRole, Resolver>> = {
  list: listInvoices,
  get: getInvoice,
  create: createInvoice,
  update: updateInvoice,
  delete: deleteInvoice,
  sync: syncInvoice,
  pay: payInvoice,
  void: voidInvoice,
  submit: submitInvoice,
  claim: claimWaitingInvoices,
  acknowledge: acknowledgeInvoice,
  settle: settleInvoice,
  messages: listMessages,
  message: addMessage,
  changes: listChanges,
  graphql,
}

/** Answers an operation without a role or resource: with an example of the document that keeps its own schema, else with a value of the schema. */
const sampledAnswer: Resolver = (context: Context) => {
  const { status } = usualReply(context.operation)
  const shown = exampleAnswer(context, true)
  if (shown) return shown
  if (status >= 400) throw new Refusal(status, `${context.operation.id} documents no other answer.`)
  return writeAnswer({ ...context, answers: plainAnswers(context) }, {})
}

/** Returns the first example of an operation's usual answer in JSON, if there is one. */
function exampleAnswer({ model, operation, media }: Context, mustFit: boolean): OperationAnswer | undefined {
  if (!media || !isJson(media.type)) return undefined
  const { schema } = media.content
  const [example] = bodyExamplesOf(model.document, media.content)
  if (!example) return undefined
  if (mustFit && schema !== undefined && !compileSampler(model.document, schema).accepts(example.value))
    return undefined
  return { status: usualReply(operation).status, mediaType: media.type, text: exampleText(example, media.type) }
}
