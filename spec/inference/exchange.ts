import type { Model } from '../model.ts'
import { successOf } from '../operation.ts'
import type { Operation } from '../operation.ts'
import type { Pointer } from '../pointer.ts'
import type { Parameter } from '../parameter.ts'
import { wordsOf } from '../resources/names.ts'
import type { PageFact, PageParameter } from '../resources/paging.ts'
import type { Resource, ResourceOperation } from '../resources/resource.ts'
import { annotate } from './annotate.ts'
import { meaningOf } from './dictionary.ts'
import type { Facts } from './facts.ts'
import type { Inferred, InferredBinding, InferredOperation } from './inferred.ts'
import type { OperationRole } from '../roles.ts'
import type { Shape } from '../shape.ts'

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
  factsOf: (pointer: Pointer) => Facts,
): Pick<Inferred, 'bindings' | 'operations'> {
  const bindings = new Map<Pointer, InferredBinding>()
  const operations: InferredOperation[] = []
  const add = (pointer: Pointer, annotation: InferredBinding['annotation'], confidence: number, why: string): void => {
    if (!bindings.has(pointer)) bindings.set(pointer, { pointer, annotation, confidence, evidence: [why] })
  }
  const identity = bound.find(({ annotation }) => annotation.role === 'invoice.id')
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
      if (
        parameter.in === 'path' &&
        parameter.name === key?.name &&
        key.property &&
        identity &&
        key.property.join('\n') === identity.path?.join('\n')
      ) {
        const { role: _, ...form } = identity.annotation
        add(parameter.pointer, { role: 'invoice.id', ...form }, 0.9, 'the path names an invoice by it')
      }
      if (does === 'list') listParameter(parameter, own)
    }
    if (does === 'list' && paging) envelope(own, operation)
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
    const { words } = meaningOf(wordsOf(parameter.name))
    const [first = ''] = words
    if (/^(?:sort|order)_?(?:direction|order|dir)$|^direction$/i.test(parameter.name))
      return add(parameter.pointer, { role: 'sort.order' }, 0.88, `"${parameter.name}" is a direction`)
    if (words.length === 1 && first === 'status') {
      const like = bound.find(
        ({ annotation, path }) => annotation.role === 'invoice.status' && path?.at(-1) === parameter.name,
      )
      const own = annotate(
        {
          pointer: parameter.pointer,
          root: '',
          path: [parameter.name],
          scope: 'invoice',
          holder: '',
          words,
          isMinor: false,
          facts: factsOf(parameter.schema),
          money: undefined,
          role: 'invoice.status',
          confidence: 0.9,
          evidence: [],
        },
        factsOf,
      )
      const values = own?.annotation.values ?? like?.annotation.values
      if (values)
        add(
          parameter.pointer,
          { role: 'filter', of: 'invoice.status', values },
          0.88,
          `"${parameter.name}" has words for states`,
        )
      return
    }
    const like = bound.find(
      ({ annotation, path = [] }) =>
        path.length === 1 &&
        path[0] === parameter.name &&
        /^invoice\.(?:number|currency)$|^(?:buyer|seller)\.id$/.test(annotation.role),
    )
    if (like)
      add(
        parameter.pointer,
        {
          role: 'filter',
          of: like.annotation.role,
          ...(like.annotation.as !== undefined && { as: like.annotation.as }),
        },
        0.85,
        'called like the property it filters by',
      )
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
  const { words } = meaningOf(wordsOf(verb))
  const rest = words.filter((word) => !['invoice', 'mark', 'as', 'at', 'is', 'manually'].includes(word))
  return rest.length === 1 ? actions[rest[0] as string] : undefined
}
