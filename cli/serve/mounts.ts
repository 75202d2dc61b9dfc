// Decides under which paths each API is served and reports requests that no API serves.

import { serversOf, suggest } from '../../spec/index.ts'
import type { Model } from '../../spec/index.ts'
import type { ServeSettings } from '../serve.ts'
import { warnLine } from '../output.ts'

/** The paths that an API is served under. */
export interface Mount {
  readonly prefix: string
  /** Others than that. */
  readonly also: readonly string[]
}

/** Returns where each model is served: one alone under its name, the paths of its servers and the root, several under their names. */
export function mountsOf(
  models: readonly Model[],
  { prefix, engine }: Pick<ServeSettings, 'prefix' | 'engine'>,
): readonly Mount[] {
  const stated = prefix?.replace(/^\/*(?=[^/])/, '/').replace(/\/+$/, '')
  const [only] = models
  if (models.length !== 1 || !only) return models.map(({ name }) => ({ prefix: `${stated ?? ''}/${name}`, also: [] }))
  if (stated !== undefined) return [{ prefix: stated, also: [] }]
  const own = `/${only.name}`
  const bases = engine === 'native' ? basePathsOf(only) : []
  return [{ prefix: own, also: bases.filter((path) => path !== own) }]
}

/** Returns the paths of a document's servers, the longest first, and the root last. */
function basePathsOf({ document }: Model): string[] {
  const paths = serversOf(document).map((url) => {
    const { pathname } = new URL(url, 'http://localhost')
    return pathname.replace(/\/+$/, '')
  })
  return [...new Set([...paths, ''])].toSorted((left, right) => right.length - left.length)
}

/** Requests that are told of: a client that asks for ever asks for the same. */
const most = 100

/** Returns what tells, once for each path, that nothing is served there and what is. */
export function missReporter(
  models: () => readonly Model[],
  mounts: readonly Mount[],
): (method: string, path: string) => void {
  const told = new Set<string>()
  return (method, path) => {
    const asked = path.split('?', 1)[0] as string
    if (told.size >= most || told.has(`${method} ${asked}`)) return
    told.add(`${method} ${asked}`)
    const all = models().flatMap(({ operations }, at) =>
      [mounts[at]?.prefix ?? '', ...(mounts[at]?.also ?? [])].flatMap((prefix) =>
        operations.map((operation) => filled(prefix + operation.path, asked)),
      ),
    )
    const paths = [...new Set(all)]
    const near = suggest(asked, paths)
    const served = paths.slice(0, 3).join(', ')
    const cure = near.startsWith('Did') ? near : `Served are ${served}${paths.length > 3 ? ' and others' : ''}.`
    warnLine(`Nothing is served at ${method} ${asked}. ${cure}`)
  }
}

/** Returns a documented path with what was asked for in the places of its parameters, to compare it with that. */
function filled(path: string, asked: string): string {
  const texts = asked.split('/')
  return path
    .split('/')
    .map((text, at) => (text.startsWith('{') && texts[at] ? texts[at] : text))
    .join('/')
}
