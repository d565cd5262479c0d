/** The server's HTTP API as the pages use it. The only file that knows the server's app, and of it only the type. */
import { treaty } from "@elysiajs/eden";
import type { App } from "../server/http/app.ts";
import type { AccountFacts } from "../wire/account.ts";
import type { ApiToken, NewToken, Scope } from "../wire/api.ts";
import { type Bytes, base64url, fromBase64url } from "../wire/bytes.ts";
import { API_ERRORS, type ApiErrorCode } from "../wire/errors.ts";
import { METHODS } from "../wire/factors.ts";
import type { ItemId, LogoId, PlanId, Rid, RoomId, TokenId } from "../wire/ids.ts";
import type { Account, Credited, Plans, RunningCall, Statement, Week } from "../wire/ledger.ts";
import { foldUserName, type UserName } from "../wire/names.ts";
import type { PlannedCall } from "../wire/planned.ts";
import type { OpenRoom } from "../wire/signal.ts";
import type { SharedLink } from "../wire/staff.ts";
import type { BrandRemote } from "./vault/brand.ts";
import {
  type AccountRemote,
  type Admitted,
  type PasswordPart,
  type RecoveryPart,
  Refused,
  type SealedChange,
  type Session,
  type SessionRow,
  type VaultRemote,
} from "./vault/remote.ts";
import type { FactorsRemote } from "./vault/second.ts";
import type { SharedBox, StaffRemote } from "./vault/team.ts";
import type { WorkRemote } from "./vault/work.ts";

type Server = ReturnType<typeof treaty<App>>;
let server: Server | undefined;

/** Names another server than the page's own; for tests, which answer in the same process. */
export function connectApi(origin: string, fetcher?: typeof fetch): void {
  // parseDate would turn a user name or an ID that looks like a date into a Date.
  server = treaty<App>(origin, { parseDate: false, ...(fetcher ? { fetcher } : {}) });
}

function api(): Server["api"] {
  if (!server) connectApi(location.origin);
  if (!server) throw new Error("no server");
  return server.api;
}

type Answer<T> = { data: T | null; error: { value: unknown } | null };

/** What a 2xx answer holds. Throws `Refused`: with the server's code, or "offline" for anything that is not our server. */
async function take<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error } = await asked.catch(() => {
    throw new Refused("offline");
  });
  if (error) throw refusal(error.value);
  return data as T;
}

function refusal(value: unknown): Refused {
  const said = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  if (!isCode(said.code)) return new Refused("offline");
  const { retryAfterSeconds, room, methods, ticket } = said;
  const known = Array.isArray(methods) ? METHODS.filter((method) => methods.includes(method)) : [];
  return new Refused(said.code, {
    ...(typeof retryAfterSeconds === "number" ? { retryAfterSeconds } : {}),
    ...(typeof room === "string" ? { room } : {}),
    ...(typeof ticket === "string" ? { second: { methods: known, ticket } } : {}),
  });
}

function isCode(code: unknown): code is ApiErrorCode {
  return typeof code === "string" && Object.hasOwn(API_ERRORS, code);
}

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

/** Second factors of the account. */
export const factorsApi: FactorsRemote = {
  async list() {
    return take(api().factors.get());
  },
  async passkeyOptions(ticket) {
    return take(api().second.passkey.post({ ticket }));
  },
  async prove(authKey) {
    return take(api().factors.proof.post({ authKey: base64url(authKey) }));
  },
  async secondProof(ticket, answer) {
    return take(api().factors.proof.second.post({ ticket, ...answer }));
  },
  async draftTotp(ticket) {
    return take(api().factors.totp.draft.post({ ticket }));
  },
  async turnTotpOn(ticket, code) {
    return take(api().factors.totp.put({ ticket, code }));
  },
  async turnTotpOff(ticket) {
    await take(api().factors.totp.delete({ ticket }));
  },
  async newPasskeyOptions(ticket) {
    return take(api().factors.passkeys.options.post({ ticket }));
  },
  async addPasskey(ticket, name, passkey) {
    return take(api().factors.passkeys.post({ ticket, name, passkey }));
  },
  async removePasskey(ticket, id) {
    await take(api().factors.passkeys({ id }).delete({ ticket }));
  },
  async renewSpares(ticket) {
    return take(api().factors.spares.post({ ticket }));
  },
};

/** The sealed vault. */
export const vaultApi: VaultRemote = {
  async readVault() {
    const { counter, manifest, items } = await take(api().vault.get());
    return {
      counter,
      manifest: manifest === null ? null : fromBase64url(manifest),
      items: items.map(({ id, version, box }) => ({ id: id as ItemId, version, box: fromBase64url(box) })),
    };
  },
  async writeVault({ base, manifest, put, drop, links }: SealedChange) {
    const body = {
      base,
      manifest: base64url(manifest),
      put: put.map(({ id, version, box }) => ({ id, version, box: base64url(box) })),
      drop: [...drop],
      links: { add: [...links.add], drop: [...links.drop] },
    };
    return take(api().vault.post(body));
  },
};

/** The practice's sealed logo, and the sealed brands of its links. */
export const brandApi: BrandRemote = {
  async putLogo(id, box) {
    await take(api().logo.put({ id, box: base64url(box) }));
  },
  async removeLogo(id) {
    await take(api().logo.delete({ id }));
  },
  async readBrands() {
    const { logo, brands } = await take(api().brands.get());
    return {
      logo: logo as LogoId | null,
      brands: brands.map(({ rid, box }) => ({ rid: rid as Rid, box: fromBase64url(box) })),
    };
  },
  async putBrands(put) {
    await take(api().brands.put({ put: put.map(({ rid, box }) => ({ rid, box: base64url(box) })) }));
  },
};

/** Rooms. All throw `Refused`. */
export const roomsApi = {
  async list(): Promise<OpenRoom[]> {
    return (await take(api().rooms.get())).rooms;
  },
  /** "room.client-open" names the room that is open already. */
  async open(clients: readonly (readonly Rid[])[]): Promise<OpenRoom> {
    return take(api().rooms.post({ clients: clients.map((rids) => [...rids]) }));
  },
  async close(room: RoomId): Promise<void> {
    await take(api().rooms({ room }).delete());
  },
};

/** Planned calls. All throw `Refused`; "room.client-open" names the room that is open already. */
export const plannedApi = {
  /** By time. */
  async list(): Promise<readonly PlannedCall[]> {
    return (await take(api().planned.get())).planned;
  },
  /** One call, or a series where there are several starts (Unix milliseconds). */
  async add(
    starts: readonly number[],
    clients: readonly (readonly Rid[])[],
  ): Promise<readonly PlannedCall[]> {
    const body = { starts: [...starts], clients: clients.map((rids) => [...rids]) };
    return (await take(api().planned.post(body))).planned;
  },
  async move(plan: PlanId, startsAt: number): Promise<readonly PlannedCall[]> {
    return (await take(api().planned({ plan }).patch({ startsAt }))).planned;
  },
  /** `later`: all that come after it in its series as well. */
  async remove(plan: PlanId, later: boolean): Promise<void> {
    await take(
      api()
        .planned({ plan })
        .delete({}, { query: later ? { series: "all" as const } : {} }),
    );
  },
  /** Opens its room; the plan is then gone. */
  async start(plan: PlanId): Promise<OpenRoom> {
    return take(api().planned({ plan }).start.post());
  },
};

/** Accesses of practice software. All throw `Refused`. */
export const tokensApi = {
  /** The oldest first. */
  async list(): Promise<readonly ApiToken[]> {
    return (await take(api().tokens.get())).tokens;
  },
  /** The token is told only here. */
  async add(label: string, scopes: readonly Scope[]): Promise<NewToken> {
    return take(api().tokens.post({ label, scopes: [...scopes] }));
  },
  async revoke(token: TokenId): Promise<void> {
    await take(api().tokens({ token }).delete());
  },
};

/** Where the description of the API for practice software lies. */
export const documentAddress = "/api/v1/openapi.json";

/** That description. Throws `Refused`. */
export async function readApiDocument(): Promise<unknown> {
  return take(api().v1["openapi.json"].get());
}

/** The private calendar. All throw `Refused`. */
export const feedApi = {
  /** Since when there is one, Unix milliseconds; null: none. */
  async since(): Promise<number | null> {
    return (await take(api().feed.get())).since;
  },
  /** A new one, in place of the one before; its secret is told only here. */
  async renew(): Promise<{ token: string; since: number }> {
    return take(api().feed.post());
  },
  async remove(): Promise<void> {
    await take(api().feed.delete());
  },
};

/** What a therapist does with practice staff. */
export const staffApi: StaffRemote = {
  async team() {
    const { people, invitations } = await take(api().staff.get());
    return { people: people.map((one) => ({ ...one, shared: one.shared.map(boxIn) })), invitations };
  },
  async invite(invitation, tokenHash) {
    await take(api().staff.post({ invitation, tokenHash: base64url(tokenHash) }));
  },
  async end(invitation) {
    await take(api().staff({ invitation }).delete());
  },
  async share(invitation, { put, drop }) {
    const body = { put: put.map(({ rid, box }) => ({ rid, box: base64url(box) })), drop: [...drop] };
    await take(api().staff({ invitation }).shared.post(body));
  },
};

const boxIn = ({ rid, box }: SharedLink): SharedBox => ({ rid, box: fromBase64url(box) });

/** What practice staff do. */
export const workApi: WorkRemote = {
  async work() {
    const { shared, ...work } = await take(api().work.get());
    return { ...work, shared: shared.map(boxIn) };
  },
  async planned() {
    return (await take(api().work.planned.get())).planned;
  },
  async plan(starts, clients) {
    const body = { starts: [...starts], clients: clients.map((rids) => [...rids]) };
    return (await take(api().work.planned.post(body))).planned;
  },
  async move(plan, startsAt) {
    return (await take(api().work.planned({ plan }).patch({ startsAt }))).planned;
  },
  async remove(plan, later) {
    await take(
      api()
        .work.planned({ plan })
        .delete({}, { query: later ? { series: "all" as const } : {} }),
    );
  },
};

/** Invitations of practice staff. Both answer with the user name of the practice, and throw `Refused`. */
export const invitationsApi = {
  async look(token: Bytes): Promise<string> {
    return (await take(api().invitations.look.post({ token: base64url(token) }))).practice;
  },
  async accept(token: Bytes): Promise<string> {
    return (await take(api().invitations.accept.post({ token: base64url(token) }))).practice;
  },
};

/** Where calendar programs read the feed with this secret. */
export function feedAddress(token: string, language: string): string {
  return `${location.origin}/api/feed/${token}.ics${language === "de" ? "" : `?lang=${language}`}`;
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

/** Points and minutes. All throw `Refused`. */
export const ledgerApi = {
  async account(): Promise<Account> {
    return take(api().ledger.get());
  },
  /** `month` as "2026-11". */
  async statement(month: string): Promise<Statement> {
    return take(api().ledger.months({ month }).get());
  },
  /** Twelve weeks, the oldest first. */
  async weeks(): Promise<readonly Week[]> {
    return (await take(api().ledger.weeks.get())).weeks;
  },
  /** Calls that are not settled. */
  async now(): Promise<readonly RunningCall[]> {
    return (await take(api().ledger.now.get())).calls;
  },
  /** Case and spaces of the code do not matter. */
  async redeem(code: string): Promise<Credited> {
    return take(api().vouchers.post({ code }));
  },
  /** For everybody. */
  async plans(): Promise<Plans> {
    return take(api().plans.get());
  },
};

/** Where a month's statement is fetched as a file, in the language of the page. */
export function statementFile(month: string, kind: "csv" | "pdf", language: string): string {
  return `/api/ledger/months/${month}/${kind}?lang=${language}`;
}

/** Who runs this server, and whether it takes new accounts. */
export type Operator = {
  readonly name: string;
  readonly address: string;
  readonly mail: string;
  readonly registration: "open" | "code" | "closed";
  readonly retentionDays: number;
};

/** Throws `Refused`. */
export async function readOperator(): Promise<Operator> {
  return take(api().operator.get());
}
