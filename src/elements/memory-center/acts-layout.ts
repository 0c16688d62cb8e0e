import { css } from '../adopt-styles.js';
import { quiet } from '../styles.js';

/** A form in the place of a value, and a question in the place of the last buttons. */
export const layout = css`
  [part='correction'] {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: calc(var(--memory-space, 8px) / 2) calc(2 * var(--memory-space, 8px));
    max-inline-size: 28em;
  }
  [part='caption'] {
    display: block;
    margin-block: calc(var(--memory-space, 8px) / 2);
    ${quiet}
  }
  [part='field'] {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 32px;
    padding: 2px 8px;
    border: 1px solid var(--memory-border, color-mix(in srgb, currentColor 60%, transparent));
    border-radius: var(--memory-radius, 3px);
    background: Field;
    color: FieldText;
    font: inherit;
  }
  [part='label'],
  [part='unfit'] {
    flex-basis: 100%;
  }
  /* Beside what was pressed, wherever that is. */
  [part='status']:not(:empty) {
    position: sticky;
    inset-block-end: 0;
    padding-block: var(--memory-space, 8px);
    background: Canvas;
    color: CanvasText;
  }
  /* What has the focus does not lie under it. */
  button {
    scroll-margin-block-end: 5em;
  }
  [part='question'] {
    margin-block-end: var(--memory-space, 8px);
    font-weight: 600;
  }
  @media (pointer: coarse) {
    [part='field'] {
      min-block-size: 44px;
    }
  }
`;
