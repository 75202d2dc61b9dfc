import type { Language } from '../language.ts'
import { words } from '../words/es.ts'

const kinds = ['Calle', 'Calle', 'Calle de', 'Avenida de', 'Paseo de', 'Plaza de', 'Ronda de']

/** Spanish. */
export const es: Language = {
  code: 'es',
  words,
  heads: ['Monte', 'Rio', 'Sol', 'Mar', 'Peña', 'Fuente', 'Campo', 'Sierra', 'Roble', 'Nube'],
  tails: ['alto', 'claro', 'sur', 'norte', 'real', 'verde', 'blanca', 'dorada', 'nueva', 'luz'],
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
    `${source.helpers.arrayElement(kinds)} ${source.helpers.arrayElement(source.definitions.person.last_name.generic ?? [])}`,
}
