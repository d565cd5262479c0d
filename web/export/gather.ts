/** Puts a long text into a file piece by piece: what was written lies in blobs, which the browser may keep on disk. */

/** Higher: more of the text in memory at once. Lower: more blobs. Characters. */
const PIECE = 1_000_000;

/** The file of a text that comes in pieces. */
export async function gather(text: AsyncIterable<string>, type: string): Promise<Blob> {
  const blobs: Blob[] = [];
  let open: string[] = [];
  let length = 0;
  const close = () => {
    if (open.length > 0) blobs.push(new Blob(open));
    open = [];
    length = 0;
  };
  for await (const piece of text) {
    open.push(piece);
    length += piece.length;
    if (length >= PIECE) close();
  }
  close();
  return new Blob(blobs, { type });
}
