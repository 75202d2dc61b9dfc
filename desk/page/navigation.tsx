import { useState } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ApiSummary } from '../calls.ts'
import { count } from './format.ts'
import { useLoaded } from './parts.tsx'
import { hrefOf, route } from './route.ts'
import { detailOf, log, served, version } from './state.ts'

/** The way to everything; on small screens it opens on demand. */
export function Navigation(): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  return (
    <nav aria-label="Desk" class={isOpen ? 'open' : ''}>
      <button type="button" class="menu" aria-expanded={isOpen} aria-controls="ways" onClick={() => setOpen(!isOpen)}>
        Menu
      </button>
      <div id="ways" onClick={(event) => event.target instanceof HTMLAnchorElement && setOpen(false)}>
        <ul>
          {served.value?.apis.map((api) => (
            <ApiWays key={api.name} api={api} />
          ))}
        </ul>
        <ul class="tools">
          <li>
            <Way to={['log']}>
              Requests <span class="count">{count(log.value.length)}</span>
            </Way>
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
  const here = route.value.path
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
  const { value } = useLoaded(() => detailOf(api.name), [api.name, version.value])
  return (
    <li>
      <Way to={['api', api.name]}>{api.name}</Way>
      <ul>
        {value?.resources
          .filter(({ list }) => list)
          .slice(0, 40)
          .map(({ name }) => (
            <li key={name}>
              <Way to={['api', api.name, 'r', name]}>{shortName(name)}</Way>
            </li>
          ))}
        <li>
          <Way to={['api', api.name, 'roles']}>
            Roles{api.faults > 0 ? <span class="count warn">{count(api.faults)}</span> : ''}
          </Way>
        </li>
      </ul>
    </li>
  )
}

/** `v1/invoices/{token}/messages` is `invoices/messages`. */
const shortName = (name: string): string =>
  name
    .split('/')
    .filter((step) => !/^(?:v\d+|\{.*\})$/.test(step))
    .join('/') || name
