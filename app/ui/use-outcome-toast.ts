import { useAppBridge } from "@shopify/app-bridge-react";
import { useEffect } from "react";

/** What an action answers: a sentence for the toast, or what went wrong in a sentence. */
export interface Told {
  ok: boolean;
  message: string;
  /** The way goes on outside the admin's frame, at this address. */
  leaveTo?: string;
}

/** Shows the sentence an action came back with, once per answer, or leaves the frame when it says so. */
export function useOutcomeToast(told: Told | undefined): void {
  const shopify = useAppBridge();
  useEffect(() => {
    if (told?.leaveTo) window.open(told.leaveTo, "_top");
    if (told?.message) shopify.toast.show(told.message, { isError: !told.ok });
  }, [told, shopify]);
}
