import { css } from './adopt-styles.js';

/** Words that step back: what they say can wait. */
export const quiet = css`
  color: var(--memory-muted, color-mix(in srgb, currentColor 78%, transparent));
  font-size: 0.875em;
`;

/**
 * How every element looks: like the page around it. Font, size, colours and background are the
 * host's; these few properties change what is left.
 *
 * A button is underlined words in the line it stands in. Its padding gives it the room a finger
 * needs, its margin takes that room back from the layout. A transparent border is seen where colours
 * are forced. What gets the focus only so that it is read shows no ring.
 */
export const styles = css`
  :host {
    display: block;
    overflow-wrap: anywhere;
  }
  :host([hidden]) {
    display: none;
  }
  p {
    margin: 0;
  }
  button {
    min-inline-size: 24px;
    min-block-size: 24px;
    margin: -3px 0;
    padding: 2px 0;
    border: 1px solid transparent;
    border-radius: var(--memory-radius, 3px);
    background: none;
    color: var(--memory-accent, inherit);
    font: inherit;
    text-align: start;
    text-decoration: underline 1px;
    text-underline-offset: 0.2em;
    cursor: pointer;
  }
  button:hover {
    text-decoration-thickness: 2px;
  }
  :focus-visible {
    outline: 2px solid var(--memory-accent, currentColor);
    outline-offset: 2px;
  }
  [tabindex='-1'] {
    outline: none;
  }
  @media (pointer: coarse) {
    button {
      min-inline-size: 44px;
      min-block-size: 44px;
      margin: -8px 0;
    }
  }
  @media (forced-colors: active) {
    button {
      margin: 0;
      padding-inline: 4px;
      border-color: ButtonText;
    }
    :focus-visible {
      outline-color: Highlight;
    }
  }
`;
