import type { Language, Word } from '../language.ts'

/** Reads `text latin text latin …`. */
const words = (list: string): Word[] => {
  const parts = list.split(' ')
  return Array.from({ length: parts.length / 2 }, (_, index) => ({
    text: parts[index * 2] as string,
    latin: parts[index * 2 + 1] as string,
  }))
}

const pair = (list: string): [Word, Word] => words(list) as [Word, Word]

const streets = [
  'Nihonbashi',
  'Marunouchi',
  'Sakuragi-cho',
  'Honcho',
  'Chuo',
  'Ekimae-dori',
  'Minami-machi',
  'Kita-machi',
  'Midori-cho',
  'Asahi-cho',
  'Sakae',
  'Izumi',
  'Higashi',
  'Nishi-machi',
  'Shinmachi',
  'Otemachi',
  'Kawabata',
  'Hanazono',
  'Matsugae',
  'Wakaba',
]

/** Japanese, written with its readings: Faker has no readings, and an e-mail address must agree with its owner's name. */
export const ja: Language = {
  code: 'ja',
  heads: [
    '北/Kita',
    '南/Minami',
    '東/Higashi',
    '西/Nishi',
    '青/Ao',
    '白/Shiro',
    '大/Oo',
    '松/Matsu',
    '竹/Take',
    '梅/Ume',
    '桜/Sakura',
    '光/Hikari',
    '朝/Asa',
    '星/Hoshi',
    '新/Shin',
    '高/Taka',
    '黒/Kuro',
    '金/Kane',
    '若/Waka',
    '富/Tomi',
  ],
  tails: [
    '山/yama',
    '川/gawa',
    '田/da',
    '野/no',
    '島/shima',
    '原/hara',
    '森/mori',
    '橋/hashi',
    '海/umi',
    '沢/zawa',
    '浜/hama',
    '谷/tani',
    '井/i',
    '岡/oka',
    '崎/zaki',
    '坂/saka',
    '波/nami',
    '丘/gaoka',
    '里/zato',
    '峰/mine',
    '泉/izumi',
    '嶺/rei',
    '池/ike',
    '根/ne',
  ],
  trades: {
    logistics: pair('運輸 Unyu 物流 Butsuryu'),
    construction: pair('建設 Kensetsu 工務店 Komuten'),
    food: pair('食品 Shokuhin 製菓 Seika'),
    machinery: pair('精機 Seiki 機械 Kikai'),
    health: pair('医療機器 Iryokiki 薬品 Yakuhin'),
    energy: pair('電力 Denryoku 電工 Denko'),
    media: pair('出版 Shuppan 広告 Kokoku'),
    hospitality: pair('観光 Kanko 旅館 Ryokan'),
    agriculture: pair('農産 Nosan 種苗 Shubyo'),
    packaging: pair('包装 Hoso 印刷 Insatsu'),
    property: pair('不動産 Fudosan 設備 Setsubi'),
    automotive: pair('自動車 Jidosha 部品 Buhin'),
  },
  mailboxes: ['keiri', 'seikyu', 'invoice', 'kaikei'],
  floor: '@F',
  street: (source) => source.helpers.arrayElement(streets),
  givenNames: words(
    '健 Ken 翔 Sho 誠 Makoto 浩 Hiroshi 直樹 Naoki 大輔 Daisuke 拓也 Takuya 健太 Kenta 達也 Tatsuya 和也 Kazuya 陽子 Yoko 直美 Naomi 恵子 Keiko 明美 Akemi 由美 Yumi 香織 Kaori 智子 Tomoko 真由美 Mayumi 裕子 Yuko 美咲 Misaki 彩 Aya 葵 Aoi 結衣 Yui 蓮 Ren 悠人 Yuto 大和 Yamato 海斗 Kaito 美穂 Miho 千尋 Chihiro 修 Osamu',
  ),
  familyNames: words(
    '佐藤 Sato 鈴木 Suzuki 高橋 Takahashi 田中 Tanaka 伊藤 Ito 渡辺 Watanabe 山本 Yamamoto 中村 Nakamura 小林 Kobayashi 加藤 Kato 吉田 Yoshida 山田 Yamada 佐々木 Sasaki 山口 Yamaguchi 松本 Matsumoto 井上 Inoue 木村 Kimura 林 Hayashi 斎藤 Saito 清水 Shimizu 山崎 Yamazaki 森 Mori 池田 Ikeda 橋本 Hashimoto 阿部 Abe 石川 Ishikawa 小川 Ogawa 前田 Maeda 岡田 Okada 長谷川 Hasegawa',
  ),
  isFamilyFirst: true,
}
