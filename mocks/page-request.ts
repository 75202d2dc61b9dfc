/**
 * Tells whether a request is the page's own and no API's, whatever its path: a navigation, an element's file (Fetch Standard,
 * destination), what a framework asks of its server (React Server Components, Next's data), or a module of a development server.
 * A service worker hands over neither mode nor destination, so `Accept` and the path tell as well.
 */
export function isPageRequest({ mode, destination, headers, url }: Request): boolean {
  if (mode === 'navigate' || (destination ?? '') !== '') return true
  // Clients outside of a page's script, as Playwright, hand both over as headers (Fetch Metadata).
  if (headers.get('sec-fetch-mode') === 'navigate') return true
  const stated = headers.get('sec-fetch-dest')
  if (stated !== null && stated !== 'empty') return true
  if (frameworks.some((name) => headers.has(name))) return true
  if (elements.test(headers.get('accept') ?? '')) return true
  const { pathname, searchParams } = new URL(url)
  return searchParams.has('_rsc') || tooling.test(pathname)
}

const frameworks = ['rsc', 'next-router-state-tree', 'next-router-prefetch', 'next-url', 'next-action', 'x-nextjs-data']

/** What browsers accept first for documents, style sheets and pictures. */
const elements = /^\s*(?:text\/html|text\/css|image\/(?:avif|webp))\b/i

/** Vite, Next, webpack. */
const tooling =
  /^\/(?:@(?:vite|id|fs|react-refresh|vite-plugin-\w+)|_next|__next\w*|__webpack_hmr|node_modules)(?:\/|$)/

/** Tells whether a path is that of a module, a style sheet or a font, as development servers serve them. */
export const isCode = (path: string): boolean =>
  /\.(?:[cm]?[jt]sx?|css|s[ac]ss|less|map|vue|svelte|woff2?)$/i.test(path)
