import { arc, at, circle, line, straight, towards, type Point } from './pen.js';

export interface Wheel {
  readonly centre: Point;
  /** To the outside of the tyre. */
  readonly radius: number;
  readonly tyre: number;
  readonly spokes: number;
  /** Of the hub's flange, where the spokes begin; a dynamo or a drum is larger. */
  readonly hub: number;
}

/** A wheel laced three-cross: the spokes leave the flange almost at a tangent, alternately left and right. */
export function wheel({ centre, radius, tyre, spokes, hub }: Wheel): string {
  const rim = radius - tyre;
  const lacing = Array.from({ length: spokes }, (_, i) => {
    const nipple = (360 / spokes) * i;
    const lean = (i % 2 === 0 ? 1 : -1) * 68;
    return straight(towards(centre, nipple + lean, hub), towards(centre, nipple, rim - 14));
  }).join('');
  return [
    line(lacing, 'hair'),
    `<circle class="tyre" cx="${centre.x}" cy="${-centre.y}" r="${radius - tyre / 2}" stroke-width="${tyre}"/>`,
    circle(centre, rim, 'thin'),
    circle(centre, rim - 15, 'thin'),
    circle(centre, hub, 'solid'),
    circle(centre, hub * 0.42, 'ink'),
  ].join('');
}

/** A mudguard over a wheel with its stay, between two directions in degrees. */
export function mudguard(of: Wheel, from: number, to: number, stay: number, kind = 'metal'): string {
  const radius = of.radius + 16;
  return [
    line(straight(of.centre, towards(of.centre, stay, radius)), 'thin'),
    `<path class="tube-edge" stroke-width="15" d="${arc(of.centre, radius, from, to)}"/>`,
    `<path class="tube ${kind}" stroke-width="8" d="${arc(of.centre, radius, from, to)}"/>`,
  ].join('');
}

/** Chainring, near crank and its pedal around the bottom bracket; `crank` is the front crank's direction in degrees. */
export function cranks(centre: Point, ring: number, length: number, crank: number): string {
  const near = towards(centre, crank, length);
  const arms = Array.from({ length: 5 }, (_, i) =>
    straight(towards(centre, crank + i * 72, 16), towards(centre, crank + i * 72, ring - 9)),
  );
  return [
    circle(centre, ring, 'teeth'),
    circle(centre, ring - 9, 'solid'),
    line(arms.join(''), 'ink'),
    `<path class="tube-edge" stroke-width="20" d="${straight(centre, near)}"/><path class="tube metal" stroke-width="13" d="${straight(centre, near)}"/>`,
    circle(centre, 17, 'solid'),
    pedal(near),
  ].join('');
}

/** The crank on the far side, drawn before the frame. */
export function farCrank(centre: Point, length: number, crank: number): string {
  const end = towards(centre, crank + 180, length);
  return `<path class="tube-edge" stroke-width="20" d="${straight(centre, end)}"/><path class="tube metal" stroke-width="13" d="${straight(centre, end)}"/>${pedal(end)}`;
}

/** Upper and lower run of the chain, tangent to ring and sprocket. */
export function chain(front: Point, ring: number, rear: Point, sprocket: number): string {
  return [
    line(straight(towards(front, 92, ring), towards(rear, 92, sprocket)), 'chain'),
    line(straight(towards(front, 268, ring), towards(rear, 268, sprocket)), 'chain'),
    circle(rear, sprocket, 'solid'),
  ].join('');
}

function pedal(centre: Point): string {
  const half = 46;
  return line(
    straight(
      at(centre.x - half, centre.y + 11),
      at(centre.x + half, centre.y + 11),
      at(centre.x + half, centre.y - 11),
      at(centre.x - half, centre.y - 11),
    ) + 'Z',
    'rubber',
  );
}
