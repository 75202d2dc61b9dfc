import { execFileSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Builds the package where that has not been done since its sources changed. */
export function setup(): void {
  if (existsSync(`${root}dist/index.js`) && changedAt(['dist/index.js']) > changedAt(sources())) return
  execFileSync(process.execPath, [`${root}build.ts`], { cwd: root, stdio: 'inherit' })
}

const sources = (): readonly string[] =>
  globSync(['*.ts', 'tsconfig*.json', '{spec,factories,contracts,mocks,seeds,desk,cli}/**/*.{ts,tsx,css,html}'], {
    cwd: root,
  })

const changedAt = (files: readonly string[]): number => Math.max(...files.map((file) => statSync(root + file).mtimeMs))
