import { expect } from '@open-wc/testing';
import { act, createElement, StrictMode, useReducer } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { createMemory } from '../../src/index.js';
import { useMemory } from '../../src/react.js';
import { fakePlatform } from '../../src/platform/fake.js';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

describe('useMemory', () => {
  let root: Root;
  let box: HTMLElement;
  let rendered: number;
  let again: () => void;
  const memoryOf = (site: string) => createMemory({ site, platform: fakePlatform() });

  beforeEach(() => {
    box = document.createElement('div');
    root = createRoot(box);
    rendered = 0;
  });
  afterEach(() => act(() => root.unmount()));

  function Shown({ name, site }: { name: string; site?: string }) {
    const [, render] = useReducer((n: number) => n + 1, 0);
    again = render;
    rendered += 1;
    // The key is made per render.
    const fact = useMemory(`preferences.${name}`, site);
    return createElement('p', null, fact ? String(fact.value) : 'nothing');
  }
  const render = (name: string, site?: string) =>
    act(() =>
      root.render(createElement(StrictMode, null, createElement(Shown, { name, ...(site && { site }) }))),
    );

  it('follows a fact, under StrictMode', async () => {
    const memory = memoryOf('react-follows');
    await render('size', 'react-follows');
    expect(box.textContent).to.equal('nothing');
    await act(async () => void (await memory.remember('preferences.size', 'M')));
    expect(box.textContent).to.equal('M');
    await act(async () => void (await memory.forget({ key: 'preferences.size' })));
    expect(box.textContent).to.equal('nothing');
    await memory.close();
  });

  it('is undefined until there is a memory, follows it when it is made, and lets it go when it is closed', async () => {
    await render('size', 'react-late');
    expect(box.textContent).to.equal('nothing');
    let memory = memoryOf('react-late');
    await act(async () => void (await memory.remember('preferences.size', 'L')));
    expect(box.textContent).to.equal('L');
    await act(() => memory.close());
    expect(box.textContent).to.equal('nothing');
    memory = memoryOf('react-late');
    await act(async () => void (await memory.remember('preferences.size', 'S')));
    expect(box.textContent).to.equal('S');
    await act(() => memory.close());
  });

  it('finds the page’s only memory by itself', async () => {
    const memory = memoryOf('react-only');
    await act(async () => void (await memory.remember('preferences.size', 'M')));
    await render('size');
    expect(box.textContent).to.equal('M');
    await act(() => memory.close());
  });

  it('follows another key when it is given another', async () => {
    const memory = memoryOf('react-keys');
    await act(async () => {
      await memory.remember('preferences.size', 'M');
      await memory.remember('preferences.colour', 'red');
    });
    await render('size', 'react-keys');
    await render('colour', 'react-keys');
    expect(box.textContent).to.equal('red');
    await act(async () => void (await memory.remember('preferences.colour', 'blue')));
    expect(box.textContent).to.equal('blue');
    await act(() => memory.close());
  });

  it('does not subscribe again when it is rendered again, nor render for another key, and leaves nobody listening', async () => {
    const memory = memoryOf('react-once');
    let followed = 0;
    let left = 0;
    const { subscribe } = memory;
    Object.defineProperty(memory, 'subscribe', {
      value: (...given: Parameters<typeof subscribe>) => {
        followed += 1;
        const stop = subscribe.apply(memory, given);
        return () => {
          left += 1;
          stop();
        };
      },
    });
    await render('size', 'react-once');
    const before = followed;
    await act(() => again());
    await act(() => again());
    expect(followed).to.equal(before);
    const renders = rendered;
    await act(async () => void (await memory.remember('preferences.colour', 'red')));
    expect(rendered).to.equal(renders);
    await act(() => root.render(null));
    expect(left).to.equal(followed);
    await act(() => memory.close());
  });
});
