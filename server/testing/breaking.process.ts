/** The product, which breaks when it is told to, each time with a secret in the text of the error. For tests. */
const secret = process.env.BREAKING_SECRET ?? "";
const bug = () => new TypeError(`marked ${secret}`, { cause: new Error(secret) });

/** From now on everything that needs chance fails in the middle: requests, and the first words on a socket. */
process.on("SIGUSR1", () => {
  crypto.getRandomValues = () => {
    throw Object.assign(bug(), { code: `SQLITE ${secret}`, secret });
  };
});

let broken = 0;
/** First a promise that nobody waits for, then an exception that nobody catches. */
process.on("SIGUSR2", () => {
  broken += 1;
  if (broken === 1) void Promise.reject(bug());
  else
    setTimeout(() => {
      throw bug();
    });
});

await import("../main.ts");
