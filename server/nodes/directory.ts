/** Which of several nodes answers for which practice, and so for its rooms and calls, in a Redis-protocol server. A node holds a lease that it renews; a
 * practice belongs to the run of a node that claimed it, for as long as that lease runs. Each step is one script there, so two nodes
 * never both get a yes. */
import type { PracticeId } from "../../wire/ids.ts";

/** Higher: the calls of a dead node stand still for longer. Lower: a node that is only slow loses its practices. */
export const LEASE_MS = 5000;

/** What is used of a client; rejects where there is no answer. */
export type Commands = { send(command: string, args: string[]): Promise<unknown> };

/** `here`: was ours already. `new`: nobody's before. `taken`: of a node that is no more. `there`: another node's. */
export type Claim =
  | { readonly at: "here" | "new" | "taken" }
  | { readonly at: "there"; readonly node: string };

/** `isNew`: there was no lease, or it had run out: what we held may be another's by now. */
export type Renewal = { readonly isNew: boolean; readonly members: readonly string[] };

/** There is no lease of ours: nothing can be claimed now. */
export class NoLease extends Error {
  override readonly name = "NoLease";
}

/** Another process has our name, or our own run before died a moment ago. */
export class SameName extends Error {
  override readonly name = "SameName";
}

const NOW = "local t = redis.call('TIME'); local now = t[1] * 1000 + math.floor(t[2] / 1000);";

/** Keys: nodes. Arguments: member, name with a space behind it, length of the lease. */
const RENEW = `${NOW}
for _, other in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')) do
  if other ~= ARGV[1] and string.sub(other, 1, #ARGV[2]) == ARGV[2] then return {'same-name'} end
end
local was = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[1])
local word = (was and tonumber(was) > now) and 'known' or 'new'
return {word, unpack(redis.call('ZRANGE', KEYS[1], 0, -1))}`;

/** Keys: nodes, practices. Arguments: member, practice. */
const CLAIM = `${NOW}
local function lives(member)
  local score = redis.call('ZSCORE', KEYS[1], member)
  return score and tonumber(score) > now
end
if not lives(ARGV[1]) then return {'no-lease'} end
local holder = redis.call('HGET', KEYS[2], ARGV[2])
if holder == ARGV[1] then return {'here'} end
if holder and lives(holder) then return {'there', holder} end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[1])
return {holder and 'taken' or 'new'}`;

/** Keys: practices. Arguments: member, practice. */
const RELEASE = `if redis.call('HGET', KEYS[1], ARGV[2]) == ARGV[1] then redis.call('HDEL', KEYS[1], ARGV[2]) end`;

export type DirectoryDeps = {
  readonly commands: Commands;
  /** Keeps installations on one Redis apart. */
  readonly prefix: string;
  readonly node: string;
  /** This run of the process: a node that starts again is another one. */
  readonly run: string;
};

export class NodeDirectory {
  readonly #deps: DirectoryDeps;
  readonly #member: string;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
    this.#member = `${deps.node} ${deps.run}`;
  }

  /** Keeps our lease. Throws `SameName`, and whatever the client does. */
  async renew(): Promise<Renewal> {
    const [word, ...members] = await this.#run(RENEW, ["nodes"], [`${this.#deps.node} `, String(LEASE_MS)]);
    if (word === "same-name") throw new SameName();
    return { isNew: word === "new", members };
  }

  /** Whose is it, and ours from now on if it is nobody's? Throws `NoLease`, and whatever the client does. */
  async claim(practice: PracticeId): Promise<Claim> {
    const [word, holder = ""] = await this.#run(CLAIM, ["nodes", "practices"], [practice]);
    if (word === "there") return { at: "there", node: holder.split(" ")[0] ?? "" };
    if (word === "here" || word === "new" || word === "taken") return { at: word };
    throw new NoLease();
  }

  /** Ours no more, if it was. */
  async release(practice: PracticeId): Promise<void> {
    await this.#run(RELEASE, ["practices"], [practice]);
  }

  /** Ends our lease: others may take over what we hold at once. */
  async leave(): Promise<void> {
    await this.#deps.commands.send("ZREM", [this.#key("nodes"), this.#member]);
  }

  #key(name: string): string {
    return `${this.#deps.prefix}:${name}`;
  }

  async #run(script: string, keys: string[], args: string[]): Promise<string[]> {
    const names = keys.map((name) => this.#key(name));
    const all = [script, String(keys.length), ...names, this.#member, ...args];
    const said = await this.#deps.commands.send("EVAL", all);
    return Array.isArray(said) ? said.map(String) : [];
  }
}
