import { join, relative } from 'node:path'
import type { Step } from '../say-mocks.ts'
import type { Project } from './project.ts'
import type { Target } from './target.ts'
import { importPath, loading } from './starter.ts'

/** Returns what is left to do in a project, with the lines to add. */
export function stepsFor(project: Project, starter: string, apis: readonly Target[]): Step[] {
  const missing = ['proforma', 'msw'].filter((name) => !project.packages.includes(name))
  return [
    ...(missing.length > 0 ? [{ says: 'Install:', lines: [`npm install --save-dev ${missing.join(' ')}`] }] : []),
    ...kinds[project.kind](project, starter),
    {
      says: 'Requests to these addresses are answered, and none of the page itself. Another one is said with --base-url:',
      lines: apis.map(({ name, baseUrl }) => `${name.padEnd(widest(apis))}  ${baseUrl}`),
    },
    { says: 'It is the day of the browser there (today in the mocks file), as with proforma serve.', lines: [] },
  ]
}

const kinds: Readonly<Record<Project['kind'], (project: Project, starter: string) => Step[]>> = {
  vite({ root, isTyped, entry = `src/main.${isTyped ? 'ts' : 'js'}` }, starter) {
    const lines = [`import { startMocks } from '${importPath(join(root, entry), starter)}'`, '', 'await startMocks()']
    return [{ says: `Add to ${entry}, before anything is rendered:`, lines }]
  },
  next({ root, source, isTyped }, starter) {
    const file = join(source, `instrumentation-client.${isTyped ? 'ts' : 'js'}`)
    return [
      {
        says: `Add to ${shown(root, file)}, or create it:`,
        lines: [`import { startMocks } from '${importPath(file, starter)}'`, '', 'startMocks()'],
      },
      {
        says: 'A worker sees what the browser asks, not what Next asks on the server: for that, run proforma serve.',
        lines: [],
      },
    ]
  },
  plain({ root, isTyped, entry }, starter) {
    const own = entry ?? 'your-own.js'
    const path = `/${shown(root, starter)}`
    const lines = [
      '<script type="module">',
      `  import { startMocks } from '${path}'`,
      '',
      '  await startMocks()',
      `  await ${loading(`/${own}`)}`,
      '</script>',
    ]
    return [
      { says: `Start the page with this, instead of a script tag for ${entry ?? 'your own script'}:`, lines },
      {
        says: `It takes a bundler or a development server that finds packages by name${isTyped ? ' and reads TypeScript' : ''}. Without one, run proforma serve instead.`,
        lines: [],
      },
    ]
  },
}

const widest = (apis: readonly Target[]): number => Math.max(...apis.map(({ name }) => name.length))

const shown = (root: string, path: string): string => relative(root, path).replaceAll('\\', '/')
