/** One command of a guide with the answer that is shown for it, and what is kept of it under which name. */
export type Example = {
  line: number;
  command: string;
  answer: { kind: 'json'; value: unknown } | { kind: 'text'; lines: string[] };
  keep: { path: string; as: string }[];
};

const blocks = /^```(\w+)\n([\s\S]*?)\n```$/gm;
const keeping = /Keep `([\w.[\]]+)` as `(\w+)`/g;

/** The commands of a Markdown text, in order: a block `sh` and the block of its answer behind it. */
export function readExamples(markdown: string): Example[] {
  const examples: Example[] = [];
  const found = [...markdown.matchAll(blocks)];
  found.forEach((block, index) => {
    const [whole, language, text] = block as unknown as [string, string, string];
    const answer = found[index + 1];
    // What sets up the reader's own shell is for the reader.
    if (language !== 'sh' || text.startsWith('export ')) return;
    const line = markdown.slice(0, block.index).split('\n').length;
    if (!answer || answer[1] === 'sh') throw new Error(`Line ${line}: no answer is shown for the command`);
    const end = found[index + 2]?.index ?? markdown.length;
    const after = markdown.slice(block.index + whole.length, end);
    examples.push({
      line,
      command: text,
      answer:
        answer[1] === 'json'
          ? { kind: 'json', value: JSON.parse(answer[2]!) }
          : { kind: 'text', lines: answer[2]!.split('\n') },
      keep: [...after.matchAll(keeping)].map(([, path, as]) => ({ path: path!, as: as! })),
    });
  });
  return examples;
}

/** What stands at a path like `items[0].id`. */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], value);
}

/** Members whose value is part of the interface: what is shown is what comes, and not only something like it. */
const exact = new Set([
  'code',
  'status',
  'kind',
  'type',
  'title',
  'outcome',
  'role',
  'column',
  'name',
  'phone',
]);

/**
 * Where an answer is not as it is shown: members that are missing, that are not told (unless "…" stands for them), that
 * are of another type, or, where the words or counts matter, another value. Of a list every shown item must be there.
 */
export function unlike(shown: unknown, actual: unknown, at = ''): string[] {
  const here = at || 'the answer';
  if (Array.isArray(shown)) {
    if (!Array.isArray(actual)) return [`${here} is no list`];
    return shown.flatMap((item) => {
      const faults = actual.map((candidate) => unlike(item, candidate, `${at}[]`));
      if (faults.some((none) => none.length === 0)) return [];
      return faults.toSorted((a, b) => a.length - b.length)[0] ?? [`${here} is empty`];
    });
  }
  if (shown !== null && typeof shown === 'object') {
    if (actual === null || typeof actual !== 'object') return [`${here} is no object`];
    const [told, come] = [shown as Record<string, unknown>, actual as Record<string, unknown>];
    const untold = '…' in told ? [] : Object.keys(come).filter((name) => !(name in told));
    return [
      ...untold.map((name) => `${at}.${name} is not told`),
      ...Object.keys(told)
        .filter((name) => name !== '…')
        .flatMap((name) =>
          name in come ? unlike(told[name], come[name], `${at}.${name}`) : [`${at}.${name} is missing`],
        ),
    ];
  }
  const kindOf = (value: unknown) => (value === null ? 'null' : typeof value);
  if (kindOf(shown) !== kindOf(actual)) return [`${here} is ${kindOf(actual)}, not ${kindOf(shown)}`];
  const name = /\w*$/.exec(at)![0];
  const matters = typeof shown !== 'string' || exact.has(name);
  return matters && shown !== actual
    ? [`${here} is ${JSON.stringify(actual)}, not ${JSON.stringify(shown)}`]
    : [];
}
