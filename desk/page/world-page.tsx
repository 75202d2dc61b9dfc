// Shows the selected world and changes its day, scenarios, books and snapshots.

import { useState } from 'preact/hooks'
import type { JSX } from 'preact'
import { callControl, selectedWorld, selectWorld } from './client.ts'
import { countText, dayText } from './format.ts'
import { Heading, saveFile, useLoaded } from './parts.tsx'
import { runAction, servedApis, worldStatus, dataVersion } from './state.ts'

/** The world that is looked at: which one, its day, its scenarios, its books, what is put aside. */
export function WorldPage(): JSX.Element {
  const here = worldStatus.value
  if (!here) return <p class="quiet">Asking…</p>
  return (
    <>
      <Heading title={selectedWorld.value === '' ? 'First world' : `World ${selectedWorld.value}`}>
        <p class="quiet">
          {countText(here.invoices)} invoices, seed {String(here.seed)}, {dayText(here.today)};{' '}
          {countText(here.changes)} changed, {countText(here.requests)} requests.
        </p>
      </Heading>
      <div class="cards">
        <Which />
        <Day today={here.today} />
        <Books seed={String(here.seed)} invoices={here.invoices} />
        <Snapshots />
      </div>
      <Scenarios current={here.scenarios} />
    </>
  )
}

function Which(): JSX.Element {
  const [name, setName] = useState('')
  const { value } = useLoaded(
    () => callControl<{ worlds: readonly string[] }>('/worlds'),
    [dataVersion.value, selectedWorld.value],
  )
  const names = [
    '',
    ...new Set([...(value?.worlds ?? []), ...(selectedWorld.value === '' ? [] : [selectedWorld.value])]),
  ]
  return (
    <section class="card">
      <h2>World</h2>
      <p class="quiet">
        What happens in one is not seen in the others. Requests say theirs: <code>X-Proforma-World</code>, or a path
        below <code>/__world/name/</code>.
      </p>
      <div class="field">
        <label for="world">Look at</label>
        <select
          id="world"
          value={selectedWorld.value}
          onChange={({ currentTarget }) => selectWorld(currentTarget.value)}
        >
          {names.map((one) => (
            <option key={one} value={one}>
              {one === '' ? 'first' : one}
            </option>
          ))}
        </select>
      </div>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault()
          if (/^[\x21-\x7e]{1,128}$/.test(name)) selectWorld(name)
        }}
      >
        <div class="field">
          <label for="world-name">Another, by name</label>
          <input
            id="world-name"
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
            autoComplete="off"
          />
        </div>
        <button type="submit">Enter</button>
      </form>
    </section>
  )
}

function Day({ today }: { today: string }): JSX.Element {
  return (
    <section class="card">
      <h2>Day</h2>
      <p class="quiet">Statuses, payments and reminders follow it.</p>
      <div class="field">
        <label for="today">It is</label>
        <input
          id="today"
          type="date"
          value={today}
          onChange={({ currentTarget: { value } }) =>
            value !== '' &&
            void runAction(`It is ${dayText(value)}.`, () => callControl('/clock', 'POST', { today: value }))
          }
        />
      </div>
    </section>
  )
}

function Books({ seed, invoices }: { seed: string; invoices: number }): JSX.Element {
  const [other, setOther] = useState({ seed, invoices: String(invoices) })
  const begin = (body: object): Promise<void> =>
    runAction('The world is reset.', () => callControl('/reset', 'POST', body))
  return (
    <section class="card">
      <h2>Books</h2>
      <p class="quiet">Same seed, same day, same bytes.</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void begin({ seed: other.seed, invoices: Number(other.invoices) })
        }}
      >
        <div class="row">
          <div class="field">
            <label for="seed">Seed</label>
            <input
              id="seed"
              value={other.seed}
              onInput={({ currentTarget }) => setOther({ ...other, seed: currentTarget.value })}
            />
          </div>
          <div class="field">
            <label for="invoices">Invoices</label>
            <input
              id="invoices"
              inputMode="numeric"
              value={other.invoices}
              onInput={({ currentTarget }) => setOther({ ...other, invoices: currentTarget.value })}
            />
          </div>
        </div>
        <div class="row">
          <button type="submit">Reset to these</button>
          <button type="button" onClick={() => void begin({})}>
            Reset
          </button>
        </div>
      </form>
    </section>
  )
}

function Snapshots(): JSX.Element {
  const download = async (): Promise<void> => {
    const name = selectedWorld.value === '' ? 'first' : selectedWorld.value
    saveFile(`${name}.snapshot.json`, JSON.stringify(await callControl('/snapshot')), 'application/json')
  }
  const upload = async (file: File | undefined): Promise<void> => {
    if (!file) return
    await runAction('The world is as the file says.', async () =>
      callControl('/restore', 'POST', JSON.parse(await file.text())),
    )
  }
  return (
    <section class="card">
      <h2>Snapshots</h2>
      <p class="quiet">The whole state of this world, kept by the server or in a file.</p>
      <div class="row">
        <button type="button" onClick={() => void runAction('Snapshot taken.', () => callControl('/snapshot', 'POST'))}>
          Take a snapshot
        </button>
        <button
          type="button"
          onClick={() => void runAction('Snapshot restored.', () => callControl('/restore', 'POST'))}
        >
          Restore it
        </button>
      </div>
      <div class="row">
        <button type="button" onClick={() => void runAction('Downloaded.', download)}>
          Download
        </button>
        <label class="button" for="snapshot">
          Load a file
          <input
            id="snapshot"
            class="unseen"
            type="file"
            accept="application/json"
            onChange={({ currentTarget }) => void upload(currentTarget.files?.[0])}
          />
        </label>
      </div>
    </section>
  )
}

function Scenarios({ current }: { current: readonly string[] }): JSX.Element {
  return (
    <>
      <h2>
        Scenarios
        {current.length > 0 && (
          <button
            type="button"
            class="more small"
            onClick={() => void runAction('No scenario.', () => callControl('/reset', 'POST', { scenario: [] }))}
          >
            Leave all and reset
          </button>
        )}
      </h2>
      <ul class="scenarios">
        {servedApis.value?.scenarios.map(({ name, says, hasBooks }) => (
          <li key={name}>
            <button
              type="button"
              aria-pressed={current.includes(name)}
              disabled={current.includes(name)}
              onClick={() => void runAction(`In scenario ${name}.`, () => callControl('/scenario', 'POST', { name }))}
            >
              {name}
            </button>
            <span>
              {says}{' '}
              {hasBooks ? (
                <span class="quiet">Replaces the invoices.</span>
              ) : (
                <span class="quiet">Injects faults.</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
