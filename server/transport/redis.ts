/** A connection to a Redis-protocol server by Bun's own client: made when something is asked, thrown away when it does not answer, and made
 * anew at the next question. It queues nothing: what cannot be said now, whoever says it knows what to do. */
import { RedisClient } from "bun";

/** Higher: an outage is noticed later. Lower: a slow line counts as one. */
const ANSWER_MS = 1500;

/** No answer, or none in time. */
export class RedisAway extends Error {
  override readonly name = "RedisAway";
}

/** Commands to the server at `url`. */
export function openRedis(url: string) {
  let client: Promise<RedisClient> | null = null;
  const drop = (which: Promise<RedisClient> | null) => {
    if (client === which) client = null;
    which?.then((open) => open.close()).catch(() => undefined);
  };
  return {
    /** Throws `RedisAway`, or what the server answered as an error. */
    async send(command: string, args: string[]): Promise<unknown> {
      client ??= connect(url);
      const mine = client;
      try {
        return await inTime(mine.then((open) => open.send(command, args)));
      } catch (error) {
        if (isAnswer(error)) throw error;
        drop(mine);
        throw new RedisAway();
      }
    },
    close: () => drop(client),
  };
}

async function connect(url: string): Promise<RedisClient> {
  const options = { autoReconnect: false, enableOfflineQueue: false, connectionTimeout: ANSWER_MS };
  const client = new RedisClient(url, options);
  await client.connect();
  return client;
}

/** A refusal of the server itself, such as a script with a fault: the connection is good. */
function isAnswer(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === "ERR_REDIS_INVALID_RESPONSE" || code === "ERR_REDIS_SERVER_ERROR";
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RedisAway()), ANSWER_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
