import "@shopify/ui-extensions";

// What the admin hands to the module of a target; `shopify app dev` writes this file in the same words.
declare module "./src/product-block.tsx" {
  const shopify: import("@shopify/ui-extensions/admin.product-details.block.render").Api;
  const globalThis: { shopify: typeof shopify };
}
