// Fills and checks x-error templates.

import { failure, isObject, join, suggest } from '../../spec/index.ts'
import type { Pointer, Problem } from '../../spec/index.ts'

/** What an error says, in words that templates can use. */
export interface ErrorFacts {
  readonly status: number
  /** Name of the status: `Not Found`. */
  readonly title: string
  /** One sentence about this case. */
  readonly detail: string
  readonly problems: readonly Problem[]
}

const factWords = ['status', 'title', 'detail'] as const
const problemWords = ['in', 'name', 'pointer', 'path', 'field', 'code', 'message', 'expected', 'received'] as const
const directives = ['$each', '$where', '$else', '$when'] as const

type Words = Readonly<Record<string, unknown>>

/**
 * Returns the body that an `x-error` template makes of an error. `{status}`, `{title}` and `{detail}` stand for the facts; a
 * text that is nothing but `{status}` becomes the number. `{ $each: item, $where: { code: required }, $else: … }` makes a list
 * with one item for each problem that matches, `$else` or nothing without any; an item may also say `{in}`, `{name}`,
 * `{pointer}`, `{path}` (a list of steps), `{field}` (its steps with dots, without the place), `{code}`, `{message}`,
 * `{expected}` and `{received}`. An object with `$when` is left out unless a problem matches.
 */
export function fillTemplate(template: unknown, facts: ErrorFacts): unknown {
  const { status, title, detail } = facts
  return fill(template, { status, title, detail }, facts.problems)
}

function fill(template: unknown, words: Words, problems: readonly Problem[]): unknown {
  if (typeof template === 'string') return fillText(template, words)
  if (Array.isArray(template))
    return template.map((item) => fill(item, words, problems)).filter((item) => item !== undefined)
  if (!isObject(template)) return template
  if ('$each' in template) return fillEach(template, words, problems)
  if ('$when' in template && !problems.some((problem) => fits(problem, template.$when))) return undefined
  const filled = Object.entries(template).map(([key, value]) => [key, fill(value, words, problems)] as const)
  return Object.fromEntries(filled.filter(([key, value]) => key !== '$when' && value !== undefined))
}

function fillEach(template: Record<string, unknown>, words: Words, problems: readonly Problem[]): unknown {
  const fitting = problems.filter((problem) => fits(problem, template.$where))
  if (fitting.length === 0) return fill(template.$else, words, problems)
  return fitting.map((problem) => {
    const path = pathOf(problem)
    return fill(template.$each, { ...words, ...problem, path, field: path.slice(1).join('.') }, problems)
  })
}

/** From the outside in: `['query', 'limit']`, `['body', 'lines', 0, 'price']`. */
function pathOf({ in: place, name, pointer }: Problem): (string | number)[] {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')))
  return place === 'body' ? [place, ...steps] : [place, name, ...steps]
}

const fits = (problem: Problem, condition: unknown): boolean =>
  !isObject(condition) ||
  Object.entries(condition).every(([key, value]) => [value].flat().includes((problem as unknown as Words)[key]))

const placeholder = /\{(\w+)\}/g

function fillText(template: string, words: Words): unknown {
  const whole = /^\{(\w+)\}$/.exec(template)?.[1]
  return whole === undefined ? template.replace(placeholder, (_, word: string) => String(words[word])) : words[whole]
}

/**
 * Checks an `x-error` template.
 * @throws Failure for a word or directive that templates do not have, with its pointer.
 */
export function checkTemplate(template: unknown, pointer: Pointer, isInEach = false): void {
  if (typeof template === 'string')
    return checkText(template, pointer, isInEach ? [...factWords, ...problemWords] : factWords)
  if (typeof template !== 'object' || template === null) return
  for (const [key, value] of Object.entries(template)) {
    const here = join(pointer, key)
    if (key.startsWith('$') && !directives.includes(key as never)) {
      throw failure(`read x-error at ${here}`, {
        expected: 'a directive of error templates',
        received: JSON.stringify(key),
        cure: suggest(key, directives),
      })
    }
    if (key === '$when' || key === '$where') checkCondition(value, here)
    else checkTemplate(value, here, isInEach || key === '$each')
  }
}

function checkText(template: string, pointer: Pointer, allowed: readonly string[]): void {
  const stranger = [...template.matchAll(placeholder)]
    .map((match) => match[1] as string)
    .find((name) => !allowed.includes(name))
  if (stranger === undefined) return
  throw failure(`read x-error at ${pointer}`, {
    expected: 'words of error templates',
    received: `"{${stranger}}"`,
    cure: suggest(stranger, allowed),
  })
}

function checkCondition(condition: unknown, pointer: Pointer): void {
  const stranger = isObject(condition)
    ? Object.keys(condition).find((key) => !problemWords.includes(key as never))
    : String(condition)
  if (stranger === undefined) return
  throw failure(`read x-error at ${pointer}`, {
    expected: 'a condition on problems',
    received: JSON.stringify(stranger),
    cure: suggest(stranger, problemWords),
  })
}
