// The table of languages that names of people, companies and streets come in.
import type { Faker, LocaleDefinition } from '@faker-js/faker'
import type { Industry } from './company.ts'
import { words as german } from './words/de.ts'
import { words as english } from './words/en.ts'
import { words as spanish } from './words/es.ts'
import { words as french } from './words/fr.ts'
import { words as italian } from './words/it.ts'
import { words as dutch } from './words/nl.ts'
import { words as swedish } from './words/sv.ts'

/** Languages that names and streets come in. */
export type LanguageCode = 'en' | 'de' | 'fr' | 'nl' | 'es' | 'it' | 'sv' | 'ja' | 'ar'

/** A word as people write it, and in the letters that an e-mail address can have. */
export interface NamePart {
  readonly text: string
  readonly latin: string
}

/** What a language has to say about companies and people. */
export interface Language {
  readonly code: LanguageCode
  /** Returns what Faker puts names and streets together from; missing where nothing is taken from it. */
  readonly words?: () => LocaleDefinition
  /** First and second halves of invented names: Bright-water. */
  readonly heads: readonly string[]
  readonly tails: readonly string[]
  /** Stands between two family names; missing where companies are not called after partners. */
  readonly and?: string
  /** What companies of an industry call their trade; two; no word is shared with another language. */
  readonly trades: Readonly<Record<Industry, readonly (NamePart | string)[]>>
  /** Local parts of a company's mailbox for invoices. */
  readonly mailboxes: readonly string[]
  /** Pattern of the second line of an address. */
  readonly floor: string
  /** Returns a street's name. */
  readonly street: (faker: Faker) => string
  /** Names that Faker does not have in Latin letters. */
  readonly givenNames?: readonly NamePart[]
  readonly familyNames?: readonly NamePart[]
  /** The family name comes first. */
  readonly isFamilyFirst?: boolean
}

const split = (list: string): string[] => list.split(' ')

/** Reads `text/latin text/latin …`; words that need no reading have none. */
const nameParts = (list: string): NamePart[] =>
  split(list).map((word) => {
    const [text = '', latin = text] = word.split('/')
    return { text, latin }
  })

const englishStreets = ['Street', 'Road', 'Avenue', 'Lane', 'Drive', 'Way', 'Place', 'Court']
const japaneseStreets = split(
  'Nihonbashi Marunouchi Sakuragi-cho Honcho Chuo Ekimae-dori Minami-machi Kita-machi Midori-cho Asahi-cho Sakae Izumi Higashi Nishi-machi Shinmachi Otemachi Kawabata Hanazono Matsugae Wakaba',
)
const englishTrades: Language['trades'] = {
  logistics: ['Logistics', 'Freight'],
  construction: ['Construction', 'Builders'],
  food: ['Foods', 'Bakeries'],
  machinery: ['Engineering', 'Machine Tools'],
  health: ['Medical Supplies', 'Diagnostics'],
  energy: ['Energy', 'Solar'],
  media: ['Media', 'Publishing'],
  hospitality: ['Hotels', 'Catering'],
  agriculture: ['Farms', 'Seeds'],
  packaging: ['Packaging', 'Printing'],
  property: ['Properties', 'Facilities'],
  automotive: ['Motors', 'Auto Parts'],
}

/** Every language that names and streets come in. */
export const languages: Readonly<Record<LanguageCode, Language>> = {
  // English: the United States, Canada, Britain, Ireland, Australia.
  en: {
    code: 'en',
    words: english,
    heads: split(
      'Bright Silver North South East West Stone Clear Green Red Oak Ash Elm Fox Hawk Iron Copper King Mill Summer Winter High Long Cedar Maple Raven Swan Wolf Amber Harbor Thorn Alder Birch Cold Deep Falcon Glen Hazel',
    ),
    tails: split(
      'water gate brook field ridge wood bridge haven view ford crest point vale hill well mont marsh cliff mere shore lake moor peak dale port hollow',
    ),
    and: ' & ',
    trades: englishTrades,
    mailboxes: ['ap', 'accounts.payable', 'invoices', 'accounting'],
    floor: 'Suite @##',
    street: (source) => `${source.person.lastName()} ${source.helpers.arrayElement(englishStreets)}`,
  },
  // German: Germany, Austria, Switzerland.
  de: {
    code: 'de',
    words: german,
    heads: split(
      'Nord Süd Ost West Berg Wald Stein Eichen Birken Silber Adler Falken Linden Rosen Hoch Neu Hasel Erlen Kron Mühl',
    ),
    tails: split('tal bach hof feld brück hain au mark fels brunn horst wiese heide furt moor kamp'),
    and: ' & ',
    trades: {
      logistics: ['Logistik', 'Spedition'],
      construction: ['Bau', 'Hochbau'],
      food: ['Lebensmittel', 'Backwaren'],
      machinery: ['Maschinenbau', 'Anlagenbau'],
      health: ['Medizintechnik', 'Labortechnik'],
      energy: ['Energietechnik', 'Solartechnik'],
      media: ['Verlag', 'Medienhaus'],
      hospitality: ['Gastronomie', 'Hotelbetriebe'],
      agriculture: ['Agrarhandel', 'Saatgut'],
      packaging: ['Verpackungen', 'Druckerei'],
      property: ['Immobilien', 'Gebäudetechnik'],
      automotive: ['Fahrzeugtechnik', 'Autoteile'],
    },
    mailboxes: ['buchhaltung', 'rechnung', 'rechnungseingang', 'kreditoren'],
    floor: '@. OG',
    street: (source) =>
      source.location
        .street()
        .replace(/str\.$/, 'straße')
        .replace(/Str\.$/, 'Straße'),
  },
  // French.
  fr: {
    code: 'fr',
    words: french,
    heads: split('Val Mont Clair Beau Haut Roc Font Chante Vert Blanc'),
    tails: split('rive fort pré lac merle champ bois ville pierre lune roche mare'),
    and: ' & ',
    trades: {
      logistics: ['Logistique', 'Transports'],
      construction: ['Bâtiment', 'Travaux'],
      food: ['Alimentation', 'Boulangerie'],
      machinery: ['Mécanique', 'Usinage'],
      health: ['Santé', 'Laboratoires'],
      energy: ['Énergie', 'Solaire'],
      media: ['Éditions', 'Médias'],
      hospitality: ['Hôtellerie', 'Traiteur'],
      agriculture: ['Semences', 'Cultures'],
      packaging: ['Emballages', 'Imprimerie'],
      property: ['Immobilier', 'Bureaux'],
      automotive: ['Automobiles', 'Carrosserie'],
    },
    mailboxes: ['comptabilite', 'factures', 'compta.fournisseurs', 'facturation'],
    floor: 'Étage @',
    street: (source) => source.location.street(),
  },
  // Dutch.
  nl: {
    code: 'nl',
    words: dutch,
    heads: split('Noord Zuid Oost Duin Hoog Linde Eiken Zilver Water Berken Zwaan Reiger Molen Rijn Veen'),
    tails: split('veld dijk meer hoek wijk kamp horst zicht hof oord laken stede burg zande'),
    and: ' en ',
    trades: {
      logistics: ['Logistiek', 'Vervoer'],
      construction: ['Bouw', 'Aannemers'],
      food: ['Voeding', 'Bakkerijen'],
      machinery: ['Machinebouw', 'Metaalbewerking'],
      health: ['Zorgtechniek', 'Laboratorium'],
      energy: ['Energiebeheer', 'Zonnestroom'],
      media: ['Uitgeverij', 'Tijdschriften'],
      hospitality: ['Horeca', 'Hotelbeheer'],
      agriculture: ['Zaden', 'Landbouw'],
      packaging: ['Verpakkingen', 'Drukkerij'],
      property: ['Vastgoed', 'Gebouwbeheer'],
      automotive: ['Autobedrijven', 'Onderdelen'],
    },
    mailboxes: ['crediteuren', 'facturen', 'boekhouding', 'administratie'],
    floor: '@e verdieping',
    street: (source) => source.location.street().replace(/^[a-z]/, (letter) => letter.toUpperCase()),
  },
  // Spanish.
  es: {
    code: 'es',
    words: spanish,
    heads: split('Monte Rio Sol Mar Peña Fuente Campo Sierra Roble Nube'),
    tails: split('alto claro sur norte real verde blanca dorada nueva luz'),
    and: ' y ',
    trades: {
      logistics: ['Transportes', 'Mensajería'],
      construction: ['Construcciones', 'Obras'],
      food: ['Alimentación', 'Panaderías'],
      machinery: ['Maquinaria', 'Mecanizados'],
      health: ['Suministros Médicos', 'Análisis Clínicos'],
      energy: ['Energías', 'Fotovoltaica'],
      media: ['Editorial', 'Comunicación'],
      hospitality: ['Hoteles', 'Restauración'],
      agriculture: ['Agrícola', 'Semillas'],
      packaging: ['Embalajes', 'Artes Gráficas'],
      property: ['Inmobiliaria', 'Instalaciones'],
      automotive: ['Automoción', 'Recambios'],
    },
    mailboxes: ['contabilidad', 'facturas', 'proveedores', 'administracion'],
    floor: 'Planta @ª',
    street: (source) =>
      `${source.helpers.arrayElement(['Calle', 'Calle', 'Calle de', 'Avenida de', 'Paseo de', 'Plaza de', 'Ronda de'])} ${source.helpers.arrayElement(source.definitions.person.last_name.generic ?? [])}`,
  },
  // Italian.
  it: {
    code: 'it',
    words: italian,
    heads: split('Monte Val Rocca Fonte Pietra Bosco Lago Torre Ponte Selva'),
    tails: split('chiara alta verde bruna fiore sole stella forte mara sera'),
    and: ' e ',
    trades: {
      logistics: ['Trasporti', 'Spedizioni'],
      construction: ['Costruzioni', 'Edilizia'],
      food: ['Alimentari', 'Panificio'],
      machinery: ['Meccanica', 'Macchine'],
      health: ['Forniture Mediche', 'Diagnostica'],
      energy: ['Energia', 'Impianti Solari'],
      media: ['Editrice', 'Comunicazione'],
      hospitality: ['Alberghi', 'Ristorazione'],
      agriculture: ['Sementi', 'Prodotti Agricoli'],
      packaging: ['Imballaggi', 'Tipografia'],
      property: ['Immobiliare', 'Manutenzioni'],
      automotive: ['Autoricambi', 'Veicoli'],
    },
    mailboxes: ['amministrazione', 'fatture', 'contabilita', 'fornitori'],
    floor: 'Piano @',
    street: (source) =>
      `${source.helpers.arrayElement(['Via', 'Via', 'Via', 'Viale', 'Piazza', 'Corso'])} ${source.person.firstName()} ${source.person.lastName()}`,
  },
  // Swedish.
  sv: {
    code: 'sv',
    words: swedish,
    heads: split('Nord Syd Öst Väst Björk Ek Gran Silver Sten Sjö Lind Ros Hög Älv'),
    tails: split('dal berg strand holm fors lund vik mark näs hamra torp sätra'),
    and: ' & ',
    trades: {
      logistics: ['Frakt', 'Åkeri'],
      construction: ['Bygg', 'Entreprenad'],
      food: ['Livsmedel', 'Bageri'],
      machinery: ['Mekaniska', 'Verkstad'],
      health: ['Medicinteknik', 'Labb'],
      energy: ['Kraft', 'Solenergi'],
      media: ['Förlag', 'Tidskrifter'],
      hospitality: ['Restauranger', 'Hotell'],
      agriculture: ['Lantbruk', 'Utsäde'],
      packaging: ['Förpackningar', 'Tryckeri'],
      property: ['Fastigheter', 'Fastighetsservice'],
      automotive: ['Bildelar', 'Fordon'],
    },
    mailboxes: ['faktura', 'ekonomi', 'leverantorsreskontra', 'redovisning'],
    floor: 'Plan @',
    street: (source) => source.location.street(),
  },
  // Written with its readings: Faker has none, and an e-mail address must agree with its owner’s name.
  ja: {
    code: 'ja',
    heads: split(
      '北/Kita 南/Minami 東/Higashi 西/Nishi 青/Ao 白/Shiro 大/Oo 松/Matsu 竹/Take 梅/Ume 桜/Sakura 光/Hikari 朝/Asa 星/Hoshi 新/Shin 高/Taka 黒/Kuro 金/Kane 若/Waka 富/Tomi',
    ),
    tails: split(
      '山/yama 川/gawa 田/da 野/no 島/shima 原/hara 森/mori 橋/hashi 海/umi 沢/zawa 浜/hama 谷/tani 井/i 岡/oka 崎/zaki 坂/saka 波/nami 丘/gaoka 里/zato 峰/mine 泉/izumi 嶺/rei 池/ike 根/ne',
    ),
    trades: {
      logistics: nameParts('運輸/Unyu 物流/Butsuryu'),
      construction: nameParts('建設/Kensetsu 工務店/Komuten'),
      food: nameParts('食品/Shokuhin 製菓/Seika'),
      machinery: nameParts('精機/Seiki 機械/Kikai'),
      health: nameParts('医療機器/Iryokiki 薬品/Yakuhin'),
      energy: nameParts('電力/Denryoku 電工/Denko'),
      media: nameParts('出版/Shuppan 広告/Kokoku'),
      hospitality: nameParts('観光/Kanko 旅館/Ryokan'),
      agriculture: nameParts('農産/Nosan 種苗/Shubyo'),
      packaging: nameParts('包装/Hoso 印刷/Insatsu'),
      property: nameParts('不動産/Fudosan 設備/Setsubi'),
      automotive: nameParts('自動車/Jidosha 部品/Buhin'),
    },
    mailboxes: ['keiri', 'seikyu', 'invoice', 'kaikei'],
    floor: '@F',
    street: (source) => source.helpers.arrayElement(japaneseStreets),
    givenNames: nameParts(
      '健/Ken 翔/Sho 誠/Makoto 浩/Hiroshi 直樹/Naoki 大輔/Daisuke 拓也/Takuya 健太/Kenta 達也/Tatsuya 和也/Kazuya 陽子/Yoko 直美/Naomi 恵子/Keiko 明美/Akemi 由美/Yumi 香織/Kaori 智子/Tomoko 真由美/Mayumi 裕子/Yuko 美咲/Misaki 彩/Aya 葵/Aoi 結衣/Yui 蓮/Ren 悠人/Yuto 大和/Yamato 海斗/Kaito 美穂/Miho 千尋/Chihiro 修/Osamu',
    ),
    familyNames: nameParts(
      '佐藤/Sato 鈴木/Suzuki 高橋/Takahashi 田中/Tanaka 伊藤/Ito 渡辺/Watanabe 山本/Yamamoto 中村/Nakamura 小林/Kobayashi 加藤/Kato 吉田/Yoshida 山田/Yamada 佐々木/Sasaki 山口/Yamaguchi 松本/Matsumoto 井上/Inoue 木村/Kimura 林/Hayashi 斎藤/Saito 清水/Shimizu 山崎/Yamazaki 森/Mori 池田/Ikeda 橋本/Hashimoto 阿部/Abe 石川/Ishikawa 小川/Ogawa 前田/Maeda 岡田/Okada 長谷川/Hasegawa',
    ),
    isFamilyFirst: true,
  },
  // Kuwait, as it writes to suppliers abroad: Arabic names in Latin letters, which Faker does not have, and English trades.
  ar: {
    code: 'ar',
    heads: split(
      'Al-Noor Al-Bahar Al-Waha Al-Safa Al-Marjan Al-Reem Al-Jazira Al-Sahel Al-Rawda Al-Manar Al-Fajr Al-Diwan Al-Majd Al-Rimal Al-Shuruq Al-Zahra',
    ).map((head) => `${head} `),
    tails: split(
      'Gulf Desert Pearl Falcon Coast Oasis Star Crescent Palm Horizon Bridge Tower Beacon Harbour Compass Dune',
    ),
    trades: englishTrades,
    mailboxes: ['accounts', 'payables', 'finance', 'invoices'],
    floor: 'Floor @',
    street: (source) =>
      `Block ${source.number.int({ min: 1, max: 12 })}, Street ${source.number.int({ min: 1, max: 120 })}`,
    givenNames: nameParts(
      'Ahmad Fahad Khaled Nasser Yousef Hamad Salem Omar Bader Talal Faisal Jassim Abdullah Saad Mishari Fatima Noura Maryam Dalal Hessa Amal Shaikha Latifa Reem Sara Dana Lulwa Aisha Hanan Munira',
    ),
    familyNames: nameParts(
      'Al-Mutairi Al-Ajmi Al-Rashidi Al-Enezi Al-Shammari Al-Azmi Al-Dosari Al-Harbi Al-Qahtani Al-Hajri Al-Otaibi Al-Fadhli Al-Kandari Al-Awadhi Al-Failakawi Al-Saleh Al-Khaldi Al-Hamdan Al-Essa Al-Bloushi',
    ),
  },
}
