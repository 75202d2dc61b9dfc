import type { JSX } from 'preact'
import { control } from './client.ts'
import { addDays, day } from './format.ts'
import { hrefOf } from './route.ts'
import { act, status } from './state.ts'
import { nextTheme, theme } from './theme.ts'
import { world } from './world-name.ts'

const moveTo = (today: string): Promise<void> => act(`It is ${day(today)}.`, () => control('/clock', 'POST', { today }))

/** What the whole page is about: the world, its day, its scenarios. */
export function TopBar(): JSX.Element {
  const here = status.value
  return (
    <header class="top">
      <a class="brand" href="#/" aria-label="proforma: all APIs">
        <img src="/__proforma/desk/icon.svg" alt="" width="20" height="20" />
        proforma
      </a>
      {here && (
        <div class="facts">
          <a href={hrefOf(['world'])} title="World">
            <span class="label">World</span> {world.value === '' ? 'first' : world.value}
          </a>
          <span class="day" role="group" aria-label="Day of this world">
            <button type="button" aria-label="A day earlier" onClick={() => void moveTo(addDays(here.today, -1))}>
              ‹
            </button>
            <time dateTime={here.today}>{day(here.today)}</time>
            <button type="button" aria-label="A day later" onClick={() => void moveTo(addDays(here.today, 1))}>
              ›
            </button>
            <button
              type="button"
              class="wide"
              aria-label="+30 days"
              onClick={() => void moveTo(addDays(here.today, 30))}
            >
              +30
            </button>
          </span>
          {here.scenarios.map((name) => (
            <a key={name} class="chip" href={hrefOf(['world'])}>
              {name}
            </a>
          ))}
          <span class="wide">
            <span class="label">Seed</span> {String(here.seed)}
          </span>
          <span class="wide">
            <span class="label">Changes</span> {here.changes}
          </span>
        </div>
      )}
      <button type="button" class="theme" onClick={nextTheme} aria-label={`Theme: ${theme.value}. Change`}>
        {theme.value === 'auto' ? '◐' : theme.value === 'light' ? '○' : '●'}
      </button>
    </header>
  )
}
