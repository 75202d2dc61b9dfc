import { hasFormat, includes } from '../../spec/index.ts'
import type { Random } from '../random.ts'
import { texts } from './formats.ts'
import type { Form } from './form.ts'
import { compileText } from './pattern/text.ts'
import type { DrawText } from './pattern/text.ts'

const lorem =
  `lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua enim ad minim
veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in reprehenderit voluptate velit esse cillum
fugiat nulla pariatur excepteur sint occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum`.split(
    /\s+/,
  )

/** Texts that must be longer than this are refused. */
const longest = 1_000_000

/** Returns a source of texts that keep to a form, if it leaves any that are short enough; it gives `undefined` where none was found. */
export function compileString(form: Form): DrawText | undefined {
  const {
    texts: { formats, min, max },
    excluded,
  } = form
  if (min > longest) return undefined
  const sources = sourcesOf(form)
  const fits = (text: string): boolean => {
    if (min === 0 && max === Infinity) return true
    const length = [...text].length
    return length >= min && length <= max
  }
  /** The likeliest texts of a format need no second look. */
  const isSure = (index: number): boolean => index === 0 && formats.length < 2
  const keeps = (text: string, index: number): boolean =>
    fits(text) &&
    (excluded.length === 0 || !includes(excluded, text)) &&
    (isSure(index) || formats.every((format) => hasFormat(format, text)))
  return (random) => {
    for (const [index, source] of sources.entries()) {
      for (let turn = 0; turn < 12; turn++) {
        const text = source(index + turn === 0 ? random : random.at(`text ${index} ${turn}`))
        if (text === undefined) break
        if (keeps(text, index)) return text
      }
    }
    return undefined
  }
}

/** Where texts may come from, the likeliest first. Patterns that look for an address get a reserved one if they allow it. */
function sourcesOf({ texts: { patterns, forbidden, formats, min, max, encoded } }: Form): DrawText[] {
  const rules = { patterns, forbidden, min, max }
  const likely = formats.length > 0 ? formats : likelyFormats(patterns, encoded)
  const wholes = likely.flatMap((format) => (Object.hasOwn(texts, format) ? (texts[format] as string[]) : []))
  const shaped = wholes.map((whole) =>
    patterns.length + forbidden.length === 0 ? textOf(whole, min, max) : compileText({ ...rules, whole }),
  )
  if (patterns.length > 0 || forbidden.length > 0) return [...shaped, compileText(rules)]
  return [...shaped, (random) => prose(random, min, max), compileText(rules)]
}

const shapes = new Map<string, DrawText>()

/** Texts of a format are looked for in many places: what finds them is made once. */
function textOf(whole: string, min: number, max: number): DrawText {
  const key = `${min} ${max} ${whole}`
  const known = shapes.get(key) ?? compileText({ patterns: [], min, max, whole })
  if (shapes.size > 500) shapes.clear()
  shapes.set(key, known)
  return known
}

function likelyFormats(patterns: readonly string[], encoded: boolean): string[] {
  if (encoded) return ['byte']
  const some = (sign: RegExp): boolean => patterns.some((pattern) => sign.test(pattern))
  return [...(some(/@/) ? ['email'] : []), ...(some(/http|:\\?\/\\?\//) ? ['uri'] : [])]
}

/** Words of nobody's language, as many as the length asks for. */
function prose(random: Random, min: number, max: number): string {
  let text = random.pick(lorem)
  for (let words = random.int(0, min > 0 ? 0 : 2); words > 0 && text.length < max; words--)
    text += ` ${random.pick(lorem)}`
  if (text.length < min) text += ` ${random.pick(lorem)}`
  if (text.length < min) text = text.padEnd(min, ` ${lorem.join(' ')}`)
  return text.length > max ? text.slice(0, max) : text
}
