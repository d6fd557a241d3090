import { Box } from "@shopify/polaris";

const SIZE = 40;

/** A small picture in a list. Those further down are fetched when somebody scrolls to them. */
export function Thumbnail({ url }: { url: string }) {
  return (
    <Box borderRadius="200" borderColor="border-secondary" borderWidth="025" overflowX="hidden" overflowY="hidden">
      <img
        src={smallOf(url)}
        alt=""
        width={SIZE}
        height={SIZE}
        loading="lazy"
        decoding="async"
        style={{ display: "block", objectFit: "contain" }}
      />
    </Box>
  );
}

/** Shopify's picture host draws any size that its address asks for; twice ours, for sharp screens. */
function smallOf(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address?.hostname !== "cdn.shopify.com") return url;
  address.searchParams.set("width", String(2 * SIZE));
  return address.href;
}
