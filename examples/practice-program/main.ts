/** A practice program in small: its own list of clients, and what it asks the server for them. See README.md. */
import type { CallNotice } from "../../wire/api.ts";
import { connect, Refusal, ridOf } from "./connect.ts";
import { listen } from "./notices.ts";

/** Name in this program → client ID and permanent link, as the therapist's client file shows them. Stays here. */
type Book = Record<string, { readonly id: string; readonly link: string }>;

const USAGE = `bun examples/practice-program/main.ts
  planned                      lists the planned calls
  plan <time> <name …>         plans a call, time as 2026-12-01T10:00
  open <name …>                opens a room for them
  link <name …>                prints the address that starts their call with one click
  presence                     says which calls are on
  listen <port> [url]          is told when calls begin and end, at url (else http://127.0.0.1:<port>/)
Reads PRACTICE_ACCESS (access.json) and PRACTICE_BOOK (book.json).`;

const access = await read("PRACTICE_ACCESS", "access.json");
const book: Book = await read("PRACTICE_BOOK", "book.json");
const server = connect(access);

async function read(name: string, otherwise: string) {
  return await Bun.file(process.env[name] ?? otherwise).json();
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function found(names: readonly string[]) {
  if (names.length === 0) throw new RangeError(USAGE);
  return names.map((name) => {
    const entry = Object.hasOwn(book, name) ? book[name] : undefined;
    if (entry === undefined) throw new RangeError(`nobody here is called ${name}`);
    return entry;
  });
}

/** Whom a handle belongs to: only this program can tell. */
async function namesOf(rids: readonly string[]): Promise<string> {
  const known = new Map<string, string>();
  for (const [name, { link }] of Object.entries(book)) known.set(await ridOf(link), name);
  return rids.map((rid) => known.get(rid) ?? "somebody else").join(", ");
}

const links = (names: readonly string[]) => found(names).map(({ link }) => link);
const when = (at: number) => new Date(at).toISOString();

const COMMANDS: Record<string, (...words: string[]) => Promise<void>> = {
  planned: async () => {
    for (const { startsAt, clients } of await server.planned())
      say(`${when(startsAt)} ${await namesOf(clients.flat())}`);
  },
  plan: async (time = "", ...names) => {
    const [made] = await server.plan([new Date(time).getTime()], links(names));
    if (made) say(`planned ${when(made.startsAt)} ${await namesOf(made.clients.flat())}`);
  },
  open: async (...names) => {
    const room = await server.open(links(names));
    say(`open until ${when(room.closesAt)} for ${await namesOf(room.clients.flat())}`);
  },
  link: async (...names) => say(server.startLink(found(names).map(({ id }) => id))),
  presence: async () => {
    for (const { room, present } of await server.presence()) say(`${room} ${present} present`);
  },
  listen: async (port = "", url = `http://127.0.0.1:${port}/`) => {
    const { webhook, secret } = await server.addWebhook(url);
    const tell = async ({ event, rids, at }: CallNotice) =>
      say(`${event} ${when(at)} ${await namesOf(rids)}`);
    const site = listen(Number(port), secret, (notice) => void tell(notice));
    say("listening");
    process.once("SIGTERM", async () => {
      await server.removeWebhook(webhook).catch(() => undefined);
      await site.stop(true);
    });
  },
};

const [command = "", ...words] = process.argv.slice(2);
try {
  const act = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (act) await act(...words);
  else say(USAGE);
} catch (error) {
  if (!(error instanceof Refusal || error instanceof RangeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
