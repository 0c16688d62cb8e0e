/** `npm start`: builds what is not built yet, then opens the shop. */
import process from 'node:process';
import { register } from 'tsx/esm/api';
import { ensureBuilt } from './fresh.mjs';

try {
  ensureBuilt();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
register();
await import('../demo/server.ts');
