import type { logoUpload as de } from "../de/logo-upload.ts";

const NEAR = "\u00a0";

export const logoUpload: typeof de = {
  title: "Practice logo",
  none: "Your clients see your logo while they wait, and at the top left of the call.",
  shown: (width, height) =>
    `${width}${NEAR}×${NEAR}${height}${NEAR}pixels. In the call it is at the top left.`,
  away: "Your logo cannot be loaded at the moment. Your clients see none then.",
  missing: "The picture is missing on the server. Please upload it once more.",
  upload: "Upload practice logo",
  replace: "Upload another practice logo",
  remove: "Remove practice logo",
  removed: "The practice logo has been removed.",
  uploaded: "The practice logo has been uploaded.",
  removeText: "Your clients will see no logo on their next visit. You can upload a new one at any time.",
  removeAct: "Remove",
  dialogText: `PNG, JPEG, WebP or GIF, 20${NEAR}MB at most. The picture is stored encrypted; only your clients and you can see it.`,
  choose: "Choose picture",
  chooseOther: "Choose another picture",
  act: "Upload",
  working: "The picture is being prepared",
  first: "Please choose a picture first.",
  preview: "This is what your logo looks like",
  onLight: "On a light ground: before the call",
  onDark: "On a dark ground: in the call",
  size: (width, height) =>
    `${width}${NEAR}×${NEAR}${height}${NEAR}pixels: this is how large it appears, on at most a third of the window's width and height.`,
  smaller: (width, height) =>
    `Reduced to ${width}${NEAR}×${NEAR}${height}${NEAR}pixels. It appears on at most a third of the window's width and height.`,
  plate: "White ground behind the logo",
  plateHint:
    "Your picture has see-through places. On a white ground it stays easy to see in the dark of the call.",
  fault: {
    large: `This file is larger than 20${NEAR}MB. Please choose a smaller one.`,
    empty: "This file is empty. Please choose another one.",
    svg: "SVG files are not possible, because they can contain programs. Please save your logo as PNG.",
    kind: "This is not a picture we can read. PNG, JPEG, WebP and GIF are possible, even if the file name ends differently.",
    pixels: `This picture has more than 40${NEAR}million pixels. Please make it smaller and choose it again.`,
    broken: "This picture is damaged and cannot be opened. Please save it again or choose another one.",
  },
};
