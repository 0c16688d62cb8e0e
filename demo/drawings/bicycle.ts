/**
 * Bicycles drawn from their real geometry, in millimetres from the bottom bracket.
 * What is true of every frame is here; each bicycle adds its own handlebar, saddle and load.
 */
import {
  arc,
  at,
  bent,
  between,
  circle,
  closed,
  curved,
  distance,
  line,
  sheet,
  straight,
  towards,
  tube,
  type Point,
} from './pen.js';
import { chain, cranks, farCrank, mudguard, wheel, type Wheel } from './wheel.js';
import type { Html } from '../html.js';

interface Geometry {
  readonly wheel: number;
  readonly tyre: number;
  readonly chainstay: number;
  readonly drop: number;
  readonly seatAngle: number;
  readonly seatTube: number;
  readonly saddleHeight: number;
  readonly headAngle: number;
  readonly headTube: number;
  readonly stack: number;
  readonly reach: number;
  readonly rake: number;
}

interface Frame extends Geometry {
  readonly bracket: Point;
  readonly rear: Point;
  readonly front: Point;
  readonly seatTop: Point;
  readonly saddle: Point;
  readonly headTop: Point;
  readonly headBottom: Point;
  readonly ground: number;
}

/** The diamond with mudguards, carrier and lamp. */
export function town(): Html {
  const f = frame({
    wheel: 345,
    tyre: 36,
    chainstay: 450,
    drop: 70,
    seatAngle: 73,
    seatTube: 540,
    saddleHeight: 700,
    headAngle: 70.5,
    headTube: 150,
    stack: 610,
    reach: 370,
    rake: 62,
  });
  const [rear, front] = wheels(f, 28, 34);
  return paper(f, [
    behind(f),
    wheel(rear),
    mudguard(rear, 28, 198, 186),
    wheel(front),
    mudguard(front, 46, 196, 176),
    chain(f.bracket, 86, f.rear, 36),
    carrier(f),
    stays(f),
    tube(straight(between(f.seatTop, f.bracket, 0.05), between(f.headTop, f.headBottom, 0.2)), 24),
    tube(straight(f.bracket, between(f.headTop, f.headBottom, 0.8)), 28),
    tube(straight(f.bracket, f.seatTop), 24),
    fork(f),
    head(f),
    seat(f, 'honey'),
    cranks(f.bracket, 92, 170, -28),
    stem(f, 60),
    sweptBar(f),
    lamp(at(f.headTop.x + 74, f.headTop.y - 92)),
  ]);
}

/** The low step, an enclosed chain and a basket. */
export function lowStep(): Html {
  const f = frame({
    wheel: 340,
    tyre: 42,
    chainstay: 470,
    drop: 60,
    seatAngle: 69,
    seatTube: 500,
    saddleHeight: 690,
    headAngle: 68,
    headTube: 210,
    stack: 640,
    reach: 330,
    rake: 70,
  });
  const [rear, front] = wheels(f, 28, 46);
  const low = between(f.bracket, f.seatTop, 0.28);
  return paper(f, [
    behind(f),
    wheel(rear),
    mudguard(rear, 24, 204, 190),
    wheel(front),
    mudguard(front, 44, 198, 178),
    carrier(f),
    stays(f),
    tube(
      curved(
        low,
        at(low.x + 150, low.y - 40),
        at(f.headBottom.x - 170, f.headBottom.y - 190),
        between(f.headTop, f.headBottom, 0.5),
      ),
      24,
    ),
    tube(
      curved(
        f.bracket,
        at(f.bracket.x + 150, f.bracket.y + 10),
        at(f.headBottom.x - 110, f.headBottom.y - 190),
        between(f.headTop, f.headBottom, 0.86),
      ),
      28,
    ),
    tube(straight(f.bracket, f.seatTop), 24),
    fork(f),
    head(f),
    seat(f, 'honey', 1.12),
    chainCase(f),
    cranks(f.bracket, 70, 165, -35),
    stem(f, 110),
    basket(f),
    sweptBar(f, 70),
  ]);
}

/** Drop bar, wide tyres, nothing that rattles. */
export function gravel(): Html {
  const f = frame({
    wheel: 350,
    tyre: 46,
    chainstay: 430,
    drop: 76,
    seatAngle: 73.5,
    seatTube: 510,
    saddleHeight: 735,
    headAngle: 71,
    headTube: 140,
    stack: 575,
    reach: 385,
    rake: 50,
  });
  const [rear, front] = wheels(f, 24, 26);
  return paper(f, [
    behind(f),
    circle(f.rear, 78, 'thin'),
    wheel(rear),
    circle(f.front, 78, 'thin'),
    wheel(front),
    chain(f.bracket, 86, f.rear, 54),
    line(straight(at(f.rear.x + 6, f.rear.y - 58), at(f.rear.x + 26, f.rear.y - 118)), 'ink'),
    circle(at(f.rear.x + 8, f.rear.y - 62), 18, 'solid'),
    circle(at(f.rear.x + 26, f.rear.y - 118), 18, 'solid'),
    stays(f, 0.12),
    tube(straight(between(f.seatTop, f.bracket, 0.06), between(f.headTop, f.headBottom, 0.2)), 26),
    tube(straight(f.bracket, between(f.headTop, f.headBottom, 0.82)), 38),
    tube(straight(f.bracket, f.seatTop), 26),
    fork(f, 24),
    head(f),
    bottle(f),
    seat(f, 'rubber'),
    cranks(f.bracket, 92, 172, -24),
    stem(f, 30),
    dropBar(f),
  ]);
}

/** The child's bicycle: twenty-inch wheels, a low bar, everything near the ground. */
export function child(): Html {
  const f = frame({
    wheel: 254,
    tyre: 44,
    chainstay: 330,
    drop: 10,
    seatAngle: 70,
    seatTube: 290,
    saddleHeight: 430,
    headAngle: 69,
    headTube: 120,
    stack: 420,
    reach: 300,
    rake: 46,
  });
  const [rear, front] = wheels(f, 20, 26);
  return paper(
    f,
    [
      behind(f, 120),
      wheel(rear),
      mudguard(rear, 30, 190, 178, 'tint'),
      wheel(front),
      mudguard(front, 46, 186, 168, 'tint'),
      chain(f.bracket, 62, f.rear, 34),
      stays(f),
      tube(bent(between(f.seatTop, f.bracket, 0.3), at(60, 190), between(f.headTop, f.headBottom, 0.3)), 22),
      tube(bent(f.bracket, at(190, 60), between(f.headTop, f.headBottom, 0.85)), 26),
      tube(straight(f.bracket, f.seatTop), 22),
      fork(f),
      head(f),
      seat(f, 'rubber', 0.85),
      cranks(f.bracket, 68, 120, -30),
      stem(f, 60),
      childBar(f),
    ],
    0.92,
  );
}

/** The long one: a box between the bar and a small front wheel. */
export function cargo(): Html {
  const { frame: f, ink } = long();
  return sheet('far', -860, Math.round(f.ground - 80 + 1711), 2520, 1711, ground(f, -800, 1600), ink);
}

/** The long one across a whole page, with its measure, as on the workshop's wall. */
export function longMeasured(measure: Html): Html {
  const { frame: f, ink } = long();
  const below = f.ground - 110;
  return sheet(
    'far wall',
    -860,
    900,
    2520,
    1330,
    ground(f, -860, 1660),
    ink,
    line(
      straight(at(f.rear.x, f.ground - 24), at(f.rear.x, below - 28)) +
        straight(at(f.front.x, f.ground - 24), at(f.front.x, below - 28)),
      'guide',
    ),
    dimension(at(f.rear.x, below), at(f.front.x, below), measure),
  );
}

function long(): { readonly frame: Frame; readonly ink: string } {
  const base = frame({
    wheel: 330,
    tyre: 46,
    chainstay: 460,
    drop: 55,
    seatAngle: 71,
    seatTube: 470,
    saddleHeight: 660,
    headAngle: 70,
    headTube: 190,
    stack: 620,
    reach: 340,
    rake: 0,
  });
  const front = at(1330, -20);
  const f: Frame = { ...base, front };
  const small: Wheel = { centre: front, radius: 254, tyre: 48, spokes: 20, hub: 44 };
  const [rear] = wheels(f, 28, 34);
  const noseTop = at(1210, 330);
  const noseBottom = at(1252, 205);
  const boxLeft = 470;
  const boxRight = 1140;
  const floor = -55;
  const ink = [
    behind(f),
    wheel(rear),
    mudguard(rear, 24, 204, 190),
    wheel(small),
    mudguard(small, 44, 186, 168),
    chain(f.bracket, 86, f.rear, 36),
    carrier(f),
    tube(straight(at(640, -100), at(600, f.ground + 8)), 14, 'metal'),
    line(straight(at(570, f.ground + 4), at(632, f.ground + 4)), 'ink'),
    stays(f),
    tube(straight(between(f.seatTop, f.bracket, 0.25), between(f.headTop, f.headBottom, 0.55)), 24),
    tube(straight(f.bracket, f.seatTop), 24),
    tube(straight(between(f.headTop, f.headBottom, 0.2), towards(f.headBottom, -70, 420)), 34),
    tube(
      curved(
        at(f.bracket.x, f.bracket.y),
        at(300, -75),
        at(900, -130),
        at(1090, -100),
        at(1170, -88),
        at(1190, 120),
        noseTop,
      ),
      34,
    ),
    tube(straight(noseTop, noseBottom), 32),
    tube(curved(noseBottom, at(1285, 120), at(1310, 60), front), 18),
    line(
      closed(
        straight(at(boxLeft, 285), at(boxRight + 40, 330), at(boxRight - 40, floor), at(boxLeft + 60, floor)),
      ),
      'wood',
    ),
    line(
      straight(at(boxLeft + 22, 165), at(boxRight + 8, 190)) +
        straight(at(boxLeft + 42, 55), at(boxRight - 16, 66)),
      'thin',
    ),
    tube(straight(at(boxLeft - 16, 288), at(boxRight + 54, 334)), 12, 'tint'),
    head(f),
    seat(f, 'honey', 1.05),
    cranks(f.bracket, 92, 170, -28),
    stem(f, 90),
    sweptBar(f, 30),
  ].join('');
  return { frame: f, ink };
}

/** A line between two ticks with its length in the middle. */
function dimension(a: Point, b: Point, label: Html): string {
  const tick = (p: Point): string => straight(at(p.x - 16, p.y - 16), at(p.x + 16, p.y + 16));
  const middle = between(a, b, 0.5);
  const gap = 300;
  return [
    line(
      straight(a, at(middle.x - gap, a.y)) + straight(at(middle.x + gap, b.y), b) + tick(a) + tick(b),
      'guide',
    ),
    `<foreignObject x="${Math.round(middle.x - gap)}" y="${Math.round(-middle.y - 40)}" width="${gap * 2}" height="80"><p class="measure">${label.html}</p></foreignObject>`,
  ].join('');
}

function frame(g: Geometry): Frame {
  const bracket = at(0, 0);
  const rear = at(-Math.sqrt(g.chainstay ** 2 - g.drop ** 2), g.drop);
  const seatTop = towards(bracket, 180 - g.seatAngle, g.seatTube);
  const headTop = at(g.reach, g.stack);
  const headBottom = towards(headTop, -g.headAngle, g.headTube);
  const along = (headBottom.y - g.drop) / Math.sin((g.headAngle * Math.PI) / 180);
  const axis = towards(headBottom, -g.headAngle, along);
  return {
    ...g,
    bracket,
    rear,
    seatTop,
    headTop,
    headBottom,
    front: at(axis.x + g.rake, g.drop),
    saddle: towards(bracket, 180 - g.seatAngle, g.saddleHeight),
    ground: g.drop - g.wheel,
  };
}

const wheels = (f: Frame, spokes: number, hub: number): readonly [Wheel, Wheel] => [
  { centre: f.rear, radius: f.wheel, tyre: f.tyre, spokes, hub: 30 },
  { centre: f.front, radius: f.wheel, tyre: f.tyre, spokes, hub },
];

/** Every bicycle on the same sheet, so that they stand side by side on one ground. */
function paper(f: Frame, ink: readonly string[], scale = 1): Html {
  const middle = (f.rear.x + f.front.x) / 2;
  const width = 1900 / scale;
  const left = Math.round(middle - width / 2);
  return sheet(
    'far',
    left,
    Math.round(f.ground - 60 / scale + 1290 / scale),
    Math.round(width),
    Math.round(1290 / scale),
    ground(f, f.rear.x - 400, f.front.x + 400),
    ...ink,
  );
}

const ground = (f: Frame, from: number, to: number): string =>
  line(straight(at(from, f.ground - 4), at(to, f.ground - 4)), 'ground');

const behind = (f: Frame, length = 170): string => farCrank(f.bracket, length, -28);

function stays(f: Frame, below = 0.06): string {
  return [
    tube(straight(between(f.seatTop, f.bracket, below), f.rear), 12),
    tube(straight(f.bracket, f.rear), 15),
    circle(f.rear, 13, 'solid'),
  ].join('');
}

function fork(f: Frame, thickness = 20): string {
  const crown = towards(f.headBottom, -f.headAngle, 26);
  const knee = between(crown, f.front, 0.62);
  return (
    tube(bent(f.headBottom, at(knee.x - f.rake * 0.42, knee.y - 26), f.front), thickness) +
    circle(f.front, 13, 'solid')
  );
}

const head = (f: Frame): string =>
  tube(straight(f.headTop, f.headBottom), 32) +
  line(
    straight(towards(f.headTop, 180 - f.headAngle + 90, -19), towards(f.headTop, 180 - f.headAngle + 90, 19)),
    'ink',
  );

/** Seat post and saddle; the size makes it a child's or a wide one. */
function seat(f: Frame, kind: string, size = 1): string {
  const s = f.saddle;
  const p = (x: number, y: number): Point => at(s.x + x * size, s.y + y * size);
  return [
    tube(straight(f.seatTop, p(0, -10)), 16, 'metal'),
    tube(straight(f.seatTop, towards(f.seatTop, -f.seatAngle + 0, 18)), 30),
    line(curved(p(-110, 14), p(-60, -20), p(60, -20), p(125, 22)), 'thin'),
    line(
      closed(
        curved(
          p(-148, 52),
          p(-150, 70),
          p(-120, 72),
          p(-96, 64),
          p(-40, 44),
          p(60, 50),
          p(150, 48),
          p(166, 46),
          p(166, 26),
          p(146, 22),
          p(80, 20),
          p(20, 14),
          p(-40, 6),
          p(-100, -6),
          p(-146, 6),
          p(-148, 52),
        ),
      ),
      kind,
    ),
  ].join('');
}

function stem(f: Frame, rise: number): string {
  return tube(straight(f.headTop, towards(f.headTop, 180 - f.headAngle, rise + 24)), 18, 'metal');
}

/** Swept back towards the rider, with a grip. */
function sweptBar(f: Frame, rise = 0): string {
  const top = towards(f.headTop, 180 - f.headAngle, 66 + rise);
  const clamp = at(top.x + 56, top.y + 14);
  const end = at(clamp.x - 236, clamp.y + 30);
  const grip = at(end.x + 104, end.y + 20);
  return [
    tube(straight(at(top.x - 8, top.y), clamp), 15, 'metal'),
    tube(curved(clamp, at(clamp.x + 40, clamp.y + 62), at(clamp.x - 30, clamp.y + 66), grip), 13, 'metal'),
    line(
      curved(
        at(grip.x + 34, grip.y + 2),
        at(grip.x + 20, grip.y - 22),
        at(grip.x - 10, grip.y - 26),
        at(grip.x - 62, grip.y - 34),
      ),
      'ink',
    ),
    tube(straight(grip, end), 24, 'rubber-tube'),
    circle(clamp, 15, 'solid'),
  ].join('');
}

function dropBar(f: Frame): string {
  const top = towards(f.headTop, 180 - f.headAngle, 46);
  const clamp = at(top.x + 92, top.y + 8);
  const hood = at(clamp.x + 92, clamp.y + 4);
  return [
    tube(straight(top, clamp), 18, 'metal'),
    tube(
      curved(
        clamp,
        at(clamp.x + 60, clamp.y + 2),
        at(hood.x + 22, hood.y - 4),
        at(hood.x + 20, hood.y - 50),
        at(hood.x + 18, hood.y - 120),
        at(hood.x - 40, hood.y - 140),
        at(hood.x - 96, hood.y - 138),
      ),
      17,
      'rubber-tube',
    ),
    line(
      closed(
        curved(
          at(hood.x - 14, hood.y + 10),
          at(hood.x + 20, hood.y + 20),
          at(hood.x + 34, hood.y + 64),
          at(hood.x + 52, hood.y + 66),
          at(hood.x + 70, hood.y + 60),
          at(hood.x + 54, hood.y - 10),
          at(hood.x + 26, hood.y - 30),
        ),
      ),
      'rubber',
    ),
    line(
      curved(
        at(hood.x + 46, hood.y + 6),
        at(hood.x + 62, hood.y - 40),
        at(hood.x + 50, hood.y - 90),
        at(hood.x + 34, hood.y - 112),
      ),
      'ink',
    ),
  ].join('');
}

function childBar(f: Frame): string {
  const top = towards(f.headTop, 180 - f.headAngle, 80);
  const end = at(top.x - 92, top.y + 96);
  return [
    tube(
      curved(at(top.x + 24, top.y), at(top.x + 60, top.y + 110), at(top.x, top.y + 104), end),
      14,
      'metal',
    ),
    tube(straight(at(end.x + 66, end.y + 6), end), 24, 'rubber-tube'),
    circle(at(top.x + 30, top.y + 40), 22, 'solid'),
  ].join('');
}

function carrier(f: Frame): string {
  const height = f.rear.y + f.wheel + 44;
  const nose = at(f.seatTop.x + 12, height);
  const tail = at(f.rear.x - 240, height);
  return [
    line(straight(f.rear, at(f.rear.x - 60, height)) + straight(f.rear, at(f.rear.x - 190, height)), 'ink'),
    tube(straight(nose, tail), 11, 'metal'),
    line(
      closed(
        straight(
          at(tail.x - 4, height - 10),
          at(tail.x - 28, height - 10),
          at(tail.x - 28, height - 50),
          at(tail.x - 4, height - 50),
        ),
      ),
      'red',
    ),
  ].join('');
}

function lamp(centre: Point): string {
  const p = (x: number, y: number): Point => at(centre.x + x, centre.y + y);
  return (
    line(straight(p(-60, 0), p(-20, 0)), 'ink') +
    line(
      closed(
        curved(
          p(-26, 26),
          p(-60, 20),
          p(-60, -20),
          p(-26, -26),
          p(-10, -32),
          p(10, -36),
          p(24, -38),
          p(30, -20),
          p(30, 20),
          p(24, 38),
          p(10, 36),
          p(-10, 32),
          p(-26, 26),
        ),
      ),
      'solid',
    ) +
    line(straight(p(14, 37), p(14, -37)), 'thin')
  );
}

function basket(f: Frame): string {
  const left = f.headTop.x + 36;
  const top = f.headTop.y + 84;
  const p = (x: number, y: number): Point => at(left + x, top + y);
  const weave = [0.25, 0.5, 0.75]
    .map((t) => straight(between(p(0, 0), p(34, -190), t), between(p(300, 0), p(266, -190), t)))
    .join('');
  const ribs = [1, 2, 3, 4, 5].map((i) => straight(p(i * 50, 0), p(34 + i * 38.6, -190))).join('');
  return (
    line(
      straight(p(120, -192), f.front) + straight(p(0, -40), at(f.headTop.x + 10, f.headTop.y + 20)),
      'ink',
    ) +
    line(closed(straight(p(0, 0), p(300, 0), p(266, -190), p(34, -190))), 'honey') +
    line(weave + ribs, 'thin') +
    tube(straight(p(-8, 0), p(308, 0)), 12, 'honey-tube')
  );
}

function chainCase(f: Frame): string {
  const r = 104;
  const back = 58;
  const length = distance(f.bracket, f.rear);
  const lean = (Math.atan2(f.rear.y, f.rear.x) * 180) / Math.PI;
  const rise = (Math.asin((r - back) / length) * 180) / Math.PI;
  const a = towards(f.bracket, lean - 90 + rise, r);
  const b = towards(f.rear, lean - 90 + rise, back);
  const c = towards(f.rear, lean + 90 - rise, back);
  const d = towards(f.bracket, lean + 90 - rise, r);
  const sweep = (to: Point, radius: number, large: 0 | 1): string =>
    `A${radius} ${radius} 0 ${large} 0 ${Math.round(to.x)} ${Math.round(-to.y)}`;
  return (
    line(
      `${straight(a, b)}${sweep(c, back, 0)}L${Math.round(d.x)} ${Math.round(-d.y)}${sweep(a, r, 1)}Z`,
      'tinted',
    ) + line(arc(f.bracket, 82, 60, 120), 'thin')
  );
}

function bottle(f: Frame): string {
  const from = between(f.bracket, f.headBottom, 0.3);
  const to = between(f.bracket, f.headBottom, 0.62);
  const off = (p: Point): Point =>
    towards(p, (Math.atan2(f.headBottom.y, f.headBottom.x) * 180) / Math.PI + 90, 58);
  return (
    tube(straight(off(from), off(to)), 56, 'metal') +
    tube(straight(off(between(from, to, 1.03)), off(between(from, to, 1.16))), 26, 'rubber-tube')
  );
}
