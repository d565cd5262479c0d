/** Accounts and their sessions, asked of the server. */
import type { AccountFacts } from "../../wire/account.ts";
import { type Bytes, base64url, fromBase64url } from "../../wire/bytes.ts";
import { foldUserName, type UserName } from "../../wire/names.ts";
import {
  type AccountRemote,
  type Admitted,
  type PasswordPart,
  type RecoveryPart,
  Refused,
  type Session,
  type SessionRow,
} from "../vault/remote.ts";
import { api, take } from "./server.ts";

/** The folded name in an answer; a server that says another is not ours. */
function nameIn(text: string): UserName {
  const name = foldUserName(text);
  if (name === null) throw new Refused("offline");
  return name;
}

const admitted = (answer: { user: string; wrap: string; sessionHalf: string }): Admitted => ({
  user: nameIn(answer.user),
  wrap: fromBase64url(answer.wrap),
  sessionHalf: fromBase64url(answer.sessionHalf),
});

const passwordText = ({ salt, authKey, wrap }: PasswordPart) => ({
  salt: base64url(salt),
  authKey: base64url(authKey),
  wrap: base64url(wrap),
});
const recoveryText = ({ authR, wrapR }: RecoveryPart) => ({
  authR: base64url(authR),
  wrapR: base64url(wrapR),
});

/** Accounts and sessions. */
export const accountApi: AccountRemote = {
  async salt(user) {
    const { salt, ...cost } = await take(api().salt.post({ user }));
    return { ...cost, salt: fromBase64url(salt) };
  },
  async register({ user, email, invitation, staff, ...keys }) {
    const invited = staff === undefined ? {} : { staff: base64url(staff) };
    const body = { user, email, invitation, ...invited, ...passwordText(keys), ...recoveryText(keys) };
    return admitted(await take(api().accounts.post(body)));
  },
  async logIn(user, authKey) {
    return admitted(await take(api().session.post({ user, authKey: base64url(authKey) })));
  },
  async secondLogIn(ticket, answer) {
    return admitted(await take(api().session.second.post({ ticket, ...answer })));
  },
  async changePassword(authKey, next) {
    const body = { authKey: base64url(authKey), next: passwordText(next) };
    const { sessionHalf } = await take(api().password.put(body));
    return { sessionHalf: fromBase64url(sessionHalf) };
  },
  async recoveryWrap(user, authR) {
    const { wrapR } = await take(api().recovery.post({ user, authR: base64url(authR) }));
    return { wrapR: fromBase64url(wrapR) };
  },
  async secondRecovery(ticket, answer) {
    const { wrapR } = await take(api().recovery.second.post({ ticket, ...answer }));
    return { wrapR: fromBase64url(wrapR) };
  },
  async recover(user, authR, next, ticket) {
    const keys = { ...passwordText(next), ...recoveryText(next) };
    const body = { user, authR: base64url(authR), next: keys, ...(ticket === undefined ? {} : { ticket }) };
    return admitted(await take(api().recovery.put(body)));
  },
  async deleteAccount(authKey) {
    await take(api().account.delete({ authKey: base64url(authKey) }));
  },
  session: readSession,
  async lock() {
    await take(api().session.lock.post());
  },
  async logOut() {
    await take(api().session.delete());
  },
};

async function readSession(): Promise<Session | null> {
  try {
    const { user, wrap, salt, sessionHalf, ...rest } = await take(api().session.get());
    const half: Bytes | null = sessionHalf === null ? null : fromBase64url(sessionHalf);
    return {
      ...rest,
      user: nameIn(user),
      wrap: fromBase64url(wrap),
      salt: fromBase64url(salt),
      sessionHalf: half,
    };
  } catch (error) {
    if (error instanceof Refused && error.code === "session.required") return null;
    throw error;
  }
}

/** What the server knows of the account itself. Throws `Refused`. */
export async function readAccountFacts(): Promise<AccountFacts> {
  return take(api().account.get());
}

/** The list of sessions. All throw `Refused`. */
export const sessionsApi = {
  async list(): Promise<SessionRow[]> {
    return (await take(api().sessions.get())).sessions;
  },
  async end(id: string): Promise<void> {
    await take(api().sessions({ id }).delete());
  },
};
