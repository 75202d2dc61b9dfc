import { signal } from '@preact/signals'

const key = 'proforma-desk-theme'
const themes = ['auto', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

/** Light, dark, or as the computer has it. */
export const theme = signal<Theme>(recall())

/** Takes the next of the three. */
export function nextTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'auto'
  try {
    localStorage.setItem(key, theme.value)
  } catch {
    // A browser may keep nothing.
  }
}

/** Shows the theme from now on. */
export function showTheme(): void {
  theme.subscribe((name) => {
    document.documentElement.dataset.theme = name
  })
}

function recall(): Theme {
  try {
    return themes.find((name) => name === localStorage.getItem(key)) ?? 'auto'
  } catch {
    return 'auto'
  }
}
