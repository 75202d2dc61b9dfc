// The table of articles that sellers offer.
/** What the seller sells, before a seed has fixed its prices: a supplier of business software, services and hardware. */
export interface Article {
  readonly code: string
  readonly name: string
  readonly description: string
  readonly productType: 'service' | 'goods' | 'subscription'
  /** UN/ECE Recommendation 20: HUR hour, DAY day, MON month, C62 one, SET set, MTR metre, E48 service unit. */
  readonly unit: 'HUR' | 'DAY' | 'MON' | 'C62' | 'SET' | 'MTR' | 'E48'
  /** Least and greatest price of a unit in US dollars. */
  readonly price: readonly [number, number]
  /** Least and greatest quantity on a line. */
  readonly quantity: readonly [number, number]
  readonly isReduced?: true
}

type Row = readonly [
  code: string,
  name: string,
  description: string,
  unit: Article['unit'],
  price: Article['price'],
  quantity: Article['quantity'],
]

const of = (productType: Article['productType'], rows: readonly Row[], isReduced?: true): Article[] =>
  rows.map(([code, name, description, unit, price, quantity]) => ({
    code,
    name,
    description,
    productType,
    unit,
    price,
    quantity,
    ...(isReduced && { isReduced }),
  }))

/** All articles; the place of one is its number. */
export const articles: readonly Article[] = [
  ...of('subscription', [
    ['SUB-LEDGER', 'Ledger Cloud, seat', 'General ledger and reporting, one named user', 'MON', [18, 45], [2, 160]],
    ['SUB-EXPENSE', 'Expense Cloud, seat', 'Travel and expense claims, one named user', 'MON', [6, 14], [5, 400]],
    ['SUB-PAYROLL', 'Payroll Cloud, employee', 'Monthly payroll run, one employee', 'MON', [4, 9], [5, 900]],
    ['SUB-STOCK', 'Warehouse Cloud, site', 'Stock, picking and shipping for one site', 'MON', [240, 620], [1, 12]],
    ['SUB-CRM', 'Customer Cloud, seat', 'Contacts, quotes and pipeline, one named user', 'MON', [22, 65], [2, 120]],
    [
      'SUB-BACKUP',
      'Managed backup, terabyte',
      'Encrypted off-site backup with monthly restore test',
      'MON',
      [28, 75],
      [1, 60],
    ],
    ['SUB-HOST', 'Managed server', 'Virtual server with monitoring and patching', 'MON', [75, 310], [1, 24]],
    ['SUB-DESK', 'Service desk, workplace', 'Telephone and remote support on working days', 'MON', [14, 38], [5, 350]],
    ['SUB-SECURE', 'Endpoint protection, device', 'Malware protection and device encryption', 'MON', [3, 8], [5, 600]],
    [
      'SUB-LINE',
      'Internet access, 1 Gbit/s',
      'Business line with fixed addresses and 8-hour repair',
      'MON',
      [190, 480],
      [1, 4],
    ],
  ]),
  ...of('service', [
    ['SRV-CONSULT', 'Consulting', 'Process and software consulting, by the quarter hour', 'HUR', [120, 210], [1, 60]],
    [
      'SRV-SENIOR',
      'Senior consulting',
      'Architecture and project direction, by the quarter hour',
      'HUR',
      [180, 290],
      [1, 40],
    ],
    ['SRV-DEV', 'Software development', 'Custom reports, interfaces and forms', 'HUR', [110, 190], [2, 120]],
    ['SRV-SUPPORT', 'On-site support', 'Technician at the customer’s premises', 'HUR', [75, 130], [1, 16]],
    ['SRV-TRAIN', 'Training day', 'Trainer for up to ten participants', 'DAY', [900, 1_800], [1, 5]],
    ['SRV-PM', 'Project management', 'Planning, steering and reporting', 'DAY', [950, 1_600], [1, 15]],
    [
      'SRV-MIGRATE',
      'Data migration',
      'Transfer and check of master data and open items, fixed price',
      'E48',
      [2_400, 9_500],
      [1, 1],
    ],
    [
      'SRV-AUDIT',
      'Security review',
      'Review of accounts, devices and backups with report, fixed price',
      'E48',
      [1_800, 6_400],
      [1, 1],
    ],
    ['SRV-INSTALL', 'Installation', 'Unpacking, mounting and commissioning of a device', 'C62', [85, 240], [1, 12]],
    ['SRV-TRAVEL', 'Travel expenses', 'Travel of consultants, lump sum for each visit', 'C62', [60, 220], [1, 6]],
  ]),
  ...of('goods', [
    ['HW-NOTE14', 'Notebook 14"', '14-inch business notebook, 16 GB memory', 'C62', [780, 1_450], [1, 40]],
    ['HW-NOTE16', 'Notebook 16"', '16-inch mobile workstation, 32 GB memory', 'C62', [1_500, 2_900], [1, 15]],
    ['HW-DOCK', 'Docking station', 'USB-C docking station, two displays', 'C62', [120, 240], [1, 40]],
    ['HW-MON27', 'Monitor 27"', '27-inch display, height-adjustable', 'C62', [190, 420], [1, 60]],
    ['HW-HEADSET', 'Headset', 'Wireless headset with charging stand', 'C62', [70, 190], [1, 80]],
    ['HW-KEYS', 'Keyboard and mouse', 'Wireless set, country layout', 'SET', [35, 90], [1, 80]],
    ['HW-SWITCH24', 'Network switch, 24 ports', 'Managed switch with power over Ethernet', 'C62', [340, 980], [1, 8]],
    ['HW-AP', 'Wireless access point', 'Ceiling access point, two bands', 'C62', [110, 290], [1, 30]],
    ['HW-FIREWALL', 'Firewall appliance', 'Firewall for up to 100 workplaces', 'C62', [620, 2_300], [1, 3]],
    ['HW-SERVER', 'Rack server', 'Two processors, 256 GB memory', 'C62', [5_200, 12_500], [1, 4]],
    ['HW-NAS', 'Network storage', 'Four drive bays, 32 TB', 'C62', [1_300, 2_800], [1, 4]],
    ['HW-UPS', 'Uninterruptible power supply', '1500 VA, rack or tower', 'C62', [280, 760], [1, 6]],
    ['HW-SCAN', 'Barcode scanner', 'Hand scanner with cradle', 'C62', [160, 420], [1, 25]],
    ['HW-LABEL', 'Label printer', 'Thermal transfer printer, 203 dpi', 'C62', [260, 690], [1, 8]],
    ['HW-PRINT', 'Laser printer', 'Colour printer with duplex unit', 'C62', [310, 880], [1, 10]],
    ['HW-CABLE', 'Network cable, laid', 'Category 7 cable, cut to length', 'MTR', [0.9, 2.4], [20, 1_200]],
    ['HW-PATCH', 'Patch cable', 'Category 6A, two metres', 'C62', [4, 9], [5, 300]],
    ['HW-TONER', 'Toner cartridge', 'Black, about 6,000 pages', 'C62', [70, 160], [1, 24]],
  ]),
  ...of(
    'goods',
    [
      ['BK-MANUAL', 'User manual, printed', 'Handbook of the Ledger Cloud, paperback', 'C62', [24, 59], [1, 40]],
      ['BK-TAX', 'Tax tables, printed', 'Annual tables for payroll and travel expenses', 'C62', [18, 42], [1, 30]],
    ],
    true,
  ),
]
