// The `Prefer` header (RFC 7240): what it asks for, and the documented answer that it chooses.

import { failure, acceptable, replyFor, usualReply } from '../../spec/index.ts'
import { longestDelay } from '../faults.ts'
import { writeAnswer as answerWith } from '../context.ts'
import type { OperationAnswer, Context } from '../context.ts'
import { plainProblem } from '../http/routes.ts'
import type { Reply } from '../../spec/index.ts'
import { bodyExamplesOf, mediaFor, exampleText } from './media.ts'
import { problemResponse } from './problem.ts'

/** What a request's `Prefer` header asks for (RFC 7240); Prism's words mean what they mean in Prism. */
export interface Preference {
  /** Answer with the documented answer of this status. */
  readonly code?: number
  /** Answer with the documented example of this name. */
  readonly example?: string
  /** Milliseconds to wait. */
  readonly delay?: number
  readonly scenario?: string
  readonly seed?: string
  /** Answers are always made on the spot. */
  readonly dynamic?: boolean
  /** What has been understood, as `Preference-Applied` says it. */
  readonly applied: string
}

const readers: Readonly<Record<string, (value: string, fail: (expected: string) => never) => unknown>> = {
  code: (value, fail) => (/^[2-5]\d\d$/.test(value) ? Number(value) : fail('a status like 404')),
  example: (value, fail) => value || fail('the name of an example'),
  delay: (value, fail) =>
    /^\d{1,5}$/.test(value) && Number(value) <= longestDelay
      ? Number(value)
      : fail(`milliseconds, at most ${longestDelay}`),
  scenario: (value, fail) => value || fail('the name of a scenario'),
  seed: (value, fail) => (value !== '' && value.length <= 100 ? value : fail('a number or a word')),
  dynamic: (value, fail) =>
    value === '' || value === 'true' ? true : value === 'false' ? false : fail('true or false'),
}

/**
 * Reads a `Prefer` header. Unknown words are passed over, of a word said twice the first counts
 * (RFC 7240, 2).
 * @throws Failure for a known word with a value that it cannot have.
 */
export function preferenceOf(header: string | null): Preference | undefined {
  if (header === null) return undefined
  const found: Record<string, unknown> = {}
  const applied: string[] = []
  for (const part of split(header, ',').slice(0, 100)) {
    const [name, value] = cut((split(part, ';')[0] as string).trim())
    const word = name.toLowerCase()
    if (!Object.hasOwn(readers, word) || Object.hasOwn(found, word)) continue
    const fail = (expected: string): never => {
      throw failure(`read Prefer: ${word}`, { expected, received: JSON.stringify(value.slice(0, 80)) })
    }
    found[word] = readers[word]?.(value, fail)
    applied.push(value === '' ? word : `${word}=${/^[\w.~-]+$/.test(value) ? value : JSON.stringify(value)}`)
  }
  return applied.length === 0 ? undefined : { ...found, applied: applied.join(', ') }
}

/** Splits a header where a character stands outside of quotes. */
function split(text: string, at: string): string[] {
  const parts: string[] = []
  let start = 0
  let isQuoted = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (isQuoted && character === '\\') index++
    else if (character === '"') isQuoted = !isQuoted
    else if (!isQuoted && character === at) {
      parts.push(text.slice(start, index))
      start = index + 1
    }
  }
  return [...parts, text.slice(start)]
}

function cut(part: string): [string, string] {
  const equals = part.indexOf('=')
  if (equals < 0) return [part, '']
  const value = part.slice(equals + 1).trim()
  const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"')
  return [part.slice(0, equals).trim(), isQuoted ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value]
}

/**
 * Returns the documented answer that a request asks for by status or example, as Prism chooses it, or `undefined` where it asks for
 * what it gets anyway. What the document lacks is 404.
 */
export function preferredAnswer(
  context: Context,
  { code, example }: Preference,
): OperationAnswer | Response | undefined {
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
): OperationAnswer | undefined {
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
