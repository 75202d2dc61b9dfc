import { suggest } from '../spec/index.ts'
import { misuse } from './misuse.ts'

/** Returns the word that an option states. @throws Misuse, with a suggestion, for none of those it knows. */
export function word<W extends string>(option: string, text: string, words: readonly W[]): W {
  const known = words.find((candidate) => candidate === text)
  if (known === undefined)
    throw misuse(option, {
      expected: new Intl.ListFormat('en', { type: 'disjunction' }).format(words),
      received: JSON.stringify(text),
      cure: suggest(text, words),
    })
  return known
}
