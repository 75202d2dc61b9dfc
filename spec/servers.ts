import { isObject } from './document.ts'
import type { Document } from './document.ts'

/**
 * Returns the addresses of a document's servers in its order, variables at their defaults; `/` where it names none (OpenAPI 3.1, 4.8.1).
 * What is relative is relative to where the document is served from.
 */
export function serversOf({ servers }: Document): string[] {
  const stated = Array.isArray(servers) ? servers.filter(isObject) : []
  return stated.length > 0 ? stated.map(addressOf) : ['/']
}

function addressOf({ url, variables }: Record<string, unknown>): string {
  return (typeof url === 'string' ? url : '/').replace(/\{([^{}]+)\}/g, (text, name: string) => {
    const variable = isObject(variables) ? variables[name] : undefined
    return isObject(variable) ? String(variable.default) : text
  })
}
