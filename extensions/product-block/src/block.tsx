import { useEffect, useRef, useState } from "preact/hooks";
import type { Shown } from "./answer.ts";
import { type Asked, act, readProduct } from "./ask-app.ts";
import { ConnectionPart } from "./connection-part.tsx";
import { NoticePart } from "./notice-part.tsx";

/** Looks while something is under way; then the merchant's next visit looks again. */
const MOST_LOOKS = 60;

interface Note {
  tone: "success" | "critical";
  title: string;
  text: string;
}

interface Props {
  /** Shopify's id of the product on the page. */
  product: string;
  translate(key: string): string;
}

/** Where the product stands on each connection, with what can be done about it. */
export function Block({ product, translate }: Props) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [note, setNote] = useState<Note | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [looks, setLooks] = useState(0);
  /** Answers may overtake each other: only that of the latest question counts. */
  const latest = useRef(0);

  /** Takes the answer over, unless a later question was asked meanwhile. Returns it if it counts. */
  const take = async (question: Promise<Asked>, isQuiet: boolean): Promise<Asked | null> => {
    latest.current += 1;
    const mine = latest.current;
    const answer = await question;
    if (mine !== latest.current) return null;
    // a look in between that fails leaves what is shown
    if (answer.kind === "shown" || !isQuiet) setAsked(answer);
    return answer;
  };
  const load = async () => {
    setAsked(null);
    setNote(null);
    await take(readProduct(product), false);
  };
  const press = async (connectionId: string, intent: "list" | "stop") => {
    setBusy(true);
    setNote(null);
    setLooks(0);
    const answer = await take(act(product, connectionId, intent), true);
    if (answer) setNote(noteOf(answer, translate));
    setBusy(false);
  };

  useEffect(() => void load(), [product]);
  const shown = asked?.kind === "shown" ? asked.shown : null;
  useEffect(() => {
    if (!shown?.againInMs || isBusy || looks >= MOST_LOOKS) return;
    const timer = setTimeout(async () => {
      await take(readProduct(product), true);
      setLooks(looks + 1);
    }, shown.againInMs);
    return () => clearTimeout(timer);
  }, [shown, looks, isBusy]);

  return (
    <s-admin-block heading={translate("name")} {...(shown?.summary ? { collapsedSummary: shown.summary } : {})}>
      <s-stack direction="block" gap="base">
        {note ? (
          <s-banner tone={note.tone} heading={note.title}>
            {note.text ? <s-paragraph>{note.text}</s-paragraph> : null}
          </s-banner>
        ) : null}
        {asked === null ? (
          <s-stack direction="inline" gap="small" alignItems="center">
            <s-spinner accessibilityLabel={translate("loading")} />
            <s-text color="subdued">{translate("loading")}</s-text>
          </s-stack>
        ) : null}
        {asked?.kind === "silent" ? (
          <NoticePart
            tone="critical"
            notice={{ title: translate(`${asked.why}.title`), text: translate(`${asked.why}.text`), link: null }}
            again={{ label: translate("tryAgain"), onPress: load }}
          />
        ) : null}
        {shown ? <Product shown={shown} isBusy={isBusy} translate={translate} onAgain={load} onPress={press} /> : null}
      </s-stack>
    </s-admin-block>
  );
}

function noteOf(answer: Asked, translate: (key: string) => string): Note | null {
  if (answer.kind === "shown")
    return answer.shown.message ? { tone: "success", title: answer.shown.message, text: "" } : null;
  const why = answer.why === "unreachable" ? "unsure" : answer.why;
  return { tone: "critical", title: translate(`${why}.title`), text: translate(`${why}.text`) };
}

function Product({
  shown,
  isBusy,
  translate,
  onAgain,
  onPress,
}: {
  shown: Shown;
  isBusy: boolean;
  translate(key: string): string;
  onAgain(): void;
  onPress(connectionId: string, intent: "list" | "stop"): void;
}) {
  if (shown.empty)
    return (
      <NoticePart
        tone="info"
        notice={shown.empty}
        {...(shown.empty.link ? {} : { again: { label: translate("tryAgain"), onPress: onAgain } })}
      />
    );
  return (
    <>
      {shown.connections.flatMap((connection, at) => [
        at > 0 ? <s-divider key={`before ${connection.id}`} /> : null,
        <ConnectionPart
          key={connection.id}
          connection={connection}
          isBusy={isBusy}
          onPress={(intent) => onPress(connection.id, intent)}
        />,
      ])}
    </>
  );
}
