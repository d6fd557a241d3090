import { render } from "preact";
import { Block } from "./block.tsx";

/** Entry of the target: the only place that touches the admin's global. */
export default async function productBlock(): Promise<void> {
  const { data, i18n } = shopify;
  render(<Block product={data.selected[0]?.id ?? ""} translate={(key) => i18n.translate(key)} />, document.body);
}
