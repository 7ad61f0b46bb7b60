import type { Figure } from './figure.ts';
import type { BenchHome } from './home.ts';

/** Figures that share their preparations. `run` measures the wanted ones and says on the way what it sees. */
export type Suite = {
  names: readonly string[];
  run: (
    home: BenchHome,
    wanted: readonly string[],
    say: (line: string) => void,
  ) => Promise<Record<string, Figure>>;
};
