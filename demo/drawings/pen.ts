/**
 * The pen all drawings are made with: millimetres on the paper, y upwards, ink by class.
 * It knows no colours; the style sheet has them, so that a choice can tint a drawing.
 */
import { trusted, type Html } from '../html.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const at = (x: number, y: number): Point => ({ x, y });

/** The point `length` mm from `from` in a direction given in degrees, counted from the right, upwards. */
export function towards(from: Point, degrees: number, length: number): Point {
  const angle = (degrees * Math.PI) / 180;
  return at(from.x + Math.cos(angle) * length, from.y + Math.sin(angle) * length);
}

/** The point that lies the share `t` of the way from `a` to `b`; beyond them for `t` outside 0…1. */
export const between = (a: Point, b: Point, t: number): Point =>
  at(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t);

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** A path of straight lines. */
export const straight = (...points: readonly Point[]): string => `M${points.map(pair).join('L')}`;

/** A path bent once, towards `bend`. */
export const bent = (from: Point, bend: Point, to: Point): string =>
  `M${pair(from)}Q${pair(bend)} ${pair(to)}`;

/** A path through cubic curves: a start, then three points for each curve. */
export function curved(from: Point, ...rest: readonly Point[]): string {
  let path = `M${pair(from)}`;
  for (let i = 0; i < rest.length; i += 3)
    path += `C${rest
      .slice(i, i + 3)
      .map(pair)
      .join(' ')}`;
  return path;
}

/** Part of a circle, from one direction to another (degrees, counterclockwise). */
export function arc(centre: Point, radius: number, from: number, to: number): string {
  const large = Math.abs(to - from) > 180 ? 1 : 0;
  return `M${pair(towards(centre, from, radius))}A${radius} ${radius} 0 ${large} 0 ${pair(towards(centre, to, radius))}`;
}

export const closed = (path: string): string => `${path}Z`;

/** A line of ink; the class decides how strong. */
export const line = (path: string, kind = 'ink'): string => `<path class="${kind}" d="${path}"/>`;

/** A tube of the given thickness: an outline in ink, filled with the tint (or what the class says). */
export const tube = (path: string, thickness: number, kind = 'tint', edge = 7): string =>
  `<path class="tube-edge" stroke-width="${thickness + edge}" d="${path}"/><path class="tube ${kind}" stroke-width="${thickness}" d="${path}"/>`;

export const circle = (centre: Point, radius: number, kind = 'ink'): string =>
  `<circle class="${kind}" cx="${round(centre.x)}" cy="${round(-centre.y)}" r="${round(radius)}"/>`;

/** The finished sheet, seen from far (a bicycle) or near (a part): decoration for whoever hears the page, the words beside it say what it is. */
export const sheet = (
  kind: 'far' | 'near' | 'far wall',
  left: number,
  top: number,
  width: number,
  height: number,
  ...ink: readonly string[]
): Html =>
  trusted(
    `<svg class="drawing ${kind}" viewBox="${left} ${-top} ${width} ${height}" aria-hidden="true" focusable="false">${ink.join('')}</svg>`,
  );

const round = (n: number): number => Math.round(n * 10) / 10;
const pair = (p: Point): string => `${round(p.x)} ${round(-p.y)}`;
