/** Why a file cannot be read at all. Each has a sentence for people beside it that says what to do. */
export const fileRefusalCodes = [
  'EMPTY_FILE',
  'NO_PHONE_COLUMN',
  'BROKEN_CSV',
  'TOO_MANY_COLUMNS',
  'CELL_TOO_LONG',
  'BROKEN_XLSX',
  'ENCRYPTED_FILE',
  'OLD_EXCEL_FILE',
  'ZIP_BOMB',
  'SHEET_NOT_FOUND',
] as const;
export type FileRefusalCode = (typeof fileRefusalCodes)[number];

/** Thrown by whoever reads a file and finds that it cannot be read; nothing of such a file is taken. */
export class FileRefusal extends Error {
  override readonly name = 'FileRefusal';
  readonly code: FileRefusalCode;
  /** As an editor counts; the first is 1. Null where the fault is nowhere in particular. */
  readonly line: number | null;

  constructor(code: FileRefusalCode, message: string, line: number | null = null) {
    super(line === null ? message : `Line ${line}: ${message}`);
    this.code = code;
    this.line = line;
  }
}
