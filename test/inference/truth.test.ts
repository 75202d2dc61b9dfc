import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { load } from '../../spec/load.ts'

const folder = join(import.meta.dirname, 'documents')
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.truth.yaml'))
  .map((file) => file.replace('.truth.yaml', ''))

/** Of a document: roles that were found, places bound to another role than the truth's, and roles that were not found. */
function held(name: string) {
  const truth = new Map(
    Object.entries(parse(readFileSync(join(folder, `${name}.truth.yaml`), 'utf8')) as Record<string, string | null>),
  )
  const { inferred } = load(join(folder, `${name}.yaml`), { overlays: [] })
  const said = new Map((inferred?.bindings ?? []).map(({ pointer, annotation }) => [pointer, annotation.role]))
  const plain = (role: string | null | undefined): string | undefined => role?.replace(/^(?:buyer|seller)\./, 'party.')
  const judged = [...said].filter(([pointer]) => truth.has(pointer))
  return {
    right: judged.filter(([pointer, role]) => plain(truth.get(pointer)) === plain(role)).length,
    wrong: judged.filter(([pointer, role]) => plain(truth.get(pointer)) !== plain(role)),
    hasRoles: [...truth.values()].some((role) => role !== null),
    missed: [...truth].filter(([pointer, role]) => role !== null && !said.has(pointer)),
  }
}

describe('roles inferred from documents in other conventions', () => {
  it.each(names)('of %s are those that its truth states', (name) => {
    const { right, wrong, missed, hasRoles } = held(name)
    expect(wrong).toEqual([])
    expect(right / Math.max(1, right + missed.length), missed.join('\n')).toBeGreaterThanOrEqual(hasRoles ? 0.9 : 0)
  })
})
