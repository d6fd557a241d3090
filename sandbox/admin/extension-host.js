// A stand-in for the part of the admin that runs an extension: the `shopify` global of a block, a fetch that reaches the app with a
// session token, and the few elements our blocks use, drawn plainly. The real looks exist in Shopify's admin alone.
(() => {
  const boot = JSON.parse(document.getElementById("boot").textContent);

  // --- fetch: Shopify fact: relative addresses are the app's, and calls to it carry a fresh session token
  const nativeFetch = window.fetch.bind(window);
  const idToken = async () => {
    const answer = await nativeFetch(`/_sandbox/session-token?shop=${boot.shop}`, { method: "POST" });
    return (await answer.json()).token;
  };
  window.fetch = async (input, init = {}) => {
    const url = new URL(input, boot.appOrigin);
    if (url.origin !== boot.appOrigin) return nativeFetch(input, init);
    const headers = new Headers(init.headers);
    headers.set("Authorization", `Bearer ${await idToken()}`);
    return nativeFetch(url, { ...init, headers });
  };

  // --- the global
  const translate = (key, values = {}) => {
    const text = key.split(".").reduce((at, part) => at?.[part], boot.texts);
    if (typeof text !== "string") return key;
    return text.replace(/\{\{(\w+)\}\}/g, (whole, name) => values[name] ?? whole);
  };
  const none = (name) => () => Promise.reject(new Error(`sandbox: shopify.${name} has no stand-in`));
  window.shopify = {
    extension: { target: boot.target },
    data: { selected: [{ id: boot.selected }] },
    i18n: {
      translate,
      formatNumber: (number) => String(number),
      formatCurrency: (number) => String(number),
      formatDate: (date) => date.toLocaleString("en"),
    },
    auth: { idToken },
    query: none("query"),
    storage: { get: none("storage"), set: none("storage"), delete: none("storage") },
    intents: {},
    navigation: { navigate: none("navigation") },
    extend: (target, run) => {
      if (target !== boot.target) throw new Error(`sandbox: this page shows ${boot.target}, not ${target}`);
      run(window.shopify);
    },
  };

  /** Shopify fact: `app:` leads to a page of the app, `shopify:admin` to one of the admin. */
  const resolve = (href) =>
    href
      .replace(/^app:\/*/, `/store/${boot.store}/apps/${boot.handle}/`)
      .replace(/^shopify:\/*admin\/*/, `/store/${boot.store}/`);

  // --- elements
  class Element extends HTMLElement {
    static inner = "<slot></slot>";
    constructor() {
      super();
      this.attachShadow({ mode: "open", delegatesFocus: true }).innerHTML = this.constructor.inner;
    }
    attributeChangedCallback() {
      this.draw?.();
    }
    connectedCallback() {
      this.draw?.();
    }
    part_(name) {
      return this.shadowRoot.querySelector(`[part=${name}]`);
    }
  }
  class Headed extends Element {
    static observedAttributes = ["heading"];
    draw() {
      this.part_("heading").textContent = this.getAttribute("heading") ?? "";
      this.part_("heading").hidden = !this.getAttribute("heading");
    }
  }
  const elements = {
    "s-admin-block": class extends Headed {
      static inner = '<h2 part="heading"></h2><slot></slot>';
    },
    "s-banner": class extends Headed {
      static inner = '<strong part="heading"></strong><slot></slot>';
      draw() {
        super.draw();
        this.setAttribute("role", this.getAttribute("tone") === "critical" ? "alert" : "status");
      }
    },
    "s-button": class extends Element {
      static inner = '<button part="button" type="button"><slot></slot></button>';
      static observedAttributes = ["disabled"];
      draw() {
        this.part_("button").disabled = this.hasAttribute("disabled");
      }
    },
    "s-link": class extends Element {
      static inner = '<a part="link" target="_top"><slot></slot></a>';
      static observedAttributes = ["href"];
      draw() {
        this.part_("link").href = resolve(this.getAttribute("href") ?? "");
      }
    },
    "s-spinner": class extends Element {
      static inner = '<span part="circle"></span>';
      connectedCallback() {
        this.setAttribute("role", "img");
        this.setAttribute("aria-label", this.getAttribute("accessibilitylabel") ?? "");
      }
    },
  };
  for (const name of ["s-stack", "s-text", "s-paragraph", "s-badge", "s-divider"])
    elements[name] = class extends Element {};
  for (const [name, element] of Object.entries(elements)) customElements.define(name, element);

  // --- the frame is as high as what is in it
  new ResizeObserver(() => {
    if (window.frameElement)
      window.frameElement.style.height = `${Math.ceil(document.body.getBoundingClientRect().height)}px`;
  }).observe(document.body);
})();
