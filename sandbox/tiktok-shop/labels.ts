import type { SandboxAnswer } from "../kernel/model.ts";
import { Refusal } from "./errors.ts";
import type { Handler, World } from "./model.ts";
import { shopOf } from "./world.ts";

const labelPath = "/tiktok-media/labels/";
const lifeSeconds = 86_400;

/** Address of a platform label. TikTok Shop fact: only after shipping, never for the seller's own carrier, and for a day. */
export const getShippingDocument: Handler = (world, call) => {
  const parcel = world.packages.get(call.ids.package_id ?? "");
  if (parcel?.shopId !== shopOf(call).id) throw new Refusal(21011028, "the package is not of this shop");
  if (!world.orders.get(parcel.orderId)?.isPlatformLabel) throw new Refusal(21008017, "the seller ships this package");
  if (parcel.status === "TO_FULFILL") throw new Refusal(21023035, "the package is not shipped yet");
  const expires = Math.floor(world.kernel.clock.now() / 1000) + lifeSeconds;
  return {
    doc_url: `${world.kernel.publicUrl}${labelPath}${parcel.id}.pdf?x-expires=${expires}`,
    tracking_number: parcel.trackingNumber ?? "",
  };
};

/** `GET /tiktok-media/labels/<package>.pdf`: a label to print, or 404. Null: another address. */
export function serveLabel(world: World, path: string): SandboxAnswer | null {
  if (!path.startsWith(labelPath)) return null;
  const parcel = world.packages.get(path.slice(labelPath.length).replace(/\.pdf$/, ""));
  if (!parcel) return { status: 404, headers: { "content-type": "text/plain" }, body: "no such label" };
  const lines = ["TikTok Shipping", parcel.trackingNumber ?? "", `Package ${parcel.id}`, `Order ${parcel.orderId}`];
  return { status: 200, headers: { "content-type": "application/pdf" }, body: drawPdf(lines) };
}

/** One A6 page with some lines of text. */
function drawPdf(lines: string[]): Buffer {
  const text = lines.map((line) => `(${line.replace(/[()\\]/g, "")}) Tj 0 -28 Td`).join(" ");
  const stream = `BT /F1 16 Tf 24 360 Td ${text} ET`;
  const parts = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 298 420] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let body = "%PDF-1.4\n";
  const offsets = parts.map((part, at) => {
    const offset = body.length;
    body += `${at + 1} 0 obj\n${part}\nendobj\n`;
    return String(offset).padStart(10, "0");
  });
  const start = body.length;
  const table = offsets.map((offset) => `${offset} 00000 n \n`).join("");
  body += `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${parts.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(body, "latin1");
}
