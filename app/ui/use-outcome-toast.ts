import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";

/** What an action answers: a sentence for the toast, or what went wrong in a sentence. */
export interface Told {
  ok: boolean;
  message: string;
}

/** Shows the sentence an action came back with, once per answer. */
export function useOutcomeToast(told: Told | undefined): void {
  const shopify = useAppBridge();
  useEffect(() => {
    if (told?.message) shopify.toast.show(told.message, { isError: !told.ok });
  }, [told, shopify]);
}
