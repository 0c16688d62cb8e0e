import type {} from '../../../src/react.js';

// error: Type '"face"' is not assignable to type '"name" | "helper" | "topic" | undefined'
export const greeting = <memory-greeting reveal="face" />;

// error: Type 'string' is not assignable to type 'number'
export const conversations = <memory-conversations limit="3" />;

// error: Property 'colour' does not exist on type
export const consent = <memory-consent colour="red" />;

// error: Property 'name' does not exist on type
export const center = <memory-center onmemory-forget={(event) => event.detail.name} />;

// error: Property 'memory-centre' does not exist on type 'JSX.IntrinsicElements'
export const centre = <memory-centre />;
