import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mockModel, Worlds } from '../../mocks/index.ts'
import type { Mock, Snapshot } from '../../mocks/index.ts'
import { builtIn } from '../../spec/index.ts'
import type { BusinessObject, Model, OperationRole } from '../../spec/index.ts'
import { digestOf } from '../support/digest.ts'
import { clientOf, idFor, pathParameter } from '../support/client.ts'

const models = [builtIn('customeros'), builtIn('nuntiq')]

interface Scene {
  readonly worlds: Worlds
  readonly mocks: readonly Mock[]
  snapshot?: Snapshot
  undo?: () => void
}

const open = (): Scene => {
  const worlds = new Worlds({ invoices: 12 })
  return { worlds, mocks: models.map((model) => mockModel(model, { worlds })) }
}

const find = ({ mocks: [first] }: Scene, index: number) => first?.business.find(index)

/** What can happen to a world. What is refused happens, too. */
const happenings: Readonly<Record<string, (scene: Scene, index: number) => unknown>> = {
  create: ({ worlds }) => worlds.first.business.create({ lines: [{ name: 'Anvil', price: 100 }] }),
  createInVain: ({ worlds }) => worlds.first.business.create({ total: 5, subtotal: 7 }),
  amend: (scene, index) => scene.worlds.first.business.amend(find(scene, index) as never, { note: `Note ${index}` }),
  intake: (scene, index) => scene.worlds.first.business.intake(find(scene, index) as never, 'failed'),
  delete: (scene, index) => scene.worlds.first.business.delete(find(scene, index) as never),
  clock: ({ mocks: [first] }, index) => first?.clock(20_460 + index),
  claim: ({ mocks }) => ask(mocks[1] as Mock, 'claim', { limit: 1 }),
  message: ({ mocks }) => ask(mocks[1] as Mock, 'message', { code: 'DISPUTED' }),
  scenario: (scene, index) => {
    scene.undo = scene.worlds.first.use(['overdue', 'single', 'unauthorized'][index % 3] as string)
  },
  undo: ({ undo }) => undo?.(),
  reset: ({ worlds }) => worlds.first.reset(),
  reseed: ({ worlds }, index) => worlds.first.reset({ books: { ...worlds.start.books, seed: index } }),
  save: (scene) => {
    scene.snapshot = scene.worlds.first.save()
  },
  restore: ({ worlds, snapshot }) => snapshot && worlds.first.restore(snapshot),
  elsewhere: ({ worlds }) => worlds.at('other').business.create({ lines: [{ name: 'Anvil', price: 100 }] }),
}

async function ask(mock: Mock, does: OperationRole, body?: object): Promise<string> {
  const client = clientOf(mock.model, mock.fetch)
  const operation = client.find(does)
  if (!operation) return ''
  const isOfOne = operation.parameters.some((one) => one.in === 'path')
  const values = isOfOne
    ? { [pathParameter(operation).name]: idFor(operation, samples.get(mock.model) as BusinessObject) }
    : {}
  const response = await mock.fetch(client.requestFor(operation, { values, ...(body && { body }) }))
  return `${response.status} ${await response.text()}`
}

/** An invoice of each API. */
const samples = new Map<Model, BusinessObject>()

const answers = async ({ mocks }: Scene): Promise<string> =>
  digestOf(
    (
      await Promise.all(
        mocks.flatMap((mock) => (['list', 'get', 'messages', 'changes'] as const).map((does) => ask(mock, does))),
      )
    ).join('\n'),
  )

describe('the version of a world', () => {
  it('never stays while an answer changes, and stays while nothing happens', async () => {
    for (const model of models)
      for (const invoice of await clientOf(model, mockModel(model, { invoices: 12 }).fetch).some(1))
        samples.set(model, invoice)
    const steps = fc.array(fc.tuple(fc.constantFrom(...Object.keys(happenings)), fc.nat(11)), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const scene = open()
        const known = new Map([[scene.worlds.first.version, await answers(scene)]])
        for (const [name, index] of taken) {
          await Promise.resolve()
            .then(() => happenings[name]?.(scene, index))
            .catch(() => undefined)
          const { version } = scene.worlds.first
          const told = await answers(scene)
          expect([version, told]).toEqual([version, known.get(version) ?? told])
          expect(scene.worlds.first.version).toBe(version)
          known.set(version, told)
        }
      }),
      { numRuns: 25 },
    )
  })
})
