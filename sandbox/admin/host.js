// The parent side of the bridge. Speaks only with the app's frame, and only with the app's origin.
(() => {
  const boot = JSON.parse(document.getElementById("boot").textContent);
  const frame = document.querySelector("iframe");
  const byId = (id) => document.getElementById(id);
  const post = (message) => frame.contentWindow.postMessage({ sandboxBridge: 1, ...message }, boot.appOrigin);
  const shopQuery = `?shop=${encodeURIComponent(boot.shop)}`;
  const OWN_PARAMETERS = [
    "embedded",
    "shop",
    "host",
    "locale",
    "timestamp",
    "session",
    "id_token",
    "hmac",
    "shopify-reload",
  ];

  function appPath(path) {
    const url = new URL(path, boot.appOrigin);
    for (const name of OWN_PARAMETERS) url.searchParams.delete(name);
    return url.pathname + url.search;
  }

  function highlight(path) {
    const here = new URL(path, boot.appOrigin).pathname;
    for (const link of byId("appnav").children) {
      if (new URL(link.dataset.href, boot.appOrigin).pathname === here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  function go(address) {
    const url = new URL(address, location.origin);
    const admin = /^https:\/\/admin\.shopify\.com(\/.*)$/.exec(url.href);
    location.href = admin ? admin[1] : url.href;
  }

  function makeButton({ label, variant, tone, disabled, ref, onclick }) {
    const button = document.createElement("button");
    button.textContent = label;
    button.className = [variant === "primary" ? "primary" : "", tone === "critical" ? "critical" : ""].join(" ").trim();
    button.disabled = Boolean(disabled);
    button.onclick = onclick ?? (() => post({ type: "click", ref }));
    return button;
  }

  function navigateTo(href) {
    window.sandboxMenu.close();
    post({ type: "navigate", href });
  }

  const handlers = {
    async idToken() {
      const answer = await fetch(`/_sandbox/session-token${shopQuery}`, { method: "POST" });
      const { token } = await answer.json();
      // the app was removed meanwhile: the page says so
      if (token === null) location.reload();
      return token ?? new Promise(() => {});
    },
    navigation({ path, replace }) {
      const inner = appPath(path);
      history[replace ? "replaceState" : "pushState"]({ app: inner }, "", boot.base + inner);
      highlight(inner);
    },
    navMenu({ items }) {
      const links = items
        .filter((item) => item.rel !== "home")
        .map((item) => {
          const link = document.createElement("a");
          link.textContent = item.label;
          link.dataset.href = item.href;
          link.href = boot.base + item.href;
          link.onclick = (event) => {
            event.preventDefault();
            navigateTo(item.href);
          };
          return link;
        });
      byId("appnav").replaceChildren(...links);
      const home = items.find((item) => item.rel === "home");
      byId("appname").onclick = (event) => {
        event.preventDefault();
        navigateTo(home?.href ?? "/app");
      };
      highlight(location.pathname.slice(boot.base.length) || "/app");
    },
    titleBar({ title, buttons }) {
      byId("title").textContent = title ?? boot.appName;
      document.title = `${title ?? boot.appName} · Sandbox admin`;
      byId("actions").replaceChildren(...buttons.map(makeButton));
    },
    saveBar({ shown, buttons }) {
      byId("savebar").hidden = !shown;
      if (!shown) return;
      const text = document.createElement("span");
      text.textContent = "Unsaved changes";
      byId("savebar").replaceChildren(text, ...buttons.map(makeButton));
    },
    toast({ id, message, isError, duration }) {
      const toast = document.createElement("div");
      toast.dataset.id = id;
      toast.textContent = message;
      toast.className = isError ? "error" : "";
      byId("toasts").append(toast);
      setTimeout(() => toast.remove(), duration ?? 5000);
    },
    toastHide({ id }) {
      for (const toast of [...byId("toasts").children]) if (toast.dataset.id === id) toast.remove();
    },
    loading({ on }) {
      byId("loading").hidden = !on;
    },
    redirect({ url, target }) {
      if (target === "_blank") window.open(url, "_blank", "noopener");
      else go(url);
    },
    async resourcePicker(options) {
      const products = await (await fetch(`/_sandbox/products${shopQuery}`)).json();
      const picked = await pickProducts(products, options);
      if (picked?.length > 0) tellTour(picked.length);
      return picked;
    },
  };

  const STATUS_WORDS = { DRAFT: "Draft", ARCHIVED: "Archived", UNLISTED: "Unlisted" };
  /** Picking happens here alone: neither platform hears of it, the guided tour wants to. */
  function tellTour(count) {
    fetch("/__sandbox/drawer/picked", { method: "POST", body: JSON.stringify({ shop: boot.shop, count }) }).catch(
      () => {}, // the next page that is opened tells more
    );
  }

  function pickProducts(products, { multiple, selectionIds = [], query = "" }) {
    const dialog = byId("picker");
    const title = Object.assign(document.createElement("h2"), { textContent: "Select products" });
    const search = Object.assign(document.createElement("input"), {
      type: "search",
      placeholder: "Search products",
      value: query,
    });
    search.setAttribute("aria-label", "Search products");
    const rows = Object.assign(document.createElement("div"), { className: "rows" });
    rows.append(
      ...products.map((product) => {
        const row = document.createElement("label");
        const checked = selectionIds.some((one) => one.id === product.id);
        const input = Object.assign(document.createElement("input"), {
          type: multiple ? "checkbox" : "radio",
          name: "product",
          value: product.id,
          checked,
        });
        const [image] = product.images;
        const picture = document.createElement(image ? "img" : "span");
        if (image) Object.assign(picture, { src: image.originalSrc, alt: "", loading: "lazy" });
        const name = Object.assign(document.createElement("span"), { className: "name", textContent: product.title });
        const state = Object.assign(document.createElement("small"), {
          textContent: STATUS_WORDS[product.status] ?? "",
        });
        row.append(input, picture, name, state);
        return row;
      }),
    );
    const none = Object.assign(document.createElement("p"), {
      className: "none",
      textContent: "No product is called so.",
    });
    const show = () => {
      const text = search.value.trim().toLowerCase();
      for (const row of rows.children)
        row.hidden = !row.querySelector(".name").textContent.toLowerCase().includes(text);
      none.hidden = [...rows.children].some((row) => !row.hidden);
    };
    search.oninput = show;
    show();
    const foot = Object.assign(document.createElement("div"), { className: "foot" });
    const count = Object.assign(document.createElement("span"), { className: "count" });
    count.setAttribute("aria-live", "polite");
    return new Promise((resolve) => {
      const done = (value) => {
        dialog.onclose = null;
        dialog.close();
        resolve(value);
      };
      const chosen = () =>
        products.filter((product) =>
          [...rows.querySelectorAll("input:checked")].some((input) => input.value === product.id),
        );
      const select = makeButton({ label: "Select", variant: "primary", onclick: () => done(chosen()) });
      const tell = () => {
        const { length } = chosen();
        count.textContent = `${length} selected`;
        // what was chosen before may also be given up altogether
        select.disabled = length === 0 && selectionIds.length === 0;
      };
      rows.onchange = tell;
      tell();
      foot.append(count, makeButton({ label: "Cancel", onclick: () => done(undefined) }), select);
      dialog.replaceChildren(title, search, rows, none, foot);
      dialog.onclose = () => done(undefined);
      dialog.showModal();
    });
  }

  addEventListener("message", async (event) => {
    if (event.source !== frame.contentWindow || event.origin !== boot.appOrigin || event.data?.sandboxBridge !== 1)
      return;
    const { id, type, payload } = event.data;
    try {
      if (!Object.hasOwn(handlers, type)) throw new Error(`no stand-in for ${type}`);
      const value = await handlers[type](payload ?? {});
      if (id) post({ type: "reply", id, value });
    } catch (error) {
      if (id) post({ type: "reply", id, error: String(error) });
    }
  });
  addEventListener("popstate", () =>
    post({ type: "navigate", href: location.pathname.slice(boot.base.length) + location.search || "/app" }),
  );
})();
