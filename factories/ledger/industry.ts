/** Lines of business that customers are in. */
export type Industry = keyof typeof industries

/** Each line of business: what it is called, what such a company does, and how many people it employs (the middle of them). */
export const industries = {
  logistics: {
    name: 'Transportation and logistics',
    does: 'Freight forwarding, warehousing and last-mile delivery',
    employees: 160,
  },
  construction: { name: 'Construction', does: 'Commercial building, renovation and site management', employees: 90 },
  food: { name: 'Food production', does: 'Baked goods and prepared foods for retailers and canteens', employees: 120 },
  machinery: {
    name: 'Industrial machinery',
    does: 'Custom machines, spare parts and maintenance for factories',
    employees: 140,
  },
  health: { name: 'Medical devices', does: 'Devices and consumables for clinics and laboratories', employees: 80 },
  energy: { name: 'Energy', does: 'Solar plants, grid connections and metering for businesses', employees: 110 },
  media: { name: 'Media and publishing', does: 'Trade magazines, corporate publishing and events', employees: 45 },
  hospitality: { name: 'Hospitality', does: 'Hotels, restaurants and event catering', employees: 130 },
  agriculture: { name: 'Agriculture', does: 'Seeds, crops and services for growers', employees: 60 },
  packaging: {
    name: 'Packaging and printing',
    does: 'Printed cartons, labels and packaging in small and large runs',
    employees: 75,
  },
  property: { name: 'Real estate', does: 'Letting, facility management and building services', employees: 50 },
  automotive: { name: 'Automotive', does: 'Parts, fleet sales and workshop services', employees: 100 },
} as const satisfies Record<string, { name: string; does: string; employees: number }>

/** Keys of the lines of business, in a fixed order. */
export const industryCodes = Object.keys(industries) as Industry[]
