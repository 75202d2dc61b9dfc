import { existsSync, readFileSync } from 'node:fs'
import { parseDocument, stringify } from 'yaml'
import { isOverlay, driftOverlay } from '../../contracts/index.ts'
import type { Report } from '../../contracts/index.ts'
import { writeFile } from '../../seeds/index.ts'
import { failure, shellWord } from '../../spec/index.ts'
import { plural } from '../say.ts'

/**
 * Writes what answers have and the document lacks as an OpenAPI Overlay, and returns what was done. Actions are added to an
 * overlay that is there; its own stay as they are, comments included. To check with them takes the overlays in use as well.
 * @throws Failure for a file that is something else, or cannot be written.
 */
export async function writeDriftOverlay(
  path: string,
  report: Report,
  overlays: readonly string[] = [],
): Promise<string> {
  const overlayActions = driftOverlay(report.title, report.drift)
  const before = existsSync(path) ? existing(path) : undefined
  const known = new Set(before?.actions.map((action) => JSON.stringify(action)) ?? [])
  const fresh = overlayActions.actions.filter((action) => !known.has(JSON.stringify(action)))
  if (fresh.length === 0 && before) return `Nothing to add to ${path}.`
  const text = before ? before.add(fresh) : stringify(overlayActions, { lineWidth: 0 })
  await writeFile(path, once(text), { force: true })
  return `${before ? 'Added' : 'Wrote'} ${plural(fresh.length, 'action')} ${before ? 'to' : 'into'} ${path}: say ${[...new Set([...overlays, path])].map((file) => `--overlay ${shellWord(file)}`).join(' ')} to check with them.`
}

function existing(path: string): { readonly actions: readonly unknown[]; add(actions: readonly unknown[]): string } {
  const document = parseDocument(readFileSync(path, 'utf8'))
  const value: unknown = document.errors.length === 0 ? document.toJS() : undefined
  if (!isOverlay(value))
    throw failure(`update ${path}`, {
      expected: 'an OpenAPI Overlay with a list of actions, or no file',
      received: 'something else',
    })
  return {
    actions: value.actions,
    add(actions) {
      for (const action of actions) document.addIn(['actions'], document.createNode(action))
      return document.toString({ lineWidth: 0 })
    },
  }
}

async function* once(text: string): AsyncGenerator<string, void, void> {
  yield text
}
