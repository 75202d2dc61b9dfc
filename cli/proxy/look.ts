/** Returns what a look shows, or something else where it fails: the inspector meets the same trouble and tells it; what passes is not to suffer from it. */
export function look<T>(at: () => T, otherwise: T): T {
  try {
    return at()
  } catch {
    return otherwise
  }
}
