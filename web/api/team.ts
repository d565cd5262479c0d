/** Practice staff, from the therapist's side and from their own. */
import { type Bytes, base64url, fromBase64url } from "../../wire/bytes.ts";
import type { SharedLink } from "../../wire/staff.ts";
import type { SharedBox, StaffRemote } from "../vault/team.ts";
import type { WorkRemote } from "../vault/work.ts";
import { api, take } from "./server.ts";

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
