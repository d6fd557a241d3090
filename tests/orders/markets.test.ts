import { describe, expect, test } from "vitest";
import { anOrderBody, draftBody, inputOf, type ShopOf, sumsOf, type Wire } from "./market-orders.ts";

const level = (at: string, name: string, kind = "") => ({
  address_level: at,
  address_level_name: kind,
  address_name: name,
});

/** An address as a market's orders carry it, and what Shopify is given. */
interface AddressCase {
  currency: string;
  price: string;
  address: Wire;
  expected: Wire;
}

const ADDRESSES: Record<string, AddressCase> = {
  US: {
    currency: "USD",
    price: "20",
    address: {
      ...{ first_name: "Ada", last_name: "Byron", phone_number: "(+1)5125550100", postal_code: "787011234" },
      ...{ address_line1: "12 Analytical Way", address_line2: "Apt 4", address_detail: "12 Analytical Way Apt 4" },
      region_code: "US",
      district_info: [
        level("L1", "Texas", "State"),
        level("L2", "Travis County", "County"),
        level("L3", "Austin", "City"),
      ],
    },
    expected: {
      ...{ firstName: "Ada", lastName: "Byron", address1: "12 Analytical Way", address2: "Apt 4", city: "Austin" },
      ...{ provinceCode: "TX", zip: "78701-1234", countryCode: "US", phone: "+15125550100" },
    },
  },
  GB: {
    currency: "GBP",
    price: "20",
    address: {
      ...{ name: "Ada King", phone_number: "(+44)07700900123", postal_code: "sw1a1aa", post_town: "London" },
      ...{ address_line1: "10 Downing Street", region_code: "GB" },
      district_info: [level("L1", "England", "Country"), level("L2", "Greater London", "County")],
    },
    expected: {
      ...{ firstName: "Ada", lastName: "King", address1: "10 Downing Street", city: "London" },
      ...{ zip: "SW1A 1AA", countryCode: "GB", phone: "+447700900123" },
    },
  },
  IE: {
    currency: "EUR",
    price: "20",
    address: {
      ...{ name: "Niamh Ó Briain", phone_number: "+353 087 123 4567", postal_code: "d02 af30" },
      ...{ address_line1: "1 Dame Street", region_code: "IE" },
      district_info: [level("L1", "County Dublin", "County"), level("L2", "Dublin 2", "City")],
    },
    expected: {
      ...{ firstName: "Niamh Ó", lastName: "Briain", address1: "1 Dame Street", city: "Dublin 2" },
      ...{ provinceCode: "D", zip: "D02 AF30", countryCode: "IE", phone: "+353871234567" },
    },
  },
  DE: {
    currency: "EUR",
    price: "20",
    address: {
      ...{ name: "Jana Weiß", phone_number: "(+49)0151 23456789", postal_code: "1067" },
      ...{ address_detail: "Hauptstraße 5", region_code: "DE" },
      district_info: [level("L1", "Sachsen", "State"), level("L2", "Dresden", "City")],
    },
    expected: {
      ...{ firstName: "Jana", lastName: "Weiß", address1: "Hauptstraße 5", city: "Dresden" },
      ...{ zip: "01067", countryCode: "DE", phone: "+4915123456789" },
    },
  },
  FR: {
    currency: "EUR",
    price: "20",
    address: {
      ...{ first_name: "Zoé", last_name: "Martin", phone_number: "(+33)0612345678", postal_code: "75 001" },
      ...{ address_line1: "1 rue de Rivoli", region_code: "FR" },
      district_info: [level("L1", "Île-de-France", "Region"), level("L2", "Paris", "City")],
    },
    expected: {
      ...{ firstName: "Zoé", lastName: "Martin", address1: "1 rue de Rivoli", city: "Paris" },
      ...{ zip: "75001", countryCode: "FR", phone: "+33612345678" },
    },
  },
  ES: {
    currency: "EUR",
    price: "20",
    address: {
      ...{ first_name: "José", last_name: "García López", phone_number: "(+34)612345678", postal_code: "8001" },
      ...{ address_line1: "Carrer de Balmes 1", region_code: "ES" },
      district_info: [
        level("L1", "Cataluña", "Region"),
        level("L2", "Barcelona", "Province"),
        level("L3", "Badalona", "City"),
      ],
    },
    expected: {
      ...{ firstName: "José", lastName: "García López", address1: "Carrer de Balmes 1", city: "Badalona" },
      ...{ provinceCode: "B", zip: "08001", countryCode: "ES", phone: "+34612345678" },
    },
  },
  IT: {
    currency: "EUR",
    price: "20",
    address: {
      ...{ name: "Luca Rossi", phone_number: "(+39)0212345678", postal_code: "20121" },
      ...{ address_line1: "Via Brera 1", region_code: "IT" },
      district_info: [
        level("L1", "Lombardia", "Region"),
        level("L2", "Provincia di Milano", "Province"),
        level("L3", "Milano", "City"),
      ],
    },
    expected: {
      ...{ firstName: "Luca", lastName: "Rossi", address1: "Via Brera 1", city: "Milano" },
      ...{ provinceCode: "MI", zip: "20121", countryCode: "IT", phone: "+390212345678" },
    },
  },
  JP: {
    currency: "JPY",
    price: "2000",
    address: {
      ...{ name: "山田　太郎", phone_number: "(+81)090-1234-5678", postal_code: "1500002" },
      ...{ address_line1: "渋谷2-1-1", region_code: "JP" },
      district_info: [level("L1", "東京都", "Prefecture"), level("L2", "渋谷区", "City")],
    },
    expected: {
      ...{ firstName: "太郎", lastName: "山田", address1: "渋谷2-1-1", city: "渋谷区" },
      ...{ provinceCode: "JP-13", zip: "150-0002", countryCode: "JP", phone: "+819012345678" },
    },
  },
  BR: {
    currency: "BRL",
    price: "20",
    address: {
      ...{ name: "João da Silva", phone_number: "(+55)11912345678", postal_code: "01310100" },
      ...{ address_line1: "Avenida Paulista 1000", address_line2: "Apto 12", region_code: "BR" },
      district_info: [
        level("L1", "São Paulo", "State"),
        level("L2", "São Paulo", "City"),
        level("L3", "Bela Vista", "Neighborhood"),
      ],
    },
    expected: {
      ...{
        firstName: "João da",
        lastName: "Silva",
        address1: "Avenida Paulista 1000",
        address2: "Apto 12, Bela Vista",
      },
      ...{ city: "São Paulo", provinceCode: "SP", zip: "01310-100", countryCode: "BR", phone: "+5511912345678" },
    },
  },
  MX: {
    currency: "MXN",
    price: "200",
    address: {
      ...{ name: "María Hernández", phone_number: "(+52)5512345678", postal_code: "6700" },
      ...{ address_line1: "Calle Durango 1", region_code: "MX" },
      district_info: [
        level("L1", "Ciudad de México", "State"),
        level("L2", "Cuauhtémoc", "Municipality"),
        level("L3", "Roma Norte", "Colonia"),
      ],
    },
    expected: {
      ...{ firstName: "María", lastName: "Hernández", address1: "Calle Durango 1", address2: "Roma Norte" },
      ...{ city: "Cuauhtémoc", provinceCode: "DF", zip: "06700", countryCode: "MX", phone: "+525512345678" },
    },
  },
  ID: {
    currency: "IDR",
    price: "150000",
    address: {
      ...{ name: "Budi", phone_number: "(+62)081234567890", postal_code: "12190" },
      // one text, nothing else
      full_address:
        "Jl. Jenderal Sudirman No. 1, RT 5, Senayan, Kebayoran Baru, Jakarta Selatan, DKI Jakarta, Indonesia, 12190",
      region_code: "ID",
      district_info: [
        level("L1", "DKI Jakarta", "Province"),
        level("L2", "Jakarta Selatan", "City"),
        level("L3", "Kebayoran Baru", "District"),
        level("L4", "Senayan", "Village"),
      ],
    },
    expected: {
      ...{
        lastName: "Budi",
        address1: "Jl. Jenderal Sudirman No. 1, RT 5, Senayan, Kebayoran Baru",
        city: "Jakarta Selatan",
      },
      ...{ provinceCode: "JK", zip: "12190", countryCode: "ID", phone: "+6281234567890" },
    },
  },
  MY: {
    currency: "MYR",
    price: "20",
    address: {
      ...{ name: "A*** B***c", phone_number: "(+60)11*****00", postal_code: "50***" },
      ...{ address_line1: "***", region_code: "MY" },
      district_info: [level("L1", "Wilayah Persekutuan Kuala Lumpur", "State"), level("L2", "Kuala Lumpur", "City")],
    },
    expected: {
      ...{ firstName: "A***", lastName: "B***c", address1: "***", city: "Kuala Lumpur" },
      ...{ provinceCode: "KUL", zip: "50***", countryCode: "MY", phone: "(+60)11*****00" },
    },
  },
  PH: {
    currency: "PHP",
    price: "200",
    address: {
      ...{ name: "Maria Santos", phone_number: "(+63)09171234567", postal_code: "1000" },
      ...{ address_line1: "5 Roxas Boulevard", region_code: "PH" },
      district_info: [
        level("L1", "Metro Manila", "Province"),
        level("L2", "Manila", "City"),
        level("L3", "Malate", "Barangay"),
      ],
    },
    expected: {
      ...{ firstName: "Maria", lastName: "Santos", address1: "5 Roxas Boulevard", address2: "Malate", city: "Manila" },
      ...{ provinceCode: "PH-00", zip: "1000", countryCode: "PH", phone: "+639171234567" },
    },
  },
  SG: {
    currency: "SGD",
    price: "20",
    address: {
      ...{ name: "Wei Ling Tan", phone_number: "(+65)81234567", postal_code: "18956" },
      ...{ address_line1: "10 Bayfront Avenue", region_code: "SG" },
      district_info: [level("L1", "Singapore", "City")],
    },
    expected: {
      ...{ firstName: "Wei Ling", lastName: "Tan", address1: "10 Bayfront Avenue", city: "Singapore" },
      ...{ zip: "018956", countryCode: "SG", phone: "+6581234567" },
    },
  },
  TH: {
    currency: "THB",
    price: "200",
    address: {
      ...{ name: "Somchai Jaidee", phone_number: "(+66)0812345678", postal_code: "10330" },
      ...{ address_line1: "99 Rama I Road", region_code: "TH" },
      district_info: [
        level("L1", "Bangkok", "Province"),
        level("L2", "Pathum Wan", "District"),
        level("L3", "Lumphini", "Sub-district"),
      ],
    },
    expected: {
      ...{
        firstName: "Somchai",
        lastName: "Jaidee",
        address1: "99 Rama I Road",
        address2: "Lumphini",
        city: "Pathum Wan",
      },
      ...{ provinceCode: "TH-10", zip: "10330", countryCode: "TH", phone: "+66812345678" },
    },
  },
  VN: {
    currency: "VND",
    price: "200000",
    address: {
      ...{ name: "Nguyễn Văn An", phone_number: "(+84)0912345678", postal_code: "" },
      ...{ address_line1: "12 Lê Lợi", region_code: "VN" },
      district_info: [
        level("L1", "Hồ Chí Minh", "Province"),
        level("L2", "Quận 1", "District"),
        level("L3", "Phường Bến Nghé", "Ward"),
      ],
    },
    expected: {
      ...{ firstName: "Văn An", lastName: "Nguyễn", address1: "12 Lê Lợi", address2: "Phường Bến Nghé" },
      ...{ city: "Quận 1, Hồ Chí Minh", countryCode: "VN", phone: "+84912345678" },
    },
  },
};

test("every market of the fact sheet has its case", () => {
  expect(Object.keys(ADDRESSES).sort()).toEqual("BR DE ES FR GB ID IE IT JP MX MY PH SG TH US VN".split(" "));
});

describe.each(Object.entries(ADDRESSES))("%s", (region, { currency, price, address, expected }) => {
  const shop: ShopOf = { region, currency };

  test("the address becomes one Shopify takes, nothing lost and nothing twice", async () => {
    expect((await inputOf(anOrderBody(currency, price, { address }), shop)).shippingAddress).toEqual(expected);
  });

  test("its tax stands once, on top or inside, owed by whom the law says", async () => {
    const isAdded = region === "US";
    const decimals = ["JPY", "VND"].includes(currency) ? "" : ".00";
    const body = isAdded
      ? anOrderBody(currency, "20", {
          line: { item_tax: [{ tax_type: "SALES_TAX", tax_rate: "0.0825", tax_amount: "1.65" }] },
          payment: { tax: "1.65", product_tax: "1.65", total_amount: "21.65" },
        })
      : anOrderBody(currency, price);
    const input = await inputOf(body, shop);
    expect(input.taxesIncluded).toBe(!isAdded);
    expect(input.lineItems?.[0]?.taxLines).toEqual(
      isAdded
        ? [
            {
              ...{ title: "SALES_TAX", rate: "0.0825", channelLiable: true },
              priceSet: { shopMoney: { amount: "1.65", currencyCode: "USD" } },
            },
          ]
        : [],
    );
    const paid = isAdded ? "21.65" : `${price}${decimals}`;
    expect(input.transactions).toMatchObject([{ amountSet: { shopMoney: { amount: paid, currencyCode: currency } } }]);
    expect(sumsOf(input).goods).toBe(sumsOf(input).paid);
  });

  test("a tax the price detail finds inside the price is told, and changes no sum", async () => {
    const detail = {
      currency,
      line_items: [
        {
          ...{ id: "577000000000000001", sku_list_price: price, subtotal: price },
          ...{ tax_amount: "3", tax_rate: "0.2" },
        },
      ],
    };
    const input = await inputOf(anOrderBody(currency, price), shop, detail);
    const taxes = input.lineItems?.[0]?.taxLines ?? [];
    // on top of prices only what the order itself says is owed
    expect(taxes).toHaveLength(region === "US" ? 0 : 1);
    expect(taxes.every((tax) => tax.channelLiable === false)).toBe(true);
    expect(sumsOf(input).goods).toBe(sumsOf(input).paid);
  });
});

test("a tax told in per cent, or without a rate or a name, is a share all the same, of the price without it", async () => {
  const taxed = async (region: string, currency: string, tax: Wire, payment: Wire) => {
    const body = anOrderBody(currency, "24", { line: { item_tax: [{ tax_amount: "4", ...tax }] }, payment });
    return (await inputOf(body, { region, currency })).lineItems?.[0]?.taxLines?.[0];
  };
  const inside = { tax: "4", total_amount: "24" };
  const onTop = { tax: "4", total_amount: "28" };
  expect(await taxed("DE", "EUR", {}, inside)).toMatchObject({ title: "VAT", rate: "0.2" });
  expect(await taxed("DE", "EUR", { tax_rate: "20" }, inside)).toMatchObject({ rate: "0.2" });
  expect(await taxed("US", "USD", { tax_rate: "" }, onTop)).toMatchObject({ title: "Sales tax", rate: "0.166666" });
  // units that name it beside a total of none
  expect(await taxed("DE", "EUR", {}, { tax: "0", total_amount: "24" })).toMatchObject({ rate: "0.2" });
  // a total nobody named is spread, and its rate worked out
  const body = anOrderBody("EUR", "24", { payment: inside });
  expect((await inputOf(body, { region: "DE", currency: "EUR" })).lineItems?.[0]?.taxLines).toMatchObject([
    { title: "VAT", rate: "0.2", priceSet: { shopMoney: { amount: "4.00" } } },
  ]);
});

describe("who owes the tax", () => {
  const taxed = (region: string, sellerType: "LOCAL" | "CROSS_BORDER") =>
    inputOf(anOrderBody("EUR", "20", { payment: { tax: "3.33", total_amount: "20" } }), {
      region,
      currency: "EUR",
      sellerType,
    }).then((input) => input.lineItems?.[0]?.taxLines?.map((tax) => [tax.title, tax.channelLiable]));

  test("in Europe the channel does for sellers from abroad, the seller at home", async () => {
    for (const region of ["DE", "ES", "FR", "IE", "IT", "GB"]) {
      expect(await taxed(region, "CROSS_BORDER"), region).toEqual([["VAT", true]]);
      expect(await taxed(region, "LOCAL"), region).toEqual([["VAT", false]]);
    }
  });
  test("elsewhere nothing moves it from the seller", async () => {
    expect(await taxed("SG", "CROSS_BORDER")).toEqual([["GST", false]]);
  });
});

describe("who pays what", () => {
  const us: ShopOf = { region: "US", currency: "USD" };
  const discounted = anOrderBody("USD", "20", {
    line: { seller_discount: "2", platform_discount: "1", sale_price: "17" },
    payment: {
      ...{ seller_discount: "2", platform_discount: "1", sub_total: "17" },
      ...{ original_shipping_fee: "5", shipping_fee: "1.5", shipping_fee_seller_discount: "2" },
      ...{ shipping_fee_platform_discount: "1", shipping_fee_cofunded_discount: "0.5" },
      ...{ retail_delivery_fee: "0.28", small_order_fee: "1", total_amount: "19.78" },
    },
  });

  test("list price kept, seller's discounts off, platform's part a payment of its own, fees by name", async () => {
    const input = await inputOf(discounted, us);
    expect(input.lineItems).toMatchObject([
      { priceSet: { shopMoney: { amount: "18.00" } }, properties: [{ name: "List price", value: "20.00" }] },
      {
        title: "Retail delivery fee",
        priceSet: { shopMoney: { amount: "0.28" } },
        requiresShipping: false,
        taxable: false,
      },
      { title: "Small order fee", priceSet: { shopMoney: { amount: "1.00" } } },
    ]);
    expect(input.shippingLines).toMatchObject([
      { title: "Standard shipping", priceSet: { shopMoney: { amount: "3.00" } } },
    ]);
    expect(input.transactions).toMatchObject([
      { gateway: "TikTok Shop", amountSet: { shopMoney: { amount: "19.78" } } },
      { gateway: "TikTok Shop (platform discount)", amountSet: { shopMoney: { amount: "2.50" } } },
    ]);
    expect(sumsOf(input).goods).toBe(sumsOf(input).paid);
  });

  const detail = (line: Wire, shipping: Wire = {}) => ({
    ...{ currency: "USD", shipping_fee_deduction_seller: "2", shipping_fee_deduction_platform: "1.5", ...shipping },
    line_items: [{ id: "577000000000000001", sku_list_price: "20", subtotal: "17", ...line }],
  });

  test("the price detail's split wins: a voucher the platform pays is not the seller's", async () => {
    for (const line of [
      { subtotal_deduction_seller: "0.5", subtotal_deduction_platform: "2.5" },
      // vouchers told beside the deductions instead of inside them
      { subtotal_deduction_seller: "0.5", subtotal_deduction_platform: "1", voucher_deduction_platform: "1.5" },
    ]) {
      const input = await inputOf(discounted, us, detail(line));
      expect(input.lineItems?.[0]?.priceSet?.shopMoney.amount).toBe("19.50");
      expect(input.transactions?.[1]?.amountSet.shopMoney.amount).toBe("4.00");
      expect(sumsOf(input).goods).toBe(sumsOf(input).paid);
    }
  });

  test("a price detail that does not sum parks nothing: the order's own amounts do", async () => {
    const input = await inputOf(
      discounted,
      us,
      detail({ subtotal_deduction_seller: "9" }, { shipping_fee_deduction_seller: "4" }),
    );
    expect(input.lineItems?.[0]?.priceSet?.shopMoney.amount).toBe("18.00");
  });

  test("a discount on the payment is the platform's, told beside the total or inside it", async () => {
    const off = (payment: Wire) =>
      inputOf(anOrderBody("USD", "20", { payment: { payment_platform_discount: "3", ...payment } }), us);
    expect((await off({ total_amount: "17" })).transactions?.map((one) => one.amountSet.shopMoney.amount)).toEqual([
      "17.00",
      "3.00",
    ]);
    expect((await off({ total_amount: "20" })).transactions?.map((one) => one.amountSet.shopMoney.amount)).toEqual([
      "20.00",
    ]);
  });

  test("a cent that no part explains parks the order, with the difference", async () => {
    expect(await draftBody(anOrderBody("USD", "20", { payment: { total_amount: "20.01" } }), us)).toEqual({
      ...{ outcome: "differs", expectedMinor: 2000n, paidMinor: 2001n, differenceMinor: 1n },
      ...{ buyerPaidMinor: 2001n, platformPaidMinor: 0n },
    });
  });

  test("a bottle's deposit is a fee, cash at the door a payment of that name once it was handed over", async () => {
    const body = (status: string) =>
      anOrderBody("EUR", "20", {
        ...{ line: { pfand_fee: "0.25" }, payment: { total_amount: "20.25" }, is_cod: true, status },
      });
    const germany = { region: "DE", currency: "EUR" };
    const input = await inputOf(body("DELIVERED"), germany);
    expect(input.lineItems?.[1]).toMatchObject({ title: "Deposit", priceSet: { shopMoney: { amount: "0.25" } } });
    expect(input.transactions).toMatchObject([{ gateway: "TikTok Shop (cash on delivery)" }]);
    expect((await inputOf(body("AWAITING_SHIPMENT"), germany)).transactions ?? []).toEqual([]);
  });
});

describe("another currency than the shop's", () => {
  const shop: ShopOf = { region: "DE", currency: "EUR", shopCurrency: "USD" };
  const body = anOrderBody("EUR", "3.33", {
    lines: [1, 2, 3].map((id) => ({
      ...{ id: `57700000000000000${id}`, sku_id: `172900000000000000${id}`, product_id: "1730000000000000001" },
      ...{ product_name: "Cup", currency: "EUR", original_price: "3.33", sale_price: "3.33" },
    })),
    payment: {
      ...{ original_total_product_price: "9.99", sub_total: "9.99", platform_discount: "0" },
      ...{ original_shipping_fee: "1.11", shipping_fee: "1.11", total_amount: "11.1" },
    },
  });

  test("parks until the merchant says what it is worth", async () => {
    expect(await draftBody(body, shop)).toEqual({ outcome: "currency", order: "EUR", shop: "USD" });
  });

  test("both currencies are told, and both sum to the cent", async () => {
    const input = await inputOf(body, { ...shop, exchangeRates: { EUR: "1.0755" } });
    expect(input).toMatchObject({ currency: "USD", presentmentCurrency: "EUR" });
    expect(input.lineItems?.[0]?.priceSet).toEqual({
      shopMoney: { amount: "3.58", currencyCode: "USD" },
      presentmentMoney: { amount: "3.33", currencyCode: "EUR" },
    });
    // 11.10 alone would be 11.94; the rounded lines come to 11.93
    expect(input.transactions?.[0]?.amountSet).toEqual({
      shopMoney: { amount: "11.93", currencyCode: "USD" },
      presentmentMoney: { amount: "11.10", currencyCode: "EUR" },
    });
    expect(sumsOf(input).goods).toBe(sumsOf(input).paid);
  });

  test("currencies without cents convert by their own size", async () => {
    const input = await inputOf(anOrderBody("JPY", "1500"), {
      ...{ region: "JP", currency: "JPY", shopCurrency: "USD", exchangeRates: { JPY: "0.0067" } },
    });
    expect(input.transactions?.[0]?.amountSet.shopMoney).toEqual({ amount: "10.05", currencyCode: "USD" });
  });
});

describe("the buyer", () => {
  const us: ShopOf = { region: "US", currency: "USD" };
  test("is a guest without an e-mail address unless the merchant wants the relay address", async () => {
    expect(await inputOf(anOrderBody("USD", "20", { address: ADDRESSES.US?.address }), us)).not.toHaveProperty("email");
    const wanted = await inputOf(anOrderBody("USD", "20", { address: ADDRESSES.US?.address }), {
      ...us,
      customers: "email",
    });
    expect(wanted.email).toBe("v1@scs.tiktok.com");
    for (const input of [wanted]) expect(input).not.toHaveProperty("customer");
  });

  test("a line longer than Shopify takes goes on in the next; what one line repeats is written once", async () => {
    const long = `${"Very Long Street Name ".repeat(13)}12`;
    const address = { ...ADDRESSES.US?.address, address_line1: long, address_line2: "Apt 4", address_line3: "Apt 4" };
    const { shippingAddress } = await inputOf(anOrderBody("USD", "20", { address }), us);
    expect(shippingAddress?.address1?.length).toBeLessThanOrEqual(255);
    expect(`${shippingAddress?.address1} ${shippingAddress?.address2}`).toBe(`${long}, Apt 4`);
  });

  test("a country we know nothing of keeps every part", async () => {
    const address = {
      ...{ name: "Jan Kowalski", phone_number: "(+48)501234567", postal_code: "00-001", address_line1: "ul. Prosta 1" },
      region_code: "PL",
      district_info: [level("L1", "Mazowieckie", "Province"), level("L2", "Warszawa", "City")],
    };
    expect(
      (await inputOf(anOrderBody("EUR", "20", { address }), { region: "PL", currency: "EUR" })).shippingAddress,
    ).toEqual({
      ...{ firstName: "Jan", lastName: "Kowalski", address1: "ul. Prosta 1", city: "Warszawa, Mazowieckie" },
      ...{ zip: "00-001", countryCode: "PL", phone: "(+48)501234567" },
    });
  });
});
