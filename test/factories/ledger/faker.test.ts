import { Faker as Real, generateMersenne53Randomizer } from '@faker-js/faker'
import type { Faker as RealFaker } from '@faker-js/faker'
import { describe, expect, it } from 'vitest'
import { Faker } from '../../../factories/ledger/faker.ts'
import { languages } from '../../../factories/ledger/languages.ts'
import { Mersenne } from '../../../factories/ledger/mersenne.ts'

const seeds = [0, 1, 42, 2 ** 31, 2 ** 32 - 1]
const codes = Object.values(languages)
  .filter(({ words }) => words)
  .map(({ code }) => code)
const times = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw)

describe('names and streets', () => {
  it.each(codes)('are those that Faker draws from all it knows in %s', async (code) => {
    const { faker } = (await import(`@faker-js/faker/locale/${code}`)) as { faker: RealFaker }
    const definitions = languages[code].words?.() ?? {}
    for (const seed of seeds) {
      const [real, own] = [new Real({ locale: faker.rawDefinitions, seed }), new Faker(definitions, seed)]
      expect(times(400, () => own.firstName())).toEqual(times(400, () => real.person.firstName()))
      expect(times(400, () => own.lastName())).toEqual(times(400, () => real.person.lastName()))
      if (definitions.location) expect(times(400, () => own.street())).toEqual(times(400, () => real.location.street()))
      expect(own.shuffle(own.lastNames())).toEqual(
        real.helpers.shuffle(real.definitions.person.last_name.generic ?? []),
      )
      expect(times(9, () => own.int(1, 12))).toEqual(times(9, () => real.number.int({ min: 1, max: 12 })))
      expect(times(9, () => own.pick(codes))).toEqual(times(9, () => real.helpers.arrayElement(codes)))
    }
  })

  it('come from languages that have them, streets from those that use Faker’s', () => {
    expect(codes.toSorted()).toEqual(['de', 'en', 'es', 'fr', 'it', 'nl', 'sv'])
    expect(codes.filter((code) => languages[code].words?.().location).toSorted()).toEqual(['de', 'fr', 'nl', 'sv'])
  })
})

describe('the Mersenne Twister', () => {
  it.each(seeds)('draws what Faker’s does from %i', (seed) => {
    const [real, own] = [generateMersenne53Randomizer(seed), new Mersenne(seed)]
    expect(times(2000, () => own.float())).toEqual(times(2000, () => real.next()))
  })
})
