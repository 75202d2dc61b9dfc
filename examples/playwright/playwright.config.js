import { defineConfig } from '@playwright/test'

/** A Chromium of your own, where `npx playwright install chromium` is not possible. */
const { CHROMIUM } = process.env

export default defineConfig({
  fullyParallel: true,
  use: {
    launchOptions: CHROMIUM
      ? { executablePath: CHROMIUM, args: ['--no-sandbox', '--headless=new', '--no-zygote'] }
      : {},
  },
})
