// Infers what operations do, and which places of requests and answers speak of pages.

import type { Model } from '../model.ts'
import { successOf } from '../operation.ts'
import type { Parameter } from '../operation.ts'
import type { Pointer } from '../pointer.ts'
import { wordsOf } from '../resources/names.ts'
import type { PageFact, PageParameter } from '../resources/paging.ts'
import type { Resource, ResourceOperation } from '../resources/resource.ts'
import type { OperationRole } from '../roles.ts'
import type { Shape } from '../shape.ts'
import { nameMeaning } from './dictionary.ts'
import type { SchemaFacts } from './facts.ts'
import type { Inferred, InferredBinding, InferredOperation } from './inferred.ts'
import { askedBy } from './parameters.ts'

const parameters: Readonly<Partial<Record<PageParameter, string>>> = {
  size: 'page.size',
  number: 'page.number',
  cursor: 'page.cursor',
}

const facts: Readonly<Partial<Record<PageFact, string>>> = {
  total: 'page.total',
  pages: 'page.pages',
  number: 'page.number',
  size: 'page.size',
  count: 'page.count',
  nextNumber: 'page.next',
  nextCursor: 'page.nextCursor',
  previousCursor: 'page.previousCursor',
}

/** What an action's name says, by the words rules are written in. */
const actions: Readonly<Record<string, OperationRole>> = {
  pay: 'pay',
  paid: 'pay',
  settle: 'pay',
  capture: 'pay',
  void: 'void',
  sync: 'sync',
  synchronize: 'sync',
  synchronise: 'sync',
}

const whole: Readonly<Partial<Record<ResourceOperation['does'], OperationRole>>> = {
  list: 'list',
  get: 'get',
  create: 'create',
  update: 'update',
  replace: 'update',
  delete: 'delete',
}

/** Returns what surrounds the invoices: what operations do, and which parameters and properties speak of pages and identities. */
export const inferExchange = (
  model: Model,
  resource: Resource,
  bound: readonly InferredBinding[],
  factsOf: (pointer: Pointer) => SchemaFacts,
): Pick<Inferred, 'bindings' | 'operations'> => new ExchangeReader(model, bound, factsOf).read(resource)

class ExchangeReader {
  private readonly model: Model
  private readonly bound: readonly InferredBinding[]
  private readonly factsOf: (pointer: Pointer) => SchemaFacts
  /** Bindings of the invoice's identity. */
  private readonly identities: readonly InferredBinding[]
  private readonly bindings = new Map<Pointer, InferredBinding>()

  constructor(model: Model, bound: readonly InferredBinding[], factsOf: (pointer: Pointer) => SchemaFacts) {
    this.model = model
    this.bound = bound
    this.factsOf = factsOf
    this.identities = bound.filter(({ annotation }) => annotation.role === 'invoice.id')
  }

  read(resource: Resource): Pick<Inferred, 'bindings' | 'operations'> {
    const operations: InferredOperation[] = []
    for (const own of resource.operations) {
      const { operation, does, paging } = own
      const role = own.verb === undefined ? whole[does] : actionOf(own.verb)
      if (role !== undefined)
        operations.push({
          id: operation.id,
          pointer: operation.pointer,
          does: role,
          confidence: 0.9,
          evidence: [`${operation.method} ${operation.path}`],
        })
      for (const parameter of operation.parameters) {
        this.pathParameter(parameter, own)
        if (does === 'list') this.listParameter(parameter, own)
      }
      if (does === 'list' && paging) this.envelope(own)
      if (!own.answer) this.reported(own)
    }
    return { bindings: [...this.bindings.values()], operations }
  }

  private add(pointer: Pointer, annotation: InferredBinding['annotation'], confidence: number, why: string): void {
    if (!this.bindings.has(pointer)) this.bindings.set(pointer, { pointer, annotation, confidence, evidence: [why] })
  }

  private pathParameter(parameter: Parameter, { key }: ResourceOperation): void {
    if (parameter.in !== 'path' || parameter.name !== key?.name || !key.property) return
    const identity = this.identities.find(({ path }) => path?.join('\n') === key.property?.join('\n'))
    if (!identity) return
    const { role: _, ...form } = identity.annotation
    this.add(parameter.pointer, { role: 'invoice.id', ...form }, 0.9, 'the path names an invoice by it')
  }

  private listParameter(parameter: Parameter, { paging }: ResourceOperation): void {
    const page = Object.entries(paging?.parameters ?? {}).find(
      ([, { pointer }]) => pointer === parameter.pointer,
    )?.[0] as PageParameter | undefined
    const role = page && parameters[page]
    if (role !== undefined)
      return this.add(
        parameter.pointer,
        role === 'page.number' ? { role, base: paging?.base ?? 1 } : { role },
        0.9,
        `"${parameter.name}" asks for a page`,
      )
    if (page || parameter.in !== 'query') return
    const { factsOf, bound } = this
    const stated = factsOf(parameter.schema)
    const own = { ...stated, description: `${factsOf(parameter.pointer).description} ${stated.description}` }
    const asked = askedBy(parameter, { facts: own, bound, factsOf })
    if (asked) this.add(parameter.pointer, asked.annotation, asked.confidence, asked.why)
  }

  /** What an action answers names the invoice by the same keys. */
  private reported({ operation }: ResourceOperation): void {
    const { factsOf, identities } = this
    const body = successOf(operation)?.content.find((content) => content.schema !== undefined)?.schema
    if (body === undefined) return
    const { properties } = factsOf(body)
    const lists = [...properties.values()].flatMap((at) => factsOf(at).items ?? [])
    for (const [name, at] of [...properties, ...lists.flatMap((items) => [...factsOf(items).properties])]) {
      const like =
        identities.find(({ path }) => path?.at(-1) === name) ??
        (/^invoice(?: id| key| token)$/.test(nameMeaning(wordsOf(name)).words.join(' ')) ? identities[0] : undefined)
      const facts = factsOf(at)
      if (!like || facts.properties.size > 0 || facts.items !== undefined || facts.types.has('boolean')) continue
      const { role: _, ...form } = like.annotation
      const isNumber = facts.types.has('integer')
      if ((form.as === 'integer') !== isNumber) continue
      this.add(at, { role: 'invoice.id', ...form }, 0.85, 'an action answers with the key of its invoice')
    }
  }

  private envelope({ answer, paging, operation }: ResourceOperation): void {
    const schema = successOf(operation)?.content.find((content) => content.schema !== undefined)?.schema
    if (schema === undefined || !answer) return
    const shape = this.model.shape(schema)
    const stand = (path: readonly string[]): Pointer | undefined => {
      const holder = path.slice(0, -1).reduce<Shape | undefined>((inner, name) => inner?.properties.get(name), shape)
      return holder && this.factsOf(holder.pointer).properties.get(path.at(-1) as string)
    }
    const items = answer.path.length > 0 && answer.wrap.length === 0 ? stand(answer.path) : undefined
    if (items !== undefined) this.add(items, { role: 'page.items' }, 0.93, 'the list of invoices')
    for (const { path, is } of paging?.facts ?? []) {
      const role = facts[is]
      const at = role === undefined ? undefined : stand(path)
      if (role !== undefined && at !== undefined)
        this.add(
          at,
          role === 'page.number' || role === 'page.next' ? { role, base: paging?.base ?? 1 } : { role },
          0.88,
          `"${path.join('.')}" speaks of pages`,
        )
    }
  }
}

function actionOf(verb: string): OperationRole | undefined {
  const { words } = nameMeaning(wordsOf(verb))
  const rest = words.filter((word) => !['invoice', 'mark', 'as', 'at', 'is', 'manually'].includes(word))
  return rest.length === 1 ? actions[rest[0] as string] : undefined
}
