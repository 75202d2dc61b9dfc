import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { ApiPage } from './api-page.tsx'
import { HomePage } from './home-page.tsx'
import { ItemPage } from './item-page.tsx'
import { LogPage } from './log-page.tsx'
import { Navigation } from './navigation.tsx'
import { OperationPage } from './operation-page.tsx'
import { RolesPage } from './roles-page.tsx'
import { route } from './route.ts'
import { announcement, isAway, refusal, served } from './state.ts'
import { TablePage } from './table-page.tsx'
import { TopBar } from './top-bar.tsx'
import { WorldPage } from './world-page.tsx'

/** The whole page. */
export function App(): JSX.Element {
  const main = useRef<HTMLElement>(null)
  const path = route.value.path.join('/')
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
        {refusal.value !== '' && (
          <p class="banner" role="alert">
            {refusal.value}{' '}
            <button type="button" class="small" onClick={() => (refusal.value = '')}>
              Close
            </button>
          </p>
        )}
        {served.value === undefined ? (
          <p class="quiet" role="status">
            Asking the server…
          </p>
        ) : (
          <Page key={path} path={route.value.path} />
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
  if (area !== 'api') return <HomePage />
  if (part === 'op') return <OperationPage api={name} id={place} />
  if (part === 'r' && id !== undefined) return <ItemPage api={name} resource={place} id={id} />
  if (part === 'r') return <TablePage api={name} resource={place} />
  if (part === 'roles') return <RolesPage api={name} />
  return <ApiPage api={name} />
}
