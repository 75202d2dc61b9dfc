// Makes the patterns of a document ready, in whichever dialect they are written.

import type { FailureParts } from '../failure.ts'
import { hasLoop, isAnchored, isBrief, isTiny, leavesNoChoice } from './choice.ts'
import { spend } from './effort.ts'
import { followAll } from './linear.ts'
import { parsePattern, some } from './parse.ts'
import type { Syntax } from './parse.ts'

/** A pattern made ready. */
export interface Pattern {
  /** How it is written in the document. */
  readonly text: string
  /**
   * Tells whether it matches somewhere in a text, in time proportional to the text; `true` where it has a fault.
   * @throws TooMuchEffort where that is bounded and takes too long.
   */
  test(text: string): boolean
  /** Why it cannot be used. */
  readonly fault?: FailureParts
  /** Its syntax tree; missing where that is beyond the parser. */
  readonly syntax?: Syntax
}

const known = new Map<string, Pattern>()

/** Returns a pattern of a document made ready; made once. */
export function patternOf(text: string): Pattern {
  const ready = known.get(text) ?? make(text)
  if (known.size > 5_000) known.clear()
  known.set(text, ready)
  return ready
}

function make(text: string): Pattern {
  const reading = readPattern(text)
  const fault = (expected: string, why: string): Pattern => ({
    text,
    test: () => true,
    fault: { expected, received: JSON.stringify(text) + why },
  })
  if (!reading) return fault('a regular expression (ECMA-262)', '')
  const native = new RegExp(reading.source, reading.flags)
  let syntax: Syntax
  try {
    syntax = parsePattern(reading.source)
  } catch {
    // Flags inside, or syntax of a later edition: nothing is known of its time.
    return fault('a regular expression without flags inside', '')
  }
  const test = isSafe(syntax, reading)
    ? (given: string) => {
        spend(calling + given.length)
        return native.test(given)
      }
    : safely(syntax, reading)
  return test
    ? { text, test, syntax }
    : { ...fault('a regular expression (ECMA-262) that ends in time', ', which may backtrack forever'), syntax }
}

/** What it costs to ask the runtime's own matcher, beside the letters it reads. */
const calling = 20

/** Tells whether the runtime's own matcher, which backtracks, takes time proportional to the text. */
function isSafe(syntax: Syntax, { flags }: Reading): boolean {
  if (!isAnchored(syntax)) return isTiny(syntax)
  if (!hasLoop(syntax) && isBrief(syntax)) return true
  return (!hasLoop(syntax) || !some(syntax, isLooking)) && leavesNoChoice(syntax, flags)
}

const isLooking = ({ kind }: Syntax): boolean => kind === 'look' || kind === 'back'

/** Looks at the beginning are tests of their own; what is left is followed in all ways at once. */
function safely(syntax: Syntax, reading: Reading): ((text: string) => boolean) | undefined {
  if (syntax.kind === 'group') return safely(syntax.body, reading)
  const parts = syntax.kind === 'sequence' ? syntax.parts : [syntax]
  const begin = parts[0]?.kind === 'start' ? parts.findIndex(({ kind }, index) => index > 0 && kind !== 'look') : 0
  const after = begin < 0 ? parts.length : begin
  const rest = followAll({ kind: 'sequence', parts: parts.slice(after) }, reading, isAnchored(syntax))
  const tests = parts.slice(1, after).map((look) => {
    if (look.kind !== 'look' || look.behind) return undefined
    const test = followAll(look.body, reading, true)
    return test && ((text: string) => test(text) !== look.negated)
  })
  if (!rest || tests.includes(undefined)) return undefined
  return (text) => tests.every((test) => test?.(text)) && rest(text)
}

/** A pattern as the runtime takes it. */
export interface Reading {
  readonly source: string
  readonly flags: string
}

const literal = /^\/(\^.*|.*\$)\/([a-z]*)$/s
const inline = /^\(\?([ims]+)\)/

/**
 * Returns how a pattern is meant, or `undefined` where no dialect reads it: with the flag `u`, as JSON Schema asks (2020-12, 6.3.3); without
 * it where that refuses what ECMA-262 5.1 takes (`\-`, `[\w-.]`); and what other languages write: `/…/i`, `(?i)`, `(?P<name>…)`, `\A`, `\z`.
 */
function readPattern(text: string): Reading | undefined {
  const [, inside = text, flags = ''] = literal.exec(text) ?? []
  const [prefix = '', more = ''] = inline.exec(inside) ?? []
  const source = inside.slice(prefix.length)
  const kept = [...new Set(flags + more)].filter((flag) => flag === 'i' || flag === 's').join('')
  const translated = source
    .replace(/\(\?P</g, '(?<')
    .replace(/^\\A/, '^')
    .replace(/(?<!\\)((?:\\\\)*)\\[zZ]$/, '$1$')
  return [
    { source, flags: `${kept}u` },
    { source: translated, flags: `${kept}u` },
    { source: translated, flags: kept },
  ].find(isReadable)
}

function isReadable({ source, flags }: Reading): boolean {
  try {
    return Boolean(new RegExp(source, flags))
  } catch {
    return false
  }
}
