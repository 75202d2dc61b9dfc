import { atPointer, engineOf, isJson, replyFor, isObject, resolve } from '../spec/index.ts'
import type { Content, Mode, Model, Operation, Pointer, Reply, Document } from '../spec/index.ts'
import { explain, undocumentedIn, hasWriteOnly, writtenIn } from './schema-violations.ts'
import { walkerOf } from './schema-walk.ts'
import { shortJson, statusText } from './violation.ts'
import type { Violation } from './violation.ts'

/** A response that has been read: its body is text. */
export interface ReceivedAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** Upper case; a body is not expected of `HEAD`. */
  readonly method?: string
  /** The body is no text: what is said of it is its type and length. */
  readonly isBinary?: boolean
}

/** A response of which only headers that somebody looks for are read. */
interface AnswerHead extends Omit<ReceivedAnswer, 'headers'> {
  readonly headers: Pick<Headers, 'get'>
}

/** What an answer says, as far as it could be read, and what is wrong with it. */
export interface AnswerReading {
  readonly violations: readonly Violation[]
  /** The body as JSON, with where its schema stands; missing where the answer has no readable JSON. */
  readonly json?: { readonly value: unknown; readonly schema?: Pointer }
  /** Why its body, or what else of it, was not held against its schema. */
  readonly notJudged?: readonly string[]
}

/** Holds bodies and responses against a document. */
export interface Conformance {
  /** Tells whether a value fits the schema at a pointer. @throws Failure for a schema that cannot be compiled. */
  fits(schema: Pointer, value: unknown): boolean
  /** Returns what does not fit the schema at a pointer. @throws Failure for a schema that cannot be compiled. */
  body(schema: Pointer, value: unknown): readonly Violation[]
  /** Returns what of a response its operation does not document: status, content type, headers, body. */
  response(operation: Operation, answer: ReceivedAnswer): readonly Violation[]
  /** As `response`, with the JSON that was read. */
  read(operation: Operation, answer: AnswerHead): AnswerReading
}

/** How strictly to hold them. */
export interface ConformanceOptions {
  readonly mode?: Mode
}

/** Returns the conformance checks of a model. Schemas are compiled when first needed. */
export function conformance(model: Model, { mode = 'documented' }: ConformanceOptions = {}): Conformance {
  const { document, locate } = model
  const engine = engineOf(document, { direction: 'response', mode })

  const fits = (schema: Pointer, value: unknown): boolean => engine.at(schema).accepts(value)

  const body = (schema: Pointer, value: unknown): readonly Violation[] => {
    const issues = engine.at(schema).errors(value)
    const violations = issues.length === 0 ? [] : explain(issues, value, locate)
    return mode === 'strict' ? [...violations, ...undocumentedIn(walker, schema, value, locate)] : violations
  }

  const walker = walkerOf(document, fits)
  let isWritten: boolean | undefined

  function written(schema: Pointer, value: unknown): readonly Violation[] {
    isWritten ??= hasWriteOnly(document)
    return isWritten ? writtenIn(walker, schema, value, locate) : []
  }

  function read(operation: Operation, answer: AnswerHead): AnswerReading {
    const reply = replyFor(operation, answer.status)
    const state = (
      code: string,
      says: string,
      expected: string,
      received: string,
      place: Pointer = operation.pointer,
    ): Violation => {
      const found = locate(place)
      return { code, says, severity: 'error', pointer: '', expected, received, ...(found && { place: found }) }
    }
    if (!reply) {
      const statuses = operation.replies.map(({ status }) => status).join(', ')
      return {
        violations: [
          state(
            'OAS-STATUS',
            'the status is documented',
            statuses === '' ? 'a documented status' : operation.replies.length > 1 ? `one of ${statuses}` : statuses,
            statusText(answer),
          ),
        ],
        ...looseJson(answer),
      }
    }
    const wrongHeaders = headers(reply, answer).map(([expected, received, pointer]) =>
      state('OAS-HEADER', 'headers are as documented', expected, received, pointer),
    )
    if (isBodiless(reply, answer)) {
      // Documents often leave out what a refusal says.
      const severity = answer.status >= 400 ? 'warning' : 'error'
      const surplus: readonly Violation[] =
        answer.body === ''
          ? []
          : [
              {
                ...state(
                  'OAS-BODY',
                  'the body is empty where none is documented',
                  'no body',
                  shortJson(answer.body),
                  reply.pointer,
                ),
                severity,
              },
            ]
      return { violations: [...wrongHeaders, ...surplus] }
    }
    const { content: stated, wrong } = contentFor(reply, answer)
    if (wrong) wrongHeaders.push(state('OAS-TYPE', 'the content type is documented', ...wrong, reply.pointer))
    // What is JSON under no label or one for texts is held against the document all the same.
    const content =
      stated ??
      (isJson(answer.headers.get('content-type') ?? '')
        ? undefined
        : reply.content.find(({ mediaType }) => isJson(mediaType)))
    // Under a range of types JSON is what says that it is JSON.
    const isOfJson =
      content &&
      (isJson(content.mediaType) ||
        (content.mediaType.includes('*') && isJson(answer.headers.get('content-type') ?? '')))
    if (!content) return { violations: wrongHeaders, ...(wrong && looseJson(answer)) }
    if (!isOfJson) {
      const { violations, notJudged } = text(content, answer)
      return { violations: [...wrongHeaders, ...violations], ...(notJudged && { notJudged }) }
    }
    const parsed = parseJson(answer.body)
    if ('error' in parsed && wrong) return { violations: wrongHeaders }
    if ('error' in parsed)
      return {
        violations: [
          ...wrongHeaders,
          state('OAS-JSON', 'the body is JSON', `JSON (${parsed.error})`, shortJson(answer.body), content.pointer),
        ],
      }
    const { schema } = content
    return {
      violations: [
        ...wrongHeaders,
        ...(schema === undefined ? [] : [...body(schema, parsed.value), ...written(schema, parsed.value)]),
      ],
      json: { value: parsed.value, ...(schema !== undefined && { schema }) },
    }
  }

  function headers(reply: Reply, answer: AnswerHead): WrongHeader[] {
    return reply.headers.flatMap(({ name, required, schema }): WrongHeader[] => {
      // OpenAPI 3.1, Response Object: a header of this name is ignored.
      if (name.toLowerCase() === 'content-type') return []
      const value = answer.headers.get(name)
      if (value === null) return required ? [[`required header ${name}`, 'none', schema]] : []
      if (atPointer(document, schema) === undefined) return []
      return textViolations(value, schema, document, body).map(({ expected }) => [
        `header ${name}: ${expected}`,
        shortJson(value),
        schema,
      ])
    })
  }

  /** Texts are held against their schema as they are; forms and what is not text would have to be taken apart first. */
  function text({ mediaType, schema }: Content, answer: AnswerHead): AnswerReading {
    if (schema === undefined || answer.isBinary) return { violations: [] }
    if (!isText(answer.headers.get('content-type') ?? mediaType)) {
      const isOpen = [engine.at(schema).accepts(''), engine.at(schema).accepts('text')].every(Boolean)
      return {
        violations: [],
        ...(!isOpen && { notJudged: [`a body of ${essenceOf(answer) || mediaType} is not taken apart`] }),
      }
    }
    return { violations: textViolations(answer.body, schema, document, body) }
  }

  return { fits, body, read, response: (operation, answer) => read(operation, answer).violations }
}

type WrongHeader = readonly [expected: string, received: string, place: Pointer]

const isBodiless = (reply: Reply, { status, method }: AnswerHead): boolean =>
  reply.content.length === 0 || status === 204 || status === 304 || method === 'HEAD'

function parseJson(text: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return { error: jsonFault(error) }
  }
}

/** An answer outside the document may still say what it is in JSON. */
function looseJson(answer: AnswerHead): { json?: { value: unknown } } {
  const parsed = isJson(answer.headers.get('content-type') ?? '') ? parseJson(answer.body) : { error: '' }
  return 'value' in parsed ? { json: parsed } : {}
}

function contentFor(
  reply: Reply,
  answer: AnswerHead,
): { content?: Content; wrong?: readonly [expected: string, received: string] } {
  const stated = answer.headers.get('content-type')
  const essence = essenceOf(answer)
  const ranked = [...reply.content].sort((left, right) => starsIn(left) - starsIn(right))
  const content = ranked.find(({ mediaType }) => isMediaType(mediaType, essence))
  return content
    ? { content }
    : { wrong: [reply.content.map(({ mediaType }) => mediaType).join(' or '), stated ?? 'none'] }
}

const essenceOf = ({ headers }: AnswerHead): string =>
  (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

const isText = (mediaType: string): boolean => /^text\/(?!event-stream)/i.test(mediaType.trim())

const starsIn = ({ mediaType }: Content): number => mediaType.split('*').length

function isMediaType(mediaType: string, essence: string): boolean {
  const documented = mediaType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (documented === '*/*') return true
  return documented.endsWith('/*') ? essence.startsWith(documented.slice(0, -1)) : documented === essence
}

/** Returns what V8 says of a text that is no JSON, without the text itself, which it goes on to quote. */
export const jsonFault = (error: unknown): string =>
  (error as Error).message.replace(/(?:^|, )(?:\.\.\.)?".*$/s, '') || 'another text'

/**
 * Returns what does not fit of a header or another plain text. A text fits where one of the values fits that it can stand for: a number,
 * a truth value, null, a list (`1,2`), an object (`page,7` or `page=7`), or itself (OpenAPI 3.1, Style Values: simple).
 */
function textViolations(
  text: string,
  schema: Pointer,
  document: Document,
  violationsOf: (schema: Pointer, value: unknown) => readonly Violation[],
): readonly Violation[] {
  let fewest: readonly Violation[] | undefined
  for (const value of readingsOf(text, typesIn(document, schema))) {
    const found = violationsOf(schema, value)
    if (found.length === 0) return found
    if (!fewest || found.length < fewest.length) fewest = found
  }
  return fewest ?? []
}

/** Returns the values that a text can stand for, those of the stated types first. */
function readingsOf(text: string, types: readonly unknown[]): readonly unknown[] {
  const pieces = text.split(',').map((piece) => piece.trim())
  const list = text === '' ? [] : pieces
  const pairs =
    pieces.length % 2 === 0
      ? pieces.flatMap((piece, index) => (index % 2 === 0 ? [[piece, pieces[index + 1] ?? '']] : []))
      : []
  const equations = pieces.every((piece) => piece.includes('='))
    ? pieces.map((piece) => [piece.slice(0, piece.indexOf('=')), piece.slice(piece.indexOf('=') + 1)])
    : []
  const objects = [pairs, equations]
    .filter((entries) => entries.length > 0)
    .flatMap((entries) => [
      Object.fromEntries(entries.map(([name, value]) => [name, plainValue(value as string)])) as unknown,
      Object.fromEntries(entries) as unknown,
    ])
  const single = plainValue(text)
  const byType: readonly (readonly [type: string, values: readonly unknown[]])[] = [
    ['single', single === text ? [] : [single]],
    ['string', [text]],
    ['array', [list.map(plainValue), list]],
    ['object', objects],
  ]
  return [...byType]
    .sort(([left], [right]) => Number(types.includes(right)) - Number(types.includes(left)))
    .flatMap(([, values]) => values)
}

/** Returns the number, truth value or null that a text spells, or the text. */
function plainValue(text: string): unknown {
  if (/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return Number(text)
  return text === 'true' ? true : text === 'false' ? false : text === 'null' ? null : text
}

function typesIn(document: Document, schema: Pointer): readonly unknown[] {
  const { value } = resolve(document, schema)
  if (atPointer(document, schema) === undefined || !isObject(value)) return []
  const types = [value.type].flat()
  // What is neither text, list nor object is spelt as one.
  return types.some((type) => type === 'integer' || type === 'number' || type === 'boolean')
    ? [...types, 'single']
    : types
}
