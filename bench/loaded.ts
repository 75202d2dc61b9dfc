import { registerHooks } from 'node:module'

/** Preloaded: once the process has been idle for a second, says which modules it has loaded, and ends it. */
const loaded = new Set<string>()
registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) loaded.add(url)
    timer.refresh()
    return next(url, context)
  },
})
const timer = setTimeout(() => {
  const own = [...loaded].filter((url) => !url.includes('/node_modules/'))
  console.error(`${loaded.size}, ${own.length} of them its own`)
  process.exit()
}, 1000)
