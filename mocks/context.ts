// Defines the context of an operation and writes its answer or refusal.

import { identityForm, leafAt, present, presentationOf, answersOf } from '../factories/index.ts'
import type { Answers, Entry, Subject, Presentation, Ledger } from '../factories/index.ts'
import { isJson, usualReply } from '../spec/index.ts'
import type { Fetch, Model, Operation, Parameter, Role, Problem } from '../spec/index.ts'
import type { Business } from './state/business.ts'
import { bodyExamplesOf, exampleText } from './representation/media.ts'
import type { Media } from './representation/media.ts'
import { represent } from './representation/represent.ts'
import type { World } from './state/world.ts'

/** An API in a world. */
export interface ApiInWorld {
  readonly model: Model
  readonly world: World
  /** The world's. */
  readonly business: Business
  readonly answers: Answers
  readonly presentation: Presentation
}

/** What a request finds: an API, and the world it is answered in. */
export interface Setting extends ApiInWorld {
  /** Answers requests of the same API in the same world, under the same lock: operations that are made of others ask it (`settingIn` of `dispatch.ts`). */
  readonly fetch: Fetch
  /** Examples of the document come before all that is kept. */
  readonly examples?: boolean | undefined
  /** What a GraphQL document may cost, where it is not the usual. */
  readonly graphqlCost?: number | undefined
}

/** One request to one operation, read and found well-formed. */
export interface Context extends Setting {
  readonly operation: Operation
  /** What the answer is sent as; nothing where no body is documented. */
  readonly media?: Media | undefined
  /** Typed values by parameter name. */
  readonly values: Readonly<Record<string, unknown>>
  readonly body: unknown
  readonly request: Request
}

/** What an operation answers, before it becomes a `Response`. */
export interface OperationAnswer {
  readonly status: number
  readonly text?: string
  /** A body whose bytes are no text. */
  readonly base64?: string
  readonly mediaType?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Does one sort of operation. Refuses by throwing a {@link Refusal}. */
export type Resolver = (context: Context) => OperationAnswer | Promise<OperationAnswer>

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

/** Statuses whose answers have no body (Fetch, 2.2.3). */
const bodiless = new Set([204, 205, 304])

/**
 * Returns an operation's usual answer, its body made of business objects; invoices are put in the API's terms.
 * @throws Refusal 406 where nothing can be made of the type that is documented.
 */
export function writeAnswer(
  context: Pick<Context, 'model' | 'operation' | 'answers' | 'presentation' | 'media'>,
  subject: Subject,
): OperationAnswer {
  const { model, operation, answers, presentation, media } = context
  const { status } = usualReply(operation)
  if (!media || bodiless.has(status)) return { status }
  const {
    type,
    content: { schema },
  } = media
  if (isJson(type)) {
    const text = schema === undefined ? '{}' : answers.write(schema, presented(subject, presentation))
    return { status, mediaType: type, text }
  }
  const [example] = bodyExamplesOf(model.document, media.content)
  if (example && !isPicture(type)) return { status, mediaType: type, text: exampleText(example, type) }
  const title = operation.summary || operation.id
  const value = (): unknown => (schema === undefined ? title : answers.build(schema, presented(subject, presentation)))
  return { status, mediaType: type, ...represent(type, { value, title }) }
}

/** An example of these in a document is a text about them. */
const isPicture = (type: string): boolean => /^(?:image\/(?!svg)|application\/(?:x-)?(?:pdf|zip))/i.test(type)

function presented(subject: Subject, presentation: Presentation): Subject {
  const put = <T extends { readonly invoice: Entry }>(item: T): T => ({
    ...item,
    invoice: present(item.invoice, presentation),
  })
  const { invoice, message, lease, page } = subject
  return {
    ...subject,
    ...(invoice && { invoice: present(invoice, presentation) }),
    ...(message && { message: put(message) }),
    ...(lease && { lease: put(lease) }),
    ...(page && {
      page: {
        ...page,
        ...(page.invoices && { invoices: page.invoices.map((entry) => present(entry, presentation)) }),
        ...(page.messages && { messages: page.messages.map(put) }),
        ...(page.leases && { leases: page.leases.map(put) }),
      },
    }),
  }
}

/** Why a request is answered with an error; turned into the API's own error body at the door. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly problems: readonly Problem[]

  constructor(status: number, message: string, problems: readonly Problem[] = []) {
    super(message)
    this.status = status
    this.problems = problems
  }
}

const known = new WeakMap<Ledger, Map<Model, Answers>>()

/** Returns the answers of a model over a ledger, made once. */
export function answersFor(model: Model, ledger: Ledger): Answers {
  const byModel = known.get(ledger) ?? new Map<Model, Answers>()
  known.set(ledger, byModel)
  const answers = byModel.get(model) ?? answersOf(model, ledger)
  byModel.set(model, answers)
  return answers
}

/** Returns an API in a world. */
export const apiIn = (model: Model, world: World): ApiInWorld => ({
  model,
  world,
  business: world.business,
  answers: answersFor(model, world.business.ledger),
  presentation: presentationOf(model),
})
