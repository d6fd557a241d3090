import { isRouteErrorResponse, useNavigate, useRouteError } from "@remix-run/react";
import { Card } from "@shopify/polaris";
import { EmbeddedError } from "./embedded-error.tsx";
import { EmbeddedPage } from "./embedded-page.tsx";
import { EmptyCard } from "./empty-card.tsx";

interface Props {
  title: string;
  text: string;
  /** The page that lists what there is. */
  list: { label: string; url: string };
}

/** The error boundary of a page about one thing: what is not there is said and leads on, everything else is as on any page. */
export function NotFoundOrError({ title, text, list }: Props) {
  const error = useRouteError();
  const navigate = useNavigate();
  if (!isRouteErrorResponse(error) || error.status !== 404) return <EmbeddedError />;
  return (
    <EmbeddedPage title={title}>
      <Card>
        <EmptyCard title={title} text={text} action={{ label: list.label, onAction: () => navigate(list.url) }} />
      </Card>
    </EmbeddedPage>
  );
}
