import { inventAddressAbroad } from "./buyers-abroad.ts";
import type { Address } from "./model.ts";

const firstNames = ["Avery", "Jordan", "Riley", "Casey", "Morgan", "Quinn", "Rowan", "Skyler", "José", "Zoë"];
const lastNames = ["Nguyen", "O'Brien", "García", "Smith", "Kowalski", "Lee", "van Dijk", "Brown"];
const streets = ["Maple Street", "Oak Avenue", "5th Street", "River Road", "Sunset Boulevard", "Elm Court"];
const places = [
  { city: "Austin", county: "Travis County", state: "Texas", postalCode: "78701" },
  { city: "Portland", county: "Multnomah County", state: "Oregon", postalCode: "97205" },
  { city: "Denver", county: "Denver County", state: "Colorado", postalCode: "80202" },
  { city: "Brooklyn", county: "Kings County", state: "New York", postalCode: "11201" },
  { city: "Savannah", county: "Chatham County", state: "Georgia", postalCode: "31401" },
  { city: "San Diego", county: "San Diego County", state: "California", postalCode: "92101-1234" },
];

/** A made-up buyer's address; nobody lives there. */
export function inventAddress(chance: () => number, region: string): Address {
  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(chance() * list.length)];
    if (found === undefined) throw new Error("an empty list");
    return found;
  };
  const abroad = region === "US" ? null : inventAddressAbroad(chance, region);
  if (abroad) return abroad;
  const place = pick(places);
  return {
    firstName: pick(firstNames),
    lastName: pick(lastNames),
    phone: `(+1)${2 + Math.floor(chance() * 8)}0${Math.floor(chance() * 10)}55501${Math.floor(chance() * 90) + 10}`,
    line1: `${Math.floor(chance() * 9000) + 100} ${pick(streets)}`,
    line2: chance() < 0.3 ? `Apt ${Math.floor(chance() * 40) + 1}` : "",
    ...place,
    region,
    regionName: region === "US" ? "United States" : region,
  };
}
