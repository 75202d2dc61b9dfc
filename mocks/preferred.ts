import { answer as answerWith } from './context.ts'
import type { Answer, Context } from './context.ts'
import { plainProblem } from './mount.ts'
import type { Preference } from './prefer.ts'
import { problemResponse } from './problem.ts'
import { at, isJson, isObject, join, replyFor, resolve, successOf } from '../spec/index.ts'
import type { Reply } from '../spec/index.ts'

/**
 * Returns the documented answer that a request asks for by status or example, as Prism chooses it, or `undefined` where it asks for
 * what it gets anyway. What the document lacks is 404.
 */
export function preferred(context: Context, { code, example }: Preference): Answer | Response | undefined {
  const { model, operation } = context
  if (code === undefined && example === undefined) return undefined
  const usual = successOf(operation)
  const reply = code === undefined ? usual : replyFor(operation, code)
  if (!reply) return plainProblem(404, `${operation.id} has no documented answer ${code ?? 'of success'}.`)
  const status = code ?? Number(reply.status)
  if (example !== undefined)
    return (
      exampleOf(context, reply, status, example) ??
      plainProblem(
        404,
        `Answer ${status} of ${operation.id} has no documented example ${JSON.stringify(example.slice(0, 80))}.`,
      )
    )
  if (reply === usual) return undefined
  return status >= 400
    ? problemResponse(model, operation, status)
    : answerWith({ ...context, operation: { ...operation, replies: [{ ...reply, status: String(status) }] } }, {})
}

function exampleOf(
  { model: { document } }: Context,
  { content }: Reply,
  status: number,
  name: string,
): Answer | undefined {
  const json = content.find(({ mediaType }) => isJson(mediaType))
  const examples = json && at(document, join(json.pointer, 'examples'))
  if (!json || !isObject(examples) || !Object.hasOwn(examples, name)) return undefined
  const { value } = resolve(document, join(json.pointer, 'examples', name))
  return isObject(value) && 'value' in value
    ? { status, mediaType: json.mediaType, text: JSON.stringify(value.value) }
    : undefined
}
