import { en } from './en.ts'
import type { Language, Word } from '../language.ts'

const latin = (list: string): Word[] => list.split(' ').map((text) => ({ text, latin: text }))

/** Kuwait, as it writes to suppliers abroad: Arabic names in Latin letters, which Faker does not have, and English trades. */
export const ar: Language = {
  trades: en.trades,
  code: 'ar',
  heads: [
    'Al-Noor ',
    'Al-Bahar ',
    'Al-Waha ',
    'Al-Safa ',
    'Al-Marjan ',
    'Al-Reem ',
    'Al-Jazira ',
    'Al-Sahel ',
    'Al-Rawda ',
    'Al-Manar ',
    'Al-Fajr ',
    'Al-Diwan ',
    'Al-Majd ',
    'Al-Rimal ',
    'Al-Shuruq ',
    'Al-Zahra ',
  ],
  tails: [
    'Gulf',
    'Desert',
    'Pearl',
    'Falcon',
    'Coast',
    'Oasis',
    'Star',
    'Crescent',
    'Palm',
    'Horizon',
    'Bridge',
    'Tower',
    'Beacon',
    'Harbour',
    'Compass',
    'Dune',
  ],
  mailboxes: ['accounts', 'payables', 'finance', 'invoices'],
  floor: 'Floor @',
  street: (source) =>
    `Block ${source.number.int({ min: 1, max: 12 })}, Street ${source.number.int({ min: 1, max: 120 })}`,
  givenNames: latin(
    'Ahmad Fahad Khaled Nasser Yousef Hamad Salem Omar Bader Talal Faisal Jassim Abdullah Saad Mishari Fatima Noura Maryam Dalal Hessa Amal Shaikha Latifa Reem Sara Dana Lulwa Aisha Hanan Munira',
  ),
  familyNames: latin(
    'Al-Mutairi Al-Ajmi Al-Rashidi Al-Enezi Al-Shammari Al-Azmi Al-Dosari Al-Harbi Al-Qahtani Al-Hajri Al-Otaibi Al-Fadhli Al-Kandari Al-Awadhi Al-Failakawi Al-Saleh Al-Khaldi Al-Hamdan Al-Essa Al-Bloushi',
  ),
}
