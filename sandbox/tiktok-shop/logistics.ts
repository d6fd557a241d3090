import { Refusal } from "./errors.ts";
import type { Handler, Shop } from "./model.ts";
import { shopOf } from "./world.ts";

interface Carrier {
  id: string;
  name: string;
  /** What its tracking numbers look like. */
  numbers: RegExp;
}

/** Carriers of the United States, with their ids and formats of tracking numbers. */
const americans: readonly Carrier[] = [
  { id: "7117859084333745963", name: "UPS", numbers: /^1Z[0-9A-Z]{16}$/ },
  { id: "7117858858072016685", name: "USPS", numbers: /^(\d{20,22}|420\d{27,31}|[A-Z]{2}\d{9}US)$/ },
  { id: "7129720299146184491", name: "FedEx", numbers: /^(\d{12}|\d{15}|\d{20}|\d{22})$/ },
  {
    id: "7132708542812522287",
    name: "DHL eCommerce",
    numbers: /^(GM\d{16,20}|LX\d{9}[A-Z]{2}|\d{10}|420\d{19,31}|9\d{21})$/,
  },
];

/** TikTok Shop fact: ids differ by market, also of carriers of one name. */
const abroad = (first: number, ...named: [name: string, numbers: RegExp][]): Carrier[] =>
  named.map(([name, numbers], at) => ({ id: `71300000000000${first + at}`, name, numbers }));
const ANY = /^[A-Z0-9]{8,30}$/;
const carriersByRegion: Record<string, Carrier[]> = {
  GB: abroad(
    10001,
    ["Royal Mail", /^([A-Z]{2}\d{9}GB|[A-Z0-9]{13,21})$/],
    ["Evri", /^[A-Z]?\d{14,16}[A-Z]?$/],
    ["DPD UK", /^\d{14}$/],
  ),
  IE: abroad(10101, ["An Post", /^[A-Z]{2}\d{9}IE$/], ["DPD Ireland", /^\d{14}$/]),
  DE: abroad(
    10201,
    ["DHL Paket", /^(\d{12}|\d{20}|JJD\d{16,18})$/],
    ["Hermes Germany", /^\d{14}$/],
    ["DPD Germany", /^\d{14}$/],
  ),
  FR: abroad(10301, ["Colissimo", /^\d[A-Z0-9]{12}$/], ["Chronopost", /^[A-Z]{2}\d{9}[A-Z]{2}$/]),
  ES: abroad(10401, ["Correos", /^[A-Z0-9]{13,23}$/], ["SEUR", /^\d{8,23}$/]),
  IT: abroad(10501, ["Poste Italiane", /^[A-Z0-9]{13}$/], ["BRT", /^\d{12,19}$/]),
  JP: abroad(10601, ["Yamato", /^\d{12}$/], ["Sagawa", /^\d{12}$/], ["Japan Post", /^(\d{11,12}|[A-Z]{2}\d{9}JP)$/]),
};
const elsewhere = abroad(10901, ["J&T Express", ANY], ["Ninja Van", ANY]);
const carriersOf = (region: string): readonly Carrier[] =>
  region === "US" ? americans : (carriersByRegion[region] ?? elsewhere);

/** Who carries parcels under the platform's own label; no seller can choose it. */
export const platformCarrierId = "7140000000000000001";
const platformCarrier: Carrier = { id: platformCarrierId, name: "TikTok Shipping", numbers: /^TT[A-Z0-9]+$/ };
const all: readonly Carrier[] = [...americans, ...Object.values(carriersByRegion).flat(), ...elsewhere];

const europe = new Set(["DE", "ES", "FR", "IE", "IT"]);

/** Delivery option of orders the seller ships, and one the platform ships (which has no carriers to choose). */
export const sellerOptionId = "7231958203445217093";
const platformOptionId = "7231958203445299157";

export const getWarehouses: Handler = (_world, call) => {
  const shop = shopOf(call);
  return {
    warehouses: shop.warehouses.map((warehouse) => ({
      id: warehouse.id,
      entity_id: warehouse.id,
      name: warehouse.name,
      type: warehouse.type,
      sub_type: "DOMESTIC_WAREHOUSE",
      effect_status: warehouse.effectStatus,
      is_default: warehouse.isDefault,
      address: describeAddress(shop),
    })),
  };
};

export const getWarehouseDeliveryOptions: Handler = (_world, call) => {
  const known = shopOf(call).warehouses.some((warehouse) => warehouse.id === call.ids.warehouse_id);
  if (!known) throw new Refusal(12052530, "the warehouse is not one of this shop's");
  const limits = {
    dimension_limit: { max_height: 200, max_length: 200, max_width: 200, unit: "CM" },
    weight_limit: { max_weight: 68000, min_weight: 1, unit: "GRAM" },
    platform: ["TIKTOK_SHOP"],
  };
  return {
    delivery_options: [
      {
        id: sellerOptionId,
        name: "Standard shipping",
        type: "SEND_BY_SELLER",
        description: "Shipped by the seller",
        ...limits,
      },
      {
        id: platformOptionId,
        name: "Platform shipping",
        type: "STANDARD",
        description: "Label of the platform",
        ...limits,
      },
    ],
  };
};

/** Carriers of a delivery option. TikTok Shop fact: one the platform ships answers 21008117. */
export const getShippingProviders: Handler = (_world, call) => {
  if (call.ids.delivery_option_id === platformOptionId) {
    throw new Refusal(21008117, "the platform ships under this delivery option");
  }
  if (call.ids.delivery_option_id !== sellerOptionId) throw new Refusal(21008116, "the delivery option is unknown");
  const { region } = shopOf(call);
  // TikTok Shop fact: shops of the EU need both regions since March 2026
  if (europe.has(region) && !(call.query.get("warehouse_region") && call.query.get("buyer_region")))
    throw new Refusal(36009004, "warehouse_region and buyer_region are needed");
  return { shipping_providers: carriersOf(region).map(({ id, name }) => ({ id, name })) };
};

export function findCarrier(id: string): { id: string; name: string } | undefined {
  return [...all, platformCarrier].find((carrier) => carrier.id === id);
}

/** Refuses a carrier that is unknown or a number that is empty or not of the carrier's format. Returns the number without blanks. */
export function checkTracking(carrierId: string, trackingNumber: string): string {
  const carrier = all.find((entry) => entry.id === carrierId);
  if (!carrier) throw new Refusal(21011022, "the carrier is not valid");
  const number = trackingNumber.replace(/\s/g, "").toUpperCase();
  if (number === "") throw new Refusal(21004016, "the tracking number is missing");
  if (!carrier.numbers.test(number)) throw new Refusal(21004015, `the number does not fit ${carrier.name}`);
  return number;
}

/** The district is spelt `distict` on this wire. */
function describeAddress(shop: Shop): Record<string, unknown> {
  return {
    region: shop.region === "US" ? "United States" : shop.region,
    region_code: shop.region,
    state: "Texas",
    city: "Austin",
    distict: "Travis County",
    town: "",
    address_line1: "500 Congress Avenue",
    address_line2: "",
    postal_code: "78701",
    full_address: "500 Congress Avenue, Austin, Texas 78701",
    contact_person: "Warehouse",
    phone_number: "(+1)5125550100",
    geolocation: { latitude: "30.2672", longitude: "-97.7431" },
  };
}
