import { at, circle, closed, curved, line, sheet, straight, tube } from './pen.js';
import { wheel } from './wheel.js';
import type { Html } from '../html.js';

/** The workshop's truing stand with a wheel in it, and the wrench it is handed over with. */
export function bench(): Html {
  const hub = at(0, 470);
  return sheet(
    'far',
    -760,
    930,
    1520,
    1032,
    line(straight(at(-700, 0), at(700, 0)), 'ground'),
    line(closed(straight(at(-230, 4), at(230, 4), at(200, 46), at(-200, 46))), 'solid'),
    tube(
      curved(
        at(-30, 46),
        at(-30, 90),
        at(-150, 100),
        at(-150, 200),
        at(-150, 300),
        at(-60, 420),
        at(-12, 462),
      ),
      26,
    ),
    wheel({ centre: hub, radius: 345, tyre: 20, spokes: 36, hub: 32 }),
    tube(
      curved(at(30, 46), at(30, 90), at(150, 100), at(150, 200), at(150, 300), at(60, 420), at(12, 462)),
      26,
    ),
    circle(hub, 20, 'solid'),
    line(closed(straight(at(118, 150), at(70, 150), at(48, 128), at(48, 108), at(118, 108))), 'solid'),
    tube(straight(at(380, 22), at(620, 22)), 22, 'metal'),
    circle(at(372, 26), 32, 'solid'),
    line(closed(straight(at(330, 40), at(362, 34), at(362, 18), at(330, 12))), 'paper'),
    circle(at(628, 26), 30, 'solid'),
    circle(at(628, 26), 14, 'paper'),
    tube(straight(at(-600, 14), at(-430, 14)), 20, 'rubber-tube'),
    tube(straight(at(-430, 14), at(-320, 14)), 8, 'metal'),
  );
}
