import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import type { ColumnDef } from '@tanstack/react-table';

/** How a column is laid out. On a narrow screen a row becomes a block: the first column its head, the others labelled. */
export type ColumnLayout = {
  /** A track of CSS grid, such as `minmax(10rem, 2fr)`. */
  track: string;
  align?: 'end';
  /** On a narrow screen: beside the head instead of below it, or not at all. */
  narrow?: 'corner' | 'hidden';
  /** What the server calls the order by this column. */
  sort?: string;
};

export const features = tableFeatures({ columnMeta: {} as ColumnLayout });
export type Features = typeof features;

export type DataColumn<T extends object> = ColumnDef<Features, T, unknown>;

/** Columns of a list, made once at the top of its file. */
export function defineColumns<T extends object>(
  make: (helper: ReturnType<typeof createColumnHelper<Features, T>>) => DataColumn<T>[],
): DataColumn<T>[] {
  return make(createColumnHelper<Features, T>());
}

const [gapRem, paddingRem] = [1, 2];

/** The tracks of a row, and how narrow the table may become before it scrolls sideways. */
export function tracksOf<T extends object>(
  columns: DataColumn<T>[],
  lead: string[] = [],
): { tracks: string; minRem: number } {
  const tracks = [...lead, ...columns.map((column) => column.meta?.track ?? '1fr')];
  const least = tracks.map((track) => Number(/([\d.]+)rem/.exec(track)?.[1] ?? 0));
  return {
    tracks: tracks.join(' '),
    minRem: least.reduce((sum, rem) => sum + rem, 0) + gapRem * (tracks.length - 1) + paddingRem,
  };
}
