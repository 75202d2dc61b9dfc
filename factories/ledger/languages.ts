import type { Language, LanguageCode } from './language.ts'
import { ar } from './languages/ar.ts'
import { de } from './languages/de.ts'
import { en } from './languages/en.ts'
import { es } from './languages/es.ts'
import { fr } from './languages/fr.ts'
import { it } from './languages/it.ts'
import { ja } from './languages/ja.ts'
import { nl } from './languages/nl.ts'
import { sv } from './languages/sv.ts'

/** Every language that names and streets come in. */
export const languages: Readonly<Record<LanguageCode, Language>> = { en, de, fr, nl, es, it, sv, ja, ar }
