import { expect } from '@open-wc/testing';
import { MemoryCenter, MemoryConsent, MemoryConversations, MemoryGreeting } from '../../src/elements.js';
import { fakeMemory } from '../helpers/fake-memory.js';
import { clear, part, show } from './show.js';

const classes = [MemoryCenter, MemoryConsent, MemoryConversations, MemoryGreeting];
const css = classes.flatMap(({ styles }) => styles).join('\n');

describe('the looks', () => {
  afterEach(clear);

  it('are changed by twenty custom properties at most', () => {
    const names = new Set([...css.matchAll(/--memory-[a-z-]+/g)].map(([name]) => name));
    expect([...names].sort()).to.deep.equal([
      '--memory-accent',
      '--memory-border',
      '--memory-muted',
      '--memory-radius',
      '--memory-space',
    ]);
  });

  it('keep borders and focus where colours are forced, and bring no shadow', () => {
    expect(css).to.contain('forced-colors: active');
    expect(css).not.to.match(/box-shadow|text-shadow|!important/);
  });

  it('know no left and no right', () => {
    expect(css).not.to.match(
      /(margin|padding|border|inset|text-align)[a-z-]*-(left|right)|(text-align|float):\s*(left|right)|[;\s](left|right|width|height):/,
    );
  });

  it('grow to a finger where one points', () => {
    expect(css).to.match(/pointer: coarse[^}]*\{[^}]*44px/);
  });

  it('are the host’s: font, size and colour', async () => {
    const facts = { 'identity.name': { value: { given: 'Ana' } } };
    const element = await show('memory-greeting', {
      memory: fakeMemory({ facts, consent: { state: 'granted' } }),
    });
    const main = element.closest('main') as HTMLElement;
    main.style.font = '21px monospace';
    main.style.color = 'rgb(1, 2, 3)';
    const { fontFamily, fontSize, color } = getComputedStyle(part(element, 'text') as HTMLElement);
    expect([fontFamily, fontSize, color]).to.deep.equal(['monospace', '21px', 'rgb(1, 2, 3)']);
    element.style.setProperty('--memory-accent', 'rgb(9, 9, 9)');
    expect(getComputedStyle(part(element, 'not-me') as HTMLElement).fontFamily).to.equal('monospace');
  });

  it('take no room before there is something to say', async () => {
    for (const name of ['memory-greeting', 'memory-consent', 'memory-conversations'] as const) {
      expect((await show(name, { memory: fakeMemory() })).getBoundingClientRect().height, name).to.equal(0);
      expect((await show(name)).getBoundingClientRect().height, name).to.equal(0);
    }
  });

  it('stand in style sheets, not in the page: a strict policy has nothing to say', async () => {
    const element = await show('memory-center', { memory: fakeMemory(), open: true });
    expect(element.renderRoot.querySelectorAll('style, [style]').length).to.equal(0);
    expect((element.renderRoot as ShadowRoot).adoptedStyleSheets.length).to.be.greaterThan(0);
  });
});
