import { Refusal } from "./errors.ts";
import type { Market } from "./markets.ts";
import type { ProductInput } from "./product-input.ts";

const decimals: Record<string, number> = { GRAM: 0, KILOGRAM: 3, POUND: 2 };

/** TikTok Shop fact: weight in the market's units with their decimals, size in whole numbers of the same measuring system. */
export function checkParcel(market: Market, needsDimensions: boolean, input: ProductInput): void {
  const weight = input.package_weight;
  if (!weight) throw new Refusal(12052181, "the weight is missing");
  if (!market.weightUnits.includes(weight.unit))
    throw new Refusal(12019011, `the market does not weigh in ${weight.unit}`);
  const fraction = weight.value.split(".")[1] ?? "";
  const isNumber = /^\d+(\.\d+)?$/.test(weight.value) && Number(weight.value) > 0;
  if (!isNumber || fraction.length > (decimals[weight.unit] ?? 0)) {
    throw new Refusal(12052181, `the weight ${weight.value} ${weight.unit} is not taken`);
  }
  const size = input.package_dimensions;
  if (!size) {
    if (needsDimensions) throw new Refusal(12019012, "the category needs the size of the package");
    return;
  }
  if (!market.dimensionUnits.includes(size.unit))
    throw new Refusal(12019012, `the market does not measure in ${size.unit}`);
  for (const side of [size.length, size.width, size.height]) {
    if (!/^\d+(\.\d{1,2})?$/.test(side) || Number(side) <= 0)
      throw new Refusal(12019012, "the size of the package is not taken");
  }
  const isImperial = (unit: string) => unit === "POUND" || unit === "INCH";
  if (isImperial(weight.unit) !== isImperial(size.unit)) {
    throw new Refusal(12052915, "weight and size are of different measuring systems");
  }
}
