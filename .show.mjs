import { rollup } from 'rollup'; import { compile } from './build/tag.mjs'; import { transformSync } from 'esbuild';
const b = await rollup({ input: 'src/index.ts', plugins: compile('0.1.0', { __CHUNKS__: '{}' }) }); const { output } = await b.generate({ format: 'es' });
const mods = output.find(o=>Object.keys(o.modules).some(m=>m.endsWith('memory/core.ts'))).modules;
for (const [id,m] of Object.entries(mods)) if (process.argv.slice(2).some(x=>id.endsWith(x))) console.log('//',id,'\n',transformSync(m.code,{minify:true}).code);
