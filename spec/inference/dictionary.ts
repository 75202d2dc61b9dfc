// What words of names mean, in English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, Danish and Norwegian.

import { wordsOf } from '../resources/names.ts'

/**
 * Words of invoices in eleven languages, by the English word that rules are written
 * in. Letters without accents; a compound (`Rechnungsnummer`) is taken apart into its words. What stands for two words
 * of a rule is written as both: `scadenza` is `due date`.
 */
const english: Readonly<Record<string, string>> = {
  invoice:
    'invoice invoices inv rechnung rechnungen rechnungs rg facture factures factura facturas fattura fatture factuur facturen faktura beleg voucher bill bills notula invoiced facturation comprobante comprobantes cfdi dte fatura faturas faktury faktur fakturor fakturaer fakturan',
  number: 'number num no nr nro nummer numero numer numery',
  reference: 'reference ref referenz referencia riferimento referentie referens',
  date: 'date day dt datum fecha giorno jour fech dato dzien dia',
  due: 'due fallig falligkeit falligkeits faellig faelligkeit faelligkeits vencimiento echeance verval forfall forfallo forfalls vencimento forfald forfalds forfalder',
  overdue: 'overdue uberfallig ueberfallig pastdue late forfallen forfalt vencida atrasada przeterminowana',
  summary: 'summary resumo riepilogo resumen sammandrag recapitulatif',
  'issue date': 'billedat billedon',
  'due date':
    'payableby scadenza falligkeitsdatum vervaldatum vervaldag payby payable_by paybefore forfallodatum forfallodag forfallsdato forfaldsdato terminplatnosci deadline',
  issue:
    'issue issued issuing emission emissione emision expedicion ausstellung ausstellungs ausgestellt emitted emitida uitgifte emitido emis dated emissao wystawienia wystawiona utstalld utfardad utstedt udstedt fakturadatum expediert utstallt',
  net: 'net netto netta nett neto ht untaxed imponible liquido liquida',
  gross: 'gross brutto ttc lordo lorda bruto iliquido',
  'tax base': 'imponibile taxable bemessungsgrundlage grondslag basis incidencia tributavel',
  'excl tax': 'exclbtw exvat extax pretax exgst',
  'incl tax': 'inclbtw incvat inctax',
  excl: 'excl excluding exclusive ex exc without before senza ohne hors sin exclusief zonder exkl sem eksl ekskl',
  incl: 'incl including inclusive inc with after con compris inclusief inkl mit inclus incluso com inklusive',
  tax: 'tax taxes vat gst hst mwst ust steuer umsatzsteuer mehrwertsteuer tva iva btw imposta impuesto impuestos taxe taxation belasting impuestos impots imposte steuern btw_bedrag cuota moms mva imposto impostos podatek podatku icms',
  total:
    'total totals totale totaal totales totalen gesamt summe gesamtsumme grand overall zahl totalt suma razem totalbelopp lacznie',
  amount:
    'amount amounts amt betrag betrage montant importe importo bedrag value valor sum money monto montos importes betraege betraegen belopp belob belop kwota kwoty quantia montante wartosc',
  subtotal: 'subtotal subtotale subtotaal zwischensumme soustotal delsumma delsum',
  sub: 'sub',
  paid: 'paid bezahlt gezahlt bezahlte paye payee pagado pagata pagato pagada betaald betaalde regle reglee settled received pagados abonado abonada bezahlter cobrado cobrada cobrados cobradas encaisse encaissee encaisses acquitte acquittee percu percue incassato incassata incassati riscosso saldato saldata voldaan voldane ontvangen beglichen erhalten vereinnahmt recibido recibida ricevuto liquidado liquidada collected betald betalda betalt zaplacono zaplacona oplacona paga pagas oplacono recebido recebida',
  outstanding:
    'lefttopay resteapayer amountleft outstanding remaining remainder balance offen offener offene restant reste rest pendiente residuo residua openstaand openstaande saldo solde owed owing unpaid dovuto restbetrag adeudado adeudo due_amount left pozostalo aterstaende utestaende gjenstaende restbelopp restbelob dozaplaty emaberto divida resterande pendente',
  payable: 'netapayer payable zahlbetrag toPay apagar topay totaltopay',
  payment:
    'payment payments zahlung zahlungen paiement paiements pago pagos pagamento pagamenti betaling betalingen cobro cobros encaissement encaissements incasso incassi ontvangst ontvangsten zahlungseingang betalning betalningar platnosc wplata wplaty pagamentos platnosci zaplaty recebimento recebimentos',
  instalment:
    'instalment instalments installment installments raten teilzahlung teilzahlungen teilbetraege mensualites mensualite plazos termijnen tranches tranche',
  discount:
    'discount discounts rabatt rabatte nachlass remise remises descuento descuentos sconto sconti korting kortingen allowance allowances rebate coupon coupons reduction deduction rabat rabaty desconto descontos rabatter',
  fee: 'fee fees gebuhr gebuehr honorar avgift gebyr avgifter taxas',
  charge:
    'charge charges surcharge surcharges zuschlag zuschlage handling frais recargo supplemento toeslag oplata oplaty acrescimo',
  shipping:
    'shipping freight versand versandkosten livraison envio spedizione verzending verzendkosten delivery postage liefer lieferung levering entrega consegna shipment frakt fragt transport wysylka frete portes',
  rounding:
    'rounding rounded rundung arrotondamento redondeo arrondi afronding roundoff round rounds redondeado avrundning afrunding avrunding zaokraglenie arredondamento oresavrundning',
  line: 'line lines lineitem lineitems position positionen posten ligne lignes linea lineas riga righe regel regels item items articles row rows entry entries partida partidas concepto conceptos voce voci reihe rows conceptos partidas entries prestations positions posities posizioni posiciones renglon renglones rad rader linje linjer pozycja pozycje linha linhas itens fakturarader fakturalinjer pozycji invoicerows',
  product:
    'product products produkt produit producto prodotto article sku articolo goods artikel artikkel artikler produto produtos towar towary produkty vare varer vara varor artigo artigos artikelnummer',
  service:
    'service services leistung leistungs prestation servicio servizio tjanst tjanster ydelse tjeneste usluga uslugi servico servicos',
  quantity:
    'quantity qty quantities menge anzahl quantite qte cantidad quantita qta aantal hoeveelheid units quant cant amount_of units antal antall ilosc quantidade kvantitet quantidades',
  price:
    'price preis prix precio prezzo prijs cost unitprice pu unitcost valorunitario tarif pris preco cena priser ceny a_pris',
  'unit price': 'einzelpreis stuckpreis stueckpreis stukprijs styckpris stykpris enhetspris enhedspris',
  unit: 'unit einheit unite unidad unita eenheid uom unitario unitaire einzel uom medida mass einheiten enhet enhed jednostka jednostkowa unidade jm',
  name: 'name nom nome naam bezeichnung title titel label designation denominazione nombre denominacion denomination namn navn nazwa benamning designacao',
  description:
    'description desc beschreibung descripcion descrizione omschrijving beschrijving libelle text langtext beskrivning beskrivelse opis descricao',
  customer:
    'customer customers client clients kunde kunden cliente clienti clientes klant klanten partner partners buyer kaufer kaeufer acheteur comprador acquirente koper debtor debitor debiteur recipient recipients empfanger destinataire destinatario payer payor bill_to purchaser billed billto customerinfo receptor rechnungsempfanger rechnungsempfaenger leistungsempfaenger leistungsempfanger kundin besteller abnehmer beneficiary invoicee addressee organization_customer orderedby kund kunder nabywca nabywcy klient klienci odbiorca tomador mottaker modtager fregues adquirente',
  contact: 'contact contacts kontakt kontakte contacto contactos contatto contatti contacten ansprechpartner contato',
  seller:
    'seller vendor vendors supplier suppliers lieferant lieferanten fournisseur fournisseurs proveedor proveedores fornitore fornitori leverancier leveranciers verkaufer vendeur vendedor venditore cedente verkoper issuer emisor emetteur emittente merchant biller provider payee invoicer absender creditor kreditor crediteur accounts_supplier expedidor rechnungssteller leistungserbringer issuer_party supplier_party remitente lieferantin saljare leverantor leverantorer leverandor saelger sprzedawca sprzedawcy dostawca fornecedor fornecedores prestador wystawca avsandare',
  company:
    'company firma entreprise empresa societa azienda bedrijf business organisation organization org firmen foretag bolag virksomhed spolka companhia',
  currency: 'currency curr ccy wahrung waehrung devise moneda divisa valuta monnaie munt waluta moeda',
  exchange: 'exchange wechselkurs conversion fx',
  status:
    'status state zustand statut etat estado stato estatus zustand stand situacion statut lifecycle stage tillstand situacao estados',
  note: 'note notes bemerkung bemerkungen anmerkung anmerkungen remarque remarques nota notas opmerking opmerkingen comment comments notiz hinweis kommentar message observaciones memo memos texto kopftext fusstext anteckning bemaerkning merknad uwagi observacoes observacao remarks remark anmarkning',
  private: 'private internal intern interne interna interno',
  terms:
    'terms term conditions zahlungsbedingungen bedingungen zahlungsziel condizioni condiciones voorwaarden zahlungsbedingung bedingung betalningsvillkor betalingsbetingelser warunki condicoes',
  country: 'country land pays pais paese nation kraj landskod',
  city: 'city town stadt ort ville ciudad citta comune plaats stad locality localidad poblacion localite municipio miasto cidade stadort poststed localidade',
  zip: 'zip zipcode postcode postal plz cap cp postleitzahl postalcode postnummer postnr cep pocztowy postkod kodpocztowy',
  street:
    'street strasse rue calle via straat indirizzo gata gate gade ulica rua vei gateadresse logradouro morada gatuadress',
  address:
    'address addresses addr adresse adresses adressen direccion direcciones adres anschrift anschriften indirizzi domicilio domicilios address1 address2 adress endereco',
  region:
    'region province provincia bundesland county provincie departement estado_provincia distrito uf subdivision countrysubdivision lan',
  rate: 'rate rates percent percentage pct satz prozent taux tasa aliquota tarief percentuale porcentaje percentages pourcentage tasa tarifa tipo sats stawka prosent procent procentsats taxa aliquotas percentagem',
  email: 'email mail correo courriel emails mails epost',
  phone: 'phone telephone tel telefon telefono telefoon mobile fono telefone telemovel telefonnummer',
  website: 'website homepage web',
  id: 'id ids uuid guid identifier ident',
  key: 'key',
  external: 'external remote foreign extern source',
  code: 'code codes kod',
  period: 'period zeitraum leistungszeitraum periode periodo zeitraum okres',
  start: 'start from begin beginning von inicio inizio debut first starts since desde ab dal',
  end: 'end to until till bis fin fine through last ends einde hasta',
  created:
    'created creation create erstellt angelegt cree creado creato creata aangemaakt inserted added erstellungs creazione opened entered angelegt registrado recorded skapad opprettet oprettet utworzono criado criada createtime',
  modified:
    'modified updated update changed geandert geaendert modifie modificado modificato aktualisiert actualizado aggiornato gewijzigd edited aggiornamento andrad endret aendret zmieniono alterado modificada atualizado atualizada',
  days: 'days tage tagen jours dias giorni dagen weeks wochen semaines semanas settimane weken months monate mois meses mesi maanden hours',
  // After what was taken off the price, and before.
  reduced:
    'withdiscount withdiscounts afterdiscount afterdiscounts lessdiscount netofdiscount discounted mitrabatt nachrabatt abzuglichrabatt avecremise apresremise condescuento trasdescuento consconto dopolosconto metkorting nakorting',
  unreduced:
    'beforediscount beforediscounts withoutdiscount undiscounted ohnerabatt vorrabatt sansremise avantremise sindescuento antesdescuento senzasconto zonderkorting voorkorting',
  void: 'void voided cancelled canceled cancel cancellation storniert storno annule anulado anulada annullata annullato geannuleerd makulerad annullerad anulowana anulowano cancelada estornada krediterad annulleret',
  uncollectible: 'uncollectible written_off writeoff',
  sent: 'sent versendet gesendet envoye enviado enviada inviata inviato verzonden emailed mailed skickad sendt wyslana',
  at: 'at on time timestamp datetime am le il el op ts moment instant kl',
  order:
    'order bestellung bestell commande pedido ordine bestelling ordine purchaseorder auftrag auftrags ordenes ordenar orden ordre zamowienie zamowienia encomenda encomendas bestallning',
  purchase: 'purchase po einkauf achat compra acquisto inkoop beschaffung',
  document: 'document documento dokument doc',
  vat: 'partita ustid ustidnr',
  legal: 'legal registered official',
  given: 'given firstname vorname prenom forename voornaam',
  family: 'family surname lastname nachname familienname apellido apellidos cognome achternaam',
  language: 'language locale lang sprache langue idioma lingua taal',
  category: 'category kategorie categorie categoria categorie',
  reason: 'reason grund motif motivo reden razon',
  method: 'method methode metodo mode methode sposob forma meio',
  url: 'url link uri href',
  pdf: 'pdf',
  is: 'is has was',
  direction: 'direction richtung',
  sales: 'sales verkoop verkauf verkaufs vente ventes venta ventas vendita vendite forsaljning salg sprzedaz sprzedazy',
  outgoing: 'outgoing outbound ausgangs ausgehende',
  incoming: 'incoming inbound eingangs eingehende',
  disputed: 'disputed dispute contested',
  'legal name':
    'ragionesociale razonsocial raisonsociale denominacionsocial denominazionesociale denominationsociale firmierung handelsnaam',
  'tax number':
    'nif cif ruc rfc nit rut cuit nipc siren siret codicefiscale partitaiva steuernummer ustidnr ustid vatid vatno taxid ein abn gstin orgnummer organisationsnummer organisasjonsnummer nip regon cnpj cpf cvr momsnummer organisationnumber organizationnumber orgnr contribuinte gst_number',
  registration: 'registration registre registro handelsregister',
}

/** Words that add nothing: articles, prepositions. */
const idle = new Set(
  'precise exact decimal absolute utc gmt raw fc txn the of a an de del della dell der die das den des du di da la le les el los las il lo van het een in for per fur pour para per voor and und et y e en our your my s d l n o os as um uma do dos da no na nos em av og och i till'.split(
    ' ',
  ),
)

const known = new Map<string, readonly string[]>()
for (const [meaning, words] of Object.entries(english))
  for (const word of words.split(' ')) if (!known.has(word)) known.set(word, meaning.split(' '))

/** Words of the tables that are written apart as well. */
const phrases = new Set(
  'razonsocial ragionesociale raisonsociale partitaiva codicefiscale ustidnr ustid vatid vatno taxid payby paybefore payableby pastdue withdiscount withdiscounts afterdiscount afterdiscounts lessdiscount netofdiscount mitrabatt nachrabatt avecremise apresremise condescuento trasdescuento consconto metkorting nakorting beforediscount beforediscounts withoutdiscount ohnerabatt vorrabatt sansremise avantremise sindescuento senzasconto zonderkorting voorkorting denominacionsocial denominazionesociale denominationsociale unitcost unitprice valorunitario writtenoff resteapayer lefttopay firstname lastname orderedby metadata terminplatnosci dozaplaty emaberto kodpocztowy netadue netapayer amountleft topay totaltopay countrysubdivision organisationnumber organizationnumber billedat billedon createtime'.split(
    ' ',
  ),
)

/** Words that say in which unit an amount is written. */
const minorUnits = new Set(
  'cent cents paise paisa centavos ore oere grosze minor centimes centimos centesimi pence kopecks pennies subunits subunit smallest'.split(
    ' ',
  ),
)

/** What a name says, in words of rules. */
interface NameMeaning {
  /** English words in order, each once; those that no table knows are left as they are. */
  readonly words: readonly string[]
  /** The name says that amounts are in the minor unit. */
  readonly isMinor: boolean
}

/** Returns a text without accents, in lower case. */
export const plainLetters = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[ßłøæ]/g, (letter) => letters[letter] as string)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')

/** Letters that are no letter with an accent. */
const letters: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', æ: 'ae' }

const remembered = new Map<string, NameMeaning>()

/** Returns what the words of a name mean. @param words of the name, as `wordsOf` gives them */
export function nameMeaning(words: readonly string[]): NameMeaning {
  const key = words.join(' ')
  const before = remembered.get(key)
  if (before) return before
  const plainWords = words.map(plainLetters)
  // Italian "data" is a date beside other Italian words; elsewhere it wraps something.
  const at = plainWords.indexOf('data')
  if (at >= 0 && plainWords.some((word) => word !== 'data' && known.has(word) && !known.get(word)?.includes(word)))
    plainWords[at] = 'date'
  const isMinor = plainWords.some((word) => minorUnits.has(word))
  if (isMinor && plainWords.includes('unit')) plainWords.splice(plainWords.indexOf('unit'), 1)
  const meant = phrased(plainWords)
    .filter((word) => !minorUnits.has(word) && !idle.has(word))
    .flatMap(translate)
  const made = { words: joined([...new Set(meant)], plainWords), isMinor }
  if (remembered.size < 20_000) remembered.set(key, made)
  return made
}

/** Words that mean something else together: `razon social` is a name, `pay by` a day. */
function phrased(words: readonly string[]): string[] {
  const found: string[] = []
  for (let at = 0; at < words.length;) {
    const length = [3, 2].find(
      (count) => at + count <= words.length && phrases.has(words.slice(at, at + count).join('')),
    )
    found.push(length === undefined ? (words[at] as string) : words.slice(at, at + length).join(''))
    at += length ?? 1
  }
  return found
}

/** `sub total` is one word, and so are `first name` and `last name`. */
function joined(words: readonly string[], raw: readonly string[]): string[] {
  const has = (...all: string[]): boolean => all.every((word) => words.includes(word))
  if (has('sub', 'total')) return ['subtotal', ...words.filter((word) => word !== 'sub' && word !== 'total')]
  if (has('end', 'name') && raw.includes('last'))
    return ['family', 'name', ...words.filter((word) => word !== 'end' && word !== 'name')]
  if (has('start', 'name') && raw.includes('first'))
    return ['given', 'name', ...words.filter((word) => word !== 'start' && word !== 'name')]
  return [...words]
}

/** How many names of an item share an abbreviation that says which record or currency they are of: `AmountFC`, `VATAmountFC`. */
const shared = 3

/** Returns abbreviations without a meaning that begin or end many names of an item. */
export function affixesOf(names: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const name of names) {
    const words = wordsOf(name)
    if (words.length < 2) continue
    for (const word of new Set([words[0] as string, words.at(-1) as string]))
      if (word.length <= 3 && !/\d/.test(word) && !isKnownWord(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return new Set([...counts].filter(([, count]) => count >= shared).map(([word]) => word))
}

/** Tells whether a word means something here, alone or as a compound. */
function isKnownWord(word: string): boolean {
  const letters = plainLetters(word)
  return idle.has(letters) || minorUnits.has(letters) || known.has(letters) || compound(letters) !== undefined
}

function translate(word: string): readonly string[] {
  return known.get(word) ?? compound(word) ?? [word]
}

/** Takes a compound apart into two or three known words, joined by nothing or by an `s`, `n` or `en`. */
function compound(word: string, parts = 3): readonly string[] | undefined {
  if (word.length < 6 || parts < 2) return undefined
  for (let at = word.length - 2; at >= 2; at--) {
    const head =
      known.get(word.slice(0, at)) ?? (idle.has(word.slice(0, at)) ? undefined : known.get(bare(word.slice(0, at))))
    if (!head || word.slice(0, at).length < 3) continue
    const tail = word.slice(at)
    const rest = known.get(tail) ?? compound(tail, parts - 1)
    if (rest && tail.length >= 2) return [...head, ...rest]
  }
  return undefined
}

const bare = (head: string): string => head.replace(/(?:s|n|en)$/, '')
