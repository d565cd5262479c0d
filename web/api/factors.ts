/** Second factors of the account, asked of the server. */
import { base64url } from "../../wire/bytes.ts";
import type { FactorsRemote } from "../vault/second.ts";
import { api, take } from "./server.ts";

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
