import { compileSampler } from '../factories/index.ts'
import { isJson, usualReply } from '../spec/index.ts'
import { answer } from './context.ts'
import type { Answer, Context, Resolver } from './context.ts'
import { bodyExamplesOf, exampleText } from './media.ts'
import { Refusal } from './refusal.ts'
import { plainAnswers } from './resources/collection.ts'

/** Answers an operation of which nobody has said what it does: an example of the document that keeps its own schema, else what the schema says. */
export const sampled: Resolver = (context: Context) => {
  const { status } = usualReply(context.operation)
  const shown = exampleAnswer(context, true)
  if (shown) return shown
  if (status >= 400) throw new Refusal(status, `${context.operation.id} documents no other answer.`)
  return answer({ ...context, answers: plainAnswers(context) }, {})
}

/** Returns the first example of an operation's usual answer in JSON, if there is one. */
export function exampleAnswer({ model, operation, media }: Context, mustFit: boolean): Answer | undefined {
  if (!media || !isJson(media.type)) return undefined
  const { schema } = media.content
  const [example] = bodyExamplesOf(model.document, media.content)
  if (!example) return undefined
  if (mustFit && schema !== undefined && !compileSampler(model.document, schema).accepts(example.value))
    return undefined
  return { status: usualReply(operation).status, mediaType: media.type, text: exampleText(example, media.type) }
}
