/** TUN devices by the system's own calls: a network card whose packets this process reads and writes. Linux, root. */
import { dlopen, FFIType, ptr } from "bun:ffi";

const { i32, u64, ptr: pointer } = FFIType;
const libc = dlopen("libc.so.6", {
  open: { args: [pointer, i32], returns: i32 },
  ioctl: { args: [i32, u64, pointer], returns: i32 },
  read: { args: [i32, pointer, u64], returns: FFIType.i64 },
  write: { args: [i32, pointer, u64], returns: FFIType.i64 },
  poll: { args: [pointer, u64, i32], returns: i32 },
}).symbols;

const O_RDWR_NONBLOCK = 0x802;
const TUNSETIFF = 0x400454ca;
/** IP packets as they are, without four bytes in front. */
const IFF_TUN_NO_PI = 0x1001;
const IFNAME_BYTES = 16;
const POLLIN = 1;
/** Readable, or the other end is gone. */
const POLL_ANY = 0x19;
/** A TUN device has an MTU of 1,500. */
const PACKET_MAX = 2_048;

export type Fd = number;

/** Makes a device of this name; it is gone when the process ends. Throws where that is not allowed. */
export function openTun(name: string): Fd {
  const path = Buffer.from("/dev/net/tun\0");
  const fd = libc.open(ptr(path), O_RDWR_NONBLOCK);
  const request = Buffer.alloc(40);
  request.write(name.slice(0, IFNAME_BYTES - 1));
  request.writeUInt16LE(IFF_TUN_NO_PI, IFNAME_BYTES);
  if (fd < 0 || libc.ioctl(fd, TUNSETIFF, ptr(request)) < 0) throw new Error(`no TUN device ${name} here`);
  return fd;
}

const inbox = Buffer.alloc(PACKET_MAX);

/** The next packet; `null` where none is there. */
export function readPacket(fd: Fd): Uint8Array | null {
  const size = Number(libc.read(fd, ptr(inbox), PACKET_MAX));
  return size > 0 ? new Uint8Array(inbox.subarray(0, size)) : null;
}

/** A full device loses the packet, like a full card does. */
export function writePacket(fd: Fd, packet: Uint8Array): void {
  libc.write(fd, ptr(packet), packet.length);
}

/** Waits until one of them has something to read or `ms` have passed (-1: for ever); which ones have. */
export function waitFor(fds: readonly Fd[], ms: number): Fd[] {
  const asked = Buffer.alloc(8 * fds.length);
  for (const [i, fd] of fds.entries()) {
    asked.writeInt32LE(fd, 8 * i);
    asked.writeInt16LE(POLLIN, 8 * i + 4);
  }
  libc.poll(ptr(asked), fds.length, ms);
  return fds.filter((_, i) => (asked.readInt16LE(8 * i + 6) & POLL_ANY) !== 0);
}
