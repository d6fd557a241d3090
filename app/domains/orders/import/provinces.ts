/**
 * Codes of provinces as Shopify takes them, by country. Source: ISO 3166-2 (parts after the country for BR ID IE IT ES MY, whole codes for
 * JP PH TH); Mexico's are the abbreviations of its post. Shopify knows no provinces in DE FR SG VN and needs none in GB. A country that is
 * not here gets no code. Entries: name, further names after "=", the code last.
 */
const TABLES: Record<string, string> = {
  BR: "Acre AC,Alagoas AL,Amapá AP,Amazonas AM,Bahia BA,Ceará CE,Distrito Federal DF,Espírito Santo ES,Goiás GO,Maranhão MA,Mato Grosso MT,Mato Grosso do Sul MS,Minas Gerais MG,Pará PA,Paraíba PB,Paraná PR,Pernambuco PE,Piauí PI,Rio de Janeiro RJ,Rio Grande do Norte RN,Rio Grande do Sul RS,Rondônia RO,Roraima RR,Santa Catarina SC,São Paulo SP,Sergipe SE,Tocantins TO",
  MX: "Aguascalientes AGS,Baja California BC,Baja California Sur BCS,Campeche CAMP,Chiapas CHIS,Chihuahua CHIH,Ciudad de México=CDMX=Mexico City=Distrito Federal DF,Coahuila=Coahuila de Zaragoza COAH,Colima COL,Durango DGO,Guanajuato GTO,Guerrero GRO,Hidalgo HGO,Jalisco JAL,México=Estado de México=State of Mexico MEX,Michoacán=Michoacán de Ocampo MICH,Morelos MOR,Nayarit NAY,Nuevo León NL,Oaxaca OAX,Puebla PUE,Querétaro QRO,Quintana Roo Q_ROO,San Luis Potosí SLP,Sinaloa SIN,Sonora SON,Tabasco TAB,Tamaulipas TAMPS,Tlaxcala TLAX,Veracruz=Veracruz de Ignacio de la Llave VER,Yucatán YUC,Zacatecas ZAC",
  MY: "Johor JHR,Kedah KDH,Kelantan KTN,Kuala Lumpur=WP Kuala Lumpur=Wilayah Persekutuan Kuala Lumpur KUL,Labuan=WP Labuan LBN,Melaka=Malacca MLK,Negeri Sembilan NSN,Pahang PHG,Pulau Pinang=Penang PNG,Perak PRK,Perlis PLS,Putrajaya=WP Putrajaya PJY,Sabah SBH,Sarawak SWK,Selangor SGR,Terengganu TRG",
  ID: "Aceh AC,Bali BA,Kepulauan Bangka Belitung=Bangka Belitung BB,Banten BT,Bengkulu BE,Gorontalo GO,Jambi JA,Jawa Barat=West Java JB,Jawa Tengah=Central Java JT,Jawa Timur=East Java JI,Kalimantan Barat=West Kalimantan KB,Kalimantan Selatan=South Kalimantan KS,Kalimantan Tengah=Central Kalimantan KT,Kalimantan Timur=East Kalimantan KI,Kalimantan Utara=North Kalimantan KU,Kepulauan Riau=Riau Islands KR,Lampung LA,Maluku MA,Maluku Utara=North Maluku MU,Nusa Tenggara Barat=West Nusa Tenggara NB,Nusa Tenggara Timur=East Nusa Tenggara NT,Papua PA,Papua Barat=West Papua PB,Riau RI,Sulawesi Barat=West Sulawesi SR,Sulawesi Selatan=South Sulawesi SN,Sulawesi Tengah=Central Sulawesi ST,Sulawesi Tenggara=Southeast Sulawesi SG,Sulawesi Utara=North Sulawesi SA,Sumatera Barat=West Sumatra SB,Sumatera Selatan=South Sumatra SS,Sumatera Utara=North Sumatra SU,DKI Jakarta=Jakarta JK,DI Yogyakarta=Yogyakarta YO",
  IE: "Carlow CW,Cavan CN,Clare CE,Cork CO,Donegal DL,Dublin D,Galway G,Kerry KY,Kildare KE,Kilkenny KK,Laois LS,Leitrim LM,Limerick LK,Longford LD,Louth LH,Mayo MO,Meath MH,Monaghan MN,Offaly OY,Roscommon RN,Sligo SO,Tipperary TA,Waterford WD,Westmeath WH,Wexford WX,Wicklow WW",
  ES: "A Coruña=La Coruña C,Álava=Araba VI,Albacete AB,Alicante=Alacant A,Almería AL,Asturias O,Ávila AV,Badajoz BA,Balears=Illes Balears=Islas Baleares=Baleares PM,Barcelona B,Burgos BU,Cáceres CC,Cádiz CA,Cantabria S,Castellón=Castelló CS,Ceuta CE,Ciudad Real CR,Córdoba CO,Cuenca CU,Girona=Gerona GI,Granada GR,Guadalajara GU,Guipúzcoa=Gipuzkoa SS,Huelva H,Huesca HU,Jaén J,La Rioja LO,Las Palmas GC,León LE,Lleida=Lérida L,Lugo LU,Madrid M,Málaga MA,Melilla ML,Murcia MU,Navarra NA,Ourense=Orense OR,Palencia P,Pontevedra PO,Salamanca SA,Santa Cruz de Tenerife TF,Segovia SG,Sevilla=Seville SE,Soria SO,Tarragona T,Teruel TE,Toledo TO,Valencia=València V,Valladolid VA,Vizcaya=Bizkaia BI,Zamora ZA,Zaragoza Z",
  IT: "Agrigento AG,Alessandria AL,Ancona AN,Aosta=Valle d'Aosta AO,Arezzo AR,Ascoli Piceno AP,Asti AT,Avellino AV,Bari BA,Barletta-Andria-Trani BT,Belluno BL,Benevento BN,Bergamo BG,Biella BI,Bologna BO,Bolzano=Bozen BZ,Brescia BS,Brindisi BR,Cagliari CA,Caltanissetta CL,Campobasso CB,Caserta CE,Catania CT,Catanzaro CZ,Chieti CH,Como CO,Cosenza CS,Cremona CR,Crotone KR,Cuneo CN,Enna EN,Fermo FM,Ferrara FE,Firenze=Florence FI,Foggia FG,Forlì-Cesena FC,Frosinone FR,Genova=Genoa GE,Gorizia GO,Grosseto GR,Imperia IM,Isernia IS,L'Aquila AQ,La Spezia SP,Latina LT,Lecce LE,Lecco LC,Livorno LI,Lodi LO,Lucca LU,Macerata MC,Mantova MN,Massa-Carrara MS,Matera MT,Messina ME,Milano=Milan MI,Modena MO,Monza e Brianza=Monza e della Brianza MB,Napoli=Naples NA,Novara NO,Nuoro NU,Oristano OR,Padova=Padua PD,Palermo PA,Parma PR,Pavia PV,Perugia PG,Pesaro e Urbino PU,Pescara PE,Piacenza PC,Pisa PI,Pistoia PT,Pordenone PN,Potenza PZ,Prato PO,Ragusa RG,Ravenna RA,Reggio Calabria=Reggio di Calabria RC,Reggio Emilia=Reggio nell'Emilia RE,Rieti RI,Rimini RN,Roma=Rome RM,Rovigo RO,Salerno SA,Sassari SS,Savona SV,Siena SI,Siracusa SR,Sondrio SO,Taranto TA,Teramo TE,Terni TR,Torino=Turin TO,Trapani TP,Trento TN,Treviso TV,Trieste TS,Udine UD,Varese VA,Venezia=Venice VE,Verbano-Cusio-Ossola VB,Vercelli VC,Verona VR,Vibo Valentia VV,Vicenza VI,Viterbo VT",
  JP: "Hokkaido=北海道 JP-01,Aomori=青森県 JP-02,Iwate=岩手県 JP-03,Miyagi=宮城県 JP-04,Akita=秋田県 JP-05,Yamagata=山形県 JP-06,Fukushima=福島県 JP-07,Ibaraki=茨城県 JP-08,Tochigi=栃木県 JP-09,Gunma=群馬県 JP-10,Saitama=埼玉県 JP-11,Chiba=千葉県 JP-12,Tokyo=東京都 JP-13,Kanagawa=神奈川県 JP-14,Niigata=新潟県 JP-15,Toyama=富山県 JP-16,Ishikawa=石川県 JP-17,Fukui=福井県 JP-18,Yamanashi=山梨県 JP-19,Nagano=長野県 JP-20,Gifu=岐阜県 JP-21,Shizuoka=静岡県 JP-22,Aichi=愛知県 JP-23,Mie=三重県 JP-24,Shiga=滋賀県 JP-25,Kyoto=京都府 JP-26,Osaka=大阪府 JP-27,Hyogo=兵庫県 JP-28,Nara=奈良県 JP-29,Wakayama=和歌山県 JP-30,Tottori=鳥取県 JP-31,Shimane=島根県 JP-32,Okayama=岡山県 JP-33,Hiroshima=広島県 JP-34,Yamaguchi=山口県 JP-35,Tokushima=徳島県 JP-36,Kagawa=香川県 JP-37,Ehime=愛媛県 JP-38,Kochi=高知県 JP-39,Fukuoka=福岡県 JP-40,Saga=佐賀県 JP-41,Nagasaki=長崎県 JP-42,Kumamoto=熊本県 JP-43,Oita=大分県 JP-44,Miyazaki=宮崎県 JP-45,Kagoshima=鹿児島県 JP-46,Okinawa=沖縄県 JP-47",
  TH: "Bangkok=Krung Thep Maha Nakhon=กรุงเทพมหานคร TH-10,Samut Prakan TH-11,Nonthaburi TH-12,Pathum Thani TH-13,Phra Nakhon Si Ayutthaya=Ayutthaya TH-14,Ang Thong TH-15,Lopburi=Lop Buri TH-16,Sing Buri TH-17,Chai Nat TH-18,Saraburi TH-19,Chonburi=Chon Buri TH-20,Rayong TH-21,Chanthaburi TH-22,Trat TH-23,Chachoengsao TH-24,Prachinburi=Prachin Buri TH-25,Nakhon Nayok TH-26,Sa Kaeo TH-27,Nakhon Ratchasima TH-30,Buriram=Buri Ram TH-31,Surin TH-32,Sisaket=Si Sa Ket TH-33,Ubon Ratchathani TH-34,Yasothon TH-35,Chaiyaphum TH-36,Amnat Charoen TH-37,Bueng Kan TH-38,Nong Bua Lamphu=Nong Bua Lam Phu TH-39,Khon Kaen TH-40,Udon Thani TH-41,Loei TH-42,Nong Khai TH-43,Maha Sarakham TH-44,Roi Et TH-45,Kalasin TH-46,Sakon Nakhon TH-47,Nakhon Phanom TH-48,Mukdahan TH-49,Chiang Mai TH-50,Lamphun TH-51,Lampang TH-52,Uttaradit TH-53,Phrae TH-54,Nan TH-55,Phayao TH-56,Chiang Rai TH-57,Mae Hong Son TH-58,Nakhon Sawan TH-60,Uthai Thani TH-61,Kamphaeng Phet TH-62,Tak TH-63,Sukhothai TH-64,Phitsanulok TH-65,Phichit TH-66,Phetchabun TH-67,Ratchaburi TH-70,Kanchanaburi TH-71,Suphan Buri TH-72,Nakhon Pathom TH-73,Samut Sakhon TH-74,Samut Songkhram TH-75,Phetchaburi TH-76,Prachuap Khiri Khan TH-77,Nakhon Si Thammarat TH-80,Krabi TH-81,Phang Nga=Phangnga TH-82,Phuket TH-83,Surat Thani TH-84,Ranong TH-85,Chumphon TH-86,Songkhla TH-90,Satun TH-91,Trang TH-92,Phatthalung TH-93,Pattani TH-94,Yala TH-95,Narathiwat TH-96",
  PH: "Abra PH-ABR,Agusan del Norte PH-AGN,Agusan del Sur PH-AGS,Aklan PH-AKL,Albay PH-ALB,Antique PH-ANT,Apayao PH-APA,Aurora PH-AUR,Basilan PH-BAS,Bataan PH-BAN,Batanes PH-BTN,Batangas PH-BTG,Benguet PH-BEN,Biliran PH-BIL,Bohol PH-BOH,Bukidnon PH-BUK,Bulacan PH-BUL,Cagayan PH-CAG,Camarines Norte PH-CAN,Camarines Sur PH-CAS,Camiguin PH-CAM,Capiz PH-CAP,Catanduanes PH-CAT,Cavite PH-CAV,Cebu PH-CEB,Cotabato=North Cotabato PH-NCO,Davao del Norte PH-DAV,Davao del Sur PH-DAS,Davao Oriental PH-DAO,Eastern Samar PH-EAS,Guimaras PH-GUI,Ifugao PH-IFU,Ilocos Norte PH-ILN,Ilocos Sur PH-ILS,Iloilo PH-ILI,Isabela PH-ISA,Kalinga PH-KAL,La Union PH-LUN,Laguna PH-LAG,Lanao del Norte PH-LAN,Lanao del Sur PH-LAS,Leyte PH-LEY,Maguindanao PH-MAG,Marinduque PH-MAD,Masbate PH-MAS,Metro Manila=National Capital Region=NCR PH-00,Misamis Occidental PH-MSC,Misamis Oriental PH-MSR,Mountain Province PH-MOU,Negros Occidental PH-NEC,Negros Oriental PH-NER,Northern Samar PH-NSA,Nueva Ecija PH-NUE,Nueva Vizcaya PH-NUV,Occidental Mindoro PH-MDC,Oriental Mindoro PH-MDR,Palawan PH-PLW,Pampanga PH-PAM,Pangasinan PH-PAN,Quezon PH-QUE,Quirino PH-QUI,Rizal PH-RIZ,Romblon PH-ROM,Samar PH-WSA,Sarangani PH-SAR,Siquijor PH-SIG,Sorsogon PH-SOR,South Cotabato PH-SCO,Southern Leyte PH-SLE,Sultan Kudarat PH-SUK,Sulu PH-SLU,Surigao del Norte PH-SUN,Surigao del Sur PH-SUR,Tarlac PH-TAR,Tawi-Tawi PH-TAW,Zambales PH-ZMB,Zamboanga del Norte PH-ZAN,Zamboanga del Sur PH-ZAS,Zamboanga Sibugay PH-ZSI",
};

/** Words that say what kind of area it is, not which. */
const KINDS =
  /\b(provincia|province|provinsi|propinsi|prefecture|state|estado|county|co|changwat|region|di|de|of|city|ken|fu|to)\b/g;

const byCountry = new Map<string, Map<string, string>>();

/** Code of a province by its name, in any of the spellings we know; "" where there is none. A code is given back as it is. */
export function provinceCode(countryCode: string, name: string): string {
  const table = tableOf(countryCode);
  return table.get(plain(name)) ?? table.get(bare(name)) ?? "";
}

function tableOf(countryCode: string): Map<string, string> {
  const known = byCountry.get(countryCode);
  if (known) return known;
  const table = new Map<string, string>();
  for (const entry of (TABLES[countryCode] ?? "").split(",").filter(Boolean)) {
    const at = entry.lastIndexOf(" ");
    const code = entry.slice(at + 1).replace("_", " ");
    for (const name of entry.slice(0, at).split("=")) {
      table.set(plain(name), code);
      if (!table.has(bare(name))) table.set(bare(name), code);
    }
    if (!table.has(plain(code))) table.set(plain(code), code);
  }
  byCountry.set(countryCode, table);
  return table;
}

/** Case, accents, blanks and punctuation do not part names. */
const plain = (name: string): string => words(name).replaceAll(" ", "");
const bare = (name: string): string => words(name).replaceAll(KINDS, "").replaceAll(" ", "");
const words = (name: string): string =>
  name
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
