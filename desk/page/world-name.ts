import { signal } from '@preact/signals'

const key = 'proforma-desk-world'

/** Name of the world that is looked at; empty for the first. */
export const world = signal(recall())

/** Looks at another world. */
export function enterWorld(name: string): void {
  world.value = name
  try {
    sessionStorage.setItem(key, name)
  } catch {
    // A browser may keep nothing.
  }
}

function recall(): string {
  try {
    return sessionStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}
