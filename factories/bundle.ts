// Writes the words of each language as modules, at build time.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Faker } from '@faker-js/faker'
import { faker as de } from '@faker-js/faker/locale/de'
import { faker as en } from '@faker-js/faker/locale/en'
import { faker as es } from '@faker-js/faker/locale/es'
import { faker as fr } from '@faker-js/faker/locale/fr'
import { faker as it } from '@faker-js/faker/locale/it'
import { faker as nl } from '@faker-js/faker/locale/nl'
import { faker as sv } from '@faker-js/faker/locale/sv'

/** Languages whose names of people are Faker's; those whose streets are, too. */
const people: Readonly<Record<string, Faker>> = { de, en, es, fr, it, nl, sv }
const streets: ReadonlySet<string> = new Set(['de', 'fr', 'nl', 'sv'])

/**
 * Writes the words of each language that pools are filled from, as a module. They are a twentieth of what a locale of Faker holds, and a
 * page that mocks an API would carry all of it. Run by `npm run build`.
 */
function bundle(): void {
  const target = join(import.meta.dirname, 'ledger', 'words')
  mkdirSync(target, { recursive: true })
  for (const name of readdirSync(target))
    if (!Object.hasOwn(people, name.replace('.ts', ''))) rmSync(join(target, name))
  for (const [name, faker] of Object.entries(people)) {
    const wanted = ['person.first_name', 'person.last_name', 'person.last_name_pattern']
    const words = wordsOf(faker, streets.has(name) ? [...wanted, 'location.street_pattern'] : wanted)
    writeFileSync(join(target, `${name}.ts`), moduleOf(words))
  }
}

type Words = Record<string, Record<string, unknown>>

/** Returns the wanted definitions of a locale, and those that their patterns name: `{{location.street_suffix}}`. */
function wordsOf({ rawDefinitions }: Faker, wanted: readonly string[]): Words {
  const definitions = rawDefinitions as Words
  const words: Words = {}
  const names = new Set(wanted)
  for (const name of names) {
    const [topic = '', key = ''] = name.split('.')
    const value = definitions[topic]?.[key]
    if (value === undefined) continue
    ;(words[topic] ??= {})[key] = value
    for (const [, other] of JSON.stringify(value).matchAll(/\{\{(\w+\.\w+)/g)) if (other !== undefined) names.add(other)
  }
  return words
}

/** Text, because engines read JSON faster than a literal of the same size; read when the language is first asked for. */
const moduleOf = (words: Words): string => `// Made by factories/bundle.ts from @faker-js/faker; do not edit.
import type { LocaleDefinition } from '@faker-js/faker'

export const words = (): LocaleDefinition => JSON.parse(${JSON.stringify(JSON.stringify(words))}) as LocaleDefinition
`

bundle()
