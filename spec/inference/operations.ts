// Infers what operations do, and which places of requests and answers speak of pages.

import type { Model } from '../model.ts'
import { successOf } from '../operation.ts'
import type { Operation, Parameter } from '../operation.ts'
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
export function inferExchange(
  model: Model,
  resource: Resource,
  bound: readonly InferredBinding[],
  factsOf: (pointer: Pointer) => SchemaFacts,
): Pick<Inferred, 'bindings' | 'operations'> {
  const bindings = new Map<Pointer, InferredBinding>()
  const operations: InferredOperation[] = []
  const add = (pointer: Pointer, annotation: InferredBinding['annotation'], confidence: number, why: string): void => {
    if (!bindings.has(pointer)) bindings.set(pointer, { pointer, annotation, confidence, evidence: [why] })
  }
  const identities = bound.filter(({ annotation }) => annotation.role === 'invoice.id')
  for (const own of resource.operations) {
    const { operation, does, key, paging } = own
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
      const identity = identities.find(({ path }) => path?.join('\n') === key?.property?.join('\n'))
      if (parameter.in === 'path' && parameter.name === key?.name && key.property && identity) {
        const { role: _, ...form } = identity.annotation
        add(parameter.pointer, { role: 'invoice.id', ...form }, 0.9, 'the path names an invoice by it')
      }
      if (does === 'list') listParameter(parameter, own)
    }
    if (does === 'list' && paging) envelope(own, operation)
    if (!own.answer) reported(own)
  }
  return { bindings: [...bindings.values()], operations }

  function listParameter(parameter: Parameter, { paging }: ResourceOperation): void {
    const page = Object.entries(paging?.parameters ?? {}).find(
      ([, { pointer }]) => pointer === parameter.pointer,
    )?.[0] as PageParameter | undefined
    const role = page && parameters[page]
    if (role !== undefined)
      return add(
        parameter.pointer,
        role === 'page.number' ? { role, base: paging?.base ?? 1 } : { role },
        0.9,
        `"${parameter.name}" asks for a page`,
      )
    if (page || parameter.in !== 'query') return
    const stated = factsOf(parameter.schema)
    const own = { ...stated, description: `${factsOf(parameter.pointer).description} ${stated.description}` }
    const asked = askedBy(parameter, { facts: own, bound, factsOf })
    if (asked) add(parameter.pointer, asked.annotation, asked.confidence, asked.why)
  }

  /** What an action answers names the invoice by the same keys. */
  function reported({ operation }: ResourceOperation): void {
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
      add(at, { role: 'invoice.id', ...form }, 0.85, 'an action answers with the key of its invoice')
    }
  }

  function envelope({ answer, paging }: ResourceOperation, operation: Operation): void {
    const schema = successOf(operation)?.content.find((content) => content.schema !== undefined)?.schema
    if (schema === undefined || !answer) return
    const shape = model.shape(schema)
    const stand = (path: readonly string[]): Pointer | undefined => {
      const holder = path.slice(0, -1).reduce<Shape | undefined>((inner, name) => inner?.properties.get(name), shape)
      return holder && factsOf(holder.pointer).properties.get(path.at(-1) as string)
    }
    const items = answer.path.length > 0 && answer.wrap.length === 0 ? stand(answer.path) : undefined
    if (items !== undefined) add(items, { role: 'page.items' }, 0.93, 'the list of invoices')
    for (const { path, is } of paging?.facts ?? []) {
      const role = facts[is]
      const at = role === undefined ? undefined : stand(path)
      if (role !== undefined && at !== undefined)
        add(
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
