import type { ListingPageShown, SkuShown } from "../../domains/catalog/ui/listing-page-data.ts";
import type { LedgerEntry, OfferView } from "../../domains/inventory/model.ts";
import type { ConnectionView, ShopView } from "../../domains/shops/model.ts";
import { t } from "../../locales/translate.ts";
import { formatDecimal } from "../../platform/money.ts";
import { formatMoment } from "../../ui/format-time.ts";
import type { Visit } from "./visit.server.ts";

type Listing = NonNullable<Awaited<ReturnType<Visit["services"]["catalog"]["getListing"]>>>;
type Sku = Listing["skus"][number];

const SKUS_MOST = 30;
const LINES_MOST = 12;

/** Price and stock of a listing's variants with the reasoning, and the newest lines of the ledger. */
export async function showStock(
  { services, shop }: Visit,
  connection: ConnectionView,
  listing: Listing,
): Promise<Pick<ListingPageShown, "skus" | "moreSkus" | "ledger">> {
  const all = [...listing.skus].sort((a, b) => a.position - b.position);
  const shown = all.slice(0, SKUS_MOST);
  const where = { shopId: shop.id, connectionId: connection.id };
  const offers = await services.inventory.explainOffers({ ...where, listingSkuIds: shown.map((sku) => sku.id) });
  const items = offers.flatMap((one) => one.inventoryItemId ?? []);
  const ledger = await services.inventory.listLedger({ ...where, inventoryItemIds: items, limit: LINES_MOST });
  const locations = new Map(connection.readiness?.locations.map((one) => [one.id, one.name]));
  const nameOf = (sku: Sku) => (all.length > 1 && sku.title ? sku.title : listing.title);
  const names = new Map(offers.map((one) => [one.inventoryItemId, nameOfOffer(one)]));
  function nameOfOffer({ listingSkuId }: OfferView): string {
    const sku = shown.find((one) => one.id === listingSkuId);
    return sku ? nameOf(sku) : listing.title;
  }
  const tools = { shop, connection, locations };
  return {
    skus: shown.map((sku) => ({
      ...{ id: sku.id, title: nameOf(sku), sellerSku: sku.sellerSku },
      price: showPrice(sku, shop, connection),
      ...showOffer(
        offers.find((one) => one.listingSkuId === sku.id),
        tools,
      ),
    })),
    moreSkus: all.length > shown.length ? t("listing.stock.more", { count: all.length - shown.length }) : null,
    ledger: ledger.map((line) => ({
      key: line.id,
      at: formatMoment(line.at, shop.timezone),
      sentence: sayLine(line, names.get(line.inventoryItemId) ?? listing.title, locations),
    })),
  };
}

interface Tools {
  shop: ShopView;
  connection: ConnectionView;
  locations: ReadonlyMap<string, string>;
}

function showPrice(sku: Sku, shop: ShopView, connection: ConnectionView): string {
  const amount = (minor: bigint, currency: string) => `${formatDecimal(minor, currency)} ${currency}`;
  if (sku.wantedMinor === null) return t("listing.price.gone");
  const wanted = amount(sku.wantedMinor, shop.currency);
  if (sku.publishedMinor === null) return t("listing.price.notSent", { wanted });
  if (sku.publishedMinor === sku.wantedMinor) return t("listing.price.same", { wanted });
  return t("listing.price.differs", { wanted, published: amount(sku.publishedMinor, connection.currency) });
}

function showOffer(
  found: OfferView | undefined,
  { shop, locations }: Tools,
): Pick<SkuShown, "sum" | "offer" | "acknowledged" | "warnings"> {
  if (!found) return { sum: [], offer: "–", acknowledged: t("listing.stock.notSent"), warnings: [] };
  const { available, waiting, buffer, share, isCounted, wanted, pushed, pushedAt } = found;
  const less = (label: string, count: number) => (count === 0 ? [] : [{ label, amount: `−${count}` }]);
  const counted = [
    ...available.map((level) => ({
      label: t("listing.stock.available", {
        location: locations.get(level.locationId) ?? t("listing.stock.location"),
      }),
      amount: String(level.available),
    })),
    ...less(t("listing.stock.waiting"), waiting),
    ...less(t("listing.stock.buffer"), buffer),
    ...(share < 1 ? [{ label: t("listing.stock.share"), amount: `${Math.round(share * 100)} %` }] : []),
  ];
  return {
    sum: isCounted ? counted : [{ label: t("listing.stock.uncounted"), amount: "∞" }],
    offer: String(wanted),
    acknowledged:
      pushed === null
        ? t("listing.stock.notSent")
        : t("listing.stock.acknowledged", {
            count: pushed,
            at: pushedAt ? formatMoment(pushedAt, shop.timezone) : "–",
          }),
    warnings: [
      found.isUncertain ? t("listing.stock.uncertain") : "",
      found.unexplained > 0 ? t("listing.stock.unexplained", { count: found.unexplained }) : "",
      isCounted && available.length === 0 ? t("listing.stock.unread") : "",
    ].filter(Boolean),
  };
}

function sayLine(line: LedgerEntry, title: string, locations: ReadonlyMap<string, string>): string {
  const { number, before, after, why } = line;
  const location = locations.get(line.locationId ?? "") ?? t("listing.stock.location");
  const values = { title, location, before, after };
  if (number === "channel")
    return t(why === "read back" ? "listing.ledger.readBack" : "listing.ledger.channel", values);
  if (number === "waiting") return t(after > before ? "listing.ledger.bought" : "listing.ledger.left", values);
  return t(`listing.ledger.${number}`, values);
}
