import { css } from '../adopt-styles.js';
import { quiet } from '../styles.js';

/** A list is rows, a conversation is paragraphs; the visitor's own words have a line beside them. */
export const layout = css`
  [part='list'],
  [part='messages'] {
    margin: var(--memory-space, 8px) 0;
    padding: 0;
    list-style: none;
  }
  [part='item'] + [part='item'],
  [part~='message'] + [part~='message'] {
    margin-block-start: calc(1.5 * var(--memory-space, 8px));
  }
  [part~='about'] {
    display: flex;
    flex-wrap: wrap;
    column-gap: calc(1.5 * var(--memory-space, 8px));
    ${quiet}
  }
  [part='reading'] {
    max-inline-size: 65ch;
  }
  [part='topic'] {
    font: inherit;
    font-weight: 600;
  }
  [part='reading'],
  [part='topic'],
  [part='summary'],
  [part='earlier'] {
    margin: var(--memory-space, 8px) 0 0;
  }
  [part~='own'] {
    padding-inline-start: calc(1.5 * var(--memory-space, 8px));
    border-inline-start: 2px solid var(--memory-border, color-mix(in srgb, currentColor 30%, transparent));
  }
  [part='speaker'] {
    font-weight: 600;
  }
  [part='text'],
  [part='summary'] {
    /* In its own direction, on the side of the page. */
    text-align: -webkit-match-parent;
    text-align: match-parent;
    white-space: pre-wrap;
  }
`;
