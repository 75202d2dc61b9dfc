import { conformance, judge } from '../../contracts/index.ts'
import type { AskedFor, Conformance, Violation } from '../../contracts/index.ts'
import { parseDay } from '../../spec/index.ts'
import type { Day, Model } from '../../spec/index.ts'
import type { Answered } from './client.ts'

/** How many seeds property tests try; more with PROFORMA_SEEDS. */
export const seedCount = Number(process.env.PROFORMA_SEEDS ?? 3)

/** Returns so many seeds, always the same. */
export const seeds = (count = seedCount): number[] => Array.from({ length: count }, (_, index) => index * 7919 + 42)

/** The day of the books unless a test says otherwise. */
export const today = parseDay('2026-01-15') as Day

/** Holds the answers of one API against its document and the laws. */
export interface Exam {
  /** Returns what is wrong with an answer, a line each. */
  of(answered: Answered, options?: { readonly asked?: AskedFor; readonly today?: Day }): string[]
  /** How many objects each law has judged so far. */
  readonly applied: Map<string, number>
}

const examiners = new WeakMap<Model, Conformance>()

/** Returns an exam that has judged nothing yet. */
export function examOf(model: Model): Exam {
  const document = examiners.get(model) ?? conformance(model)
  examiners.set(model, document)
  const applied = new Map<string, number>()
  return {
    applied,
    of({ operation, status, headers, text, json, schema }, { asked, today: day = today } = {}) {
      const unfit = document.response(operation, { status, headers, body: text, method: operation.method })
      const unlawful =
        schema === undefined || status >= 300
          ? []
          : lawful(model, schema, json, { today: day, ...(asked && { asked }) })
      return [...unfit, ...unlawful].map(
        ({ code, pointer, expected, received }) =>
          `${operation.id} ${code} ${pointer}: expected ${expected} but received ${received}`,
      )
    },
  }

  function lawful(...[of, schema, json, options]: Parameters<typeof judge>): readonly Violation[] {
    const verdict = judge(of, schema, json, options)
    for (const [code, count] of Object.entries(verdict.applied)) applied.set(code, (applied.get(code) ?? 0) + count)
    return verdict.violations
  }
}
