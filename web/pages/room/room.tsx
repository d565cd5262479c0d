/** The call room of two: nothing but people (look.md "Pages"). The same for client and therapist. */
import { createMemo, type JSX, Show } from "solid-js";
import type { Chat } from "../../call/chat.ts";
import type { Comparison } from "../../call/comparison.ts";
import type { ConversationState } from "../../call/conversation.ts";
import { t } from "../../i18n/call.ts";
import type { Heard } from "./announce.ts";
import { LineWords } from "./line-words.tsx";
import { StillWords } from "./quality-words.tsx";
import { RoomShell } from "./room-shell.tsx";
import { SelfView } from "./self-view.tsx";
import { createSight } from "./sight.ts";
import type { CaptureView } from "./use-capture.ts";
import { Video } from "./video.tsx";
import { WordsButton, WordsDiffer } from "./words.tsx";

type RoomProps = {
  /** Who is on the other side, as this page calls them. */
  name: string;
  conversation: ConversationState | null;
  view: CaptureView;
  /** The therapist: its seat is the first, so its picture stands first wherever both stand side by side. */
  host?: boolean;
  chat: Chat;
  /** When the other was first seen; Unix milliseconds. */
  since: number | null;
  clock?: JSX.Element;
  /** The signaling line is away; the call itself may go on. */
  signalAway?: boolean;
  /** What the therapist wrote for a line that stays away; shown to its client. */
  reach?: string | null;
  onHangUp: () => void;
  /** The four words of the handshake with the other, and what the person found comparing them. */
  comparison: Comparison | null;
  onCompare: (same: boolean) => void;
  /** What stands in the middle while nobody is there. */
  empty: JSX.Element;
  /** A word on the person that only the therapist knows. */
  sign?: JSX.Element;
  /** More words at the top: who knocks, which device. */
  notices?: JSX.Element;
};

export function Room(props: RoomProps) {
  const sight = createSight("speaker");
  const lostSince = () => {
    const line = props.conversation?.line;
    return line?.at === "reconnecting" ? line.since : null;
  };
  return (
    <RoomShell
      view={props.view}
      sight={sight}
      pair
      chat={props.chat}
      nameOf={() => props.name}
      since={props.since}
      clock={props.clock}
      lostSince={lostSince()}
      reach={props.reach ?? null}
      onHangUp={props.onHangUp}
      heard={heardIn(props)}
      stage={(onBlocked) => (
        <div
          class="room-pair"
          classList={{
            "pair-side": sight.layout() === "grid",
            "pair-eye": sight.layout() === "eye",
            "pair-host": props.host === true,
            "pair-alone": sight.selfAway(),
          }}
        >
          <Pair {...props} onBlocked={onBlocked} />
          <SelfView view={props.view} sight={sight} />
        </div>
      )}
      notices={
        <>
          <Show when={props.comparison}>
            {(comparison) => <WordsDiffer comparison={comparison()} onHangUp={props.onHangUp} />}
          </Show>
          {props.notices}
        </>
      }
      line={
        <LineWords
          conversation={props.conversation}
          name={props.name}
          signalAway={props.signalAway === true}
        />
      }
      corner={
        <Show when={props.comparison}>
          {(comparison) => (
            <WordsButton comparison={comparison()} name={props.name} onCompare={props.onCompare} />
          )}
        </Show>
      }
    />
  );
}

/** The other as screen readers are told of: there from the first picture or sound on. */
function heardIn({ conversation, name }: RoomProps): Heard[] {
  const { remote = null, other = null } = conversation ?? {};
  const shown = { mic: other?.mic ?? true, hand: false, screen: other?.screen ?? false };
  return remote === null ? [] : [{ slot: 0, name, ...shown }];
}

/** The other person, large. */
function Pair(props: RoomProps & { onBlocked: () => void }) {
  const shows = createMemo(() => props.conversation?.other ?? null);
  const hasPicture = createMemo(() => {
    const other = shows();
    const isStill = props.conversation?.weak?.theirStill === true;
    return props.conversation?.remote !== null && !isStill && (other === null || other.cam || other.screen);
  });
  return (
    <>
      <Show when={props.conversation?.remote} fallback={<div class="room-empty">{props.empty}</div>}>
        {(remote) => (
          <Video
            class={`room-remote${hasPicture() ? "" : " room-dark"}${shows()?.screen ? " room-screen" : ""}`}
            stream={remote()}
            label={t("room.remote", props.name)}
            testId="remote"
            speaker={props.view.speaker()}
            onBlocked={props.onBlocked}
          />
        )}
      </Show>
      <Show when={props.conversation?.remote && hasPicture()}>
        <h1 class="visually-hidden">{props.name}</h1>
      </Show>
      <Show when={props.conversation?.remote && !hasPicture()}>
        <div class="room-empty">
          <h1>{props.name}</h1>
        </div>
      </Show>
      <OtherWords name={props.name} conversation={props.conversation} sign={props.sign} />
    </>
  );
}

/** What the other side says of itself, in words on the picture. */
function OtherWords(props: { name: string; conversation: ConversationState | null; sign: JSX.Element }) {
  const other = () => props.conversation?.other ?? null;
  return (
    <div class="room-other">
      {props.sign}
      <Show when={other()}>
        {(shown) => (
          <>
            <Show when={shown().screen}>
              <p class="room-word">{t("room.otherScreen", props.name)}</p>
            </Show>
            <Show when={!shown().cam && !shown().screen}>
              <p class="room-word">{t("room.otherNoPicture", props.name)}</p>
            </Show>
            <Show when={!shown().mic}>
              <p class="room-word">{t("room.otherMuted", props.name)}</p>
            </Show>
            <StillWords weak={props.conversation?.weak ?? null} name={props.name} />
          </>
        )}
      </Show>
    </div>
  );
}
