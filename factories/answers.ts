import type { Model, Pointer } from '../spec/index.ts'
import { Identities } from './ledger/identity.ts'
import type { Ledger } from './ledger/ledger.ts'
import { compilePlan } from './plan/compile.ts'
import type { Plan, PlanOptions } from './plan/compile.ts'
import { within } from './plan/entity.ts'
import { Frame } from './plan/frame.ts'
import type { Subject } from './plan/frame.ts'
import type { Node } from './plan/node.ts'

const plans = new WeakMap<Model, Map<string, Plan>>()

/** A plan knows nothing of ledgers, so a model needs one only; with suggestions of the caller's own it has its own. */
function planOf(model: Model, options: PlanOptions): Plan {
  if (options.suggest || options.generateAfter !== undefined) return remembering(compilePlan(model, options))
  const known = plans.get(model) ?? new Map<string, Plan>()
  plans.set(model, known)
  const name = options.optional ?? 'realistic'
  const plan = known.get(name) ?? remembering(compilePlan(model, options))
  known.set(name, plan)
  return plan
}

function remembering(plan: Plan): Plan {
  const nodes = new Map<Pointer, Node>()
  return (pointer, how) => {
    const known = nodes.get(pointer) ?? plan(pointer, how)
    nodes.set(pointer, known)
    return known
  }
}

/** Makes the bodies of a model's answers from business objects. */
export interface Answers {
  readonly identities: Identities
  /** Compiles what makes bodies of the schema at a pointer. @throws Failure for a schema that nothing can satisfy. */
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
export function answersOf(model: Model, ledger: Ledger, options: PlanOptions = {}): Answers {
  const node = planOf(model, options)
  const identities = new Identities(ledger.seed)
  const showsNulls = model.representation.absent !== 'omit'
  return {
    identities,
    prepare: (pointer) => void node(pointer, { ahead: true }),
    build: (pointer, subject) =>
      run(new Frame(ledger, identities, subject.nulls ?? showsNulls), subject, (frame) => node(pointer).build(frame)),
    write: (pointer, subject) =>
      run(new Frame(ledger, identities, subject.nulls ?? showsNulls), subject, (frame) => node(pointer).write(frame)),
  }
}

function run<T>(
  frame: Frame,
  { invoice, party, lease, message, transition, page, key }: Subject,
  inside: (frame: Frame) => T,
): T {
  frame.key = key ?? frame.ledger.book.key
  if (page) frame.page = page
  if (transition) frame.transition = transition
  if (message) return within(frame, 'message', message, inside)
  if (lease) return within(frame, 'lease', lease, inside)
  if (party) return within(frame, 'party', party, inside)
  return invoice ? within(frame, 'invoice', invoice, inside) : inside(frame)
}
