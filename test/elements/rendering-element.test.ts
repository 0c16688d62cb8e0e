import { expect } from '@open-wc/testing';
import { html } from 'lit/html.js';
import { adoptStyles, css } from '../../src/elements/adopt-styles.js';
import { flag, number, RenderingElement, text } from '../../src/elements/rendering-element.js';

class Plain extends RenderingElement {
  static override properties = { name: text, open: flag, limit: number, kept: undefined };
  static override styles = [
    css`
      p {
        color: rgb(1, 2, 3);
      }
    `,
  ];

  declare name: string | null | undefined;
  declare open: boolean | undefined;
  declare limit: number | null | undefined;
  declare kept: unknown;

  /** What was rendered, in order. */
  readonly rendered: string[] = [];
  coming: Promise<unknown> | undefined;
  work: () => void = () => undefined;

  protected override awaited(): Promise<unknown> | undefined {
    return this.coming;
  }

  protected override willUpdate(): void {
    this.work();
  }

  protected override render(): unknown {
    this.rendered.push(`${this.name} ${this.open} ${this.limit} ${String(this.kept)}`);
    return html`<p>${this.name}</p>`;
  }
}
customElements.define('test-plain', Plain);

class Wider extends Plain {
  static override properties = { ...Plain.properties, more: text };
  declare more: string | null | undefined;
}
customElements.define('test-wider', Wider);

describe('an element that renders', () => {
  let elements: HTMLElement[] = [];

  function place<T extends HTMLElement>(element: T): T {
    document.body.append(element);
    elements.push(element);
    return element;
  }

  afterEach(() => {
    for (const element of elements) element.remove();
    elements = [];
  });

  it('renders all changes of a task at once, and nothing where nothing has changed', async () => {
    const element = place(new Plain());
    await element.updateComplete;
    element.name = 'Ana';
    element.kept = 1;
    await element.updateComplete;
    element.name = 'Ana';
    await element.updateComplete;
    expect(element.rendered).to.deep.equal([
      'undefined undefined undefined undefined',
      'Ana undefined undefined 1',
    ]);
  });

  it('takes from attributes what has one, and gives it up with them', async () => {
    document.body.insertAdjacentHTML(
      'beforeend',
      '<test-plain name="Ana" open limit="3" kept="no"></test-plain>',
    );
    const element = place(document.body.lastElementChild as Plain);
    expect([element.name, element.open, element.limit, element.kept]).to.deep.equal([
      'Ana',
      true,
      3,
      undefined,
    ]);
    for (const name of ['name', 'open', 'limit', 'kept']) element.removeAttribute(name);
    expect([element.name, element.open, element.limit]).to.deep.equal([null, false, null]);
    await element.updateComplete;
    expect(element.rendered).to.deep.equal(['null false null undefined']);
  });

  it('has what was set before it was defined', async () => {
    const element = document.createElement('test-late') as Plain;
    element.name = 'Ana';
    place(element);
    customElements.define('test-late', class extends Plain {});
    await element.updateComplete;
    expect(element.rendered).to.deep.equal(['Ana undefined undefined undefined']);
    element.name = 'Ben';
    await element.updateComplete;
    expect(element.renderRoot.textContent).to.equal('Ben');
  });

  it('prefers what was set before it was defined to an attribute of that name, and follows the attribute from then on', async () => {
    document.body.insertAdjacentHTML('beforeend', '<test-later name="Ana" open></test-later>');
    const element = place(document.body.lastElementChild as Plain);
    element.name = 'Ben';
    customElements.define('test-later', class extends Plain {});
    await element.updateComplete;
    expect(element.rendered).to.deep.equal(['Ben true undefined undefined']);
    element.setAttribute('name', 'Carla');
    await element.updateComplete;
    expect(element.name).to.equal('Carla');
  });

  it('renders not before it is on a page, and again after it has left', async () => {
    const element = new Plain();
    element.name = 'Ana';
    let done = false;
    const complete = element.updateComplete.then(() => (done = true));
    await Promise.resolve().then(() => undefined);
    expect([done, element.rendered.length]).to.deep.equal([false, 0]);
    place(element);
    await complete;
    element.remove();
    element.name = 'Ben';
    await element.updateComplete;
    expect(element.rendered).to.deep.equal([
      'Ana undefined undefined undefined',
      'Ben undefined undefined undefined',
    ]);
  });

  it('waits for what has to come, and then renders what has changed meanwhile', async () => {
    const element = new Plain();
    let come: () => void = () => undefined;
    element.coming = new Promise<void>((resolve) => (come = resolve)).then(
      () => (element.coming = undefined),
    );
    place(element);
    element.name = 'Ana';
    await Promise.resolve().then(() => undefined);
    expect(element.rendered).to.deep.equal([]);
    element.name = 'Ben';
    come();
    await element.updateComplete;
    expect(element.rendered).to.deep.equal(['Ben undefined undefined undefined']);
  });

  it('renders what changes just before it renders with it', async () => {
    const element = new Plain();
    element.work = () => (element.name = `${element.rendered.length}`);
    place(element);
    await element.updateComplete;
    expect(element.rendered).to.deep.equal(['0 undefined undefined undefined']);
    expect(await element.updateComplete).to.equal(true);
    expect(element.rendered.length).to.equal(1);
  });

  it('says that it failed, and renders the next change', async () => {
    const element = new Plain();
    element.work = () => {
      throw new Error('broken');
    };
    const failed = element.updateComplete.then(
      () => 'rendered',
      (error: Error) => error.message,
    );
    place(element);
    expect(await failed).to.equal('broken');
    element.work = () => undefined;
    element.name = 'Ana';
    await element.updateComplete;
    expect(element.renderRoot.textContent).to.equal('Ana');
  });

  it('has the properties that another was given, and its own', async () => {
    const element = place(new Wider());
    element.setAttribute('more', 'b');
    element.setAttribute('name', 'a');
    await element.updateComplete;
    expect([element.name, element.more, element.rendered.length]).to.deep.equal(['a', 'b', 1]);
    expect('more' in Plain.prototype).to.equal(false);
  });

  it('shares its style sheets with its like, and takes more of them', async () => {
    const [one, other] = [place(new Plain()), place(new Plain())];
    await other.updateComplete;
    adoptStyles(other.renderRoot, ['p { font-weight: 700 }']);
    const { color, fontWeight } = getComputedStyle(other.renderRoot.querySelector('p') as HTMLElement);
    expect([color, fontWeight]).to.deep.equal(['rgb(1, 2, 3)', '700']);
    expect(one.renderRoot.adoptedStyleSheets).to.deep.equal([other.renderRoot.adoptedStyleSheets[0]]);
  });

  it('keeps its styles in the document of a frame, and when it comes back', async () => {
    const [one, other] = [place(new Plain()), place(new Plain())];
    const frame = place(document.createElement('iframe'));
    const looks = ({ renderRoot }: Plain) => {
      const { color, fontWeight } = getComputedStyle(renderRoot.querySelector('p') as HTMLElement);
      return [color, fontWeight];
    };
    await Promise.all([one.updateComplete, other.updateComplete]);
    adoptStyles(one.renderRoot, ['p { font-weight: 700 }']);
    const inside = frame.contentDocument as Document;
    inside.body.append(one, other);
    expect([looks(one), looks(other)]).to.deep.equal([
      ['rgb(1, 2, 3)', '700'],
      ['rgb(1, 2, 3)', '400'],
    ]);
    expect(one.renderRoot.adoptedStyleSheets[0], 'made once for a document').to.equal(
      other.renderRoot.adoptedStyleSheets[0],
    );
    adoptStyles(other.renderRoot, ['p { font-weight: 800 }']);
    expect(looks(other)).to.deep.equal(['rgb(1, 2, 3)', '800']);
    document.body.append(one, other);
    expect([looks(one), looks(other)]).to.deep.equal([
      ['rgb(1, 2, 3)', '700'],
      ['rgb(1, 2, 3)', '800'],
    ]);
  });

  it('has its styles again when it comes from a document that nobody sees', async () => {
    const element = place(new Plain());
    await element.updateComplete;
    const unseen = document.implementation.createHTMLDocument();
    unseen.body.append(element);
    adoptStyles(element.renderRoot, ['p { font-weight: 700 }']);
    document.body.append(element);
    const { color, fontWeight } = getComputedStyle(element.renderRoot.querySelector('p') as HTMLElement);
    expect([color, fontWeight]).to.deep.equal(['rgb(1, 2, 3)', '700']);
  });

  it('has its styles where a document adopts no sheets', () => {
    const root = document.createDocumentFragment();
    adoptStyles(root as ShadowRoot, ['p { color: red }']);
    expect(root.querySelector('style')?.textContent).to.equal('p { color: red }');
  });
});
