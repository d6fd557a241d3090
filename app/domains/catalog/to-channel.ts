import type { ListingContent, ListingSkuDraft } from "../../channels/port.ts";
import type { WantedContent } from "./model.ts";

type UriOf = (url: string, use: "main" | "variant") => string;

/** Our content in the words of the port, pictures by their uploaded uri. */
export function toListingContent(content: WantedContent, uriOf: UriOf): ListingContent {
  const { title, descriptionHtml, categoryId, attributes, certificates, weightGrams, packageSizeCm } = content;
  return {
    ...{ title, descriptionHtml, categoryId, attributes, certificates, weightGrams },
    pictureUris: content.pictureUrls.map((url) => uriOf(url, "main")),
    ...(packageSizeCm ? { packageSizeCm } : {}),
  };
}

export function toOptions(options: WantedContent["skus"][number]["options"], uriOf: UriOf): ListingSkuDraft["options"] {
  return options.map(({ name, value, pictureUrl }) => ({
    name,
    value,
    ...(pictureUrl ? { pictureUri: uriOf(pictureUrl, "variant") } : {}),
  }));
}
