import type { Ajv } from './dialect.ts'

let ajv: Ajv | undefined

/** Returns Ajv where it is there already, and in Node, which can load it at once; `undefined` elsewhere, before {@link loadAjv}. */
export function ajvHere(): Ajv | undefined {
  if (ajv) return ajv
  const { createRequire } = globalThis.process?.getBuiltinModule?.('node:module') ?? {}
  if (!createRequire) return undefined
  try {
    ajv = createRequire(import.meta.url)('ajv/dist/2020.js') as Ajv
  } catch {
    // Bundled into something else, it is where only a bundler finds it.
  }
  return ajv
}

/** Tells whether {@link ajvHere} need not be waited for. */
export const loadsAtOnce = (): boolean => ajv !== undefined || globalThis.process?.getBuiltinModule !== undefined

/** Loads Ajv. Without this, it is loaded when it is first needed where that takes no waiting. */
export async function loadAjv(): Promise<Ajv> {
  if (ajvHere()) return ajv as Ajv
  const loaded = (await import('ajv/dist/2020.js')) as Ajv & { readonly default?: Ajv }
  return (ajv = 'Ajv2020' in loaded ? loaded : (loaded as { default: Ajv }).default)
}
