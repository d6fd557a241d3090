import { sellableSkus } from "../journey.ts";
import type { SandboxState } from "../stand/sandbox-client.ts";
import type { CatalogCheck } from "./model.ts";

/** The ways in which six products of the built-in catalog cannot be sold on the channel. */
const REFUSALS = [
  "picture-too-small",
  "gift-card",
  "not-active",
  "price-out-of-range",
  "certificate-missing",
  "too-many-options",
];
const BUYERS = 26;
const CANCELLED = 2;

/** The built-in catalog: every figure is known beforehand. */
export const builtInCheck: CatalogCheck = {
  async purchases({ sandbox }) {
    const skus = sellableSkus(await sandbox.state());
    if (skus.length < BUYERS) throw new Error(`only ${skus.length} SKUs can be bought`);
    return Array.from({ length: BUYERS }, (_, n) => {
      const picked = n % 3 === 0 ? [skus[n], skus[(n + 7) % skus.length]] : [skus[n]];
      return picked.map((sku, k) => ({ skuId: sku?.id ?? "", quantity: 1 + ((n + k) % 2) }));
    });
  },
  cancelled: () => CANCELLED,
  async findWrong({ state, listed, refused }) {
    const claims: [boolean, string][] = [
      [
        state.shopify.products === 60 && listed === 54,
        `60 products and 54 listings were expected, not ${state.shopify.products} and ${listed}`,
      ],
      ...REFUSALS.map((code): [boolean, string] => [
        refused[code] === 1,
        `one product should be refused for ${code}, not ${refused[code] ?? 0}`,
      ]),
      [Object.keys(refused).length === REFUSALS.length, `unexpected refusals: ${JSON.stringify(refused)}`],
      [state.truth.ordersChannel === BUYERS, `${BUYERS} orders were bought, not ${state.truth.ordersChannel}`],
    ];
    return [...claims.flatMap(([holds, sentence]) => (holds ? [] : [sentence])), ...checkTitles(state)];
  },
};

/** What preflight promised of titles: cut at a word, emoji gone. */
function checkTitles(state: SandboxState): string[] {
  const titles = state.tiktok.products.map((one) => one.title);
  const long = titles.find((title) => title.startsWith("Archive Collection Organic"));
  const campfire = titles.find((title) => title.includes("Campfire Scented Candle"));
  const wrong: string[] = [];
  if (!long || long.length > 255 || !/[A-Za-z,]$/.test(long) || !LONG_TITLE_WORDS.some((word) => long.endsWith(word)))
    wrong.push(`the long title is not cut at a word: "${long}"`);
  if (!campfire || /\p{Extended_Pictographic}/u.test(campfire))
    wrong.push(`the emoji is still in the title: "${campfire}"`);
  return wrong;
}

const LONG_TITLE_WORDS =
  "Archive Collection Organic Cotton T-Shirt with Hand-Drawn Botanical Print of Twelve Native Meadow Flowers, Relaxed Unisex Fit, Reinforced Shoulder Seams, Pre-Shrunk Heavyweight Jersey, Printed with Water-Based Inks in a Family-Run Workshop, for Gardeners, Hikers and Slow Weekends"
    .split(" ")
    .flatMap((word) => [word, word.replace(/,$/, "")]);
