import { isObject } from '../spec/index.ts'
import type { Model } from '../spec/index.ts'

/** An address below which an API is served. */
export interface Base {
  /** Any origin, where it is missing. */
  readonly origin?: string
  /** Without a slash at the end. */
  readonly path: string
}

/** Returns where a document says that it is served. Longest paths first, so that `/api/v1` is not taken for a path of the document below `/api`; the bare path comes last. */
export function documentedBases({ document }: Model): Base[] {
  const servers = Array.isArray(document.servers) ? document.servers.filter(isObject) : []
  const paths = servers.map((server) => baseOf(substitute(server)).path)
  return [...new Set([...paths, ''])].sort((left, right) => right.length - left.length).map((path) => ({ path }))
}

function substitute({ url, variables }: Record<string, unknown>): string {
  return (typeof url === 'string' ? url : '').replace(/\{([^{}]+)\}/g, (text, name: string) => {
    const variable = isObject(variables) ? variables[name] : undefined
    return isObject(variable) ? String(variable.default) : text
  })
}

/** Returns the origin and path of an address; without an origin, any will do. */
export function baseOf(url: string): Base {
  const isAbsolute = URL.canParse(url)
  const { origin, pathname } = new URL(isAbsolute ? url : `http://localhost/${url.replace(/^\/+/, '')}`)
  return { ...(isAbsolute && { origin }), path: pathname.replace(/\/+$/, '') }
}
