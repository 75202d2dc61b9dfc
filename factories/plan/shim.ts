import type { Document, Locate } from '../../spec/index.ts'
import type { Random } from '../random.ts'
import { leafAt } from './leaf.ts'
export interface SamplerOptions { readonly optional?: 'all' | 'none' | 'realistic'; readonly suggest?: unknown; readonly locate?: Locate }
export const compileSampler = (document: Document, pointer: string, _options?: SamplerOptions): { sample(random: Random): unknown } => ({ sample: (random) => {
  const { types, words } = leafAt(document, pointer)
  if (words) return random.pick(words)
  if (types.has('string')) return 'text'
  if (types.has('integer') || types.has('number')) return 1
  if (types.has('boolean')) return random.chance(0.5)
  if (types.has('array')) return []
  if (types.has('object')) return {}
  return null
} })
