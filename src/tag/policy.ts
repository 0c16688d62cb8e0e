/**
 * Lit writes its templates through a Trusted Types policy. The tag's Lit uses this one, under the
 * project's own name, so that a page may list `trusted-types customer-memory` and keep Lit's name
 * for a Lit of its own.
 */
interface Policies {
  createPolicy(
    name: string,
    rules: { createHTML: (html: string) => string },
  ): { createHTML(html: string): string };
}

const types = (globalThis as { trustedTypes?: Policies }).trustedTypes;

/** Why elements cannot be shown: the page's policy list leaves ours out. Undefined when they can. */
export let refusal: string | undefined;

export const policy = create();

function create() {
  try {
    // Only Lit's own templates pass through it; what is remembered is written as text.
    return types?.createPolicy('customer-memory', { createHTML: (html) => html });
  } catch (error) {
    refusal = `the page's Content Security Policy does not list "trusted-types customer-memory" (${String(error)})`;
    return undefined;
  }
}
