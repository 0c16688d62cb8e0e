// A worker inherits no loader in every version of Node: it brings its own.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
