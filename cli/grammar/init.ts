import type { Command } from 'commander'
import type { InitFlags } from '../init.ts'
import { apiFolders } from '../package.ts'

/** Adds `init` to a command line. */
export function initIn(program: Command, done: (code: number) => void): void {
  program
    .command('init')
    .summary('put mocks for the browser into a project')
    .description(
      "Copies MSW's service worker into the folder of static files, writes a mocks file, and says what to add where. Knows Vite and Next; overwrites nothing.",
    )
    .argument('<folder>', 'the folder of static files: public, in most projects')
    .option('--api <names...>', `what to mock: ${apiFolders().join(', ')} (default: all)`)
    .option('-f, --force', 'replace files that exist')
    .action(async (folder: string, flags: InitFlags) =>
      done(await (await import('../init.ts')).initCommand(folder, flags)),
    )
}
