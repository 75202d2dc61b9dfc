// Answers of a model over a ledger: bodies of its schemas, as values or as JSON text. Start here to see how an answer is
// written.

import { Failure, isJson, successOf } from '../../spec/index.ts'
import type { Model, Pointer } from '../../spec/index.ts'
import { Identities } from '../ledger/identity.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { compileTemplates } from './compile.ts'
import type { Templates, TemplateOptions } from './compile.ts'
import { AnswerContext, within } from './context.ts'
import type { Subject } from './context.ts'

/** Makes the bodies of a model's answers from business objects. */
export interface Answers {
  readonly identities: Identities
  /** Compiles the schema at a pointer and all that it needs. @throws Failure for a schema that nothing can satisfy. */
  prepare(pointer: Pointer): void
  /** Returns a body of the schema at a pointer, as an object. */
  build(pointer: Pointer, subject: Subject): unknown
  /** Returns the same body as JSON text. */
  write(pointer: Pointer, subject: Subject): string
}

/**
 * Returns the answers of a model over a ledger. Schemas are compiled when first asked for.
 * @throws Failure (when asked) for a schema that nothing can satisfy.
 */
export function answersOf(model: Model, ledger: Ledger, options: TemplateOptions = {}): Answers {
  const templates = templatesOf(model, options)
  const identities = new Identities(ledger.seed)
  const run = <T>(subject: Subject, inside: (context: AnswerContext) => T): T => {
    const nulls = subject.nulls ?? model.representation.absent !== 'omit'
    return enter(new AnswerContext(ledger, identities, nulls), subject, inside)
  }
  return {
    identities,
    prepare: (pointer) => templates.prepare(pointer),
    build: (pointer, subject) => run(subject, (context) => templates.at(pointer).build(context)),
    write: (pointer, subject) => run(subject, (context) => templates.at(pointer).write(context)),
  }
}

const known = new WeakMap<Model, Map<string, Templates>>()

/** Templates know nothing of ledgers, so a model needs one set of them only; with suggestions of the caller's own it has its own. */
function templatesOf(model: Model, options: TemplateOptions): Templates {
  if (options.suggest) return compileTemplates(model, options)
  const row = known.get(model) ?? new Map<string, Templates>()
  known.set(model, row)
  const name = options.optional ?? 'realistic'
  const templates = row.get(name) ?? compileTemplates(model, options)
  row.set(name, templates)
  return templates
}

function enter<T>(
  context: AnswerContext,
  { invoice, party, lease, message, transition, page, key }: Subject,
  inside: (context: AnswerContext) => T,
): T {
  context.key = key ?? context.ledger.book.key
  if (page) context.page = page
  if (transition) context.transition = transition
  if (message) return within(context, 'message', message, inside)
  if (lease) return within(context, 'lease', lease, inside)
  if (party) return within(context, 'party', party, inside)
  return invoice ? within(context, 'invoice', invoice, inside) : inside(context)
}

/**
 * Returns why operations of a model cannot answer, a sentence for each fault with its file, line and pointer: a schema that nothing
 * satisfies, a pattern that may never end, an unknown keyword, a ring of required references. All other schemas are compiled on the way.
 */
export function faultsOf(model: Model, ledger: Ledger): string[] {
  const answers = answersOf(model, ledger)
  const faults = new Map<string, string[]>()
  for (const operation of model.operations) {
    for (const { mediaType, schema } of successOf(operation)?.content ?? []) {
      const fault = schema === undefined || !isJson(mediaType) ? undefined : faultIn(() => answers.prepare(schema))
      if (fault !== undefined) faults.set(fault, [...(faults.get(fault) ?? []), operation.id])
    }
  }
  return [...faults].map(([fault, operations]) => `${fault} ${operations.join(', ')} cannot answer.`)
}

function faultIn(prepare: () => void): string | undefined {
  try {
    prepare()
    return undefined
  } catch (error) {
    if (error instanceof Failure) return error.message
    throw error
  }
}
