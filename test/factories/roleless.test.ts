import { Ajv2020 } from 'ajv/dist/2020.js'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import { describe, expect, it } from 'vitest'
import { factoryOf } from '../../factories/index.ts'
import type { Factory } from '../../factories/index.ts'
import { compile, parseDay } from '../../spec/index.ts'
import type { Day, Document } from '../../spec/index.ts'

const today = parseDay('2026-01-15') as Day

/** A document of somebody who has not heard of roles. */
const document: Document = {
  openapi: '3.1.0',
  info: { title: 'Projects', version: '1' },
  paths: {},
  components: {
    schemas: {
      Project: {
        type: 'object',
        required: ['id', 'name', 'budget', 'members', 'owner', 'owner_id', 'start_date', 'end_date'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          name: { type: 'string', maxLength: 60 },
          budget: { type: 'number', minimum: 0, multipleOf: 0.01 },
          'odd/na~me': { type: 'string' },
          start_date: { type: 'string', format: 'date' },
          end_date: { type: 'string', format: 'date' },
          owner_id: { type: 'string', format: 'uuid' },
          owner: { $ref: '#/components/schemas/Person' },
          members: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Person' } },
        },
      },
      Person: {
        type: 'object',
        required: ['id', 'first_name', 'last_name', 'email'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          first_name: { type: 'string' },
          last_name: { type: 'string' },
          email: { type: 'string', format: 'email' },
        },
      },
    },
  },
}

interface Person {
  id: string
  first_name: string
  last_name: string
  email: string
}
interface Project {
  id: string
  name: string
  budget: number
  'odd/na~me'?: string
  start_date: string
  end_date: string
  owner_id: string
  owner: Person
  members: Person[]
}

const model = compile(document, { name: 'projects' })
const projects: Factory<Project> = factoryOf(model, { seed: 1, today, schema: 'Project' })
const ajv = new Ajv2020({ strict: false, formats: fullFormats })
const accepts = ajv.compile({
  ...(document.components as { schemas: { Project: object } }).schemas.Project,
  components: document.components,
})

describe('a factory without roles', () => {
  it('builds valid bodies that agree with themselves, each its own', () => {
    const built = projects.buildList(60)
    expect(built.filter((project) => !accepts(project))).toEqual([])
    expect(new Set(built.map(({ id }) => id)).size).toBe(60)
    expect(built.filter(({ owner, owner_id }) => owner.id !== owner_id)).toEqual([])
    expect(built.filter(({ start_date, end_date }) => start_date > end_date)).toEqual([])
    expect(
      built.filter(
        ({ owner: { email, first_name } }) =>
          !/^[a-z.-]+@[a-z.-]+\.(?:example|com|net|org)$/.test(email) || first_name === '',
      ),
    ).toEqual([])
  })

  it('takes a schema by pointer as well, and shows the optional properties it is told to', () => {
    expect(factoryOf(model, { seed: 1, today, schema: '#/components/schemas/Project' }).at(3)).toEqual(projects.at(3))
    const [all, none] = (['all', 'none'] as const).map((optional) =>
      Object.keys(projects.transient({ optional }).at(0)),
    )
    expect([all?.includes('odd/na~me'), none?.includes('odd/na~me')]).toEqual([true, false])
  })

  it('sets places by pointer and by name, to values and by functions', () => {
    const project = projects
      .override({
        name: 'Anvil',
        budget: (budget) => budget * 2,
        'odd/na~me': 'by name',
        '/members/0/email': 'ada@example.com',
        '/members/-': (_: unknown, { index }: { index: number }) => ({ id: String(index) }),
      })
      .at(4)
    const before = projects.at(4)
    expect(project).toEqual({
      ...before,
      name: 'Anvil',
      budget: before.budget * 2,
      'odd/na~me': 'by name',
      members: [{ ...before.members[0], email: 'ada@example.com' }, ...before.members.slice(1), { id: '4' }],
    })
    expect(projects.override({ '/odd~1na~0me': 'by pointer' }).at(4)['odd/na~me']).toBe('by pointer')
    expect(projects.override({ '/owner': null }).at(4).owner).toBeNull()
    expect(projects.at(4)).toEqual(before)
  })

  it.each([
    ['/nobody/name', 'received nothing there'],
    ['/members/99/email', 'received nothing there'],
    ['/members/99', 'received a list of '],
    ['/members/first', 'received a list of '],
    ['/name/first', 'above it'],
  ])('refuses to set %s', (place, received) => {
    expect(() => projects.override({ [place as '/']: 1 }).at(0)).toThrow(received)
  })

  it('refuses params that no role says the meaning of', () => {
    expect(() => projects.build({ total: '121.00' })).toThrow(
      'roles that say which of its parts are meant but received none, and params for total',
    )
  })

  it('suggests a schema that is there', () => {
    expect(() => factoryOf(model, { today, schema: 'Projct' })).toThrow('Did you mean "Project"?')
    expect(() => factoryOf(model, { today })).toThrow('name a schema')
  })
})
