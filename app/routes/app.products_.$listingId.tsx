import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigate } from "@remix-run/react";
import { BlockStack, InlineGrid, Modal, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useState } from "react";
import {
  FindingsCard,
  LedgerCard,
  ListingActivityCard,
  ListingContentCard,
  ListingPlanCard,
  ListingStateCard,
  ListingStockCard,
  PicturesCard,
} from "../domains/catalog/ui/listing-cards.tsx";
import type { ListingAction } from "../domains/catalog/ui/listing-page-data.ts";
import { ConnectionNotices } from "../domains/shops/ui/connection-notices.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage, type PageAction } from "../ui/embedded-page.tsx";
import { NotFoundOrError } from "../ui/not-found-card.tsx";
import { RefusedBanner } from "../ui/refused-banner.tsx";
import { useFormSubmit } from "../ui/use-form-submit.ts";
import { type Told, useOutcomeToast } from "../ui/use-outcome-toast.ts";
import { usePolling } from "../ui/use-polling.ts";
import { listingAction } from "./embedded/listing-action.server.ts";
import { loadListing } from "./embedded/load-listing.server.ts";
import { withNotices } from "./embedded/show-notices.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

export const loader = async (args: LoaderFunctionArgs) =>
  withNotices(await visitOf(args), (visit) => loadListing(visit, args.params.listingId ?? ""));
export const action = (args: ActionFunctionArgs) => listingAction(args);
export const headers: HeadersFunction = (args) => boundary.headers(args);
export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title ?? t("listing.notFound.title") }];

/** One product on one channel shop: where it stands, what is in its way, what would be sent, and why its numbers are what they are. */
export default function Listing() {
  const listing = useLoaderData<typeof loader>();
  const fetcher = useFetcher<Told>();
  const navigate = useNavigate();
  const submit = useFormSubmit(fetcher, `/app/products/${listing.id}`);
  const [asks, setAsks] = useState<ListingAction | null>(null);
  useOutcomeToast(fetcher.data);
  usePolling(true, listing.isMoving ? 1_500 : 5_000);
  const isBusy = fetcher.state !== "idle";
  const asButton = (one: ListingAction): PageAction => ({
    label: one.label,
    isDisabled: isBusy,
    onAction: () => (one.confirm ? setAsks(one) : submit({ intent: one.intent })),
  });
  const primary = listing.actions.find((one) => one.isPrimary);
  return (
    <EmbeddedPage
      title={listing.title}
      isWide
      back={{ label: t("listing.back"), onAction: () => navigate("/app/products") }}
      {...(primary ? { primary: asButton(primary) } : {})}
      secondary={listing.actions.filter((one) => one !== primary).map(asButton)}
    >
      <BlockStack gap="400">
        <ConnectionNotices notices={listing.notices} />
        <RefusedBanner told={fetcher.data} />
        <InlineGrid columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="400" alignItems="start">
          <BlockStack gap="400">
            <ListingStateCard listing={listing} />
            <FindingsCard listing={listing} isBusy={isBusy} onFix={submit} />
            <ListingStockCard listing={listing} />
            <LedgerCard listing={listing} />
          </BlockStack>
          <BlockStack gap="400">
            <ListingPlanCard listing={listing} />
            <ListingContentCard listing={listing} />
            <PicturesCard listing={listing} />
            <ListingActivityCard listing={listing} />
          </BlockStack>
        </InlineGrid>
      </BlockStack>
      {asks?.confirm ? (
        <Modal
          open
          title={asks.label}
          onClose={() => setAsks(null)}
          primaryAction={{
            content: asks.confirm.yes,
            destructive: true,
            onAction: () => {
              submit({ intent: asks.intent });
              setAsks(null);
            },
          }}
          secondaryActions={[{ content: asks.confirm.no, onAction: () => setAsks(null) }]}
        >
          <Modal.Section>
            <Text as="p">{asks.confirm.text}</Text>
          </Modal.Section>
        </Modal>
      ) : null}
    </EmbeddedPage>
  );
}

export function ErrorBoundary() {
  return (
    <NotFoundOrError
      title={t("listing.notFound.title")}
      text={t("listing.notFound.text")}
      list={{ label: t("listing.notFound.action"), url: "/app/products" }}
    />
  );
}
