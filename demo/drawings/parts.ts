/** The parts on the shelf, drawn larger than the bicycles: a saddle, a pannier, a lamp. */
import { arc, at, between, circle, closed, curved, line, sheet, straight, towards, tube } from './pen.js';
import type { Html } from '../html.js';

/** A leather saddle on its rails, from the side: the nose to the right. */
export function saddle(): Html {
  const rivets = [at(-176, 92), at(-160, 66), at(-178, 40), at(214, 64)]
    .map((p) => circle(p, 9, 'solid'))
    .join('');
  return sheet(
    'near',
    -400,
    -88 - 25 + 543,
    800,
    543,
    line(straight(at(-250, -88), at(270, -88)), 'ground'),
    coil(at(-150, -62), at(-150, 14)),
    coil(at(-104, -62), at(-104, 6)),
    tube(
      curved(at(-178, -66), at(-90, -66), at(-40, -40), at(40, -34), at(120, -28), at(170, 6), at(206, 40)),
      10,
      'metal',
      4,
    ),
    tube(
      curved(at(-120, -76), at(-60, -76), at(-20, -54), at(40, -48), at(120, -42), at(176, 0), at(206, 36)),
      10,
      'metal',
      4,
    ),
    line(closed(straight(at(-8, -22), at(52, -16), at(52, -68), at(-8, -74))), 'solid'),
    circle(at(22, -46), 12, 'ink'),
    line(
      closed(
        curved(
          at(-214, 96),
          at(-212, 124),
          at(-190, 132),
          at(-160, 126),
          at(-110, 116),
          at(-70, 92),
          at(0, 86),
          at(80, 80),
          at(150, 92),
          at(216, 86),
          at(246, 84),
          at(252, 62),
          at(240, 44),
          at(214, 30),
          at(176, 40),
          at(130, 38),
          at(60, 34),
          at(0, 18),
          at(-40, -10),
          at(-80, -38),
          at(-190, -34),
          at(-206, 6),
          at(-214, 30),
          at(-216, 66),
          at(-214, 96),
        ),
      ),
      'tinted',
    ),
    line(
      curved(at(-196, 22), at(-176, -14), at(-92, -16), at(-56, 8), at(-14, 36), at(60, 50), at(130, 54)),
      'stitch',
    ),
    rivets,
  );
}

/** A roll-top pannier with its two hooks and a reflector. */
export function pannier(): Html {
  return sheet(
    'near',
    -400,
    -88 - 25 + 543,
    800,
    543,
    line(straight(at(-270, -88), at(270, -88)), 'ground'),
    line(
      straight(at(-150, 214), at(-150, 262), at(-120, 262), at(-120, 232)) +
        straight(at(110, 214), at(110, 262), at(140, 262), at(140, 232)),
      'ink',
    ),
    line(
      closed(
        curved(
          at(-178, 206),
          at(-170, 110),
          at(-192, 0),
          at(-176, -64),
          at(-172, -80),
          at(-160, -84),
          at(-146, -84),
          at(-40, -84),
          at(60, -84),
          at(146, -84),
          at(160, -84),
          at(172, -80),
          at(176, -64),
          at(192, 0),
          at(170, 110),
          at(178, 206),
        ),
      ),
      'tinted',
    ),
    line(
      closed(
        curved(
          at(-186, 240),
          at(-196, 226),
          at(-192, 196),
          at(-182, 188),
          at(-60, 178),
          at(60, 178),
          at(182, 188),
          at(192, 196),
          at(196, 226),
          at(186, 240),
          at(60, 230),
          at(-60, 230),
          at(-186, 240),
        ),
      ),
      'tinted',
    ),
    line(curved(at(-188, 214), at(-60, 204), at(60, 204), at(188, 214)), 'thin'),
    strap(-96),
    strap(96),
    line(closed(straight(at(-56, 44), at(56, 44), at(48, -44), at(-48, -44))), 'stitch'),
    circle(at(0, 86), 22, 'solid'),
    line(arc(at(0, 86), 14, 20, 160), 'thin'),
  );
}

/** A dynamo lamp with its bracket and cable, three quarters of the way to a drawing of a bird. */
export function dynamoLamp(): Html {
  return sheet(
    'near',
    -400,
    -182 - 25 + 543,
    800,
    543,
    line(straight(at(-250, -182), at(270, -182)), 'ground'),
    tube(
      curved(
        at(-176, -178),
        at(-176, -110),
        at(-130, -96),
        at(-96, -70),
        at(-70, -50),
        at(-56, -40),
        at(-40, -24),
      ),
      16,
      'metal',
      5,
    ),
    line(curved(at(-112, 20), at(-210, 20), at(-240, -60), at(-214, -178)), 'ink'),
    line(
      closed(
        curved(
          at(-20, 128),
          at(-96, 118),
          at(-140, 70),
          at(-140, 20),
          at(-140, -30),
          at(-96, -78),
          at(-20, -88),
          at(30, -92),
          at(90, -98),
          at(136, -104),
          at(160, -60),
          at(160, 100),
          at(136, 144),
          at(90, 138),
          at(30, 132),
          at(-20, 128),
        ),
      ),
      'tinted',
    ),
    line(
      closed(
        curved(
          at(136, 146),
          at(170, 140),
          at(192, 70),
          at(192, 20),
          at(192, -30),
          at(170, -100),
          at(136, -106),
          at(160, -60),
          at(160, 100),
          at(136, 146),
        ),
      ),
      'solid',
    ),
    line(curved(at(106, 141), at(128, 90), at(128, -50), at(106, -101)), 'thin'),
    line(straight(at(-30, 30), at(60, 30)) + straight(at(-30, 10), at(60, 10)), 'thin'),
    circle(at(-40, -30), 20, 'solid'),
    circle(at(-40, -30), 7, 'ink'),
    line(
      [14, 4, -6]
        .map((tilt) => straight(towards(at(160, 20), tilt, 74), towards(at(160, 20), tilt, 128)))
        .join(''),
      'guide',
    ),
  );
}

function coil(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const turns = Array.from({ length: 5 }, (_, i) => between(from, to, i / 4));
  return line(turns.map((p) => straight(at(p.x - 20, p.y - 6), at(p.x + 20, p.y + 6))).join(''), 'coil');
}

const strap = (x: number): string =>
  tube(straight(at(x, 234), at(x, 112)), 20, 'rubber-tube', 4) +
  line(closed(straight(at(x - 22, 146), at(x + 22, 146), at(x + 22, 116), at(x - 22, 116))), 'solid');
