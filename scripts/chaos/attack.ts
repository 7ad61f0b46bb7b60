/**
 * One way of doing harm to the product. An attack brings everything it needs (servers, database, simulated carrier) in a
 * place of its own, does its harm as the seed says, and counts from the carrier's ledger and from the tables.
 */
export type Attack = {
  name: string;
  run(options: {
    /** `small` takes seconds and is part of `npm test`; `large` is what a release is measured with. */
    scale: 'small' | 'large';
    seed: number;
    say(line: string): void;
  }): Promise<{ trials: number; failures: number; note: string }>;
};
