/** A server in memory for tests: keeps the rules of the real one that the vault relies on, and can be told to fail. */
import type { Bytes } from "../../wire/bytes.ts";
import { hex } from "../../wire/bytes.ts";
import type { ItemId, Rid } from "../../wire/ids.ts";
import type { UserName } from "../../wire/names.ts";
import {
  type AccountRemote,
  type Admitted,
  Refused,
  type RefusedCode,
  type SealedChange,
  type SealedItem,
  type SealedVault,
  type VaultRemote,
} from "./remote.ts";
import type { FactorAnswer } from "./second.ts";

const TICKET = "a ticket";

type Account = Parameters<AccountRemote["register"]>[0];

/** Public fields are what a dishonest or failing server would turn. */
export class RemoteDouble implements AccountRemote, VaultRemote {
  counter = 0;
  manifest: Bytes | null = null;
  readonly items = new Map<ItemId, SealedItem>();
  readonly links = new Set<Rid>();
  readonly accounts = new Map<UserName, Account>();
  loggedIn: UserName | null = null;
  /** The code that is asked for after the password or the recovery key. */
  factor: string | null = null;
  /** Who was asked for it. */
  #asked: UserName | null = null;
  sessionHalf: Bytes | null = null;
  /** The next calls are refused with these codes, one each; null lets one pass. */
  readonly failures: (RefusedCode | null)[] = [];
  /** Runs before the next write is looked at: another device that is faster. */
  meanwhile: (() => Promise<void>) | null = null;
  /** The write happens, its answer is lost. */
  loseAnswer = false;
  writes = 0;
  /** How long the boxes of each write are as text. */
  readonly bodies: number[] = [];
  readonly cost = { passes: 3, memoryBytes: 128 * 1024 * 1024 };

  async readVault(): Promise<SealedVault> {
    this.#fail();
    return { counter: this.counter, manifest: this.manifest, items: [...this.items.values()] };
  }

  async writeVault(change: SealedChange): Promise<{ counter: number }> {
    const { meanwhile } = this;
    this.meanwhile = null;
    await meanwhile?.();
    this.#fail();
    if (change.base !== this.counter) throw new Refused("vault.conflict");
    this.#apply(change);
    if (this.loseAnswer) {
      this.loseAnswer = false;
      throw new Refused("offline");
    }
    return { counter: this.counter };
  }

  async salt(user: UserName) {
    this.#fail();
    return { salt: this.accounts.get(user)?.salt ?? new Uint8Array(16).fill(9), ...this.cost };
  }

  async register(account: Account): Promise<Admitted> {
    this.#fail();
    if (this.accounts.has(account.user)) throw new Refused("account.name-taken");
    this.accounts.set(account.user, account);
    return this.#admit(account.user);
  }

  async logIn(user: UserName, authKey: Bytes): Promise<Admitted> {
    this.#fail();
    this.#check(this.accounts.get(user)?.authKey, authKey);
    this.#askSecond(user);
    return this.#admit(user);
  }

  async secondLogIn(ticket: string, answer: FactorAnswer): Promise<Admitted> {
    return this.#admit(this.#answered(ticket, answer));
  }

  async secondRecovery(ticket: string, answer: FactorAnswer) {
    const account = this.accounts.get(this.#answered(ticket, answer));
    return { wrapR: account?.wrapR ?? new Uint8Array() };
  }

  async changePassword(authKey: Bytes, next: Pick<Account, "salt" | "authKey" | "wrap">) {
    this.#fail();
    const account = this.#current();
    this.#check(account.authKey, authKey);
    this.accounts.set(account.user, { ...account, ...next });
    return this.#admit(account.user);
  }

  async recoveryWrap(user: UserName, authR: Bytes) {
    this.#fail();
    const account = this.accounts.get(user);
    this.#check(account?.authR, authR);
    this.#askSecond(user);
    return { wrapR: account?.wrapR ?? new Uint8Array() };
  }

  async recover(
    user: UserName,
    authR: Bytes,
    next: Omit<Account, "user" | "email" | "invitation">,
    ticket: string | undefined,
  ) {
    this.#fail();
    if (this.factor !== null && ticket !== TICKET) throw new Refused("login.ticket");
    const account = this.accounts.get(user);
    this.#check(account?.authR, authR);
    if (account) this.accounts.set(user, { ...account, ...next });
    return this.#admit(user);
  }

  async deleteAccount(authKey: Bytes): Promise<void> {
    this.#fail();
    const account = this.#current();
    this.#check(account.authKey, authKey);
    this.accounts.delete(account.user);
    this.loggedIn = null;
  }

  async session() {
    this.#fail();
    if (!this.loggedIn) return null;
    const { user, email, wrap, salt } = this.#current();
    return { user, email, staff: false, wrap, salt, ...this.cost, sessionHalf: this.sessionHalf };
  }

  async lock(): Promise<void> {
    this.sessionHalf = null;
    this.#fail();
  }

  async logOut(): Promise<void> {
    this.#fail();
    this.loggedIn = null;
  }

  #askSecond(user: UserName): void {
    if (this.factor === null) return;
    this.#asked = user;
    throw new Refused("login.second-factor", { second: { methods: ["totp"], ticket: TICKET } });
  }

  #answered(ticket: string, answer: FactorAnswer): UserName {
    this.#fail();
    if (ticket !== TICKET || this.#asked === null) throw new Refused("login.ticket");
    if (!("totp" in answer) || answer.totp !== this.factor) throw new Refused("login.factor-wrong");
    return this.#asked;
  }

  #fail(): void {
    const code = this.failures.shift();
    if (code) throw new Refused(code);
  }

  #apply(change: SealedChange): void {
    this.writes += 1;
    this.bodies.push(change.put.reduce((sum, { box }) => sum + Math.ceil((box.length * 4) / 3), 0));
    this.counter += 1;
    this.manifest = change.manifest;
    for (const item of change.put) this.items.set(item.id, item);
    for (const id of change.drop) this.items.delete(id);
    for (const rid of change.links.add) this.links.add(rid);
    for (const rid of change.links.drop) this.links.delete(rid);
  }

  #check(kept: Bytes | undefined, given: Bytes): void {
    if (!kept || hex(kept) !== hex(given)) throw new Refused("login.wrong");
  }

  #current(): Account {
    const account = this.loggedIn && this.accounts.get(this.loggedIn);
    if (!account) throw new Refused("session.required");
    return account;
  }

  #admit(user: UserName): Admitted {
    const wrap = this.accounts.get(user)?.wrap ?? new Uint8Array();
    this.loggedIn = user;
    this.sessionHalf = crypto.getRandomValues(new Uint8Array(32));
    return { user, wrap, sessionHalf: this.sessionHalf };
  }
}
