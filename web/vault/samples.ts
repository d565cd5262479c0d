/** Random records for property tests. */
import fc from "fast-check";
import { concat, fromHex, hex } from "../../wire/bytes.ts";
import type { InvitationId, ItemId, LogoId, Rid, RoomId, TokenId } from "../../wire/ids.ts";
import { type NormalId, normalClientId } from "../../wire/names.ts";
import type {
  ClientRecord,
  ConsentTextRecord,
  GroupRecord,
  PairingRecord,
  StaffRecord,
  VaultRecord,
} from "./records.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });
const clientId = fc.string({ minLength: 1, maxLength: 12 }).filter((id) => normalClientId(id) !== null);

const few = <Id extends string>() =>
  fc.integer({ min: 0, max: 7 }).map((n) => hex(new Uint8Array(16).fill(n)) as Id);

/** A small world, so that two sides meet often. */
const link = fc.record({
  secret: bytes(16),
  rid: fc.integer({ min: 0, max: 40 }).map((n) => hex(new Uint8Array(16).fill(n)) as Rid),
  createdAt: fc.integer({ min: 0, max: 50 }),
});
const device = fc.record({ secret: bytes(32), since: moment, compared: fc.boolean() });

const call = fc.record({
  at: fc.integer({ min: 0, max: 20 }),
  minutes: fc.integer({ min: 1, max: 90 }),
  group: fc.boolean(),
  medium: fc.constantFrom("direct" as const, "relay" as const, "sound" as const, null),
  breaks: fc.integer({ min: 0, max: 9 }),
  lost: fc.integer({ min: 0, max: 90 }),
});

const consent = fc.record({
  version: fc.integer({ min: 1, max: 3 }),
  hash: fc.constantFrom(1, 2).map((n) => new Uint8Array(32).fill(n)),
  at: fc.integer({ min: 0, max: 20 }),
  accepted: fc.boolean(),
  revokedAt: fc.option(fc.integer({ min: 0, max: 50 }), { nil: null }),
});

const anyCode = fc.constantFrom("7KQ4M9TXC", "00000000A", "ZZZZ1111Q") as fc.Arbitrary<NormalId>;

export const anyClient: fc.Arbitrary<ClientRecord> = fc
  .record({
    t: fc.constant("client" as const),
    id: clientId,
    code: fc.option(anyCode, { nil: null }),
    name: fc.option(fc.string({ maxLength: 20 }), { nil: null }),
    note: fc.string({ maxLength: 40 }),
    createdAt: fc.integer({ min: 0, max: 50 }),
    links: fc.uniqueArray(link, { maxLength: 4, selector: ({ rid }) => rid }),
    devices: fc.array(device, { maxLength: 3 }),
    calls: fc
      .uniqueArray(call, { maxLength: 4, selector: ({ at }) => at })
      .map((calls) => calls.sort((x, y) => y.at - x.at)),
    revoked: fc.uniqueArray(few<Rid>(), { maxLength: 3 }),
    consents: fc
      .uniqueArray(consent, { maxLength: 4, selector: ({ at }) => at })
      .map((all) => all.sort((x, y) => y.at - x.at)),
  })
  // a link that was taken away is gone from the entry
  .map((client) => ({
    ...client,
    links: client.links.filter(({ rid }) => !client.revoked.includes(rid)),
  }));
export const anyGroup: fc.Arbitrary<GroupRecord> = fc.record({
  t: fc.constant("group" as const),
  name: fc.string({ maxLength: 20 }),
  clients: fc.uniqueArray(few<ItemId>(), { maxLength: 4 }),
  note: fc.string({ maxLength: 40 }),
  createdAt: fc.integer({ min: 0, max: 50 }),
});
const anyIdentity = fc.record({ t: fc.constant("identity" as const), seed: bytes(32), createdAt: moment });
const anySettings = fc.record({
  t: fc.constant("settings" as const),
  oneByOne: fc.boolean(),
  relayOnly: fc.boolean(),
  newCodes: fc.boolean(),
  practice: fc.record({
    name: fc.string({ maxLength: 20 }),
    address: fc.string({ maxLength: 20 }),
    phone: fc.string({ maxLength: 20 }),
    email: fc.string({ maxLength: 20 }),
    more: fc.string({ maxLength: 20 }),
  }),
  reach: fc.string({ maxLength: 20 }),
  minutes: fc.integer({ min: 0, max: 600 }),
  before: fc.record({
    name: fc.boolean(),
    card: fc.boolean(),
    must: fc.boolean(),
    text: fc.string({ maxLength: 20 }),
    version: fc.integer({ min: 0, max: 9 }),
    since: moment,
  }),
  changedAt: moment,
});

const anyAdmitted = fc.record({
  t: fc.constant("admitted" as const),
  entries: fc.array(fc.record({ room: few<RoomId>(), record: few<ItemId>(), at: moment }), { maxLength: 8 }),
});

/** What a device may really hold: no failure older than the last reset. */
const anyGuard = fc
  .record({
    failures: fc.uniqueArray(moment, { maxLength: 6 }),
    reset: moment,
    paused: moment,
    off: moment,
    enabled: moment,
  })
  .map((state) => {
    const failures = state.failures.filter((at) => at > state.reset).sort((x, y) => x - y);
    return { t: "guard" as const, state: { ...state, failures } };
  });

const size = (max: number) => fc.integer({ min: 1, max });
const anyLogo = fc.record({
  id: few<LogoId>(),
  key: bytes(32),
  type: fc.constantFrom("image/png" as const, "image/webp" as const),
  width: size(1280),
  height: size(720),
});
const anyBrand = fc.record({
  t: fc.constant("brand" as const),
  shown: fc.option(
    fc.record({
      v: fc.constant(1 as const),
      logo: fc.option(anyLogo, { nil: null }),
      name: fc.option(fc.string({ maxLength: 20 }), { nil: null }),
      imprint: fc.option(fc.string({ maxLength: 20 })),
      locale: fc.constantFrom("de" as const, "en" as const),
    }),
    { nil: null },
  ),
  changedAt: moment,
});

const anyPairing: fc.Arbitrary<PairingRecord> = fc.record({
  t: fc.constant("pairing" as const),
  token: few<TokenId>(),
  label: fc.string({ maxLength: 20 }),
  secret: bytes(16),
  createdAt: fc.integer({ min: 0, max: 50 }),
});

const anyStaff: fc.Arbitrary<StaffRecord> = fc.record({
  t: fc.constant("staff" as const),
  invitation: few<InvitationId>(),
  secret: bytes(32),
  name: fc.string({ maxLength: 20 }),
  clients: fc.uniqueArray(few<ItemId>(), { maxLength: 4 }).map((ids) => concat(...ids.sort().map(fromHex))),
  createdAt: fc.integer({ min: 0, max: 50 }),
});

const anyConsentText: fc.Arbitrary<ConsentTextRecord> = fc.record({
  t: fc.constant("consent" as const),
  text: fc.constantFrom("Ich willige ein.", "Ich willige ein, auch im Ausland.", "Nein."),
  createdAt: fc.integer({ min: 0, max: 50 }),
});

export const anyRecord: fc.Arbitrary<VaultRecord> = fc.oneof(
  anyConsentText,
  anyStaff,
  anyPairing,
  anyClient,
  anyGroup,
  anyIdentity,
  anySettings,
  anyAdmitted,
  anyGuard,
  anyBrand,
);

/** Few ids, so that two sides change the same item. */
export const anyItemId = few<ItemId>();

export const anyManifest = fc
  .array(fc.tuple(anyItemId, fc.integer({ min: 1, max: 0xffffffff })), { maxLength: 8 })
  .map((pairs) => new Map(pairs));

const anyGroupId = fc.constantFrom(20, 21).map((n) => hex(new Uint8Array(16).fill(n)) as ItemId);

const anyPairingId = fc.constantFrom(30, 31).map((n) => hex(new Uint8Array(16).fill(n)) as ItemId);

const anyStaffId = fc.constantFrom(40, 41).map((n) => hex(new Uint8Array(16).fill(n)) as ItemId);

const anyConsentTextId = fc.constantFrom(50, 51).map((n) => hex(new Uint8Array(16).fill(n)) as ItemId);

/** A vault as one device may have it. Item ids are random, so an id never changes its kind. */
export const anyRecords: fc.Arbitrary<Map<ItemId, VaultRecord>> = fc
  .tuple(
    fc.array(fc.tuple(anyItemId, anyClient), { maxLength: 4 }),
    fc.option(anyIdentity, { nil: null }),
    fc.option(anySettings, { nil: null }),
    fc.array(fc.tuple(anyGroupId, anyGroup), { maxLength: 2 }),
    fc.array(fc.tuple(anyPairingId, anyPairing), { maxLength: 2 }),
    fc.array(fc.tuple(anyStaffId, anyStaff), { maxLength: 2 }),
    fc.array(fc.tuple(anyConsentTextId, anyConsentText), { maxLength: 2 }),
  )
  .map(([clients, identity, settings, groups, pairings, staff, texts]) => {
    const records = new Map<ItemId, VaultRecord>([...clients, ...groups, ...pairings, ...staff, ...texts]);
    if (identity) records.set(hex(new Uint8Array(16).fill(8)) as ItemId, identity);
    if (settings) records.set(hex(new Uint8Array(16).fill(9)) as ItemId, settings);
    return records;
  });
