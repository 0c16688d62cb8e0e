import { css } from '../adopt-styles.js';
import { quiet } from '../styles.js';

/** Facts in rows, what may be done with each at its end; weight and space, no boxes. */
export const layout = css`
  [part='base'] {
    max-inline-size: 75ch;
  }
  [part='title'],
  [part='heading'] {
    margin: 0;
    font: inherit;
    font-weight: 600;
  }
  [part='title'] {
    font-size: 1.25em;
  }
  [part='heading'] {
    margin-block-start: calc(4 * var(--memory-space, 8px));
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  [part~='row'],
  [part='acts'],
  [part~='choices'] {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
  }
  [part~='row'] {
    justify-content: space-between;
    column-gap: calc(3 * var(--memory-space, 8px));
    padding-block: calc(1.5 * var(--memory-space, 8px));
    border-block-end: 1px solid var(--memory-border, color-mix(in srgb, currentColor 22%, transparent));
  }
  [part='words'] {
    flex: 1 1 22em;
  }
  [part='name']::first-letter {
    text-transform: uppercase;
  }
  [part='name'],
  [part='why'] {
    ${quiet}
  }
  [part='value'],
  [part='topic'] {
    flex-basis: 100%;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    white-space: pre-wrap;
  }
  [part='acts'],
  [part~='choices'] {
    gap: calc(var(--memory-space, 8px) / 2) calc(2 * var(--memory-space, 8px));
  }
  [part~='end'] {
    margin-block-start: calc(3 * var(--memory-space, 8px));
  }
  [part='empty'],
  [part='keeps'],
  [part='grant'],
  [part='withdraw'],
  [part='more'],
  [part='status'] {
    margin-block-start: var(--memory-space, 8px);
  }
  [part='status']:empty {
    margin: 0;
  }
`;
