import type { Clue } from './clue.ts'
import type { Draw } from './meaning.ts'
import { chanceOf } from './topics/flags.ts'
import { titleOf } from './words.ts'

const words = ['Standard', 'General', 'Regular', 'Primary', 'Regional', 'Extended', 'Basic'] as const

/** Returns a source of values that stand out nowhere, for names that mean nothing to us; `undefined` where the sampler does as well. */
export function guess(clue: Clue): ((draw: Draw) => unknown) | undefined {
  const { types, format, schema, isOpen } = clue
  if (isOpen) return () => null
  if (types.has('string')) return format !== '' || typeof schema.pattern === 'string' ? undefined : wordOf
  if (types.has('integer')) return ({ random }) => 1 + Math.floor(random.float() ** 2 * 24)
  if (types.has('number')) return ({ random }) => random.int(4, 4_000) / 4
  return undefined
}

function wordOf({ random, clue }: Draw): string {
  if (['is', 'has', 'can', 'should', 'was'].includes(clue.words[0] ?? ''))
    return spellTruth(random.chance(chanceOf(clue)), clue.description)
  const last = clue.words.at(-1)
  if (last === 'code' || last === 'key') return `${random.pick(['STD', 'GEN', 'REG', 'EXT'])}-${random.int(100, 999)}`
  if (last === 'name') return titleOf([random.pick(words).toLowerCase(), ...clue.words.slice(0, -1)])
  return random.pick(words)
}

/** Some write Python's True. */
const spellTruth = (truth: boolean, description: string): string =>
  description.startsWith('`true`') && !description.includes('lower') ? (truth ? 'True' : 'False') : String(truth)
