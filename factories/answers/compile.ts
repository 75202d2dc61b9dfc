// Compiles the schemas of a document to templates: places with a role read the ledger, the others are drawn by the
// sampler.

import { atPointer, isObject, resolve, saysAmountsOf, split } from '../../spec/index.ts'
import type { Binding, Kind, Model, Pointer, Shape } from '../../spec/index.ts'
import { poolsOf } from '../ledger/pools.ts'
import { hashText } from '../random.ts'
import { createSamplers } from '../sample/sampler.ts'
import type { Sampler, SamplerOptions, SchemaName } from '../sample/sampler.ts'
import { agree } from '../semantics/agree.ts'
import { writtenPresence } from '../semantics/likelihood.ts'
import { suggestionsOf } from '../semantics/suggestions.ts'
import { nameWords } from '../semantics/words.ts'
import { roleValueOf } from '../values/value.ts'
import type { AnswerContext } from './context.ts'
import { encoderOf } from './encode.ts'
import { objectTemplate } from './object.ts'
import type { Member } from './object.ts'
import { rememberingTemplate } from './recurring.ts'
import { statedProperties, leafAt } from './schema.ts'
import {
  constantTemplate,
  drawnTemplate,
  entityTemplate,
  fewTemplate,
  keyedTemplate,
  listTemplate,
  pooledTemplate,
  roleTemplate,
  singleTemplate,
} from './template.ts'
import type { Template } from './template.ts'

/** How templates are compiled. */
export type TemplateOptions = Pick<SamplerOptions, 'optional' | 'suggest'>

/** The templates of a document's schemas, each compiled when first asked for. */
export interface Templates {
  /** Returns the template of the schema at a pointer. @throws Failure for a schema that nothing can satisfy. */
  at(pointer: Pointer): Template
  /** Compiles the schema at a pointer and all that it needs, so that what cannot be made is known before anybody asks for it. */
  prepare(pointer: Pointer): void
}

/**
 * Returns the templates of a model. What carries a role takes its value from the ledger; what carries none takes one from
 * the sampler, keyed by the nearest business object.
 */
export const compileTemplates = (model: Model, options: TemplateOptions = {}): Templates => new Compiler(model, options)

/** Words for values without a role: the same for all ledgers, because what is drawn from them is keyed by the ledger's objects. */
const pools = poolsOf('values without a role')

class Compiler implements Templates {
  readonly #model: Model
  readonly #optional: NonNullable<SamplerOptions['optional']>
  readonly #samplers: ReturnType<typeof createSamplers>
  readonly #asked = new Map<Pointer, Template>()
  readonly #templates = new Map<Shape, Template>()
  readonly #withRoles = new Map<Shape, boolean>()
  /** Whether samplers are made at once, not when the first value is drawn. */
  #isAhead = false

  constructor(model: Model, options: TemplateOptions) {
    const { optional = model.representation.optional ?? 'realistic' } = options
    this.#model = model
    this.#optional = optional
    this.#samplers = createSamplers(model.document, {
      suggest: suggestionsOf(pools, { isFull: optional === 'all' }),
      presence: writtenPresence,
      ...options,
      optional,
      direction: 'response',
      locate: model.locate,
    })
  }

  at(pointer: Pointer): Template {
    const known = this.#asked.get(pointer)
    if (known) return known
    const shape = this.#model.shape(pointer)
    const template = shape.binding?.role === 'invoice' ? this.#contentsOf(shape) : this.#templateOf(shape)
    this.#asked.set(pointer, template)
    return template
  }

  prepare(pointer: Pointer): void {
    this.#isAhead = true
    try {
      this.at(pointer)
    } finally {
      this.#isAhead = false
    }
  }

  #templateOf(shape: Shape): Template {
    const known = this.#templates.get(shape)
    if (known) return known
    let real: Template | undefined
    // A ring meets this stand-in while the real template is still being compiled.
    this.#templates.set(shape, {
      build: (context) => (real as Template).build(context),
      write: (context) => (real as Template).write(context),
    })
    try {
      real = this.#compile(shape)
    } catch (error) {
      // Asking again throws again.
      this.#templates.delete(shape)
      throw error
    }
    this.#templates.set(shape, real)
    return real
  }

  #compile(shape: Shape): Template {
    const { document, representation } = this.#model
    const { binding } = shape
    const schema = leafAt(document, shape.pointer)
    if (schema.constant) return constantTemplate(schema.constant.value)
    if (!binding) return this.#contentsOf(shape)
    if (binding.term.kind === 'list') return listTemplate(binding, this.#itemOf(shape))
    if (binding.term.kind === 'entity')
      return rememberingTemplate(entityTemplate(binding, this.#contentsOf(shape)), binding, shape)
    const template = roleTemplate(roleValueOf(binding), encoderOf(binding, schema, representation))
    return this.#fitting(template, binding, shape)
  }

  /** Returns the template of what stands at a shape, its own binding aside. */
  #contentsOf(shape: Shape): Template {
    if (shape.keyed) return keyedTemplate(shape.keyed, this.#model.representation)
    if (!this.#hasRoles(shape)) return this.#sampled(shape.pointer)
    if (shape.properties.size > 0) return objectTemplate(this.#membersOf(shape))
    if (!shape.items) return this.#sampled(shape.pointer)
    const item = this.#itemOf(shape)
    return saysAmountsOf(shape.items) ? singleTemplate(item) : fewTemplate(item, shape.pointer)
  }

  #itemOf({ items }: Shape): Template {
    return items ? this.#contentsOf(items) : constantTemplate({})
  }

  #membersOf(shape: Shape): Member[] {
    const { properties, required } = statedProperties(this.#model.document, shape.pointer)
    return [...properties].flatMap(([name, pointer]) => {
      const child = shape.properties.get(name)
      const isRequired = required.has(name)
      if (!child || (this.#optional === 'none' && !isRequired)) return []
      return this.#memberOf(name, pointer, child, isRequired) ?? []
    })
  }

  #memberOf(name: string, pointer: Pointer, child: Shape, isRequired: boolean): Member | undefined {
    const { nullable: mayBeNull, constant } = leafAt(this.#model.document, pointer)
    const common = { name, isRequired, presence: 1, salt: hashText(pointer) }
    if (this.#isNeutral(pointer)) {
      if (!isRequired) return undefined
      return { ...common, template: this.#neutral(pointer, mayBeNull), nullable: mayBeNull, isBound: false }
    }
    const isBound = child.binding !== undefined || child.keyed !== undefined || this.#hasRoles(child)
    // What carries a role is plain; elsewhere combinators may forbid after all what a type allows.
    const nullable = mayBeNull && (isBound || this.#isPlain(pointer) || this.#samplers(pointer).accepts(null))
    // Places that share a schema have names of their own, and values of their own.
    const template = isBound || constant ? this.#templateOf(child) : this.#sampled(pointer, templateFor(pointer))
    return {
      ...common,
      template,
      // Where all are shown, what the ledger does not have is null.
      isRequired: isRequired || this.#optional === 'all',
      nullable,
      isBound,
      fallback: isRequired && !nullable && child.binding ? this.#sampled(pointer) : undefined,
      presence: isBound || isRequired ? 1 : this.#presenceAt(pointer),
    }
  }

  /** What stands beside amounts with roles, and has none, says nothing against them: null, zero or none. */
  #neutral(pointer: Pointer, nullable: boolean): Template {
    const { accepts } = this.#samplers(pointer)
    const value = [...(nullable ? [null] : []), 0, '0', '0.00', []].find(accepts)
    return value === undefined ? this.#sampled(pointer) : constantTemplate(value)
  }

  #isNeutral(pointer: Pointer): boolean {
    const place = atPointer(this.#model.document, pointer)
    return isObject(place) && place['x-neutral'] === true
  }

  #isPlain(pointer: Pointer): boolean {
    return !/"(?:allOf|oneOf|not|if)":/.test(JSON.stringify(resolve(this.#model.document, pointer).value))
  }

  #presenceAt(pointer: Pointer): number {
    const { value } = resolve(this.#model.document, pointer)
    const { name = '', parents = [] } = standingOf(pointer)
    return writtenPresence({ name, parents, schema: isObject(value) ? value : {} })
  }

  /**
   * A text that a pattern or a list of words forbids gives way to one that they allow, and a code to the first of its list, so that it is
   * the same everywhere; a number that is not of its list is left out.
   */
  #fitting(template: Template, { term: { kind }, values }: Binding, { pointer }: Shape): Template {
    const { value: schema } = resolve(this.#model.document, pointer)
    if (!isObject(schema) || (schema.pattern === undefined && schema.enum === undefined)) return template
    const isCode = kind === 'code' && values === undefined
    if (kind !== 'text' && !(schema.enum && (isCode || numbers.has(kind)))) return template
    const [first] = isCode ? (schema.enum as unknown[]) : []
    const other = kind === 'text' ? this.#sampled(pointer) : first === undefined ? undefined : constantTemplate(first)
    const build = (context: AnswerContext): unknown => {
      const value = template.build(context)
      return value === undefined || this.#samplers(pointer).accepts(value) ? value : other?.build(context)
    }
    return {
      build,
      write(context) {
        const value = build(context)
        return value === undefined ? '' : JSON.stringify(value)
      },
    }
  }

  /** Most places are not there in most objects: a sampler is made when the first value is drawn from it. */
  #sampled(pointer: Pointer, templateOf = drawnTemplate): Template {
    let made: Sampler | undefined
    const sampler = (): Sampler => (made ??= this.#samplers(pointer, standingOf(pointer)))
    if (this.#isAhead) sampler()
    return templateOf((random) => {
      const { sample, accepts } = sampler()
      const value = sample(random)
      return typeof value === 'object' && value !== null ? agree(value, { accepts, pools }) : value
    }, hashText(pointer))
  }

  /** Tells whether a role stands anywhere below a shape; shapes may be rings. */
  #hasRoles(shape: Shape): boolean {
    const known = this.#withRoles.get(shape)
    if (known !== undefined) return known
    const seen = new Set<Shape>()
    const reaches = (here: Shape): boolean => {
      if (here.binding || here.keyed) return true
      if (seen.has(here)) return false
      seen.add(here)
      return [...here.properties.values(), ...(here.items ? [here.items] : [])].some(reaches)
    }
    const found = reaches(shape)
    this.#withRoles.set(shape, found)
    return found
  }
}

const numbers = new Set<Kind>(['rate', 'ratio', 'count', 'quantity', 'amount'])

/** Returns the name of a property and the names above it, the schema's own first, as its pointer tells them. */
function standingOf(pointer: Pointer): SchemaName {
  const steps = split(pointer)
  const names = steps.filter(
    (_, index) => index > 0 && (steps[index - 1] === 'properties' || (steps[index - 1] === 'schemas' && index === 2)),
  )
  return { name: names.at(-1) ?? '', parents: names.slice(0, -1) }
}

const identifying = new Set(['id', 'identifier', 'uuid', 'key', 'token', 'number', 'reference', 'hash'])

/** What identifies its object has a value for each; other values may recur. What refers to another object may recur: many do. */
function templateFor(pointer: Pointer): typeof drawnTemplate {
  const { name = '', parents = [] } = standingOf(pointer)
  const words = nameWords(name)
  const word = words.at(-1) ?? ''
  const owner = nameWords(parents.at(-1) ?? '').join(' ')
  const isOwn = words.length === 1 || word === 'number' || owner.endsWith(words.slice(0, -1).join(' '))
  return identifying.has(word) && isOwn ? drawnTemplate : pooledTemplate
}
