// Bundles the page into dist/: index.html, and beside it under assets/ what it loads, named by a hash of the content, and again
// as Brotli for browsers that take it. `--watch` keeps at it while the sources change.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import * as esbuild from 'esbuild';

const folder = 'dist';

const page = {
  name: 'page',
  setup(build) {
    build.onStart(() => rm(join(folder, 'assets'), { recursive: true, force: true }));
    build.onEnd(async result => {
      if (result.errors.length > 0) return;
      const files = Object.keys(result.metafile.outputs);
      const named = async (html, ending) => {
        const file = files.find(name => name.endsWith(ending));
        await writeFile(`${file}.br`, brotliCompressSync(await readFile(file)));
        return html.replace(`main${ending}`, basename(file));
      };
      await writeFile(join(folder, 'index.html'), await named(await named(await readFile('src/index.html', 'utf8'), '.css'), '.js'));
    });
  },
};

const options = {
  entryPoints: ['src/main.tsx'],
  outdir: join(folder, 'assets'),
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2023', 'chrome111', 'firefox113', 'safari16.4'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  legalComments: 'inline',
  metafile: true,
  logLevel: 'warning',
  plugins: [page],
};

if (process.argv.includes('--watch')) await (await esbuild.context(options)).watch();
else await esbuild.build(options);
