import { Button, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { PickSheet, SlipSheet } from "./print-data.ts";

/** What is pressed; it is not on the paper. */
export function PrintBar({ leftOut, onBack, onPrint }: { leftOut: string | null; onBack(): void; onPrint(): void }) {
  return (
    <div className="print-bar">
      <Button variant="primary" onClick={onPrint}>
        {t("morning.print.print")}
      </Button>
      <Button onClick={onBack}>{t("morning.print.back")}</Button>
      {leftOut ? <Text as="p">{leftOut}</Text> : null}
    </div>
  );
}

/** Everything to take from the shelves for several orders, each product once. */
export function PickList({ sheet }: { sheet: PickSheet }) {
  return (
    <section className="print-sheet">
      <h1 className="print-title">{t("morning.print.pick.title")}</h1>
      <p>{sheet.lead}</p>
      <table>
        <thead>
          <tr>
            <th scope="col" className="print-count">
              {t("morning.print.pick.count")}
            </th>
            <th scope="col">{t("morning.print.pick.product")}</th>
            <th scope="col">{t("morning.print.pick.sku")}</th>
            <th scope="col">{t("morning.print.pick.orders")}</th>
          </tr>
        </thead>
        <tbody>
          {sheet.rows.map((row) => (
            <tr key={row.key}>
              <td className="print-count">{row.quantity}</td>
              <td>{row.title}</td>
              <td>{row.sku}</td>
              <td data-label={t("morning.print.pick.orders")}>{row.orders}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A slip for each parcel, each on a page of its own; without prices, as it may be a gift. */
export function Slips({ sheet }: { sheet: SlipSheet }) {
  return (
    <>
      <Text as="h1" variant="headingLg" visuallyHidden>
        {t("morning.print.slips.skeleton")}
      </Text>
      {sheet.slips.map((slip) => (
        <section key={slip.id} className="print-sheet print-slip">
          <div className="print-head">
            <h2>{slip.shop}</h2>
            <div>
              <strong>{slip.title}</strong>
              {slip.numbers.map((number) => (
                <p key={number}>{number}</p>
              ))}
            </div>
          </div>
          <h3>{t("morning.print.slips.shipTo")}</h3>
          {slip.noAddress ? <p>{slip.noAddress}</p> : null}
          <address className="print-address" style={{ fontStyle: "normal" }}>
            {slip.address.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of an address may be alike and never move
              <div key={at}>{line}</div>
            ))}
          </address>
          <table>
            <thead>
              <tr>
                <th scope="col" className="print-count">
                  {t("morning.print.slips.quantity")}
                </th>
                <th scope="col">{t("morning.print.slips.product")}</th>
                <th scope="col">{t("morning.print.slips.sku")}</th>
              </tr>
            </thead>
            <tbody>
              {slip.rows.map((row) => (
                <tr key={row.key}>
                  <td className="print-count">{row.quantity}</td>
                  <td>{row.title}</td>
                  <td>{row.sku}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {slip.message ? (
            <>
              <h3>{t("morning.print.slips.message")}</h3>
              <p>{slip.message}</p>
            </>
          ) : null}
          <p style={{ marginBlockStart: 16 }}>{t("morning.print.slips.thanks")}</p>
        </section>
      ))}
    </>
  );
}
