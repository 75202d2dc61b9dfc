// Estimates the cost of a GraphQL document and refuses one that is too expensive.

import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  GraphQLNamedType,
  GraphQLSchema,
  SelectionSetNode,
} from 'graphql'
import { failure } from '../../spec/index.ts'
import type { Failure } from '../../spec/index.ts'
import type { FieldRule } from './graphql.ts'

type Library = typeof import('graphql')

/** What things cost, in about microseconds of work. */
const prices = {
  /** A word or a sign of a document: it is read and validated. */
  token: 50,
  /** A bracket, for each level it stands at: what is deep is read by calls within calls. */
  level: 100,
  /** A value among the variables. */
  value: 10,
  /** A field of the query or mutation: an operation runs. */
  operation: 2000,
  /** An object that an operation may answer with: it is written whole, whatever is selected of it. */
  row: 50,
  /** A field of one object. */
  field: 1,
}

/** Items that a list of the schema's own description is taken to have. */
const described = 10

const opening = new Set(['{', '[', '('])
const closing = new Set(['}', ']', ')'])

/**
 * Adds up what reading a document costs, before it is parsed, and stops where that is more than the limit: length, nesting and
 * variables.
 * @throws Failure where it costs more; GraphQLError for a text that is no GraphQL.
 */
export function readingCost(library: Library, text: string, variables: unknown, limit: number): number {
  const lexer = new library.Lexer(new library.Source(text))
  let cost = 0
  let depth = 0
  for (let { kind } = lexer.advance(); kind !== library.TokenKind.EOF; { kind } = lexer.advance()) {
    if (opening.has(kind)) depth++
    if (closing.has(kind)) depth--
    cost += prices.token + (opening.has(kind) ? depth * prices.level : 0)
    if (cost > limit) throw tooDear(limit, `more than ${limit} for its first ${lexer.token.end} characters alone`)
  }
  const left: unknown[] = [variables]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) left.push(item)
    cost += prices.value
    if (cost > limit) throw tooDear(limit, `more than ${limit} for its variables alone`)
  }
  return cost
}

/** What running a document is priced with. */
interface Priced {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName?: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  readonly fields: Readonly<Record<string, FieldRule>>
  /** Returns the most rows that a field answers with under its arguments. */
  readonly rowsOf: (rule: FieldRule, values: unknown) => number
}

/**
 * Checks, before anything is validated or run, that running the operation of a document costs no more than the limit. Aliases count
 * one by one, a fragment wherever it is spread, a page by the rows it may have; what `@skip` leaves out counts as well.
 * @param spent what reading it has cost
 * @throws Failure where it costs more.
 */
export function checkCost(library: Library, priced: Priced, limit: number, spent: number): void {
  const operation = library.getOperationAST(priced.document, priced.operationName)
  if (!operation) return
  const root = priced.schema.getRootType(operation.operation)
  const cost = spent + new Pricing(library, priced).of(operation.selectionSet, root)
  if (cost > limit) throw tooDear(limit, String(cost))
}

const tooDear = (limit: number, received: string): Failure =>
  failure('run a GraphQL document', {
    expected: `a cost of at most ${limit}`,
    received,
    cure: 'Ask for fewer fields, aliases or rows, or raise the limit with --graphql-cost.',
  })

class Pricing {
  readonly #library: Library
  readonly #priced: Priced
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** A fragment that is spread within itself costs nothing there: validation refuses it. */
  readonly #known = new Map<string, number>()
  /** As they were sent, else their defaults. */
  readonly #variables: Readonly<Record<string, unknown>>

  constructor(library: Library, priced: Priced) {
    this.#library = library
    this.#priced = priced
    this.#fragments = new Map(
      priced.document.definitions.flatMap((definition) =>
        definition.kind === library.Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
      ),
    )
    const defaults = priced.document.definitions.flatMap((definition) =>
      definition.kind === library.Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
    )
    this.#variables = {
      ...Object.fromEntries(
        defaults.map(({ variable: { name }, defaultValue }) => [
          name.value,
          defaultValue && library.valueFromASTUntyped(defaultValue),
        ]),
      ),
      ...priced.variables,
    }
  }

  /** Returns the cost of a selection for one object of a type; unknown fields cost as much as known ones. */
  of(selection: SelectionSetNode | undefined, type: GraphQLNamedType | undefined | null): number {
    const { Kind } = this.#library
    let cost = 0
    for (const part of selection?.selections ?? []) {
      if (part.kind === Kind.FIELD) cost += this.#field(part, type)
      else if (part.kind === Kind.FRAGMENT_SPREAD) cost += prices.field + this.#fragment(part.name.value)
      else cost += prices.field + this.of(part.selectionSet, this.#typeOf(part.typeCondition?.name.value) ?? type)
    }
    return cost
  }

  #field(node: FieldNode, type: GraphQLNamedType | undefined | null): number {
    const { getNamedType, getNullableType, isListType, isObjectType } = this.#library
    const { schema, fields, rowsOf } = this.#priced
    const own = isObjectType(type) ? schema.getField(type, node.name.value) : undefined
    const each = this.of(node.selectionSet, own && getNamedType(own.type))
    const rule = type ? fields[`${type.name}.${node.name.value}`] : undefined
    if (rule) return prices.operation + rowsOf(rule, this.#valuesOf(node)) * (prices.row + each)
    const isRoot =
      type !== undefined && type !== null && (type === schema.getQueryType() || type === schema.getMutationType())
    const isDescription =
      type?.name.startsWith('__') === true && own !== undefined && isListType(getNullableType(own.type))
    return (isRoot ? prices.operation : prices.field) + each * (isDescription ? described : 1)
  }

  #fragment(name: string): number {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    this.#known.set(name, 0)
    const fragment = this.#fragments.get(name)
    const cost = this.of(fragment?.selectionSet, this.#typeOf(fragment?.typeCondition.name.value))
    this.#known.set(name, cost)
    return cost
  }

  #typeOf = (name: string | undefined): GraphQLNamedType | undefined =>
    name === undefined ? undefined : this.#priced.schema.getType(name)

  #valuesOf({ arguments: stated = [] }: FieldNode): unknown {
    return Object.fromEntries(
      stated.map(({ name, value }) => [name.value, this.#library.valueFromASTUntyped(value, this.#variables)]),
    )
  }
}
