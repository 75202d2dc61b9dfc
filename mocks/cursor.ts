/**
 * Cursors of lists. A cursor names the items on both sides of the place where a page begins, so that no item comes twice and none
 * is skipped while others come and go, and the place itself in case both neighbours have gone.
 */

/** Items by number: their indices or keys, in the order of the list, each once. */
type Items = readonly number[] | Uint32Array

/**
 * Returns the cursor of the page that begins at a place of a list.
 *
 * @example cursorAt([9, 8, 7], 1) // 'MS45Ljg', for place 1, after item 9, before item 8
 */
export const cursorAt = (items: Items, start: number): string =>
  btoa([start, items[start - 1] ?? '', items[start] ?? ''].join('.'))
    .replaceAll('=', '')
    .replaceAll('+', '-')
    .replaceAll('/', '_')

/**
 * Returns the place in a list at which the page of a cursor begins, by the list as it is now.
 *
 * @returns `undefined` for a text that is no cursor.
 */
export function readCursor(items: Items, cursor: string): number | undefined {
  const match = /^(\d+)\.(\d*)\.(\d*)$/.exec(decoded(cursor))
  if (!match) return undefined
  const [, start, before, next] = match
  if (before === '') return 0
  const last = items.indexOf(Number(before))
  if (last >= 0) return last + 1
  const first = next === '' ? -1 : items.indexOf(Number(next))
  return first >= 0 ? first : Math.min(Number(start), items.length)
}

function decoded(cursor: string): string {
  try {
    return atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
  } catch {
    return ''
  }
}
