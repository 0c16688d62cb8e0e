import { at, circle, line, straight, towards } from './pen.js';
import { trusted, type Html } from '../html.js';

/** The shop's sign: a chainring that is a cornflower if one looks twice. */
export function mark(): Html {
  const centre = at(0, 0);
  const petals = Array.from({ length: 10 }, (_, i) => {
    const turn = i * 36;
    const p = (degrees: number, radius: number) => towards(centre, turn + degrees, radius);
    return straight(p(-5, 30), p(-13, 62), p(-6, 54), p(0, 66), p(6, 54), p(13, 62), p(5, 30)) + 'Z';
  }).join('');
  return trusted(
    `<svg class="mark" viewBox="-68 -68 136 136" aria-hidden="true" focusable="false">${line(petals, 'petal')}${circle(centre, 21, 'eye')}</svg>`,
  );
}
