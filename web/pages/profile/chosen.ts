/** The picture that was chosen, as it is prepared: what is wrong with it, or how it will look. */
import { batch, createSignal } from "solid-js";
import { fetched } from "../../fetched.ts";
import type { Fault } from "../../logo/choose.ts";
import type { Drawing } from "../../logo/drawing.ts";
import type { Encoded } from "../../logo/shrink.ts";

export function createChosen() {
  const [drawing, setDrawing] = createSignal<Drawing | null>(null);
  const [picture, setPicture] = createSignal<Encoded | null>(null);
  const [fault, setFault] = createSignal<Fault | null>(null);
  const [plate, choosePlate] = createSignal(false);
  const [isBusy, setBusy] = createSignal(false);
  /** The newest choice: an older one that comes later is thrown away. */
  let turn = 0;

  const forget = () => {
    drawing()?.close();
    setDrawing(null);
  };
  const write = async (from: Drawing, mine: number) => {
    const written = await from.written(plate());
    if (mine !== turn) return;
    batch(() => {
      setPicture(written);
      setFault(written ? null : "broken");
    });
  };
  const take = async (file: Blob, mine: number) => {
    const { choose } = await fetched(() => import("../../logo/choose.ts"));
    const found = await choose(file);
    if (typeof found !== "string" && mine !== turn) found.close();
    if (mine !== turn) return;
    if (typeof found === "string") return void setFault(found);
    setDrawing(found);
    choosePlate(found.look.dark);
    await write(found, mine);
  };
  const inTurn = async (work: (mine: number) => Promise<void>) => {
    const mine = ++turn;
    setBusy(true);
    await work(mine).catch(() => mine === turn && setFault("broken"));
    if (mine === turn) setBusy(false);
  };
  return {
    picture,
    fault,
    plate,
    isBusy,
    look: () => drawing()?.look ?? null,
    isReduced: () => drawing() !== null && picture()?.width !== drawing()?.original.width,
    choose: (file: Blob) =>
      inTurn((mine) => {
        forget();
        setPicture(null);
        setFault(null);
        return take(file, mine);
      }),
    setPlate: (on: boolean) => {
      choosePlate(on);
      const from = drawing();
      return from ? inTurn((mine) => write(from, mine)) : Promise.resolve();
    },
    /** Gives the memory back. */
    close: () => {
      turn += 1;
      forget();
    },
  };
}
