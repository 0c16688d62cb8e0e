/** The elements in JSX, as the types of React 19 see them; `npm run types` compiles it. */
import type { JSX } from 'react';
import type {} from '../../src/react.js';
import { memory } from './shop.js';

export function Page(): JSX.Element {
  return (
    <main>
      <memory-greeting
        className="greeting"
        memory={memory}
        reveal="topic"
        every="visit"
        onmemory-conversation-open={(event) => event.detail.id.toUpperCase()}
        onmemory-person-leave={(event) => event.preventDefault()}
      >
        Welcome.
      </memory-greeting>
      <memory-consent
        site="shop"
        for="device"
        purposes="support fitting"
        when="now"
        onmemory-consent-grant={({ detail }) => detail.grant.device}
      >
        <p slot="hint">Only here.</p>
      </memory-consent>
      <memory-conversations limit={3} channel="chat" ref={(list) => void list?.updateComplete} />
      <memory-center open id="memory" onmemory-forgotten={({ detail }) => detail.receipt.facts} />
    </main>
  );
}
