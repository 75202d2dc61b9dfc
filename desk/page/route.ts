import { signal } from '@preact/signals'

/** What is shown, as the address says it after `#`. */
export interface Route {
  /** Parts of the path, decoded. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
}

/** Returns what an address shows. */
function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2)
  return { path: path.split('/').filter(Boolean).map(decode), query: new URLSearchParams(query) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Returns the address that shows something. */
export function hrefOf(path: readonly string[], query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
  return `#/${path.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`
}

export const route = signal(parseRoute(location.hash))

addEventListener('hashchange', () => {
  route.value = parseRoute(location.hash)
})

/** Shows something else. @param isSame stays the same entry of the history */
export function go(href: string, isSame = false): void {
  if (isSame) {
    history.replaceState(null, '', href)
    route.value = parseRoute(href)
  } else location.hash = href
}
