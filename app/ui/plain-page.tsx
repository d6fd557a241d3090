import type { ReactNode } from "react";

const style = {
  main: {
    maxWidth: 520,
    margin: "12vh auto",
    padding: 24,
    fontFamily: "Inter, system-ui, sans-serif",
    color: "#303030",
    lineHeight: 1.5,
    overflowWrap: "anywhere",
  },
  title: { fontSize: 22, margin: "0 0 12px" },
  link: { color: "#005bd3" },
  button: {
    padding: "10px 16px",
    border: 0,
    borderRadius: 8,
    font: "inherit",
    fontWeight: 600,
    color: "#ffffff",
    background: "#303030",
    cursor: "pointer",
  },
} as const;

/** A page outside the admin frame: one heading, one paragraph, at most one thing to do. */
export function PlainPage({
  title,
  text,
  link,
  children,
}: {
  title: string;
  text: string;
  link?: { href: string; label: string };
  children?: ReactNode;
}) {
  return (
    <main style={style.main}>
      <h1 style={style.title}>{title}</h1>
      <p>{text}</p>
      {link ? (
        <p>
          <a style={style.link} href={link.href} target="_top">
            {link.label}
          </a>
        </p>
      ) : null}
      {children}
    </main>
  );
}

/** The one thing to do, where it is more than a link. */
export function PlainButton({ label }: { label: string }) {
  return (
    <button type="submit" style={style.button}>
      {label}
    </button>
  );
}
