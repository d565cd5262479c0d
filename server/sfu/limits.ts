/** Every limit and measure of the forwarding core, by name. Pure. */
import type { Rate } from "../signaling/limits.ts";

/** Frames of one sender. Two sounds, three camera layers and a screen are 200 a second; what waited out a break of the line comes at once.
 * Higher: a flood costs everybody's line. Lower: an honest burst is dropped. */
export const FRAMES: Rate = { burst: 900, perSecond: 400 };
/** Bytes of one sender: three layers and a screen are 3.6 Mbit/s. Higher: a flood fills the server's line. Lower: key frames are dropped. */
export const BYTES: Rate = { burst: 6 * 1024 * 1024, perSecond: 1024 * 1024 };
/** Control messages of one session: 20 acks a second, views and keys. Higher: parsing for nothing. Lower: acks of a page that woke up
 * are lost. */
export const CONTROLS: Rate = { burst: 200, perSecond: 60 };
/** Items that no page of ours sends, before the session ends with `garbage`. Higher: a broken page goes on longer. Lower: one lost
 * header bit ends a call. */
export const WRONGS: Rate = { burst: 32, perSecond: 1 };
/** Items over the limits, before the session ends with `flood`. */
export const FLOODS: Rate = { burst: 400, perSecond: 20 };

/** Nothing heard of a session for so long: it is half open (T8). A page sends `beat` every 5 s. Higher: dead sessions stay. Lower: one lost
 * beat ends a call. */
export const SILENT_MS = 15_000;

/** Sound older than this is of no use at the other end. Higher: a stalled line speaks of the past. Lower: gaps where it only stuttered. */
export const SOUND_AGE_MS = 300;
/** Sound that waits for one reader: 300 ms of fifteen people twice over. Higher: memory. Lower: sound is lost before its age says so. */
export const SOUND_QUEUE_BYTES = 64 * 1024;
/** What sound may have under way above the budget of pictures. Higher: a dead line is filled with sound. Lower: pictures hold sound up. */
export const SOUND_EXTRA_BYTES = 4 * 1024;
/** One datagram fits every way there is. Higher: some networks drop it. Lower: more packets. */
export const DATAGRAM_MAX_BYTES = 1_100;
/** From so many people on sound frames share datagrams. */
export const BUNDLE_PEOPLE = 4;
/** How long a sound frame waits for company: on a line that is well, and on a weak one, where packet headers weigh more than delay.
 * Higher: later sound. Lower: more packets. */
export const BUNDLE_MS = { well: 10, weak: 20 } as const;

/** Picture that waits for one reader. Higher: memory of a slow reader. Lower: a large key frame of a screen ends its group. */
export const PICTURE_QUEUE_BYTES = 1536 * 1024;
/** Picture that waits so long: frames no other needs are dropped; then the group is given up for a smaller layer; then for good until
 * a key frame. Higher: late pictures. Lower: a stutter costs a key frame. */
export const BACKLOG_MS = { thin: 120, lower: 250, drop: 500 } as const;
/** A group whose frames waited longer than this is reset, not finished, when the next one begins. */
export const DRAIN_MS = 200;
/** What the transport may hold itself before pictures wait. Higher: a queue that nobody can drop from. Lower: the line idles. */
export const HELD_MAX_BYTES = 64 * 1024;
/** A reader that lets so much pile up in the transport, however little we send, is gone. */
export const HELD_DEAD_BYTES = 4 * 1024 * 1024;

/** Data frames of one sender that wait for one reader; a page keeps at most 128 KiB unacknowledged. Higher: memory. Lower: an honest
 * page is closed. */
export const DATA_UNREAD_BYTES = 256 * 1024;
/** Data that waits so long for a reader whose line is alive all the same: the reader is too slow. */
export const DATA_AGE_MS = 30_000;

/** One key frame is asked of a sender's stream at most so often (two a second), and one reader may ask for it so often (A6). Higher: long
 * black. Lower: one reader costs everybody key frames. */
export const KEY_MS = 500;
export const KEY_READER_MS = 2_000;
/** Asked again where none has come. */
export const KEY_AGAIN_MS = 1_000;

/** A layer nobody wants goes off after this. Higher: encoding for nobody. Lower: a reader that hesitates costs key frames. */
export const OFF_MS = 2_000;
/** A changed rate alone is told no more often, and only by this part (1.12: 12 %). Lower: encoders are set anew all the time. */
export const WANT_MS = 1_000;
export const WANT_STEP = 1.12;

/** No frame of a stream for so long: it is not live, and what shows it needs another. Higher: a still picture. Lower: a sender that
 * stuttered costs key frames. */
export const LIVE_MS = 600;
/** A layer that is wanted and does not come while a lower one does is not tried for so long. */
export const DEAD_AFTER_MS = 1_500;
export const DEAD_FOR_MS = 5_000;

/** Acks while something arrives, and how often an idle session repeats its last one, so many times. */
export const ACK_MS = { busy: 50, idle: 100 } as const;
export const ACK_REPEATS = 3;
/** Higher: queues age and drain late. Lower: more wake-ups for nothing. */
export const TICK_MS = 10;
/** Slow things (layers, wants, silence) are looked at so often. Higher: slow to react. Lower: work for nothing. */
export const REVIEW_MS = 100;
export const CHOICE_MS = 1_000;
/** A layer is raised where it fits the lowest estimate of this long; twice as long after each raise that failed within `RISE_FAILED_MS`.
 * Higher: long in small pictures. Lower: up and down. */
export const RISE_MS = { first: 800, most: 1_600 } as const;
export const RISE_FAILED_MS = 5_000;
/** Only so much of the estimate is given away. */
export const USABLE = 0.9;
/** One person's sound, payload kbit/s. */
export const SOUND_KBPS = 50;
/** Where the way down starts, kbit/s. */
export const DOWN_START_KBPS = 800;
/** Word about weak lines goes out no more often; a layer missing for so long is a weak line. */
export const WEAK_SAY_MS = 1_000;
export const STARVED_MS = 3_000;
/** Part of a sender's sound that is missing before its line counts as weak. */
export const UP_LOSS = 0.05;
