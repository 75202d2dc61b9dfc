import { isJson } from './operation.ts'

interface Range {
  readonly type: string
  readonly quality: number
}

/**
 * Tells whether an `Accept` header lets a JSON answer through (RFC 9110, 12.5.1). No header, and one that names nothing
 * readable, accept everything; `q=0` refuses.
 * @param produced media type of the answer; any other JSON type that is accepted will do as well
 */
export function acceptsJson(accept: string | null | undefined, produced = 'application/json'): boolean {
  if (!accept || accept === '*/*' || accept === produced) return true
  const ranges = accept.split(',').flatMap((text) => parseRange(text))
  if (ranges.length === 0) return true
  return qualityOf(ranges, produced) > 0 || ranges.some(({ type, quality }) => quality > 0 && isJson(type))
}

function parseRange(text: string): Range[] {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  if (!/^[^\s/]+\/[^\s/]+$/.test(type)) return []
  const stated = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  const quality = Number(stated ?? 1)
  return [{ type, quality: Number.isNaN(quality) ? 1 : quality }]
}

/** The most specific range that covers a type decides. */
function qualityOf(ranges: readonly Range[], produced: string): number {
  const type = (produced.split(';')[0] as string).trim().toLowerCase()
  const covering = [type, `${type.split('/')[0]}/*`, '*/*']
  for (const pattern of covering) {
    const range = ranges.find((candidate) => candidate.type === pattern)
    if (range) return range.quality
  }
  return 0
}
