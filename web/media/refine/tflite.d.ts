/** What the package's loader gives; it ships without types. */
declare module "@twilio/video-processors/dist/build/tflite-simd-1-0-0.js" {
  type TFLite = {
    readonly HEAPU8: Uint8Array;
    readonly HEAPF32: Float32Array;
    _getModelBufferMemoryOffset(): number;
    /** 0 where the model was taken. */
    _loadModel(bytes: number): number;
    _getInputMemoryOffset(): number;
    _getInputWidth(): number;
    _getInputHeight(): number;
    _getOutputMemoryOffset(): number;
    _runInference(): number;
  };
  type Options = {
    locateFile: (name: string) => string;
    print: (line: string) => void;
    printErr: (line: string) => void;
  };
  const create: (options: Options) => Promise<TFLite>;
  export default create;
}
