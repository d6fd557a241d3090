import type { Address } from "./model.ts";

interface Place {
  regionName: string;
  /** Given names first, as the platform tells them; whole: the name in one text. */
  names: readonly [first: string, last: string][];
  wholeName?: (first: string, last: string) => string;
  phone: (digits: string) => string;
  line1: string;
  line2?: string;
  city: string;
  postalCode: string;
  districts: { kind: string; name: string }[];
  form?: "one";
}

const area = (kind: string, name: string) => ({ kind, name });
const together = (first: string, last: string) => `${first} ${last}`;
const familyFirst = (first: string, last: string) => `${last} ${first}`;

/** One made-up address by market, in the levels and forms in which its orders carry addresses. Nobody lives there. */
const places: Record<string, Place> = {
  GB: {
    ...{ regionName: "United Kingdom", names: [["Olivia", "Clarke"]], phone: (digits) => `(+44)077${digits}` },
    ...{ line1: "24 Mill Lane", city: "Leeds", postalCode: "ls14ap" },
    districts: [area("Country", "England"), area("County", "West Yorkshire"), area("City", "Leeds")],
  },
  IE: {
    ...{ regionName: "Ireland", names: [["Niamh", "Kelly"]], phone: (digits) => `(+353)087${digits}` },
    ...{ line1: "8 Abbey Street", city: "Dublin 1", postalCode: "D01 F5P2" },
    districts: [area("County", "County Dublin"), area("City", "Dublin 1")],
  },
  DE: {
    ...{ regionName: "Germany", names: [["Jana", "Weiß"]], phone: (digits) => `(+49)0151${digits}` },
    ...{ line1: "Hauptstraße 5", city: "Dresden", postalCode: "01067" },
    ...{ districts: [area("State", "Sachsen"), area("City", "Dresden")], wholeName: together },
  },
  FR: {
    ...{ regionName: "France", names: [["Zoé", "Martin"]], phone: (digits) => `(+33)061${digits}` },
    ...{ line1: "1 rue de Rivoli", line2: "Bât. B", city: "Paris", postalCode: "75001" },
    districts: [area("Region", "Île-de-France"), area("City", "Paris")],
  },
  ES: {
    ...{ regionName: "Spain", names: [["José", "García López"]], phone: (digits) => `(+34)61${digits}` },
    ...{ line1: "Carrer de Balmes 1", city: "Badalona", postalCode: "08911" },
    districts: [area("Region", "Cataluña"), area("Province", "Barcelona"), area("City", "Badalona")],
  },
  IT: {
    ...{ regionName: "Italy", names: [["Luca", "Rossi"]], phone: (digits) => `(+39)34${digits}` },
    ...{ line1: "Via Brera 1", city: "Milano", postalCode: "20121" },
    districts: [area("Region", "Lombardia"), area("Province", "Milano"), area("City", "Milano")],
  },
  JP: {
    ...{ regionName: "Japan", names: [["太郎", "山田"]], phone: (digits) => `(+81)090${digits}` },
    ...{ line1: "渋谷2-1-1", city: "渋谷区", postalCode: "1500002", wholeName: familyFirst },
    districts: [area("Prefecture", "東京都"), area("City", "渋谷区")],
  },
  BR: {
    ...{ regionName: "Brazil", names: [["João", "Silva"]], phone: (digits) => `(+55)119${digits}` },
    ...{ line1: "Avenida Paulista 1000", line2: "Apto 12", city: "São Paulo", postalCode: "01310100" },
    districts: [area("State", "São Paulo"), area("City", "São Paulo"), area("Neighborhood", "Bela Vista")],
  },
  MX: {
    ...{ regionName: "Mexico", names: [["María", "Hernández"]], phone: (digits) => `(+52)551${digits}` },
    ...{ line1: "Calle Durango 1", city: "Cuauhtémoc", postalCode: "06700" },
    districts: [area("State", "Ciudad de México"), area("Municipality", "Cuauhtémoc"), area("Colonia", "Roma Norte")],
  },
  ID: {
    ...{ regionName: "Indonesia", names: [["Budi", "Santoso"]], phone: (digits) => `(+62)0812${digits}` },
    ...{ line1: "Jl. Jenderal Sudirman No. 1", city: "Jakarta Selatan", postalCode: "12190", form: "one" },
    districts: [
      ...[area("Province", "DKI Jakarta"), area("City", "Jakarta Selatan")],
      ...[area("District", "Kebayoran Baru"), area("Village", "Senayan")],
    ],
  },
  MY: {
    ...{ regionName: "Malaysia", names: [["Aisyah", "Rahman"]], phone: (digits) => `(+60)11${digits}` },
    ...{ line1: "12 Jalan Ampang", city: "Kuala Lumpur", postalCode: "50450" },
    districts: [area("State", "Kuala Lumpur"), area("City", "Kuala Lumpur")],
  },
  PH: {
    ...{ regionName: "Philippines", names: [["Maria", "Santos"]], phone: (digits) => `(+63)0917${digits}` },
    ...{ line1: "5 Roxas Boulevard", city: "Manila", postalCode: "1000" },
    districts: [area("Province", "Metro Manila"), area("City", "Manila"), area("Barangay", "Malate")],
  },
  SG: {
    ...{ regionName: "Singapore", names: [["Wei Ling", "Tan"]], phone: (digits) => `(+65)8${digits}` },
    ...{ line1: "10 Bayfront Avenue", line2: "#05-01", city: "Singapore", postalCode: "018956" },
    districts: [area("City", "Singapore")],
  },
  TH: {
    ...{ regionName: "Thailand", names: [["Somchai", "Jaidee"]], phone: (digits) => `(+66)081${digits}` },
    ...{ line1: "99 Rama I Road", city: "Pathum Wan", postalCode: "10330" },
    districts: [area("Province", "Bangkok"), area("District", "Pathum Wan"), area("Sub-district", "Lumphini")],
  },
  VN: {
    ...{ regionName: "Vietnam", names: [["Văn An", "Nguyễn"]], phone: (digits) => `(+84)091${digits}` },
    ...{ line1: "12 Lê Lợi", city: "Quận 1", postalCode: "700000", wholeName: familyFirst },
    districts: [area("Province", "Hồ Chí Minh"), area("District", "Quận 1"), area("Ward", "Phường Bến Nghé")],
  },
};

/** A made-up buyer's address outside the United States; null: a market without one. */
export function inventAddressAbroad(chance: () => number, region: string): Address | null {
  const place = places[region];
  if (!place) return null;
  const [firstName, lastName] = place.names[0] ?? ["A", "B"];
  const digits = String(1_000_000 + Math.floor(chance() * 8_999_999));
  return {
    ...{ firstName, lastName, phone: place.phone(digits), line1: place.line1, line2: place.line2 ?? "" },
    ...{ city: place.city, county: place.districts[1]?.name ?? "", state: place.districts[0]?.name ?? "" },
    ...{ postalCode: place.postalCode, region, regionName: place.regionName, districts: place.districts },
    ...(place.form ? { form: place.form } : {}),
    ...(place.wholeName ? { wholeName: place.wholeName(firstName, lastName) } : {}),
  };
}
