import { render } from 'preact'
import { App } from './app.tsx'
import { listen } from './state.ts'
import { showTheme } from './theme.ts'

showTheme()
listen()
render(<App />, document.querySelector('#desk') as HTMLElement)
