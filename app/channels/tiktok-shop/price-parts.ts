import type { PriceParts } from "../port.ts";
import { minor } from "./wire/fields.ts";
import type { PriceDetailWire } from "./wire/orders.ts";

type LineWire = PriceDetailWire["line_items"][number];

/** The price detail in our words. Throws RangeError when an amount is none. */
export function readPriceParts(wire: PriceDetailWire, about: { currency: string; taxName: string }): PriceParts {
  const amount = (text: string | undefined) => minor(text, about.currency);
  return {
    lines: wire.line_items.map((line) => ({
      channelLineId: line.id,
      ...discountsOf(line, amount),
      tax:
        amount(line.tax_amount) === 0n
          ? null
          : { title: about.taxName, rate: line.tax_rate ?? "", amountMinor: amount(line.tax_amount) },
    })),
    shippingSellerDiscountMinor: amount(wire.shipping_fee_deduction_seller),
    shippingPlatformDiscountMinor:
      amount(wire.shipping_fee_deduction_platform) + amount(wire.shipping_fee_deduction_platform_voucher),
  };
}

/** Whether vouchers are part of the deductions beside them is not documented: the unit's own sum tells. */
function discountsOf(line: LineWire, amount: (text: string | undefined) => bigint) {
  const seller = amount(line.subtotal_deduction_seller);
  const platform = amount(line.subtotal_deduction_platform);
  const paid = amount(line.subtotal);
  const areVouchersInside = amount(line.sku_list_price) - seller - platform === paid;
  return {
    sellerDiscountMinor: areVouchersInside ? seller : seller + amount(line.voucher_deduction_seller),
    platformDiscountMinor: areVouchersInside ? platform : platform + amount(line.voucher_deduction_platform),
  };
}
