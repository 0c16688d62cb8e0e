/// <reference types="node" />
/** `npm start`: the shop on this machine. It says where it is and what to try. */
import { fileURLToPath } from 'node:url';
import { shop } from './app.js';
import { buildClient } from './build-client.js';
import { listen } from './listen.js';

const wanted = Number(process.env['PORT'] ?? 8787);
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const { port } = await listen(shop({ dist, scripts: await buildClient() }), wanted);
const home = `http://localhost:${port}`;

if (port !== wanted) console.log(`Port ${wanted} is taken; the next free one is ${port}, and the shop is there.`);
console.log(`A bicycle shop that remembers its customers: ${home}

  Choose a size on ${home}/bicycles/furt, fill in the checkout, tick “Remember me on this device”, close the browser, come back.
  Ask Mike something on ${home}/support; next time his answer is one press away.
  Or press “Second visit” in the strip at the top, see what is kept on ${home}/account, and press “Forget me”.
`);
