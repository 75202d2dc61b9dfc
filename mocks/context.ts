import { identityForm, leafAt } from '../factories/index.ts'
import type { Answers, Entry, Subject, Terms } from '../factories/index.ts'
import { present } from '../factories/index.ts'
import { isJson, successOf } from '../spec/index.ts'
import type { Fetch, Model, Operation, Parameter, Role } from '../spec/index.ts'
import type { Business } from './business.ts'
import { Refusal } from './refusal.ts'
import type { World } from './world.ts'

/** What a request finds: an API, and the world it is answered in. */
export interface Setting {
  readonly model: Model
  readonly world: World
  /** The world's. */
  readonly business: Business
  readonly answers: Answers
  readonly terms: Terms
  /** The API's own door: operations that are made of others go through it. */
  readonly fetch: Fetch
  /** What a GraphQL document may cost, where it is not the usual. */
  readonly graphqlCost?: number | undefined
}

/** One request to one operation, read and found well-formed. */
export interface Context extends Setting {
  readonly operation: Operation
  /** Typed values by parameter name. */
  readonly values: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly request: Request
}

/** What an operation answers. */
export interface Answer {
  readonly status: number
  readonly text?: string
  readonly mediaType?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Does one sort of operation. Refuses by throwing a {@link Refusal}. */
export type Resolver = (context: Context) => Answer | Promise<Answer>

/** Returns the value a request gives to the parameter with a role, or `undefined`. */
export function valueFor({ operation, values }: Context, role: Role): unknown {
  const parameter = parameterFor(operation, role)
  return parameter && values[parameter.name]
}

/** Returns the parameter of an operation that carries a role. */
export const parameterFor = (operation: Operation, role: Role): Parameter | undefined =>
  operation.parameters.find(({ binding }) => binding?.role === role)

/** Returns the key that a value of an identity parameter stands for, or `undefined`. */
export function keyFor(
  { model, answers }: Pick<Setting, 'model' | 'answers'>,
  parameter: Parameter,
  value: unknown,
): number | undefined {
  if (!parameter.binding) return undefined
  const { kind, form, prefix } = identityForm(
    parameter.binding,
    leafAt(model.document, parameter.schema),
    model.representation,
  )
  return answers.identities.decode(kind, value, form, prefix)
}

/**
 * Returns the invoice a request's path names.
 * @throws Refusal 404 where there is none.
 */
export function invoiceOf(context: Context): Entry {
  const parameter = parameterFor(context.operation, 'invoice.id')
  const value = parameter && context.values[parameter.name]
  const key = parameter && keyFor(context, parameter, value)
  const entry = key === undefined ? undefined : context.business.find(key)
  if (!entry) throw new Refusal(404, `There is no invoice ${JSON.stringify(value)}.`)
  return entry
}

/** A range of media types (`image/*`) says nothing that can be sent. */
const sendable = /^[\w.!#$&^+-]+\/[\w.!#$&^+-]+(?: *;[\u0020-\u007e]*)?$/

/** Returns the media type of an operation's answer of success where none that it documents is JSON. */
export function otherTypeOf(operation: Operation): string | undefined {
  const types = successOf(operation)?.content.map(({ mediaType }) => mediaType) ?? []
  return types.some(isJson) ? undefined : types.find((type) => sendable.test(type))
}

/** Returns an answer of success whose body is made of business objects; invoices are put in the API's terms. What is no JSON is sent empty, as what it is. */
export function answer(
  { operation, answers, terms }: Pick<Context, 'operation' | 'answers' | 'terms'>,
  subject: Subject,
): Answer {
  const reply = successOf(operation)
  const status = Number(reply?.status ?? 200)
  const content = reply?.content.find(({ mediaType }) => isJson(mediaType))
  const mediaType = otherTypeOf(operation)
  if (!content?.schema) return { status, ...(mediaType !== undefined && { mediaType }) }
  return { status, mediaType: content.mediaType, text: answers.write(content.schema, inTerms(subject, terms)) }
}

function inTerms(subject: Subject, terms: Terms): Subject {
  const put = <T extends { readonly invoice: Entry }>(item: T): T => ({
    ...item,
    invoice: present(item.invoice, terms),
  })
  const { invoice, message, lease, page } = subject
  return {
    ...subject,
    ...(invoice && { invoice: present(invoice, terms) }),
    ...(message && { message: put(message) }),
    ...(lease && { lease: put(lease) }),
    ...(page && {
      page: {
        ...page,
        ...(page.invoices && { invoices: page.invoices.map((entry) => present(entry, terms)) }),
        ...(page.messages && { messages: page.messages.map(put) }),
        ...(page.leases && { leases: page.leases.map(put) }),
      },
    }),
  }
}
