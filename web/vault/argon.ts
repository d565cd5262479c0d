/** Starts the throw-away worker for Argon2id, and ends it whatever happens. */
import { TP1Error } from "../../wasm/error.ts";
import type { AccountKeys } from "../../wasm/password.ts";
import { workerUrl } from "../trust.ts";
import type { Stretch } from "./account.ts";
import type { ArgonAnswer, ArgonTask } from "./argon.worker.ts";
import url from "./argon.worker.ts?worker&url";

/** The worker could not do it: too little memory. */
export class StretchFailed extends Error {
  override readonly name = "StretchFailed";
}

/** Both keys of a password; about 0.3 s on a laptop, seconds on an old phone. Throws `StretchFailed`,
 * `TP1Error` "kdf" where the server names parameters below the floor. */
export const stretch: Stretch = (password, user, salt, { passes, memoryBytes }) =>
  new Promise<AccountKeys>((resolve, reject) => {
    const worker = new Worker(workerUrl(url), { type: "module" });
    const fail = () => {
      worker.terminate();
      reject(new StretchFailed());
    };
    worker.onerror = fail;
    worker.onmessageerror = fail;
    worker.onmessage = ({ data }: MessageEvent<ArgonAnswer>) => {
      worker.terminate();
      if (typeof data === "string") reject(new TP1Error(data));
      else if (data) resolve(data);
      else reject(new StretchFailed());
    };
    const task: ArgonTask = { password, user, salt, cost: { passes, memoryBytes } };
    worker.postMessage(task);
  });
