import { BlockStack, Card, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import { ProblemList, type ShownProblem } from "../../../ui/problem-list.tsx";
import type { Submit } from "./settings-data.ts";

/** A problem whose action is a page, or a form that this page posts. */
export type ProblemToAct = Omit<ShownProblem, "action"> & {
  actionLabel: string;
  act:
    | { kind: "page"; url: string }
    | { kind: "intent"; intent: string; connectionId: string | null; market: string | null };
};

/** What somebody must act on; that there is nothing is said, too. `isQuiet`: all is not well, though nobody must decide. */
export function ProblemsCard({
  problems,
  isQuiet,
  isBusy,
  submit,
}: {
  problems: ProblemToAct[];
  isQuiet: boolean;
  isBusy: boolean;
  submit: Submit;
}) {
  const calm = isQuiet ? "quiet" : "none";
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t(problems.length > 0 ? "home.problems.title" : `home.problems.${calm}`)}
        </Text>
        {problems.length === 0 ? (
          <Text as="p" tone="subdued">
            {t(`home.problems.${calm}Text`)}
          </Text>
        ) : (
          <ProblemList
            problems={problems.map(({ act, actionLabel: label, ...problem }) => ({
              ...problem,
              action:
                act.kind === "page"
                  ? { label, url: act.url }
                  : {
                      label,
                      isBusy,
                      onAction: () =>
                        submit({ intent: act.intent, connectionId: act.connectionId ?? "", market: act.market ?? "" }),
                    },
            }))}
          />
        )}
      </BlockStack>
    </Card>
  );
}
