/** A server of an older version, as far as the database is concerned: `older.process.ts <file>` reads and writes by the columns of the first
 * migration until its input ends, and says how often. */
import { createClient } from "@libsql/client";

const [file = ""] = process.argv.slice(2);
const client = createClient({ url: `file:${file}`, timeout: 5000 });
let isOver = false;
let [read, written] = [0, 0];
process.stdout.write("ready\n");
void (async () => {
  for await (const _ of process.stdin);
  isOver = true;
})();
while (!isOver || written < 2) {
  const { rows } = await client.execute("SELECT id, user, salt, wrap, created_at FROM practices");
  read += rows.length;
  await client.execute("INSERT INTO names (hash) VALUES (randomblob(32))");
  written += 1;
  await Bun.sleep(5);
}
process.stdout.write(`${JSON.stringify({ read, written })}\n`);
process.exit(0);
