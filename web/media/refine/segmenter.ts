/// <reference path="./tflite.d.ts" />
/** Where in a small picture the person is: the model of the package, run by TensorFlow Lite in WebAssembly, both from our own origin. */

import model from "@twilio/video-processors/dist/build/selfie_segmentation_landscape.tflite?url";
import create from "@twilio/video-processors/dist/build/tflite-simd-1-0-0.js";
import program from "@twilio/video-processors/dist/build/tflite-simd-1-0-0.wasm?url";

/** What the model looks at. */
export const SEEN = { width: 256, height: 144 } as const;

/** `pixels` (RGBA, `SEEN` large) → how sure it is that a person is there, 0 to 1 for each pixel; its memory is used again. */
export type Segmenter = (pixels: Uint8ClampedArray) => Float32Array;

/** Loads program and model. Rejects where one does not come or is not what it should be. */
export async function loadSegmenter(): Promise<Segmenter> {
  const silent = () => undefined;
  const bytes = fetched(model);
  const lite = await create({ locateFile: () => program, print: silent, printErr: silent });
  const loaded = await bytes;
  lite.HEAPU8.set(loaded, lite._getModelBufferMemoryOffset());
  const refused = lite._loadModel(loaded.length) !== 0;
  if (refused || lite._getInputWidth() !== SEEN.width || lite._getInputHeight() !== SEEN.height)
    throw new Error("the model is not the one this was written for");
  const count = SEEN.width * SEEN.height;
  return (pixels) => {
    // looked up each time: memory that grows moves
    const input = lite.HEAPF32.subarray(lite._getInputMemoryOffset() / 4);
    for (let from = 0, to = 0; from < count * 4; from += 4) {
      input[to++] = (pixels[from] ?? 0) / 255;
      input[to++] = (pixels[from + 1] ?? 0) / 255;
      input[to++] = (pixels[from + 2] ?? 0) / 255;
    }
    lite._runInference();
    const at = lite._getOutputMemoryOffset() / 4;
    return lite.HEAPF32.subarray(at, at + count);
  };
}

async function fetched(url: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error("the model did not come");
  return new Uint8Array(await answer.arrayBuffer());
}
