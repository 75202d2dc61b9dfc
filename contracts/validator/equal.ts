/** Returns a text that two JSON values share where they are equal, whatever the order of their members. */
export function keyOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  if (Array.isArray(value)) return `[${value.map(keyOf).join(',')}]`
  return `{${Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${keyOf((value as Record<string, unknown>)[name])}`)
    .join(',')}}`
}

/** Returns a test for being one of some values (`enum`, `const`). */
export function oneOfThese(values: readonly unknown[]): (value: unknown) => boolean {
  const plain = new Set(values.filter((value) => typeof value !== 'object' || value === null))
  const keys = new Set(values.filter((value) => typeof value === 'object' && value !== null).map(keyOf))
  return (value) =>
    plain.has(value) || (keys.size > 0 && typeof value === 'object' && value !== null && keys.has(keyOf(value)))
}
