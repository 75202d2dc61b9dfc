// The table of towns.
/** Name, region, pattern of post codes, latitude, longitude, pattern of telephone numbers, time zone, sales tax in thousandths of a percent. */
type TownRow = readonly [
  name: string,
  region: string,
  postalCode: string,
  latitude: number,
  longitude: number,
  phone: string,
  timezone?: string,
  salesTax?: number,
]

/** Towns of each country, the largest first: they exist, and their post codes and places on the map agree. */
export const townTable: Readonly<Record<string, readonly TownRow[]>> = {
  // 555-0100 to 555-0199 are kept free for fiction in every area code (ATIS-0300115).
  US: [
    ['New York', 'NY', '100##', 40.7128, -74.006, '+1 212 555 01##', 'America/New_York', 8_875],
    ['Chicago', 'IL', '606##', 41.8781, -87.6298, '+1 312 555 01##', 'America/Chicago', 10_250],
    ['Los Angeles', 'CA', '900##', 34.0522, -118.2437, '+1 213 555 01##', 'America/Los_Angeles', 9_750],
    ['Seattle', 'WA', '981##', 47.6062, -122.3321, '+1 206 555 01##', 'America/Los_Angeles', 10_350],
    ['Austin', 'TX', '787##', 30.2672, -97.7431, '+1 512 555 01##', 'America/Chicago', 8_250],
    ['Boston', 'MA', '021##', 42.3601, -71.0589, '+1 617 555 01##', 'America/New_York', 6_250],
    ['Denver', 'CO', '802##', 39.7392, -104.9903, '+1 303 555 01##', 'America/Denver', 8_810],
    ['Atlanta', 'GA', '303##', 33.749, -84.388, '+1 404 555 01##', 'America/New_York', 8_900],
    ['Columbus', 'OH', '432##', 39.9612, -82.9988, '+1 614 555 01##', 'America/New_York', 7_500],
    ['Portland', 'OR', '972##', 45.5152, -122.6784, '+1 503 555 01##', 'America/Los_Angeles', 0],
    ['Manchester', 'NH', '031##', 42.9956, -71.4548, '+1 603 555 01##', 'America/New_York', 0],
    ['Minneapolis', 'MN', '554##', 44.9778, -93.265, '+1 612 555 01##', 'America/Chicago', 9_025],
  ],
  CA: [
    ['Toronto', 'ON', 'M5V #?#', 43.6532, -79.3832, '+1 416 555 01##', 'America/Toronto', 13_000],
    ['Ottawa', 'ON', 'K1P #?#', 45.4215, -75.6972, '+1 613 555 01##', 'America/Toronto', 13_000],
    ['Montréal', 'QC', 'H3B #?#', 45.5019, -73.5674, '+1 514 555 01##', 'America/Toronto', 14_975],
    ['Vancouver', 'BC', 'V6B #?#', 49.2827, -123.1207, '+1 604 555 01##', 'America/Vancouver', 12_000],
    ['Calgary', 'AB', 'T2P #?#', 51.0447, -114.0719, '+1 403 555 01##', 'America/Edmonton', 5_000],
    ['Edmonton', 'AB', 'T5J #?#', 53.5461, -113.4938, '+1 780 555 01##', 'America/Edmonton', 5_000],
    ['Halifax', 'NS', 'B3J #?#', 44.6488, -63.5752, '+1 902 555 01##', 'America/Halifax', 14_000],
    ['Winnipeg', 'MB', 'R3C #?#', 49.8951, -97.1384, '+1 204 555 01##', 'America/Winnipeg', 12_000],
  ],
  // Ofcom’s numbers for drama.
  GB: [
    ['London', 'Greater London', 'EC2A #??', 51.5237, -0.0843, '+44 20 7946 0###'],
    ['Manchester', 'Greater Manchester', 'M1 #??', 53.4808, -2.2426, '+44 161 496 0###'],
    ['Birmingham', 'West Midlands', 'B3 #??', 52.4862, -1.8904, '+44 121 496 0###'],
    ['Leeds', 'West Yorkshire', 'LS1 #??', 53.8008, -1.5491, '+44 113 496 0###'],
    ['Bristol', 'Bristol', 'BS1 #??', 51.4545, -2.5879, '+44 117 496 0###'],
    ['Edinburgh', 'Scotland', 'EH2 #??', 55.9533, -3.1883, '+44 131 496 0###'],
    ['Glasgow', 'Scotland', 'G2 #??', 55.8642, -4.2518, '+44 141 496 0###'],
    ['Cardiff', 'Wales', 'CF10 #??', 51.4816, -3.1791, '+44 29 2018 0###'],
    ['Belfast', 'Northern Ireland', 'BT1 #??', 54.5973, -5.9301, '+44 28 9649 6###'],
  ],
  // ComReg keeps 020 91x xxxx free for drama, whatever the town.
  IE: [
    ['Dublin', 'Dublin', 'D02 ####', 53.3498, -6.2603, '+353 20 91# ####'],
    ['Cork', 'Cork', 'T12 ####', 51.8985, -8.4756, '+353 20 91# ####'],
    ['Galway', 'Galway', 'H91 ####', 53.2707, -9.0568, '+353 20 91# ####'],
    ['Limerick', 'Limerick', 'V94 ####', 52.6638, -8.6267, '+353 20 91# ####'],
    ['Waterford', 'Waterford', 'X91 ####', 52.2593, -7.1101, '+353 20 91# ####'],
    ['Drogheda', 'Louth', 'A92 ####', 53.7179, -6.3561, '+353 20 91# ####'],
    ['Kilkenny', 'Kilkenny', 'R95 ####', 52.6541, -7.2448, '+353 20 91# ####'],
    ['Sligo', 'Sligo', 'F91 ####', 54.2766, -8.4761, '+353 20 91# ####'],
  ],
  // The Bundesnetzagentur’s numbers for drama, in five towns; others use the nearest.
  DE: [
    ['Berlin', 'Berlin', '101##', 52.52, 13.405, '+49 30 23125 ###'],
    ['Hamburg', 'Hamburg', '203##', 53.5511, 9.9937, '+49 40 66969 ###'],
    ['München', 'Bayern', '803##', 48.1351, 11.582, '+49 89 99998 ###'],
    ['Köln', 'Nordrhein-Westfalen', '506##', 50.9375, 6.9603, '+49 221 4710 ###'],
    ['Frankfurt am Main', 'Hessen', '603##', 50.1109, 8.6821, '+49 69 90009 ###'],
    ['Stuttgart', 'Baden-Württemberg', '701##', 48.7758, 9.1829, '+49 89 99998 ###'],
    ['Düsseldorf', 'Nordrhein-Westfalen', '402##', 51.2277, 6.7735, '+49 221 4710 ###'],
    ['Leipzig', 'Sachsen', '041##', 51.3397, 12.3731, '+49 30 23125 ###'],
    ['Bremen', 'Bremen', '281##', 53.0793, 8.8017, '+49 40 66969 ###'],
  ],
  // No numbers are free for fiction: German ones, Munich’s.
  AT: [
    ['Wien', 'Wien', '10@0', 48.2082, 16.3738, '+49 89 99998 ###'],
    ['Graz', 'Steiermark', '8010', 47.0707, 15.4395, '+49 89 99998 ###'],
    ['Linz', 'Oberösterreich', '4020', 48.3069, 14.2858, '+49 89 99998 ###'],
    ['Salzburg', 'Salzburg', '5020', 47.8095, 13.055, '+49 89 99998 ###'],
    ['Innsbruck', 'Tirol', '6020', 47.2692, 11.4041, '+49 89 99998 ###'],
    ['Klagenfurt', 'Kärnten', '9020', 46.6247, 14.305, '+49 89 99998 ###'],
    ['Bregenz', 'Vorarlberg', '6900', 47.5031, 9.7471, '+49 89 99998 ###'],
    ['St. Pölten', 'Niederösterreich', '3100', 48.2047, 15.6256, '+49 89 99998 ###'],
  ],
  // No numbers are free for fiction: German ones, Munich’s.
  CH: [
    ['Zürich', 'ZH', '800@', 47.3769, 8.5417, '+49 89 99998 ###'],
    ['Winterthur', 'ZH', '840@', 47.4988, 8.7237, '+49 89 99998 ###'],
    ['Basel', 'BS', '405@', 47.5596, 7.5886, '+49 89 99998 ###'],
    ['Bern', 'BE', '301@', 46.948, 7.4474, '+49 89 99998 ###'],
    ['Luzern', 'LU', '600@', 47.0502, 8.3093, '+49 89 99998 ###'],
    ['St. Gallen', 'SG', '9000', 47.4245, 9.3767, '+49 89 99998 ###'],
    ['Zug', 'ZG', '6300', 47.1662, 8.5155, '+49 89 99998 ###'],
    ['Aarau', 'AG', '5000', 47.3925, 8.0442, '+49 89 99998 ###'],
  ],
  // Arcep’s numbers for works of fiction, one range for each zone.
  FR: [
    ['Paris', 'Île-de-France', '7501@', 48.8566, 2.3522, '+33 1 99 00 ## ##'],
    ['Versailles', 'Île-de-France', '78000', 48.8014, 2.1301, '+33 1 99 00 ## ##'],
    ['Nantes', 'Pays de la Loire', '44000', 47.2184, -1.5536, '+33 2 61 91 ## ##'],
    ['Rennes', 'Bretagne', '35000', 48.1173, -1.6778, '+33 2 61 91 ## ##'],
    ['Strasbourg', 'Grand Est', '67000', 48.5734, 7.7521, '+33 3 53 01 ## ##'],
    ['Lille', 'Hauts-de-France', '59000', 50.6292, 3.0573, '+33 3 53 01 ## ##'],
    ['Lyon', 'Auvergne-Rhône-Alpes', '6900@', 45.764, 4.8357, '+33 4 65 71 ## ##'],
    ['Marseille', 'Provence-Alpes-Côte d’Azur', '1300@', 43.2965, 5.3698, '+33 4 65 71 ## ##'],
    ['Toulouse', 'Occitanie', '31000', 43.6047, 1.4442, '+33 5 36 49 ## ##'],
    ['Bordeaux', 'Nouvelle-Aquitaine', '33000', 44.8378, -0.5792, '+33 5 36 49 ## ##'],
  ],
  // No numbers are free for fiction: German ones, Cologne’s.
  NL: [
    ['Amsterdam', 'Noord-Holland', '101# ??', 52.3676, 4.9041, '+49 221 4710 ###'],
    ['Rotterdam', 'Zuid-Holland', '301# ??', 51.9244, 4.4777, '+49 221 4710 ###'],
    ['Den Haag', 'Zuid-Holland', '251# ??', 52.0705, 4.3007, '+49 221 4710 ###'],
    ['Utrecht', 'Utrecht', '351# ??', 52.0907, 5.1214, '+49 221 4710 ###'],
    ['Eindhoven', 'Noord-Brabant', '561# ??', 51.4416, 5.4697, '+49 221 4710 ###'],
    ['Groningen', 'Groningen', '971# ??', 53.2194, 6.5665, '+49 221 4710 ###'],
    ['Arnhem', 'Gelderland', '681# ??', 51.9851, 5.8987, '+49 221 4710 ###'],
    ['Maastricht', 'Limburg', '621# ??', 50.8514, 5.691, '+49 221 4710 ###'],
  ],
  // No numbers are free for fiction: French ones, of the south-west.
  ES: [
    ['Madrid', 'Madrid', '2800@', 40.4168, -3.7038, '+33 5 36 49 ## ##'],
    ['Barcelona', 'Barcelona', '0800@', 41.3874, 2.1686, '+33 5 36 49 ## ##'],
    ['Valencia', 'Valencia', '4600@', 39.4699, -0.3763, '+33 5 36 49 ## ##'],
    ['Sevilla', 'Sevilla', '4100@', 37.3891, -5.9845, '+33 5 36 49 ## ##'],
    ['Zaragoza', 'Zaragoza', '5000@', 41.6488, -0.8891, '+33 5 36 49 ## ##'],
    ['Málaga', 'Málaga', '2900@', 36.7213, -4.4214, '+33 5 36 49 ## ##'],
    ['Bilbao', 'Bizkaia', '4800@', 43.263, -2.935, '+33 5 36 49 ## ##'],
    ['A Coruña', 'A Coruña', '1500@', 43.3623, -8.4115, '+33 5 36 49 ## ##'],
  ],
  // No numbers are free for fiction: French ones, of the south-east.
  IT: [
    ['Milano', 'MI', '201##', 45.4642, 9.19, '+33 4 65 71 ## ##'],
    ['Roma', 'RM', '001##', 41.9028, 12.4964, '+33 4 65 71 ## ##'],
    ['Torino', 'TO', '101##', 45.0703, 7.6869, '+33 4 65 71 ## ##'],
    ['Bologna', 'BO', '401##', 44.4949, 11.3426, '+33 4 65 71 ## ##'],
    ['Firenze', 'FI', '501##', 43.7696, 11.2558, '+33 4 65 71 ## ##'],
    ['Napoli', 'NA', '801##', 40.8518, 14.2681, '+33 4 65 71 ## ##'],
    ['Verona', 'VR', '371##', 45.4384, 10.9916, '+33 4 65 71 ## ##'],
    ['Genova', 'GE', '161##', 44.4056, 8.9463, '+33 4 65 71 ## ##'],
  ],
  // Numbers that PTS keeps free for books and films, in four towns; others use the nearest.
  SE: [
    ['Stockholm', 'Stockholms län', '111 ##', 59.3293, 18.0686, '+46 8 465 004 ##'],
    ['Uppsala', 'Uppsala län', '753 ##', 59.8586, 17.6389, '+46 8 465 004 ##'],
    ['Västerås', 'Västmanlands län', '722 ##', 59.6099, 16.5448, '+46 8 465 004 ##'],
    ['Göteborg', 'Västra Götalands län', '411 ##', 57.7089, 11.9746, '+46 31 390 06 ##'],
    ['Borås', 'Västra Götalands län', '503 ##', 57.721, 12.9401, '+46 31 390 06 ##'],
    ['Malmö', 'Skåne län', '211 ##', 55.605, 13.0038, '+46 40 628 04 ##'],
    ['Lund', 'Skåne län', '222 ##', 55.7047, 13.191, '+46 40 628 04 ##'],
    ['Kiruna', 'Norrbottens län', '981 ##', 67.8558, 20.2253, '+46 980 319 2##'],
  ],
  // No numbers are free for fiction: American ones, Hawaii’s.
  JP: [
    ['Chiyoda-ku', 'Tokyo', '100-00##', 35.694, 139.7536, '+1 808 555 01##'],
    ['Minato-ku', 'Tokyo', '105-00##', 35.6581, 139.7516, '+1 808 555 01##'],
    ['Osaka', 'Osaka', '530-00##', 34.6937, 135.5023, '+1 808 555 01##'],
    ['Nagoya', 'Aichi', '450-00##', 35.1815, 136.9066, '+1 808 555 01##'],
    ['Yokohama', 'Kanagawa', '220-00##', 35.4437, 139.638, '+1 808 555 01##'],
    ['Fukuoka', 'Fukuoka', '810-00##', 33.5904, 130.4017, '+1 808 555 01##'],
    ['Sapporo', 'Hokkaido', '060-00##', 43.0618, 141.3545, '+1 808 555 01##'],
    ['Sendai', 'Miyagi', '980-00##', 38.2682, 140.8694, '+1 808 555 01##'],
  ],
  // ACMA keeps 5550 xxxx free for fiction in each of the four areas.
  AU: [
    ['Sydney', 'NSW', '2000', -33.8688, 151.2093, '+61 2 5550 ####', 'Australia/Sydney'],
    ['Newcastle', 'NSW', '2300', -32.9283, 151.7817, '+61 2 5550 ####', 'Australia/Sydney'],
    ['Canberra', 'ACT', '2601', -35.2809, 149.13, '+61 2 5550 ####', 'Australia/Sydney'],
    ['Melbourne', 'VIC', '3000', -37.8136, 144.9631, '+61 3 5550 ####', 'Australia/Melbourne'],
    ['Hobart', 'TAS', '7000', -42.8821, 147.3272, '+61 3 5550 ####', 'Australia/Melbourne'],
    ['Brisbane', 'QLD', '4000', -27.4698, 153.0251, '+61 7 5550 ####', 'Australia/Brisbane'],
    ['Adelaide', 'SA', '5000', -34.9285, 138.6007, '+61 8 5550 ####', 'Australia/Adelaide'],
    ['Perth', 'WA', '6000', -31.9505, 115.8605, '+61 8 5550 ####', 'Australia/Perth'],
  ],
  // No numbers are free for fiction: British ones, London’s.
  KW: [
    ['Kuwait City', 'Al Asimah', '1300#', 29.3759, 47.9774, '+44 20 7946 0###'],
    ['Shuwaikh', 'Al Asimah', '7065#', 29.3517, 47.9269, '+44 20 7946 0###'],
    ['Salmiya', 'Hawalli', '2200#', 29.3339, 48.0761, '+44 20 7946 0###'],
    ['Hawalli', 'Hawalli', '3200#', 29.3328, 48.0286, '+44 20 7946 0###'],
    ['Farwaniya', 'Al Farwaniyah', '8100#', 29.2775, 47.9586, '+44 20 7946 0###'],
    ['Fahaheel', 'Al Ahmadi', '6400#', 29.0825, 48.1302, '+44 20 7946 0###'],
    ['Ahmadi', 'Al Ahmadi', '6100#', 29.0769, 48.0839, '+44 20 7946 0###'],
    ['Jahra', 'Al Jahra', '0100#', 29.3375, 47.6581, '+44 20 7946 0###'],
  ],
}
