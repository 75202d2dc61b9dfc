import { answer as answerWith } from './context.ts'
import type { Answer, Context } from './context.ts'
import { bodyExamplesOf, mediaFor, exampleText } from './media.ts'
import { plainProblem } from './mount.ts'
import type { Preference } from './prefer.ts'
import { problemResponse } from './problem.ts'
import { acceptable, replyFor, usualReply } from '../spec/index.ts'
import type { Reply } from '../spec/index.ts'

/**
 * Returns the documented answer that a request asks for by status or example, as Prism chooses it, or `undefined` where it asks for
 * what it gets anyway. What the document lacks is 404.
 */
export function preferred(context: Context, { code, example }: Preference): Answer | Response | undefined {
  const { model, operation } = context
  if (code === undefined && example === undefined) return undefined
  const { reply: usual, status: usualStatus } = usualReply(operation)
  const reply = code === undefined ? usual : replyFor(operation, code)
  if (!reply) return plainProblem(404, `${operation.id} has no documented answer ${code ?? 'of success'}.`)
  const status = code ?? usualStatus
  if (example !== undefined)
    return (
      exampleOf(context, reply, status, example) ??
      plainProblem(
        404,
        `Answer ${status} of ${operation.id} has no documented example ${JSON.stringify(example.slice(0, 80))}.`,
      )
    )
  if (reply === usual) return undefined
  if (status >= 400) return problemResponse(model, operation, status)
  const only = { ...operation, replies: [{ ...reply, status: String(status) }] }
  const media = mediaFor(model, only, context.request.headers.get('accept'))
  return answerWith({ ...context, operation: only, media: media === 'none' ? undefined : media }, {})
}

function exampleOf(
  { model: { document }, request }: Context,
  { content }: Reply,
  status: number,
  name: string,
): Answer | undefined {
  const having = content.filter((one) => bodyExamplesOf(document, one).some((example) => example.name === name))
  const found = acceptable(
    request.headers.get('accept'),
    having.map(({ mediaType }) => mediaType),
  )
  const chosen = found && having[found.index]
  const example = chosen && bodyExamplesOf(document, chosen).find((one) => one.name === name)
  if (!found || !example) return undefined
  const type = found.type.includes('*') ? 'application/json' : found.type
  return { status, mediaType: type, text: exampleText(example, type) }
}
