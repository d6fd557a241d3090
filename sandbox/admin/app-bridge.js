// A stand-in for https://cdn.shopify.com/shopifycloud/app-bridge.js, for the demo and the browser tests only.
(() => {
  const script = document.currentScript;
  const hostOrigin = new URL(script.src).origin;
  const apiKey = script.dataset.apiKey || document.querySelector('meta[name="shopify-api-key"]')?.content;
  const parameters = new URLSearchParams(location.search);
  if (window === window.parent || window.shopify) return;

  // --- talking with the frame around us
  const waiting = new Map();
  const clickable = new Map();
  let sent = 0;
  const post = (type, payload, id) => window.parent.postMessage({ sandboxBridge: 1, type, payload, id }, hostOrigin);
  const call = (type, payload) =>
    new Promise((resolve, reject) => {
      sent += 1;
      waiting.set(`m${sent}`, { resolve, reject });
      post(type, payload, `m${sent}`);
    });
  addEventListener("message", (event) => {
    if (event.source !== window.parent || event.origin !== hostOrigin || event.data?.sandboxBridge !== 1) return;
    const { type, id, value, error, ref, href } = event.data;
    if (type === "click") clickable.get(ref)?.click();
    if (type === "navigate") navigate(href);
    if (type !== "reply") return;
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (error) waiter?.reject(new Error(error));
    else waiter?.resolve(value);
  });

  // --- configuration; storage may be blocked in a third-party frame
  const KEY = "sandbox-app-bridge-config";
  let stored = {};
  try {
    stored = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  } catch {
    stored = {};
  }
  const config = {
    apiKey,
    shop: parameters.get("shop") ?? stored.shop,
    host: parameters.get("host") ?? stored.host,
    locale: parameters.get("locale") ?? stored.locale ?? "en",
  };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(config));
  } catch {
    // Without storage the address bar is the only memory.
  }

  // --- session token
  let cached;
  async function idToken(fresh) {
    if (!fresh && cached && cached.exp - Date.now() / 1000 > 5) return cached.token;
    const token = await call("idToken");
    const claims = token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/");
    cached = { token, exp: JSON.parse(atob(claims)).exp };
    return token;
  }

  // --- fetch: the own origin gets the session token; 401s are answered as App Bridge answers them
  const nativeFetch = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input), location.href);
    if (url.origin !== location.origin) return nativeFetch(input, init);
    const send = async (fresh) => {
      const request = new Request(input instanceof Request ? input.clone() : input, init);
      if (!request.headers.has("Authorization")) request.headers.set("Authorization", `Bearer ${await idToken(fresh)}`);
      request.headers.set("X-Requested-With", "XMLHttpRequest");
      return nativeFetch(request);
    };
    let answer = await send(false);
    if (answer.status === 401 && answer.headers.get("X-Shopify-Retry-Invalid-Session-Request"))
      answer = await send(true);
    const again = answer.headers.get("X-Shopify-API-Request-Failure-Reauthorize-Url");
    if (!again) return answer;
    redirect(new URL(again, location.origin).href, "_top");
    return new Promise(() => {});
  };

  // --- bounce page: come back with a fresh id_token
  const reload = parameters.get("shopify-reload");
  if (reload) {
    const target = new URL(reload, location.origin);
    if (target.origin === location.origin)
      idToken(true).then((token) => {
        target.searchParams.set("id_token", token);
        location.replace(target.href);
      });
  }

  // --- navigation
  function redirect(url, target = "_top") {
    const store = (config.shop ?? "").replace(".myshopify.com", "");
    post("redirect", { url: url.replace(/^shopify:\/*admin/i, `https://admin.shopify.com/store/${store}`), target });
  }
  const nativeOpen = window.open.bind(window);
  window.open = (url, target, features) => {
    const address = String(url ?? "");
    const isAdmin = /^shopify:/i.test(address);
    if (!isAdmin && target !== "_top" && target !== "_parent") return nativeOpen(url, target, features);
    redirect(isAdmin ? address : new URL(address, location.href).href, target);
    return null;
  };
  addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link || !/^shopify:/i.test(link.getAttribute("href"))) return;
      event.preventDefault();
      redirect(link.getAttribute("href"), link.target || "_top");
    },
    true,
  );
  function navigate(href) {
    const own = [...document.querySelectorAll("ui-nav-menu a, s-app-nav a, s-app-nav s-link")].find(
      (link) => link.getAttribute("href") === href,
    );
    const link = own ?? document.createElement("a");
    if (!own) {
      link.setAttribute("href", href);
      link.hidden = true;
      document.body.append(link);
    }
    link.dispatchEvent(new Event("shopify:navigate", { bubbles: true, cancelable: true }));
    if (!own) link.remove();
  }
  const tellWhere = () => post("navigation", { path: location.pathname + location.search, replace: true });
  if (!reload) {
    for (const name of ["pushState", "replaceState"]) {
      const native = history[name].bind(history);
      history[name] = (state, title, url) => {
        native(state, title, url);
        if (url != null) tellWhere();
      };
    }
    tellWhere();
  }

  // --- elements. Nothing in the document may change before hydration: not an attribute, not a <style>.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("ui-nav-menu,ui-title-bar,ui-save-bar,ui-modal,s-app-nav{display:none}");
  document.adoptedStyleSheets.push(sheet);
  let refs = 0;
  const refFor = (element) => {
    if (!element.sandboxRef) {
      refs += 1;
      element.sandboxRef = `r${refs}`;
    }
    clickable.set(element.sandboxRef, element);
    return element.sandboxRef;
  };
  const buttonsOf = (root) =>
    [...root.querySelectorAll(":scope > button, :scope > section > button")].map((button) => ({
      label: button.textContent,
      variant: button.getAttribute("variant") ?? undefined,
      tone: button.getAttribute("tone") ?? undefined,
      disabled: button.disabled,
      ref: refFor(button),
    }));

  class Observed extends HTMLElement {
    connectedCallback() {
      const sync = () => queueMicrotask(() => this.isConnected && this.publish());
      this.watcher = new MutationObserver(sync);
      this.watcher.observe(this, { childList: true, subtree: true, attributes: true, characterData: true });
      sync();
    }
    disconnectedCallback() {
      this.watcher.disconnect();
      this.gone?.();
    }
  }
  class NavMenu extends Observed {
    publish() {
      const links = [...this.querySelectorAll("a, s-link")];
      post("navMenu", {
        items: links.map((link) => ({
          href: link.getAttribute("href"),
          label: link.textContent,
          rel: link.getAttribute("rel") ?? undefined,
        })),
      });
    }
  }
  class TitleBar extends Observed {
    publish() {
      const modal = this.closest("ui-modal");
      if (modal) modal.renderBar?.();
      else post("titleBar", { title: this.getAttribute("title"), buttons: buttonsOf(this) });
    }
    gone() {
      if (!this.closest("ui-modal")) post("titleBar", { title: null, buttons: [] });
    }
  }
  class Overlay extends Observed {
    async show() {
      if (this.shown) return;
      this.shown = true;
      this.publish();
      this.dispatchEvent(new Event("show"));
    }
    async hide() {
      if (!this.shown) return;
      this.shown = false;
      this.publish();
      this.dispatchEvent(new Event("hide"));
    }
    toggle() {
      return this.shown ? this.hide() : this.show();
    }
    get showing() {
      return Boolean(this.shown);
    }
  }
  class SaveBar extends Overlay {
    publish() {
      post("saveBar", { shown: Boolean(this.shown), buttons: buttonsOf(this) });
    }
    gone() {
      if (this.shown) post("saveBar", { shown: false, buttons: [] });
    }
  }
  // The modal's box is made on show(): nothing may be added to <body> before the document is hydrated.
  class Modal extends Overlay {
    get content() {
      return this.box().querySelector(".body");
    }
    box() {
      if (!this.dialog) {
        this.dialog = document.createElement("dialog");
        this.dialog.style.cssText =
          "border:0;border-radius:16px;padding:0;width:min(620px,calc(100vw - 32px));box-shadow:0 8px 40px #0006;font:13px/20px Inter,system-ui,sans-serif";
        this.dialog.innerHTML =
          '<div class="head" style="padding:12px 16px;background:#f3f3f3;font-weight:650"></div><div class="body" style="padding:16px"></div>' +
          '<div class="foot" style="padding:12px 16px;display:flex;gap:8px;justify-content:flex-end"></div>';
        this.dialog.addEventListener("close", () => this.hide());
      }
      if (!this.dialog.isConnected) document.body.append(this.dialog);
      return this.dialog;
    }
    renderBar() {
      const bar = this.querySelector("ui-title-bar");
      if (!this.dialog || !bar) return;
      this.box().querySelector(".head").textContent = bar.getAttribute("title") ?? "";
      this.box().setAttribute("aria-label", bar.getAttribute("title") ?? "");
      const buttons = [...bar.querySelectorAll("button")].map((button) => {
        const shown = Object.assign(document.createElement("button"), {
          textContent: button.textContent,
          disabled: button.disabled,
          onclick: () => button.click(),
        });
        const strong = button.getAttribute("variant") === "primary";
        shown.style.cssText = `font:inherit;padding:6px 12px;border-radius:8px;border:1px solid #8a8a8a;background:${strong ? "#303030" : "#fff"};color:${strong ? "#fff" : "#303030"}`;
        return shown;
      });
      this.box()
        .querySelector(".foot")
        .replaceChildren(...buttons);
    }
    fill() {
      const body = this.box().querySelector(".body");
      // React keeps its own children in the element: they are moved, not copied, so that they stay alive.
      for (const child of [...this.children]) if (!/^ui-(title|save)-bar$/.test(child.localName)) body.append(child);
    }
    publish() {
      if (!this.shown && !this.dialog) return;
      const dialog = this.box();
      this.fill();
      this.renderBar();
      if (this.shown && !dialog.open) dialog.showModal();
      if (!this.shown && dialog.open) dialog.close();
    }
    gone() {
      this.dialog?.remove();
    }
  }
  const ELEMENTS = {
    "ui-nav-menu": NavMenu,
    "ui-title-bar": TitleBar,
    "ui-save-bar": SaveBar,
    "ui-modal": Modal,
    "s-app-nav": class extends NavMenu {},
  };
  for (const [name, element] of Object.entries(ELEMENTS))
    if (!customElements.get(name)) customElements.define(name, element);

  // --- the global
  const byId = (id) => document.getElementById(id);
  let toasts = 0;
  const none = (name) => () => Promise.reject(new Error(`sandbox: shopify.${name} has no stand-in`));
  const overlays = {
    show: async (id) => byId(id)?.show(),
    hide: async (id) => byId(id)?.hide(),
    toggle: async (id) => byId(id)?.toggle(),
  };
  window.shopify = {
    config,
    origin: "https://admin.shopify.com",
    ready: Promise.resolve(),
    environment: { embedded: true, mobile: false, pos: false, intent: false },
    idToken: () => idToken(false),
    user: async () => ({ accountAccess: "full" }),
    loading: (on) => post("loading", { on: Boolean(on) }),
    toast: {
      show(message, options = {}) {
        toasts += 1;
        post("toast", { id: `t${toasts}`, message, isError: options.isError, duration: options.duration });
        return `t${toasts}`;
      },
      hide: (id) => post("toastHide", { id }),
    },
    saveBar: { ...overlays, leaveConfirmation: async () => {} },
    modal: overlays,
    resourcePicker: (options) =>
      call("resourcePicker", {
        type: options.type,
        multiple: Boolean(options.multiple),
        selectionIds: options.selectionIds,
        query: options.query,
      }),
    scopes: {
      query: async () => ({ granted: [], required: [], optional: [] }),
      request: none("scopes.request"),
      revoke: none("scopes.revoke"),
    },
    picker: none("picker"),
    scanner: { capture: none("scanner") },
    pos: {},
    intents: { invoke: none("intents") },
    webVitals: { onReport() {} },
    support: {},
    reviews: { request: none("reviews") },
    app: { extensions: async () => [] },
    tools: {},
    setSignals() {},
  };
})();
