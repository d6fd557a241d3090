import { TitleBar } from "@shopify/app-bridge-react";
import { Box, Page, Text } from "@shopify/polaris";
import type { ReactNode } from "react";

export interface PageAction {
  label: string;
  isDisabled?: boolean;
  onAction(): void;
}

interface Props {
  title: string;
  /** Lists use the whole width; forms do not. */
  isWide?: boolean;
  /** Shown by the admin in its own title bar. */
  primary?: PageAction;
  secondary?: PageAction[];
  /** The list this page was opened from. */
  back?: Omit<PageAction, "isDisabled">;
  children: ReactNode;
}

/** A page inside the admin: title and actions stand in the admin's title bar, as merchants know it from every other app. */
export function EmbeddedPage({ title, isWide = false, primary, secondary = [], back, children }: Props) {
  return (
    <Page fullWidth={isWide}>
      <TitleBar title={title}>
        {back ? (
          <button type="button" variant="breadcrumb" onClick={back.onAction}>
            {back.label}
          </button>
        ) : null}
        {primary ? (
          <button type="button" variant="primary" disabled={primary.isDisabled} onClick={primary.onAction}>
            {primary.label}
          </button>
        ) : null}
        {secondary.map((action) => (
          <button type="button" key={action.label} disabled={action.isDisabled} onClick={action.onAction}>
            {action.label}
          </button>
        ))}
      </TitleBar>
      {/* the admin shows the title; who listens to the page hears it here */}
      <Text as="h1" variant="headingLg" visuallyHidden>
        {title}
      </Text>
      <Box paddingBlockStart="400" paddingBlockEnd="800">
        {children}
      </Box>
    </Page>
  );
}
