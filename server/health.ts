/** Asks the server on this machine whether it is alive; ends with 0 if so. For the container's health check. */
import { ConfigError, readConfig } from "./config.ts";

/** Higher: a hanging server counts as healthy for longer. Lower: a busy one counts as ill. */
const ANSWER_MS = 4000;

process.exit((await isAlive()) ? 0 : 1);

async function isAlive(): Promise<boolean> {
  try {
    const { port, tls } = readConfig(process.env);
    const url = `${tls === null ? "http" : "https"}://127.0.0.1:${port}/api/health`;
    // the certificate is for the public name, not for this address
    const answer = await fetch(url, {
      tls: { rejectUnauthorized: false },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return answer.ok;
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
    return false;
  }
}
