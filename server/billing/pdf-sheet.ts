/** A4 pages that are filled from top to bottom: rows of cells, a new page where a row has no room, page numbers at the end. */
import PDFDocument from "pdfkit";

/** Points (1/72 inch) of a page and what is left free around the text. */
const [WIDTH, HEIGHT, MARGIN] = [595.28, 841.89, 48];
/** Where rows end; below stand the page number and the foot. */
const BOTTOM = HEIGHT - 72;
/** How wide a row is. */
export const ROW_WIDTH = WIDTH - 2 * MARGIN;
const [LINE, GREY, BLACK] = ["#b8b8b8", "#5f5f5f", "#000000"];

/** One cell of a row: its left edge from the row's, and its width. */
export type Cell = {
  readonly text: string;
  readonly x: number;
  readonly width: number;
  readonly align: "left" | "right";
};
export type Style = { readonly size: number; readonly bold?: boolean; readonly grey?: boolean };
/** What a reader's window shows about the document; `madeAt` in Unix milliseconds. */
export type About = {
  readonly title: string;
  readonly author: string;
  readonly madeAt: number;
  readonly lang: string;
};

export type Sheet = ReturnType<typeof createSheet>;

/** An empty document. `finish` ends it: the same calls make the same bytes. */
export function createSheet({ title, author, madeAt, lang }: About) {
  const info = { Title: printable(title), Author: printable(author), CreationDate: new Date(madeAt) };
  const doc = new PDFDocument({ size: "A4", margin: 0, bufferPages: true, info, lang, displayTitle: true });
  const bytes = collect(doc);
  let y = MARGIN;
  const put = ({ text, x, width, align }: Cell, top: number, { size, bold = false, grey = false }: Style) =>
    doc
      .font(bold ? "Helvetica-Bold" : "Helvetica", size)
      .fillColor(grey ? GREY : BLACK)
      .text(printable(text), MARGIN + x, top, { width, align, height: size, ellipsis: true });
  return {
    /** Begins a new page where less than `height` is left, and says whether it did. */
    room(height: number): boolean {
      if (y + height <= BOTTOM) return false;
      doc.addPage();
      y = MARGIN;
      return true;
    },
    row(cells: readonly Cell[], style: Style): void {
      for (const cell of cells) put(cell, y, style);
      y += rowHeight(style);
    },
    rule(): void {
      const right = MARGIN + ROW_WIDTH;
      doc.moveTo(MARGIN, y).lineTo(right, y).lineWidth(0.5).strokeColor(LINE).stroke();
      y += 4;
    },
    gap(height: number): void {
      y += height;
    },
    finish(foot: string, pageOf: (n: number, of: number) => string): Promise<Uint8Array> {
      const { count } = doc.bufferedPageRange();
      const style = { size: 8, grey: true };
      for (let n = 0; n < count; n++) {
        doc.switchToPage(n);
        put({ text: foot, x: 0, width: ROW_WIDTH - 90, align: "left" }, BOTTOM + 24, style);
        put({ text: pageOf(n + 1, count), x: ROW_WIDTH - 90, width: 90, align: "right" }, BOTTOM + 24, style);
      }
      doc.end();
      return bytes;
    },
  };
}

/** How much a row takes of a page. */
export function rowHeight({ size }: Style): number {
  return size * 1.5;
}

function collect(doc: InstanceType<typeof PDFDocument>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  doc.on("data", (part: Uint8Array) => parts.push(part));
  return new Promise((resolve, reject) => {
    doc.on("end", () => resolve(new Uint8Array(Buffer.concat(parts))));
    doc.on("error", reject);
  });
}

/** The fonts that every reader has know the letters of Western Europe; any other is written as a question mark. */
function printable(text: string): string {
  return text.normalize("NFC").replace(/[^\x20-\x7e\xa0-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu, "?");
}
