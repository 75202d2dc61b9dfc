// Chooses a media type by the `Accept` header (RFC 9110, 12.5.1).

import { isJson } from './operation.ts'

interface Range {
  /** Lower case, without parameters. */
  readonly type: string
  /** With its parameters, `q` left out. */
  readonly full: string
  readonly quality: number
}

/**
 * Returns which of the media types that can be sent an `Accept` header prefers (RFC 9110, 12.5.1), and the type as it is sent:
 * a range such as `application/*` is narrowed to a type that was asked for. Of equals JSON comes first, then what is no range, then
 * the order given. No
 * header, and one that names nothing readable, accept everything; `q=0` refuses; who accepts some JSON is sent
 * what there is: nearly every client says so without thinking of it.
 */
export function acceptable(
  accept: string | null | undefined,
  produced: readonly string[],
): { readonly index: number; readonly type: string } | undefined {
  const ranges = accept ? accept.split(',').flatMap((text) => parseRange(text)) : []
  const takesJson = ranges.some(({ type, quality }) => quality > 0 && isJson(type))
  const rated = produced.map((type, index) => {
    const narrowed = type.includes('*') ? narrow(type, ranges) : type
    const quality = ranges.length === 0 ? 1 : qualityOf(ranges, narrowed)
    const isJsonLike = isJson(narrowed) || /^(?:application|\*)\/\*/.test(narrowed)
    return { index, type: narrowed, quality: quality || (takesJson ? 0.0001 : 0), isJsonLike }
  })
  return rated
    .filter(({ quality }) => quality > 0)
    .sort(
      (left, right) =>
        right.quality - left.quality ||
        Number(right.isJsonLike) - Number(left.isJsonLike) ||
        starsIn(produced[left.index]) - starsIn(produced[right.index]),
    )[0]
}

const starsIn = (type = ''): number => type.split('*').length

function parseRange(text: string): Range[] {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  if (!/^[^\s/]+\/[^\s/]+$/.test(type)) return []
  const stated = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  const quality = Number(stated ?? 1)
  const full = [type, ...parameters.filter((parameter) => !parameter.startsWith('q='))].join(';')
  return [{ type, full, quality: Number.isNaN(quality) ? 1 : quality }]
}

/** The most specific range that covers a type decides. */
function qualityOf(ranges: readonly Range[], produced: string): number {
  const parts = produced.split(';').map((part) => part.trim().toLowerCase())
  const [type = ''] = parts
  const exact = ranges.find(({ full }) => parts.length > 1 && full === parts.join(';'))
  if (exact) return exact.quality
  const covering = type.includes('*') ? ['*/*'] : [type, `${type.split('/')[0]}/*`, '*/*']
  for (const pattern of covering) {
    const range = ranges.find((candidate) => candidate.type === pattern)
    if (range) return range.quality
  }
  return 0
}

/** Returns the type within a range that is asked for most, or the range. */
function narrow(documented: string, ranges: readonly Range[]): string {
  const main = documented.split('/')[0]
  const asked = ranges
    .filter(({ type, quality }) => quality > 0 && !type.includes('*') && (main === '*' || type.startsWith(`${main}/`)))
    .sort((left, right) => right.quality - left.quality)
  return (asked.find(({ type }) => isJson(type)) ?? asked[0])?.type ?? documented
}
