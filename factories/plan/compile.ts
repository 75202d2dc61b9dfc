import { atPointer, isObject, resolve, saysAmountsOf, split } from '../../spec/index.ts'
import type { Binding, Entity, Kind, Model, Pointer, Shape } from '../../spec/index.ts'
import { poolsOf } from '../ledger/pools.ts'
import { hashText, mix2, Random } from '../random.ts'
import { createSamplers } from '../sample/sampler.ts'
import type { Sampler, SamplerOptions, Standing } from '../sample/sampler.ts'
import { agree } from '../semantics/pairs.ts'
import { written } from '../semantics/presence.ts'
import { suggestionsOf } from '../semantics/suggestions.ts'
import { roleValueOf } from '../values/value.ts'
import { encoderOf } from './encode.ts'
import { within } from './entity.ts'
import type { Frame } from './frame.ts'
import { keyedNode } from './keyed.ts'
import { leafAt } from './leaf.ts'
import { constant } from './node.ts'
import type { Node } from './node.ts'
import { objectNode } from './object.ts'
import type { Member } from './object.ts'
import { partsOf } from './parts.ts'
import { drawnNode, identifies, pooledNode } from './pooled.ts'
import { memoised } from './recurring.ts'
import { scalarNode } from './scalar.ts'

export interface PlanOptions extends Pick<SamplerOptions, 'optional' | 'suggest'> {
  /** Times that an object is written before code is made for it, where that is allowed; 40 unless given, `Infinity` for never. */
  readonly generateAfter?: number
}

/** Gives the node of a schema. With `ahead`, all that it needs is made at once, so that what cannot be made is known before anybody asks. */
export type Plan = (pointer: Pointer, how?: { readonly ahead?: boolean }) => Node

/**
 * Returns a function that gives the node of any schema of the model. What carries a role takes its value from the
 * ledger; what carries none takes one from the sampler, keyed by the nearest business object.
 * @throws Failure for a schema that nothing can satisfy.
 */
export function compilePlan(model: Model, options: PlanOptions = {}): Plan {
  const { document, representation } = model
  const { optional = representation.optional ?? 'realistic' } = options
  const nodes = new Map<Shape, Node>()
  const withRoles = rolesInside()
  let isAhead = false
  const suggest = suggestionsOf(words, { isFull: optional === 'all' })
  const samplers = createSamplers(document, {
    suggest,
    presence: written,
    ...options,
    optional,
    direction: 'response',
    locate: model.locate,
  })

  function nodeOf(shape: Shape): Node {
    const known = nodes.get(shape)
    if (known) return known
    let real: Node | undefined
    // A ring meets this stand-in while the real node is still being compiled.
    nodes.set(shape, { build: (frame) => (real as Node).build(frame), write: (frame) => (real as Node).write(frame) })
    try {
      real = compileNode(shape)
    } catch (error) {
      // Whoever asks again is told again.
      nodes.delete(shape)
      throw error
    }
    nodes.set(shape, real)
    return real
  }

  function compileNode(shape: Shape): Node {
    const leaf = leafAt(document, shape.pointer)
    const { binding } = shape
    if (leaf.constant) return constant(leaf.constant.value)
    if (binding?.term.kind === 'list') return listNode(binding, itemOf(shape))
    if (binding?.term.kind === 'entity') return entityNode(binding, shape)
    if (binding)
      return fitting(scalarNode(roleValueOf(binding), encoderOf(binding, leaf, representation)), binding, shape)
    return insideOf(shape)
  }

  function insideOf(shape: Shape): Node {
    if (shape.keyed) return keyedNode(shape.keyed, representation)
    if (!withRoles(shape)) return sampled(shape.pointer)
    if (shape.properties.size > 0) return objectNode(membersOf(shape), options)
    if (shape.items && saysAmountsOf(shape.items)) return listOfOne(itemOf(shape))
    return shape.items ? someOf(itemOf(shape), shape.pointer) : sampled(shape.pointer)
  }

  const itemOf = (shape: Shape): Node => (shape.items ? insideOf(shape.items) : constant({}))

  function membersOf(shape: Shape): Member[] {
    const { properties, required } = partsOf(document, shape.pointer)
    return [...properties].flatMap(([name, pointer]): Member[] => {
      const child = shape.properties.get(name)
      if (!child || (optional === 'none' && !required.has(name))) return []
      const { nullable: mayBeNull, constant: fixed } = leafAt(document, pointer)
      const isRequired = required.has(name)
      if (isNeutral(pointer)) return neutralMember(name, pointer, isRequired, mayBeNull)
      const isBound = child.binding !== undefined || child.keyed !== undefined || withRoles(child)
      // What carries a role is plain; elsewhere combinators may forbid after all what a type allows.
      const nullable = mayBeNull && (isBound || isPlain(pointer) || samplers(pointer).accepts(null))
      // Places that share a schema have names of their own, and values of their own.
      const node =
        isBound || fixed
          ? nodeOf(child)
          : sampled(pointer, identifies(name, standingOf(pointer).parents?.at(-1) ?? '') ? drawnNode : pooledNode)
      const fallback = isRequired && !nullable && child.binding ? sampled(pointer) : undefined
      // Where all are shown, what the ledger does not have is null.
      return [
        {
          name,
          node,
          isRequired: isRequired || optional === 'all',
          nullable,
          isBound,
          fallback,
          presence: isBound || isRequired ? 1 : presenceAt(pointer),
          salt: hashText(pointer),
        },
      ]
    })
  }

  /** What stands beside amounts with roles, and has none, says nothing against them: it is left out, null or zero. */
  function neutralMember(name: string, pointer: Pointer, isRequired: boolean, nullable: boolean): Member[] {
    if (!isRequired) return []
    const { accepts } = samplers(pointer)
    const value = [...(nullable ? [null] : []), 0, '0', '0.00', []].find(accepts)
    const node = value === undefined ? sampled(pointer) : constant(value)
    return [{ name, node, isRequired, nullable, isBound: false, presence: 1, salt: hashText(pointer) }]
  }

  const isNeutral = (pointer: Pointer): boolean => {
    const place = atPointer(document, pointer)
    return isObject(place) && place['x-neutral'] === true
  }

  const isPlain = (pointer: Pointer): boolean =>
    !/"(?:allOf|oneOf|not|if)":/.test(JSON.stringify(resolve(document, pointer).value))

  function presenceAt(pointer: Pointer): number {
    const { value } = resolve(document, pointer)
    const { name = '', parents = [] } = standingOf(pointer)
    return written({ name, parents, schema: isObject(value) ? value : {} })
  }

  function entityNode(binding: Binding, shape: Shape): Node {
    const inner = insideOf(shape)
    const get = roleValueOf(binding)
    const entity = binding.term.of as Entity
    const node: Node = {
      build(frame) {
        const item = get(frame)
        return item === undefined || item === null ? undefined : within(frame, entity, item, inner.build)
      },
      write(frame) {
        const item = get(frame)
        return item === undefined || item === null ? '' : within(frame, entity, item, inner.write)
      },
    }
    return memoised(node, binding, shape, get)
  }

  /**
   * A text that a pattern or a list of words forbids gives way to one that they allow, and a code to the first of its list, so that it is
   * the same everywhere; a number that is not of its list is left out.
   */
  function fitting(node: Node, { term: { kind }, values }: Binding, { pointer }: Shape): Node {
    const { value: schema } = resolve(document, pointer)
    if (!isObject(schema) || (schema.pattern === undefined && schema.enum === undefined)) return node
    const isCode = kind === 'code' && values === undefined
    if (kind !== 'text' && !(schema.enum && (isCode || numbers.has(kind)))) return node
    const [first] = isCode ? (schema.enum as unknown[]) : []
    const other = kind === 'text' ? sampled(pointer) : first === undefined ? undefined : constant(first)
    const build = (frame: Frame): unknown => {
      const value = node.build(frame)
      return value === undefined || samplers(pointer).accepts(value) ? value : other?.build(frame)
    }
    return {
      build,
      write(frame) {
        const value = build(frame)
        return value === undefined ? '' : JSON.stringify(value)
      },
    }
  }

  /** Most places are not there in most objects: a sampler is made when the first value is drawn from it. */
  function sampled(pointer: Pointer, nodeFor = drawnNode): Node {
    let made: Sampler | undefined
    const sampler = (): Sampler => (made ??= samplers(pointer, standingOf(pointer)))
    if (isAhead) sampler()
    return nodeFor((random) => {
      const { sample, accepts } = sampler()
      const value = sample(random)
      return typeof value === 'object' && value !== null ? agree(value, { accepts, pools: words }) : value
    }, hashText(pointer))
  }

  return (pointer, { ahead = false } = {}) => {
    const shape = model.shape(pointer)
    isAhead = ahead
    return shape.binding?.term.kind === 'entity' && shape.binding.role === 'invoice' ? insideOf(shape) : nodeOf(shape)
  }
}

/** Words for values without a role: the same for all ledgers, because what is drawn from them is keyed by the ledger's objects. */
const words = poolsOf('values without a role')

/** Returns the name of a property and the names above it, the schema's own first, as its pointer tells them. */
function standingOf(pointer: Pointer): Standing {
  const steps = split(pointer)
  const names = steps.filter(
    (_, index) => index > 0 && (steps[index - 1] === 'properties' || (steps[index - 1] === 'schemas' && index === 2)),
  )
  return { name: names.at(-1) ?? '', parents: names.slice(0, -1) }
}

const numbers = new Set<Kind>(['rate', 'ratio', 'count', 'quantity', 'amount'])

function listNode(binding: Binding, inner: Node): Node {
  const get = roleValueOf(binding)
  const entity = binding.term.of as Entity
  return {
    build: (frame) =>
      (get(frame) as readonly unknown[] | undefined)?.map((item) => within(frame, entity, item, inner.build)),
    write(frame) {
      const items = get(frame) as readonly unknown[] | undefined
      if (!items) return ''
      let text = '['
      for (const item of items) text += (text === '[' ? '' : ',') + within(frame, entity, item, inner.write)
      return `${text}]`
    },
  }
}

/** An array whose items carry roles although it has none itself holds one or two of them. */
function someOf(inner: Node, pointer: Pointer): Node {
  const salt = hashText(pointer)
  const each = <T>(frame: Frame, make: (frame: Frame) => T): T[] => {
    const { key } = frame
    const items = [...Array(new Random(mix2(key, salt)).int(1, 2)).keys()].map((index) => {
      frame.key = mix2(key ^ salt, index)
      return make(frame)
    })
    frame.key = key
    return items
  }
  return { build: (frame) => each(frame, inner.build), write: (frame) => `[${each(frame, inner.write).join()}]` }
}

/** An array whose items say the amounts of the whole invoice holds one. */
const listOfOne = ({ build, write }: Node): Node => ({
  build: (frame) => [build(frame)],
  write: (frame) => `[${write(frame)}]`,
})

/** Returns a test for roles anywhere below a shape; shapes may be rings. */
function rolesInside(): (shape: Shape) => boolean {
  const known = new Map<Shape, boolean>()
  const reaches = (shape: Shape, seen: Set<Shape>): boolean => {
    if (shape.binding || shape.keyed) return true
    if (seen.has(shape)) return false
    seen.add(shape)
    return [...shape.properties.values(), ...(shape.items ? [shape.items] : [])].some((child) => reaches(child, seen))
  }
  return (shape) => {
    const answer = known.get(shape) ?? reaches(shape, new Set())
    known.set(shape, answer)
    return answer
  }
}
