import { useNavigation, useSearchParams } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";

const SETTLED_MS = 300;

/** What a list shows lives in the address, so that it can be linked to and gone back to; what is being typed follows in a moment. */
export function useListAddress(search: string) {
  const [, setParams] = useSearchParams();
  const { state } = useNavigation();
  const [text, setText] = useState(search);
  const inAddress = useRef(search);
  const go = (change: Record<string, string>) => {
    if (change.search !== undefined) {
      inAddress.current = change.search;
      setText(change.search);
    }
    setParams((before) => {
      const after = new URLSearchParams(before);
      after.delete("cursor");
      for (const [name, value] of Object.entries(change)) value ? after.set(name, value) : after.delete(name);
      return after;
    });
  };

  // gone back to, or another view was chosen
  useEffect(() => {
    if (search === inAddress.current) return;
    inAddress.current = search;
    setText(search);
  }, [search]);
  useEffect(() => {
    if (text === inAddress.current) return;
    const timer = setTimeout(() => go({ search: text }), SETTLED_MS);
    return () => clearTimeout(timer);
  });

  return { text, setText, go, isLoading: state === "loading" };
}
