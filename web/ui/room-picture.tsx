/** A drawn room: a tall window, two armchairs turned to each other, a lamp and a plant. Decoration, so without a name. */
import "./room-picture.css";

export function RoomPicture() {
  return (
    <svg class="scene" viewBox="0 0 520 470" aria-hidden="true">
      <path class="scene-wall" d="M40 430V210a220 190 0 0 1 440 0v220z" />
      <Window />
      <path class="scene-floor" d="M40 372h440v58H40z" />
      <ellipse class="scene-rug" cx="262" cy="402" rx="176" ry="20" />
      <Lamp />
      <Plant />
      <Chair x={112} kind="pine" />
      <g transform="translate(524 0) scale(-1 1)">
        <Chair x={112} kind="clay" />
      </g>
      <Table />
    </svg>
  );
}

function Window() {
  return (
    <g>
      <path class="scene-glass" d="M196 286V160a64 64 0 0 1 128 0v126z" />
      <path class="scene-hill" d="M196 286v-38q34-30 68-8t60-12v58z" />
      <circle class="scene-sun" cx="292" cy="156" r="17" />
      <path class="scene-frame" d="M196 286V160a64 64 0 0 1 128 0v126zM260 96v190M196 206h128" />
      <path class="scene-sill" d="M182 286h156" />
    </g>
  );
}

function Lamp() {
  return (
    <g>
      <path class="scene-stem" d="M420 372V190q0-26-26-26" />
      <path class="scene-shade" d="M372 188l10-32q12-8 24 0l10 32z" />
      <path class="scene-stem" d="M402 372h36" />
    </g>
  );
}

function Plant() {
  return (
    <g>
      <path class="scene-leaf" d="M96 330q-34-38-20-78 30 26 20 78z" />
      <path class="scene-leaf" d="M98 330q-4-58 32-84 12 46-32 84z" />
      <path class="scene-leaf scene-leaf-low" d="M96 332q-42-10-54-40 42 0 54 40z" />
      <path class="scene-pot" d="M76 330h42l-6 46H82z" />
    </g>
  );
}

function Chair(props: { x: number; kind: "pine" | "clay" }) {
  return (
    <g class={`scene-chair scene-${props.kind}`} transform={`translate(${props.x} 0)`}>
      <path class="scene-back" d="M26 356q-18-60-8-112 4-22 26-20t24 24q4 40 22 78z" />
      <path class="scene-seat" d="M28 336q56-18 104 0 10 4 8 16l-4 24H36q-12 0-14-14t6-26z" />
      <path class="scene-arm" d="M46 318q40-16 78-6 12 4 10 16t-14 10q-36-6-72 4-12 2-14-8t12-16z" />
      <path class="scene-leg" d="M46 376l-4 26M122 376l6 26" />
    </g>
  );
}

function Table() {
  return (
    <g>
      <ellipse class="scene-top" cx="262" cy="350" rx="27" ry="6" />
      <path class="scene-stem" d="M262 356v42M246 400h32" />
      <path class="scene-cup" d="M254 334h16l-2 12h-12z" />
    </g>
  );
}
