/** Texts of the client's page and the call room in English. */
import type { call as German } from "../de/call.ts";

/** Keeps words that belong together on one line. */
const NEAR = "\u00a0";

export const call: typeof German = {
  join: "Join",
  joinAgain: "Join again",
  bringHere: "Bring it here",
  minutes: (count) => `${count} min`,
  you: "You",
  therapist: "Your therapist",

  client: {
    title: "Video call",
    lead: "In a moment you will see and hear each other. You need no account and no program.",
    name: "Your name",
    nameHint: "It is seen only in this call. In a group everybody sees it.",
    hide: "Hide my address",
    hideHint:
      "The call then goes over the practice’s server instead of directly; it is encrypted all the same.",
    sealed: "End-to-end encrypted · no account · no recording",
    preview: "This is how you are seen",
    previewOff: "When you join, the browser asks for camera and microphone. Please allow both.",
    notOpenYet: "The room is not open yet. You can join already, this page then waits for you.",
    exposed:
      "A program changed this link on its way. The call works all the same. Please ask your therapist for a new link afterwards.",
  },

  check: {
    start: "Check camera and microphone",
    page: "Technical check, also days before",
    loading: "The technical check is loading",
    without: "Take part without camera",
    unseen: "You are heard, not seen.",
  },

  planned: {
    at: (day: string, time: string) => `Your appointment: ${day}, ${time} (your${NEAR}local${NEAR}time)`,
    door: "The room opens at your appointment. You can join already, then this page waits for you.",
    waitTitle: "You are here, we are waiting for your appointment",
    therapist: "I am the therapist",
    ownTitle: "This is the link of one of your clients",
    own: "You are logged in as a therapist.",
    startNow: "Start now",
    enterNow: "To the open call",
    asClient: "What your client sees",
  },

  code: {
    title: "Join with an access code",
    lead: "You got both codes from your therapist. You need no account and no program.",
    user: "Therapist code",
    userHint: "Your therapist's user name.",
    code: "Access code",
    codeHint: "Capitals, small letters, hyphens: it makes no difference.",
    userMissing: "Please enter the therapist code.",
    userForm: "This is no therapist code: it has 3 to 32 letters, digits, dots or hyphens.",
    userUnknown: "This therapist code does not exist. Please check it.",
    codeMissing: "Please enter the access code.",
    codeLong: "No access code is that long. Please check it.",
    wrong: (left) =>
      `The access code is wrong, or your room is not open yet. ${left === 1 ? "You have one more try." : `You have ${left} more tries.`}`,
    wrongLast: "The access code is wrong, or your room is not open yet. Please ask in your usual way.",
    again: (time) => `You can try again at ${time}.`,
    slow: "Too many tries came from your connection just now. Please wait ten minutes.",
  },

  ownLink: {
    title: "Your personal link",
    text: "It is good for all appointments, without a code. Copy it to a safe place, or open it after the call and bookmark it.",
    copy: "Copy link",
    close: "Close",
    offerTitle: (name) => `${name} came with the code`,
    offer: "With the personal link no code is needed next time. It is handed over encrypted.",
    give: "Hand over the link",
    later: "Not now",
    given: "The link has been handed over.",
  },

  wait: {
    doorTitle: "You are early, and that is fine",
    door: "Your therapist has not opened the room yet. Keep this page open: the call starts by itself.",
    hostTitle: "Almost there",
    host: "The room is open, your therapist is not at their place yet. The call starts by itself.",
    provingTitle: "Checking the connection",
    proving: "Your browser makes sure that it is really your therapist at the other end.",
    unanswered:
      "Nobody answers at the other end just now. Keep this page open, it goes on trying; or ask in your usual way.",
    waitingTitle: "Your therapist knows that you are here",
    waiting: "You will be let in shortly. Please keep this page open.",
    away: "The connection to the server is gone for the moment. It comes back by itself, there is nothing to do.",
    unproven:
      "It was not certain that your therapist is at the other end, so nothing was sent. This page keeps trying. If it stays like this, ask for a new link.",
    leave: "Stop waiting",
  },

  over: {
    endedTitle: "The call has ended",
    ended: "Your therapist has hung up. What you talked about is stored nowhere.",
    leftTitle: "You have hung up",
    left: "As long as the room is open, the same link lets you in again.",
    closedTitle: "The room is closed",
    closed: "Your link stays valid: open it again for the next appointment.",
    movedTitle: "The call goes on in another window",
    moved: "The same link was opened again, here or on another device. You can bring it here.",
    refusedTitle: "Not now",
    refused: "Your therapist has not let you in just now. Please ask in your usual way.",
    declinedTitle: "Thank you for your answer",
    declined:
      "This practice does not begin a video call without your consent. Your therapist knows. Talk about it in the usual way; the link stays valid.",
    removedTitle: "Your therapist has ended the call for you",
    removed: "Ask in the usual way if you would like to know why.",
    therapistTitle: "Hung up",
    therapist: "The call has ended for everybody. The room stays open until its two hours are over.",
    roomClosed: "The room was closed. The client's link stays valid.",
    minutes: (count) =>
      count === 1 ? "You were connected for 1 minute." : `You were connected for ${count} minutes.`,
    desk: "To the overview",
  },

  stop: {
    noneTitle: "The link is missing here",
    none: "Please open the whole link that your therapist sent you.",
    cutTitle: "The link is cut off",
    cut: "Something is missing at its end, often after a line break in a mail. Copy the whole link or ask for it again.",
    garbageTitle: "This link is not right",
    garbage: "It was changed on its way. Ask your therapist to send it again.",
    versionTitle: "This page is too old",
    version: "Please load it again. The link is fine.",
    linkTitle: "This link does not exist any more",
    link: "Your therapist has probably replaced it. Ask for the current link.",
    pausedTitle: "The practice cannot be reached here at the moment",
    paused:
      "It is not you, your device or your link. Please get in touch with your therapist in another way, by telephone perhaps.",
    sessionTitle: "You are not logged in any more",
    session: "Please log in again. A running call goes on afterwards.",
    otherTitle: "The server does not accept this page",
    other: "Please load the page again. If it stays like this, tell the practice.",
    reload: "Load again",
    logIn: "Log in",
  },

  room: {
    remote: (name) => `Picture of ${name}`,
    self: "Own picture",
    mute: "Turn microphone off",
    unmute: "Turn microphone on",
    cameraOff: "Turn camera off",
    cameraOn: "Turn camera on",
    hangUp: "Hang up",
    settings: "Camera, microphone, screen",
    cameras: "Camera",
    microphones: "Microphone",
    speakers: "Loudspeaker",
    shareScreen: "Share screen",
    stopScreen: "Stop sharing the screen",
    sharing: "Your screen is shared. Meanwhile your camera is not seen.",
    device: (number) => `Device ${number}`,
    muted: "You are muted",
    otherMuted: (name) => `${name}: microphone off`,
    otherNoPicture: (name) => `${name}: camera off`,
    otherScreen: (name) => `${name} shares the screen`,
    clock: "Length of the call",
    sound: "Turn sound on",
  },

  group: {
    title: (others: number) => (others === 1 ? "Call of two" : `Group with ${others} others`),
    door: (others: number) =>
      others === 1 ? "Group session with 1 other person" : `Group session with ${others} others`,
    doorText: "The others see and hear you as soon as you join. They see you by the name you typed.",
    person: (slot: number) => `Person ${slot + 1}`,
    alone: "Nobody is here yet",
    hand: "Raise hand",
    handDown: "Lower hand",
    handUp: "Hand raised",
    muted: "Microphone off",
    weak: "Weak connection",
    weakOwn: "Your connection is weak: sound goes first",
    lost: "The connection was lost and comes back by itself",
    silentTitle: "Your therapist is not connected right now",
    silent: "Your therapist is not connected right now. You are not heard meanwhile; it goes on by itself.",
    acts: (name: string) => `More about ${name}`,
    mute: "Switch microphone off",
    remove: "Take out of the call",
    removeTitle: (name: string) => `Take ${name} out of the call?`,
    removeText: "This person comes in again only if you let it in.",
  },

  chat: {
    onItsWay: "On its way",
    lost: "Not delivered. Please write it again.",
    button: "Chat",
    unread: (count) => (count === 1 ? "Chat: 1 new message" : `Chat: ${count} new messages`),
    title: "Chat",
    close: "Close the chat",
    log: "Messages",
    hint: "Only who is in this call reads it. After the call nothing of it is stored.",
    field: "Message",
    send: "Send",
    file: "Send a file, up to 20 MB",
    away: "Nothing goes through right now. What you write is sent as soon as the connection is there.",
    long: (count: number) =>
      `These are ${count.toLocaleString("en")} characters, at most 4,000 go at once. Please send the text in parts.`,
    tooMany: "Many messages are already waiting for the connection. Please send this one again later.",
    large: "The file is too large: 20 MB at most.",
    busy: "A file is still on its way. Please wait until it has arrived.",
    unreadable: "This file cannot be read.",
    stop: "Stop",
    stopFile: (name) => `Stop ${name}`,
    stopped: "Stopped",
    broken: "The file did not arrive whole and was thrown away. Please ask for it again.",
    brokenMine: "The file did not arrive whole. Please send it again.",
    arrived: "Arrived",
    save: "Save",
    saveFile: (name) => `Save ${name}`,
    kilobytes: (count) => `${count} KB`,
    megabytes: (count) => `${count.toLocaleString("en")} MB`,
  },

  line: {
    connecting: "Connecting",
    slow: "The connection does not come about yet. It keeps trying, there is nothing to do.",
    direct: "Connected directly",
    relayed: "Connected over the own server",
    reconnecting: (seconds) => `The connection was lost and comes back by itself · ${seconds} s`,
    refused: "The connection did not lead to the right place and was ended. Nothing was sent.",
  },

  able: {
    all: "For two this browser will do, as long as the call goes directly. For a group, or over the practice’s server, please use a current version of Firefox, Chrome, Edge or Safari.",
    pictures:
      "In a group this browser has sound only: you are heard and you hear the others. For pictures use a current version of Firefox, Chrome, Edge or Safari.",
    unseen:
      "In a group you are not seen with this browser. You see the others, and you are heard. To be seen, use a current version of Firefox, Chrome, Edge or Safari.",
    unseeing:
      "In a group you do not see the others with this browser. You are seen and heard, and you hear everybody. To see them, use a current version of Firefox, Chrome, Edge or Safari.",
  },

  missing: {
    microphone: {
      blocked:
        "Your microphone is blocked in the browser: nobody hears you. Allow it at the sign next to the address.",
      none: "No microphone is connected: nobody hears you.",
      busy: "Another program uses your microphone, or it was unplugged: nobody hears you.",
      insecure:
        "The browser does not hand out the microphone on this insecure address. Open the page with https.",
      failed: "Your microphone cannot be opened: nobody hears you.",
    },
    camera: {
      blocked:
        "Your camera is blocked in the browser: nobody sees you. Allow it at the sign next to the address.",
      none: "No camera is connected. You are heard all the same.",
      busy: "Another program uses your camera, or it was unplugged. You are heard all the same.",
      insecure:
        "The browser does not hand out the camera on this insecure address. Open the page with https.",
      failed: "Your camera cannot be opened. You are heard all the same.",
    },
    retry: "Try again",
  },

  host: {
    alone: (name) => `${name} is not here yet`,
    aloneHint: "As soon as the link is opened the call starts by itself.",
    newDevice: "new device",
    knownDevice: "same device as last time",
    typed: (label) => `goes by “${label}”`,
    asksTitle: (name) => `${name} knocks`,
    asksAnewTitle: (name) => `${name} knocks from a new device`,
    asks: "You let people in one by one.",
    asksCode: "With the access code, from a new device.",
    asksAnew: "The seat is taken. Letting in ends the other connection.",
    admit: "Let in",
    refuse: "Do not let in",
    elsewhereTitle: "Your practice is in a call on another page",
    elsewhere: "A call runs in one place only. You can bring it here.",
    unknownTitle: "This room is not open any more",
    unknown: "It was closed, or its two hours are over. Start a new one on the overview.",
    finding: "Opening the room",
  },

  words: {
    button: "Four words",
    how: "Read the words to each other while you see each other; a voice alone can be imitated. If they are the same on both sides, nobody in between is listening.",
    same: "They match",
    differ: "They do not match",
    newDevice: "new device: please compare",
    knownDevice: "same device as last time",
    comparedDevice: "same device as last time, the words matched",
    found: "Compared: the words match.",
    otherFound: (name) => `${name} says: they match. What counts is what you see and hear yourself.`,
    differsTitle: "The four words do not match",
    differs:
      "Somebody in between may be listening. Say nothing confidential, hang up, and get in touch another way.",
    hangUp: "Hang up",
  },

  waiting: {
    badge: (count) => (count === 1 ? "1 person is waiting" : `${count} people are waiting`),
    title: "Waiting room",
    text: "Whoever waits sees and hears nothing of this call and nothing of each other.",
    empty: "Nobody is waiting right now.",
    elsewhere: "waits for another call",
    answers: (name) => `Answers to ${name}`,
    admit: (name) => `Let ${name} in`,
    refuse: (name) => `Do not let ${name} in`,
    sent: (text) => `Sent: “${text}”`,
  },

  note: {
    soon: "Coming in 2 minutes",
    moment: "5 more minutes, please",
    nextTime: "See you at the next appointment",
  },
  noteTitle: "Your therapist sends word",
  noteHeard: {
    soon: "I am coming in 2 minutes.",
    moment: "Please give me 5 more minutes.",
    nextTime: "It will not work out today. See you at the next appointment.",
  },
  noteThen: {
    soon: "Please leave this page open.",
    moment: "Please leave this page open.",
    nextTime: "You can close this page. Your link stays valid.",
  },
};
