const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

/** The nonce of this load, put into the page by the shell; for libraries that ask for it. */
export const pageNonce = nonce;

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (html: string) => string }): unknown;
}

/**
 * Under the page's policy a `<style>` needs the nonce, and no string may become HTML. Libraries know neither:
 * every created `<style>` gets the nonce, its text is set as text, and the only strings let through as HTML hold no markup.
 */
export function obeyPolicy(): void {
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (name.toLowerCase() === "style") element.nonce = nonce;
    return element;
  }) as typeof document.createElement;

  Object.defineProperty(HTMLStyleElement.prototype, "innerHTML", {
    configurable: true,
    get(this: HTMLStyleElement) {
      return this.textContent ?? "";
    },
    set(this: HTMLStyleElement, css: string) {
      this.textContent = css;
    },
  });

  const trusted = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  trusted?.createPolicy("default", {
    createHTML: (html) => {
      if (html.includes("<")) throw new TypeError("a string with markup may not become HTML");
      return html;
    },
  });
}
