import { data } from "@remix-run/node";
import type { ListingPageShown } from "../../domains/catalog/ui/listing-page-data.ts";
import type { ConnectionView } from "../../domains/shops/model.ts";
import { t, tCode } from "../../locales/translate.ts";
import { formatMoment } from "../../ui/format-time.ts";
import { showConnection } from "../blocks/show-product-block.server.ts";
import { showFinding, showRefusal } from "./load-products.server.ts";
import { showActivity } from "./show-activity.server.ts";
import { showStock } from "./show-listing-stock.server.ts";
import type { Visit } from "./visit.server.ts";

type Listing = NonNullable<Awaited<ReturnType<Visit["services"]["catalog"]["getListing"]>>>;

const ACTIVITY_MOST = 15;
/** Findings whose cause is not in Shopify. */
const ELSEWHERE = new Set([
  "certificate-missing",
  "size-chart-missing",
  "responsible-person-missing",
  "manufacturer-missing",
  "variant-not-listed",
  "gift-card",
]);
const MOVING = new Set(["selected", "creating", "in-review"]);

/** Everything about one listing. Throws 404 when the visitor's shop has none of that id. */
export async function loadListing(visit: Visit, id: string): Promise<ListingPageShown> {
  const { services, shop } = visit;
  const listing = await services.catalog.getListing({ shopId: shop.id, listingId: id });
  const connection = listing && (await services.shops.getConnection(shop.id, listing.connectionId));
  if (!listing || !connection) throw data(null, { status: 404 });
  const [sold, stock, told] = await Promise.all([
    services.catalog.findSoldProduct({
      ...{ shopId: shop.id, productGid: listing.shopifyProductId },
      connections: [{ id: connection.id, isArmed: connection.armedFlows.includes("listings") }],
    }),
    showStock(visit, connection, listing),
    services.activity.listActivity({ shopId: shop.id, subject: `listing:${id}`, limit: ACTIVITY_MOST }),
  ]);
  const names = new Map([[connection.id, connection.name]]);
  return {
    ...{ id, connectionId: connection.id, connectionName: connection.name, title: listing.title },
    ...showState(listing, connection, sold?.on.get(connection.id)),
    shopify: {
      label: listing.isDeletedInShopify
        ? t("listing.shopify.DELETED")
        : tCode(`listing.shopify.${listing.productStatus}`, {}, "listing.shopify.unknown"),
      isActive: listing.productStatus === "ACTIVE" && !listing.isDeletedInShopify,
      url: shopifyPage(listing),
    },
    findings: showFindings(listing),
    defaultsFix:
      listing.findings.some((one) => one.defaultOffered) && !listing.defaultsApplied && listing.isPicked
        ? { label: t("products.applyDefaults"), form: { intent: "apply-defaults" } }
        : null,
    plan: showPlan(listing, connection),
    ...showContent(listing),
    ...stock,
    activity: [
      ...told.entries.map((entry) => showActivity(entry, shop, names)).map(({ link: _link, ...row }) => row),
      ...(told.nextCursor ? [] : [showPicked(listing, visit)]),
    ],
    zone: shop.timezone,
    isMoving: MOVING.has(listing.status) || (listing.isPicked && listing.isSent && listing.planned.length > 0),
  };
}

const shopifyPage = ({ shopifyProductId }: Listing): string =>
  `shopify://admin/products/${shopifyProductId.split("/").at(-1)}`;

type SoldOn =
  NonNullable<Awaited<ReturnType<Visit["services"]["catalog"]["findSoldProduct"]>>>["on"] extends ReadonlyMap<
    string,
    infer One
  >
    ? One
    : never;

/** In the words of the block on the product's page in the admin: the same state is never told in two ways. */
function showState(
  listing: Listing,
  connection: ConnectionView,
  sold: SoldOn | undefined,
): Pick<ListingPageShown, "state" | "notice" | "actions"> {
  if (!sold || connection.status === "disconnected") {
    const why = sold ? "disconnected" : "deleted";
    const label = t(`products.status.${listing.status}`);
    return { state: { label, tone: null, text: t(`listing.${why}`) }, notice: null, actions: [] };
  }
  const { badge, text, notice, buttons } = showConnection(connection, sold);
  const isBack = sold.selling.state === "off-sale" || sold.selling.state === "ending";
  return {
    state: { label: badge.label, tone: badge.tone === "neutral" ? null : badge.tone, text },
    notice: notice && {
      text: notice.text,
      link: notice.link && { label: notice.link.label, url: notice.link.path },
    },
    actions: buttons.map(({ intent, label, tone, confirm }) => ({
      ...{ intent, confirm },
      label: intent === "list" && isBack ? t("listing.putBack") : label,
      isPrimary: tone === "primary",
    })),
  };
}

function showFindings(listing: Listing): ListingPageShown["findings"] {
  const shopify = { label: t("listing.fix.shopify"), url: shopifyPage(listing) };
  const found = listing.findings.map((one) => {
    const shown = showFinding(one, listing.defaultsApplied);
    return { ...shown, fix: shown.nextStep === null ? null : fixOf(one, shopify) };
  });
  return [...found, ...listing.refusal.map((one) => ({ ...showRefusal(one), fix: shopify }))];
}

function fixOf(
  { code, defaultOffered, values }: Listing["findings"][number],
  shopify: { label: string; url: string },
): ListingPageShown["findings"][number]["fix"] {
  if (code === "attribute-choice")
    return {
      label: t("listing.fix.choose", { value: values.value ?? "" }),
      form: { intent: "choose", name: values.name ?? "", value: values.value ?? "" },
    };
  return defaultOffered || ELSEWHERE.has(code) ? null : shopify;
}

/** What would be sent now, and why nothing is. */
function showPlan(listing: Listing, connection: ConnectionView): ListingPageShown["plan"] {
  const { planned, preview } = listing;
  const fields = planned.includes("revise-content") ? (preview?.changes ?? []) : [];
  return {
    lines: planned.map((step) => t(`listing.plan.steps.${step}`)),
    fields: fields.map(({ field }) => t(`listing.field.${field}`)),
    note: whyNot(listing, connection),
  };
}

function whyNot(listing: Listing, connection: ConnectionView) {
  const { status, planned, isSent, isPicked, needsDefaults, refusal } = listing;
  if (status === "selected") return t("listing.plan.checking");
  if (status === "refused") return t("listing.plan.refused");
  if (needsDefaults) return t("listing.plan.needsYes");
  if (planned.length === 0) {
    if (!isPicked) return t("listing.plan.notPicked");
    if (connection.sellingStoppedAt) return t("listing.plan.sellingStopped");
    if (status === "rejected") return t("listing.plan.rejected");
    if (status === "creating" || status === "in-review") return t("listing.plan.inReview");
    if (status === "deleted") return t("listing.plan.deleted");
    if (status === "live" && refusal.length === 0) return t("listing.plan.nothing");
    return t(status === "live" ? "listing.plan.changeRefused" : "listing.plan.stays");
  }
  if (connection.pausedAt) return t("listing.plan.paused");
  if (!connection.armedFlows.includes("listings")) return t("listing.plan.notArmed");
  return isSent ? t("listing.plan.soon") : t("listing.plan.notSent");
}

function showContent(listing: Listing): Pick<ListingPageShown, "category" | "facts" | "pictures"> {
  const { preview } = listing;
  if (!preview) return { category: null, facts: [], pictures: listing.shopifyPictures };
  const proposals = listing.findings.filter((one) => one.defaultOffered || one.code === "attribute-choice");
  const asked = new Set(proposals.filter((one) => !one.defaultOffered).map((one) => one.field));
  const proposed = new Set(proposals.map((one) => one.field));
  const size = preview.packageSizeCm;
  const note = (field: string, isChosen = false) =>
    isChosen
      ? t("listing.content.chosen")
      : proposed.has(field)
        ? t(listing.defaultsApplied && !asked.has(field) ? "listing.content.agreed" : "listing.content.proposed")
        : null;
  return {
    category: preview.category.length > 0 ? preview.category.join(" › ") : null,
    facts: [
      ...(preview.title === listing.title
        ? []
        : [{ label: t("listing.field.title"), value: preview.title, note: null }]),
      ...preview.attributes.map(({ id, name, values, isChosen }) => ({
        ...{ label: name, value: values.join(", ") },
        note: note(`attributes.${id}`, isChosen),
      })),
      {
        label: t("listing.field.weightGrams"),
        value: t("listing.content.grams", { count: preview.weightGrams }),
        note: note("weight"),
      },
      ...(size
        ? [
            {
              label: t("listing.field.packageSizeCm"),
              value: t("listing.content.size", { ...size }),
              note: note("packageSize"),
            },
          ]
        : []),
    ],
    pictures: preview.pictureUrls.length > 0 ? preview.pictureUrls : listing.shopifyPictures,
  };
}

/** Picking is told of many products at once; of this one its row knows. */
function showPicked({ selectedAt, selectedBy }: Listing, { shop }: Visit): ListingPageShown["activity"][number] {
  return {
    id: "picked",
    at: formatMoment(selectedAt, shop.timezone),
    sentence: t("listing.picked"),
    actor: selectedBy ? t("activity.actor.staff", { id: selectedBy }) : t("activity.actor.unknown"),
  };
}
