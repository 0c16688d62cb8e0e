/**
 * What an element needs besides Lit's templates: properties that attributes set, styles, and one rendering for all changes
 * of a task. Lit's own base does more than these elements use, and is an eighth of what the tag may weigh. It knows no
 * memory and no words.
 */
import { render } from 'lit/html.js';
import { adoptStyles, readoptStyles } from './adopt-styles.js';

/** What a property becomes from its attribute, `null` where that is taken away; undefined for one without an attribute. */
export type Property = ((attribute: string | null) => unknown) | undefined;
export type Properties = Readonly<Record<string, Property>>;

export const text: Property = (attribute) => attribute;
export const flag: Property = (attribute) => attribute !== null;
export const number: Property = (attribute) => (attribute === null ? null : Number(attribute));

/** A server has no elements, and imports them all the same. */
const Base = typeof HTMLElement === 'undefined' ? (class {} as typeof HTMLElement) : HTMLElement;

export abstract class RenderingElement extends Base {
  /** Whoever extends a class with properties names these too. */
  static properties: Properties = {};
  static styles: readonly string[] = [];

  /** Read once, when the element is defined. */
  static get observedAttributes(): string[] {
    const { properties, prototype } = this;
    for (const name of Object.keys(properties))
      Object.defineProperty(prototype, name, {
        get(this: RenderingElement) {
          return this.#values.get(name);
        },
        set(this: RenderingElement, value: unknown) {
          if (Object.is(value, this.#values.get(name))) return;
          this.#values.set(name, value);
          this.requestUpdate();
        },
        configurable: true,
        enumerable: true,
      });
    return Object.keys(properties).filter((name) => properties[name]);
  }

  readonly renderRoot: ShadowRoot;

  readonly #values = new Map<string, unknown>();
  /** Attributes that it had when it was defined, and that do not count against what was set. */
  readonly #outdone = new Set<string>();
  readonly #connected: Promise<void>;
  #connect: () => void = () => undefined;
  #update: Promise<boolean> | undefined;

  constructor() {
    super();
    const { properties, styles } = this.constructor as typeof RenderingElement;
    this.#connected = new Promise((resolve) => (this.#connect = resolve));
    this.renderRoot = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    adoptStyles(this.renderRoot, styles);
    // What was set before it was defined hides the property of its name.
    const own = this as unknown as Record<string, unknown>;
    for (const name of Object.keys(properties).filter((name) => Object.hasOwn(this, name))) {
      const value = own[name];
      delete own[name];
      own[name] = value;
      if (this.hasAttribute(name)) this.#outdone.add(name);
    }
    this.requestUpdate();
  }

  connectedCallback(): void {
    this.#connect();
  }

  adoptedCallback(): void {
    readoptStyles(this.renderRoot);
  }

  attributeChangedCallback(name: string, _before: string | null, attribute: string | null): void {
    if (this.#outdone.delete(name)) return;
    const { properties } = this.constructor as typeof RenderingElement;
    Object.assign(this, { [name]: properties[name]?.(attribute) });
  }

  /** Resolves with true when all changes so far are rendered; not before it is on a page for the first time. */
  get updateComplete(): Promise<boolean> {
    return this.#update ?? Promise.resolve(true);
  }

  /** Renders at the end of the task. What changes while it is rendered is rendered with it. */
  requestUpdate(): void {
    this.#update ??= this.#perform();
  }

  async #perform(): Promise<boolean> {
    await this.#connected;
    try {
      for (let coming; (coming = this.awaited());) await coming;
      this.willUpdate();
      render(this.render(), this.renderRoot);
    } finally {
      this.#update = undefined;
    }
    return true;
  }

  /** What has to come before it can be rendered. */
  protected awaited(): Promise<unknown> | undefined {
    return undefined;
  }

  /** Called before each rendering. */
  protected willUpdate(): void {
    // For who extends it.
  }

  protected abstract render(): unknown;
}
