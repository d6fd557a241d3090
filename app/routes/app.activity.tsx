import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigate, useNavigation, useSearchParams } from "@remix-run/react";
import { BlockStack, Box, Card, Pagination, Select, Tabs, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { activityKinds, actorKinds } from "../domains/shops/ui/activity-data.ts";
import { ActivityList } from "../domains/shops/ui/activity-list.tsx";
import { ConnectionNotices } from "../domains/shops/ui/connection-notices.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { EmptyCard } from "../ui/empty-card.tsx";
import { usePaging } from "../ui/use-paging.ts";
import { loadActivity } from "./embedded/load-activity.server.ts";
import { withNotices } from "./embedded/show-notices.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

export const loader = async (args: LoaderFunctionArgs) =>
  withNotices(await visitOf(args), (visit) => loadActivity(visit, new URL(args.request.url).searchParams));
export const headers: HeadersFunction = (args) => boundary.headers(args);
export const meta: MetaFunction = () => [{ title: t("activity.title") }];

/** What happened, newest first: by whom, about what. */
export default function Activity() {
  const { notices, kind, actor, rows, nextCursor, zone, isFiltered } = useLoaderData<typeof loader>();
  const [, setParams] = useSearchParams();
  const navigate = useNavigate();
  const { state } = useNavigation();
  const paging = usePaging(nextCursor);
  const choose = (name: string, value: string) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      after.delete("cursor");
      after.set(name, value);
      return after;
    });
  const empty = isFiltered
    ? {
        title: t("activity.empty.filtered"),
        text: t("activity.empty.filteredText"),
        action: { label: t("activity.empty.all"), onAction: () => navigate("/app/activity") },
      }
    : {
        title: t("activity.empty.title"),
        text: t("activity.empty.text"),
        action: { label: t("activity.empty.action"), onAction: () => navigate("/app") },
      };
  return (
    <EmbeddedPage title={t("activity.title")}>
      <BlockStack gap="400">
        <ConnectionNotices notices={notices} />
        <Card padding="0">
          {/* its final height from the start: it grows once it is alive */}
          <Box minHeight="56px">
            <Tabs
              tabs={activityKinds.map((id) => ({ id, content: t(`activity.kinds.${id}`), panelID: "activity-list" }))}
              selected={activityKinds.indexOf(kind)}
              onSelect={(at) => choose("view", activityKinds[at] ?? "all")}
            />
          </Box>
          <Box id="activity-list" paddingInline="400" paddingBlockEnd="400" aria-busy={state === "loading"}>
            <BlockStack gap="300">
              <Box maxWidth="260px" paddingBlockStart="200">
                <Select
                  label={t("activity.by")}
                  labelInline
                  options={actorKinds.map((id) => ({ value: id, label: t(`activity.actors.${id}`) }))}
                  value={actor}
                  onChange={(by) => choose("by", by)}
                />
              </Box>
              {rows.length === 0 ? (
                <EmptyCard {...empty} />
              ) : (
                <>
                  <Text as="p" tone="subdued">
                    {t("activity.newest", { zone })}
                  </Text>
                  <ActivityList rows={rows} />
                  <Pagination
                    hasPrevious={paging.previous !== null}
                    hasNext={paging.next !== null}
                    onPrevious={() => paging.previous?.()}
                    onNext={() => paging.next?.()}
                    accessibilityLabels={{ previous: t("app.previous"), next: t("app.next") }}
                  />
                </>
              )}
            </BlockStack>
          </Box>
        </Card>
      </BlockStack>
    </EmbeddedPage>
  );
}
