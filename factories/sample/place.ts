import type { Locate, Pointer } from '../../spec/index.ts'

/** Returns a pointer with the file and line it stands at, where that is known. */
export function placeOf(pointer: Pointer, locate: Locate | undefined): string {
  const place = locate?.(pointer)
  return `${pointer || 'the root'}${place ? ` (${place.file}:${place.line})` : ''}`
}
