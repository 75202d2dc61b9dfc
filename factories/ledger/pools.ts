// Pools of words, filled once for each language: given names, family names, stems of company names, streets.
import type { Faker } from '@faker-js/faker'
import { faker as base } from '@faker-js/faker/locale/base'
import { mix2, Random } from '../random.ts'
import type { Seed } from '../random.ts'
import { salt } from './draw.ts'
import { languages } from './languages.ts'
import type { Language, LanguageCode, NamePart } from './languages.ts'
import { slug } from './text.ts'

/** Words of one language: what names and addresses are put together from. */
interface WordPool {
  readonly givenNames: readonly NamePart[]
  readonly familyNames: readonly NamePart[]
  /** First parts of company names, all different as host names too. */
  readonly stems: readonly NamePart[]
  readonly streets: readonly string[]
}

/** What a ledger's parties are drawn from. */
export interface Pools {
  /** Seed of all keyed draws: that of `Random.of(seed)`. */
  readonly key: number
  /** ISO 4217 codes customers are billed in; all where missing. */
  readonly currencies?: readonly string[]
  /** Returns the words of a language, filled when first asked for. */
  words(language: LanguageCode): WordPool
}

/** Returns the pools of a seed. Nothing is filled yet. */
export function poolsOf(seed: Seed, currencies?: readonly string[]): Pools {
  const { key } = Random.of(seed)
  const filled = new Map<LanguageCode, WordPool>()
  return {
    key,
    ...(currencies && { currencies }),
    words(language) {
      const pool = filled.get(language) ?? fillPool(languages[language], mix2(key, salt(`words ${language}`)))
      filled.set(language, pool)
      return pool
    },
  }
}

const sizes = { names: 300, stems: 1_800, streets: 160 }

/** Returns a language's words, drawn from those of Faker. */
export function fillPool(language: Language, seed: number): WordPool {
  const faker = fakerOf(language, seed)
  return {
    givenNames: language.givenNames ?? distinct(sizes.names, () => faker.person.firstName()),
    familyNames: language.familyNames ?? distinct(sizes.names, () => faker.person.lastName()),
    stems: stemsOf(language, faker),
    streets: [...new Set(Array.from({ length: sizes.streets }, () => language.street(faker)))],
  }
}

/** The package's entry point would load all 77 locales: the class is taken from the instance with the fewest words. */
const Own = base.constructor as typeof Faker

function fakerOf({ words }: Language, seed: number): Faker {
  const own = new Own({ locale: words?.() ?? {}, seed })
  own.setDefaultRefDate('2026-01-01T00:00:00Z')
  return own
}

/** Draws until there are enough words that differ in Latin letters, or no more turn up. */
function distinct(count: number, draw: () => string): NamePart[] {
  const words = new Map<string, NamePart>()
  for (let attempt = 0; attempt < count * 2 && words.size < count; attempt++) {
    const text = draw()
    const latin = slug(text)
    if (latin !== '') words.set(latin, words.get(latin) ?? { text, latin: text })
  }
  return [...words.values()]
}

function stemsOf({ heads, tails, and }: Language, faker: Faker): NamePart[] {
  const stems = new Map<string, NamePart>()
  for (const head of heads) for (const tail of tails) add(stems, joinHalves(head, tail))
  if (and !== undefined) addPartners(stems, and, faker)
  return faker.helpers.shuffle([...stems.values()])
}

const add = (stems: Map<string, NamePart>, stem: NamePart): unknown => stems.set(slug(stem.latin), stem)

function addPartners(stems: Map<string, NamePart>, and: string, faker: Faker): void {
  const family = faker.helpers
    .shuffle(faker.definitions.person.last_name.generic ?? [])
    .slice(0, sizes.names)
    .map((name) => ({ name, label: slug(name) }))
  for (let index = 0; index < sizes.stems * 2 && stems.size < sizes.stems; index++) {
    const [first, second] = [family[index % family.length], faker.helpers.arrayElement(family)]
    if (!first || first.label === second.label) continue
    const text = first.name + and + second.name
    stems.set(`${first.label} ${second.label}`, { text, latin: text })
  }
}

/** Halves are `text/latin` where the two differ. */
function joinHalves(head: string, tail: string): NamePart {
  const [headText = '', headLatin = headText] = head.split('/')
  const [tailText = '', tailLatin = tailText] = tail.split('/')
  return { text: headText + tailText, latin: headLatin + tailLatin }
}
