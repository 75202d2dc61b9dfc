// Renders the whole page: top bar, navigation, theme and the page that the address names.

import { signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { render } from 'preact'
import type { JSX } from 'preact'
import type { ApiSummary } from '../calls.ts'
import { ApiPage, HomePage } from './apis-page.tsx'
import { callControl, selectedWorld } from './client.ts'
import { addDays, countText, dayText } from './format.ts'
import { ItemPage } from './item-page.tsx'
import { LogPage } from './log-page.tsx'
import { OperationPage } from './operation-page.tsx'
import { useLoaded } from './parts.tsx'
import { ReferencePage } from './reference-page.tsx'
import { RolesPage } from './roles-page.tsx'
import {
  currentAddress,
  announcement,
  dataVersion,
  followRequests,
  hrefOf,
  isAway,
  loadApi,
  refusalText,
  requestLog,
  runAction,
  servedApis,
  worldStatus,
} from './state.ts'
import { isBrowsable } from './rows.ts'
import { TablePage } from './table-page.tsx'
import { WebhooksPage } from './webhooks-page.tsx'
import { WorldPage } from './world-page.tsx'

/** The whole page. */
function App(): JSX.Element {
  const main = useRef<HTMLElement>(null)
  const path = currentAddress.value.path.join('/')
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    main.current?.scrollTo(0, 0)
    main.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  }, [path])
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        Skip to the content
      </a>
      <TopBar />
      <Navigation />
      <main id="main" ref={main} tabIndex={-1}>
        {isAway.value && (
          <p class="banner" role="alert">
            The server does not answer. This page goes on as soon as it is there again.
          </p>
        )}
        {refusalText.value !== '' && (
          <p class="banner" role="alert">
            {refusalText.value}{' '}
            <button type="button" class="small" onClick={() => (refusalText.value = '')}>
              Close
            </button>
          </p>
        )}
        {servedApis.value === undefined ? (
          <p class="quiet" role="status">
            Asking the server…
          </p>
        ) : (
          <Page key={path} path={currentAddress.value.path} />
        )}
      </main>
      <p class="unseen" role="status" aria-live="polite">
        {announcement.value}
      </p>
    </>
  )
}

function Page({ path: [area, name = '', part, place = '', , id] }: { path: readonly string[] }): JSX.Element {
  if (area === 'log') return <LogPage number={name === '' ? undefined : Number(name)} />
  if (area === 'world') return <WorldPage />
  if (area === 'webhooks') return <WebhooksPage />
  if (area !== 'api') return <HomePage />
  if (part === 'op') return <OperationPage api={name} id={place} />
  if (part === 'r' && id !== undefined) return <ItemPage api={name} resource={place} id={id} />
  if (part === 'r') return <TablePage api={name} resource={place} />
  if (part === 'roles') return <RolesPage api={name} />
  if (part === 'reference') return <ReferencePage api={name} />
  return <ApiPage api={name} />
}

const moveTo = (today: string): Promise<void> =>
  runAction(`It is ${dayText(today)}.`, () => callControl('/clock', 'POST', { today }))

/** What the whole page is about: the world, its day, its scenarios. */
function TopBar(): JSX.Element {
  const here = worldStatus.value
  return (
    <header class="top">
      <a class="brand" href="#/" aria-label="proforma: all APIs">
        <img src="/__proforma/desk/icon.svg" alt="" width="20" height="20" />
        proforma
      </a>
      {here && (
        <div class="facts">
          <a href={hrefOf(['world'])} title="World">
            <span class="label">World</span> {selectedWorld.value === '' ? 'first' : selectedWorld.value}
          </a>
          <span class="day" role="group" aria-label="Day of this world">
            <button type="button" aria-label="A day earlier" onClick={() => void moveTo(addDays(here.today, -1))}>
              ‹
            </button>
            <time dateTime={here.today}>{dayText(here.today)}</time>
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

/** The way to everything; on small screens it opens on demand. */
function Navigation(): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  return (
    <nav aria-label="Desk" class={isOpen ? 'open' : ''}>
      <button type="button" class="menu" aria-expanded={isOpen} aria-controls="ways" onClick={() => setOpen(!isOpen)}>
        Menu
      </button>
      <div id="ways" onClick={(event) => event.target instanceof HTMLAnchorElement && setOpen(false)}>
        <ul>
          {servedApis.value?.apis.map((api) => (
            <ApiWays key={api.name} api={api} />
          ))}
        </ul>
        <ul class="tools">
          <li>
            <Way to={['log']}>
              Requests <span class="count">{countText(requestLog.value.length)}</span>
            </Way>
          </li>
          <li>
            <Way to={['webhooks']}>Webhooks</Way>
          </li>
          <li>
            <Way to={['world']}>World and scenarios</Way>
          </li>
        </ul>
      </div>
    </nav>
  )
}

function Way({
  to,
  children,
}: {
  to: readonly string[]
  children: JSX.Element | string | (JSX.Element | string)[]
}): JSX.Element {
  const here = currentAddress.value.path
  const isHere = to.every((step, at) => here[at] === step)
  return (
    <a
      href={hrefOf(to)}
      aria-current={isHere && here.length === to.length ? 'page' : isHere && to.length > 2 ? 'true' : undefined}
    >
      {children}
    </a>
  )
}

function ApiWays({ api }: { api: ApiSummary }): JSX.Element {
  const { value } = useLoaded(() => loadApi(api.name), [api.name, dataVersion.value])
  const lists = value?.resources.filter(isBrowsable).slice(0, 40) ?? []
  const labels = shortNames(lists.map(({ name }) => name))
  return (
    <li>
      <Way to={['api', api.name]}>{api.name}</Way>
      <ul>
        {lists.map(({ name }, index) => (
          <li key={name}>
            <Way to={['api', api.name, 'r', name]}>{labels[index] ?? name}</Way>
          </li>
        ))}
        <li>
          <Way to={['api', api.name, 'reference']}>Reference</Way>
        </li>
        <li>
          <Way to={['api', api.name, 'roles']}>
            Roles{api.faults > 0 ? <span class="count warn">{countText(api.faults)}</span> : ''}
          </Way>
        </li>
      </ul>
    </li>
  )
}

/**
 * Returns names of resources without versions and parameters: `v1/invoices/{token}/messages` is `invoices/messages`. Names that would be the
 * same keep a sign for their parameters: `invoices/…/messages`.
 */
function shortNames(names: readonly string[]): readonly string[] {
  const steps = names.map((name) => name.split('/').filter((step) => !/^v\d+$/.test(step)))
  const short = steps.map((all) => all.filter((step) => !step.startsWith('{')).join('/'))
  return names.map((name, index) => {
    const isShared = short.filter((one) => one === short[index]).length > 1
    const label = isShared ? steps[index]?.map((step) => (step.startsWith('{') ? '…' : step)).join('/') : short[index]
    return label || name
  })
}

const key = 'proforma-desk-theme'
const themes = ['auto', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

/** Light, dark, or as the computer has it. */
const theme = signal<Theme>(recall())

/** Takes the next of the three. */
function nextTheme(): void {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'auto'
  try {
    localStorage.setItem(key, theme.value)
  } catch {
    // A browser may keep nothing.
  }
}

/** Shows the theme from now on. */
function showTheme(): void {
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

showTheme()
followRequests()
render(<App />, document.querySelector('#desk') as HTMLElement)
