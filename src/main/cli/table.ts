/** Between two columns. */
const GAP = '  ';

/** Rows as lines; columns are as wide as their widest cell. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  const cell = (text: string, column: number) => text + ' '.repeat((widths[column] ?? 0) - widthOf(text));
  return rows.map((row) => row.map(cell).join(GAP).trimEnd());
}

/** An East Asian character or an emoji takes two cells. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const COMBINING = /\p{M}/u;
const widthOf = (text: string): number =>
  [...text].reduce((sum, each) => sum + (COMBINING.test(each) ? 0 : WIDE.test(each) ? 2 : 1), 0);
