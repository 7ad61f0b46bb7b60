import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Made by running or building, so they may be named without being there. */
const madeLater = ['.leadway', 'dist', 'node_modules', '.env'];

/**
 * What the Markdown files name and the repository does not have: linked files, paths in code spans, npm scripts. A path
 * with a placeholder (`workflows/<name>/messages.ts`) names a shape and is left alone.
 * @returns one line each, `file:line: …`
 */
export function findBrokenReferences(root: string): string[] {
  const scripts = Object.keys(
    (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts?: object }).scripts ?? {},
  );
  const topLevel = new Set(readdirSync(root));
  const problems: string[] = [];
  for (const file of markdownFiles(root)) {
    const shown = relative(root, file);
    for (const { line, number } of proseLines(readFileSync(file, 'utf8'))) {
      const report = (what: string) => problems.push(`${shown}:${number}: ${what}`);
      for (const [, target = ''] of line.matchAll(/\]\(([^)\s]+)[^)]*\)/g)) {
        if (/^([a-z]+:|#)/.test(target)) continue;
        const path = decodeURI(target.replace(/#.*$/, ''));
        if (!existsSync(join(dirname(file), path))) report(`the link ${target} leads nowhere`);
      }
      for (const [, span = ''] of line.matchAll(/`([^`]+)`/g)) {
        const script = /^npm run ([\w:-]+)/.exec(span)?.[1];
        if (script && !scripts.includes(script)) report(`there is no npm script ${script}`);
        if (namesPath(span, topLevel) && !existsSync(join(root, span.replace(/(:\d+|#.*)$/, '')))) {
          report(`there is no ${span}`);
        }
      }
    }
  }
  return problems;
}

/** Whether a code span is a path of this repository: no command, no placeholder, and begun like one. */
function namesPath(span: string, topLevel: Set<string>): boolean {
  if (!/^[\w.@-]+(\/[\w.@-]+)*\/?(:\d+|#\w+)?$/.test(span)) return false;
  const [first = ''] = span.split('/');
  if (madeLater.includes(first)) return false;
  // One word alone is a path only when it looks like a file of the root, such as `compose.yml`.
  if (!span.includes('/')) return /^[\w.-]+\.(yml|json|md|mjs)$/.test(span) && !span.includes('..');
  return topLevel.has(first);
}

function markdownFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) {
      return /^(node_modules|dist|coverage|\.git|\.leadway)$/.test(entry.name)
        ? []
        : markdownFiles(join(folder, entry.name));
    }
    return entry.name.endsWith('.md') ? [join(folder, entry.name)] : [];
  });
}

/** Blocks of code show output and examples, which may name anything. */
function* proseLines(text: string): Generator<{ line: string; number: number }> {
  let inBlock = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(```|~~~)/.test(line)) inBlock = !inBlock;
    else if (!inBlock) yield { line, number: index + 1 };
  }
}
