// Checks a response against its operation: status, headers, content type and body.

import { atPointer, engineOf, formValue, isJson, replyFor } from '../spec/index.ts'
import type { Content, Engine, Mode, Model, Operation, Pointer, Reply } from '../spec/index.ts'
import { explain, undocumentedIn, hasWriteOnly, writtenIn } from './schema-violations.ts'
import { SchemaWalker } from './schema-walk.ts'
import { textViolations } from './text-values.ts'
import { shownJson, statusText } from './violation.ts'
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
export const conformance = (model: Model, { mode = 'documented' }: ConformanceOptions = {}): Conformance =>
  new DocumentConformance(model, mode)

/** Holds answers against one document; keeps what is compiled of it. */
class DocumentConformance implements Conformance {
  readonly #model: Model
  readonly #mode: Mode
  readonly #engine: Engine
  readonly #walker: SchemaWalker
  #hasWriteOnly: boolean | undefined

  constructor(model: Model, mode: Mode) {
    this.#model = model
    this.#mode = mode
    this.#engine = engineOf(model.document, { direction: 'response', mode })
    this.#walker = new SchemaWalker(model.document, this.fits)
  }

  readonly fits = (schema: Pointer, value: unknown): boolean => this.#engine.at(schema).accepts(value)

  readonly body = (schema: Pointer, value: unknown): readonly Violation[] => {
    const { locate } = this.#model
    const issues = this.#engine.at(schema).errors(value)
    const violations = issues.length === 0 ? [] : explain(issues, value, locate)
    return this.#mode === 'strict'
      ? [...violations, ...undocumentedIn(this.#walker, schema, value, locate)]
      : violations
  }

  response(operation: Operation, answer: ReceivedAnswer): readonly Violation[] {
    return this.read(operation, answer).violations
  }

  read(operation: Operation, answer: AnswerHead): AnswerReading {
    const reply = replyFor(operation, answer.status)
    if (!reply) return this.#undocumentedStatus(operation, answer)
    const wrongHeaders = this.#headers(reply, answer)
    if (isBodiless(reply, answer)) return { violations: [...wrongHeaders, ...this.#surplusBody(reply, answer)] }
    const { content, wrongType } = contentFor(reply, answer)
    const wrongHead = wrongType
      ? [...wrongHeaders, this.#violation('OAS-TYPE', 'the content type is documented', wrongType, reply.pointer)]
      : wrongHeaders
    if (!content) return { violations: wrongHead, ...(wrongType && looseJson(answer)) }
    const reading = isJsonAnswer(content, answer)
      ? this.#json(content, answer, wrongType !== undefined)
      : this.#text(content, answer)
    return { ...reading, violations: [...wrongHead, ...reading.violations] }
  }

  #violation(
    code: string,
    says: string,
    { expected, received }: Pick<Violation, 'expected' | 'received'>,
    pointer: Pointer,
  ): Violation {
    const place = this.#model.locate(pointer)
    return { code, says, severity: 'error', pointer: '', expected, received, ...(place && { place }) }
  }

  #undocumentedStatus({ replies, pointer }: Operation, answer: AnswerHead): AnswerReading {
    const statuses = replies.map(({ status }) => status).join(', ')
    const expected = statuses === '' ? 'a documented status' : replies.length > 1 ? `one of ${statuses}` : statuses
    const received = statusText(answer)
    return {
      violations: [this.#violation('OAS-STATUS', 'the status is documented', { expected, received }, pointer)],
      ...looseJson(answer),
    }
  }

  /** Documents often leave out what a refusal says: a body of one is a warning. */
  #surplusBody({ pointer }: Reply, { body, status }: AnswerHead): readonly Violation[] {
    if (body === '') return []
    const told = { expected: 'no body', received: shownJson(body) }
    const violation = this.#violation('OAS-BODY', 'the body is empty where none is documented', told, pointer)
    return [{ ...violation, severity: status >= 400 ? 'warning' : 'error' }]
  }

  #headers(reply: Reply, answer: AnswerHead): readonly Violation[] {
    const wrong = (expected: string, received: string, place: Pointer): Violation =>
      this.#violation('OAS-HEADER', 'headers are as documented', { expected, received }, place)
    return reply.headers.flatMap(({ name, required, schema }): readonly Violation[] => {
      // OpenAPI 3.1, Response Object: a header of this name is ignored.
      if (name.toLowerCase() === 'content-type') return []
      const value = answer.headers.get(name)
      if (value === null) return required ? [wrong(`required header ${name}`, 'none', schema)] : []
      if (atPointer(this.#model.document, schema) === undefined) return []
      return textViolations(value, schema, this.#model.document, this.body).map(({ expected }) =>
        wrong(`header ${name}: ${expected}`, shownJson(value), schema),
      )
    })
  }

  #json({ schema, pointer }: Content, { body }: AnswerHead, hasWrongType: boolean): AnswerReading {
    const parsed = parseJson(body)
    if ('error' in parsed) {
      const told = { expected: `JSON (${parsed.error})`, received: shownJson(body) }
      return { violations: hasWrongType ? [] : [this.#violation('OAS-JSON', 'the body is JSON', told, pointer)] }
    }
    const { value } = parsed
    if (schema === undefined) return { violations: [], json: { value } }
    return { violations: [...this.body(schema, value), ...this.#written(schema, value)], json: { value, schema } }
  }

  #written(schema: Pointer, value: unknown): readonly Violation[] {
    const { document, locate } = this.#model
    this.#hasWriteOnly ??= hasWriteOnly(document)
    return this.#hasWriteOnly ? writtenIn(this.#walker, schema, value, locate) : []
  }

  /** Forms are read as the values that their schema says, plain texts held as what they can stand for; other types are not taken apart. */
  #text({ mediaType, schema }: Content, answer: AnswerHead): AnswerReading {
    if (schema === undefined || answer.isBinary) return { violations: [] }
    const type = answer.headers.get('content-type') ?? mediaType
    const { document } = this.#model
    if (isForm(type)) return { violations: this.body(schema, formValue(document, schema, answer.body)) }
    if (isText(type)) return { violations: textViolations(answer.body, schema, document, this.body) }
    const isOpen = this.fits(schema, '') && this.fits(schema, 'text')
    return {
      violations: [],
      ...(!isOpen && { notJudged: [`a body of ${essenceOf(answer) || mediaType} is not taken apart`] }),
    }
  }
}

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

/** Returns what the document says of a body: by its type; of JSON without a type or with one for texts, what it says of JSON. */
function contentFor(
  { content: documented }: Reply,
  answer: AnswerHead,
): { content?: Content; wrongType?: Pick<Violation, 'expected' | 'received'> } {
  const stated = answer.headers.get('content-type')
  const essence = essenceOf(answer)
  const ranked = [...documented].sort((left, right) => starsIn(left) - starsIn(right))
  const content = ranked.find(({ mediaType }) => isMediaType(mediaType, essence))
  if (content) return { content }
  const wrongType = {
    expected: documented.map(({ mediaType }) => mediaType).join(' or '),
    received: stated ?? 'none',
  }
  const other = isJson(stated ?? '') ? undefined : documented.find(({ mediaType }) => isJson(mediaType))
  return { ...(other && { content: other }), wrongType }
}

/** Under a range of types, the answer's own type says whether it is JSON. */
const isJsonAnswer = ({ mediaType }: Content, { headers }: AnswerHead): boolean =>
  isJson(mediaType) || (mediaType.includes('*') && isJson(headers.get('content-type') ?? ''))

const essenceOf = ({ headers }: AnswerHead): string =>
  (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

const isForm = (mediaType: string): boolean => /^application\/x-www-form-urlencoded\b/i.test(mediaType.trim())

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
