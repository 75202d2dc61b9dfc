import { resourcesOf, suggest } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import { misuse } from '../misuse.ts'

const most = 100_000

/**
 * Returns models whose resources have as many items as `--rows plans=200` says.
 * @throws Misuse for a resource that none of them has, and for what is no number of items.
 */
export function withRows(
  models: readonly Model[],
  given: Readonly<Record<string, string>> | undefined,
): readonly Model[] {
  const stated = Object.entries(given ?? {})
  if (stated.length === 0) return models
  const namesIn = (model: Model): readonly string[] => resourcesOf(model).resources.map(({ name }) => name)
  const all = models.map((model) => ({ model, names: namesIn(model) }))
  for (const [name, count] of stated) {
    if (!/^\d+$/.test(count) || Number(count) > most)
      throw misuse(`--rows ${name}`, { expected: `a whole number, at most ${most}`, received: JSON.stringify(count) })
    const known = all.flatMap(({ names }) => names)
    if (!known.includes(name))
      throw misuse('--rows', {
        expected: 'a resource of what is served',
        received: JSON.stringify(name),
        cure: suggest(name, known) || `Known are: ${known.join(', ')}.`,
      })
  }
  return all.map(({ model, names }) => {
    const own = stated.filter(([name]) => names.includes(name)).map(([name, count]) => [name, Number(count)] as const)
    if (own.length === 0) return model
    const rows = { ...model.representation.rows, ...Object.fromEntries(own) }
    return { ...model, representation: { ...model.representation, rows } }
  })
}
