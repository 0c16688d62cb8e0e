/** What stands in the shop. The words for it are in the strings, the drawings in their folder. */
import { cargo, child, gravel, lowStep, town } from './drawings/bicycle.js';
import { dynamoLamp, pannier, saddle } from './drawings/parts.js';
import type { Html } from './html.js';

export const SIZES = ['S', 'M', 'L', 'XL'] as const;
export type Size = (typeof SIZES)[number];

export const COLOURS = [
  'cobalt',
  'oxblood',
  'bottle',
  'bone',
  'mustard',
  'graphite',
  'honey',
  'silver',
] as const;
export type Colour = (typeof COLOURS)[number];

export const DELIVERIES = ['home', 'pickup'] as const;
export type Delivery = (typeof DELIVERIES)[number];

export type ProductId = 'furt' | 'holm' | 'kamm' | 'lade' | 'spatz' | 'sattel' | 'tasche' | 'lampe';

export interface Product {
  readonly id: ProductId;
  /** A name, the same in every language. */
  readonly name: string;
  readonly group: 'bicycle' | 'part';
  /** Euros, tax included. */
  readonly price: number;
  /** Kilograms. */
  readonly weight: number;
  /** Empty where there is nothing to choose. */
  readonly sizes: readonly Size[];
  /** The first is what it is shown in. */
  readonly colours: readonly [Colour, ...Colour[]];
  readonly draw: () => Html;
}

/** The rider's height in centimetres each size is cut for. */
export const RANGE: Readonly<Record<Size, readonly [number, number]>> = {
  S: [154, 165],
  M: [165, 177],
  L: [177, 189],
  XL: [189, 202],
};

export const PRODUCTS: readonly Product[] = [
  {
    id: 'furt',
    name: 'Furt',
    group: 'bicycle',
    price: 1240,
    weight: 15.2,
    sizes: SIZES,
    colours: ['cobalt', 'bottle', 'oxblood', 'graphite'],
    draw: town,
  },
  {
    id: 'holm',
    name: 'Holm',
    group: 'bicycle',
    price: 1290,
    weight: 16.8,
    sizes: ['S', 'M', 'L'],
    colours: ['oxblood', 'bottle', 'bone', 'cobalt'],
    draw: lowStep,
  },
  {
    id: 'kamm',
    name: 'Kamm',
    group: 'bicycle',
    price: 1980,
    weight: 9.6,
    sizes: SIZES,
    colours: ['bottle', 'mustard', 'graphite', 'cobalt'],
    draw: gravel,
  },
  {
    id: 'lade',
    name: 'Lade',
    group: 'bicycle',
    price: 4450,
    weight: 34,
    sizes: [],
    colours: ['bone', 'bottle', 'cobalt'],
    draw: cargo,
  },
  {
    id: 'spatz',
    name: 'Spatz',
    group: 'bicycle',
    price: 480,
    weight: 8.4,
    sizes: [],
    colours: ['mustard', 'cobalt', 'oxblood'],
    draw: child,
  },
  {
    id: 'sattel',
    name: 'Sattel 3',
    group: 'part',
    price: 119,
    weight: 0.6,
    sizes: [],
    colours: ['honey', 'graphite'],
    draw: saddle,
  },
  {
    id: 'tasche',
    name: 'Tasche 20',
    group: 'part',
    price: 94,
    weight: 1.1,
    sizes: [],
    colours: ['bottle', 'mustard', 'graphite'],
    draw: pannier,
  },
  {
    id: 'lampe',
    name: 'Lampe 6',
    group: 'part',
    price: 79,
    weight: 0.2,
    sizes: [],
    colours: ['silver', 'graphite', 'oxblood'],
    draw: dynamoLamp,
  },
];

export const findProduct = (id: string | undefined): Product | undefined =>
  PRODUCTS.find((product) => product.id === id);

/** A product as somebody chose it. */
export interface Choice {
  readonly product: Product;
  readonly size: Size | undefined;
  readonly colour: Colour;
  readonly delivery: Delivery;
}

/** What of a choice is liked, not needed for this one order: it is remembered. A part's colour says nothing of the next one. */
export const preferencesOf = ({ group }: Product): string =>
  group === 'bicycle' ? 'frameSize colour delivery' : 'delivery';

/** Reads a choice from what a form or an address says; whatever the shop does not have becomes its first. */
export function readChoice(read: (name: string) => string | undefined): Choice | undefined {
  const product = findProduct(read('item'));
  if (!product) return undefined;
  const size =
    product.sizes.find((one) => one === read('frameSize')) ??
    (product.sizes.includes('M') ? 'M' : product.sizes[0]);
  const colour = product.colours.find((one) => one === read('colour')) ?? product.colours[0];
  const delivery = DELIVERIES.find((one) => one === read('delivery')) ?? 'home';
  return { product, size, colour, delivery };
}

/** The choice as the query of an address. */
export function writeChoice({ product, size, colour, delivery }: Choice): string {
  return new URLSearchParams({
    item: product.id,
    ...(size ? { frameSize: size } : {}),
    colour,
    delivery,
  }).toString();
}
