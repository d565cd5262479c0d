/** The system's bar above an installed page or a phone's browser has the ground's colour: the system's theme until another is chosen, and
 * dark in the room. */

const BARS = 'meta[name="theme-color"]';

/** Follows `data-theme` for as long as the page lives. The two colours stand in the page's own head. */
export function followTheme(root: HTMLElement = document.documentElement): void {
  const bars = [...document.querySelectorAll<HTMLMetaElement>(BARS)];
  const own = bars.map(({ content }) => content);
  const show = () => {
    const at = ["light", "dark"].indexOf(root.dataset.theme ?? "");
    bars.forEach((bar, each) => {
      bar.content = own[at < 0 ? each : at] ?? bar.content;
    });
  };
  show();
  new MutationObserver(show).observe(root, { attributeFilter: ["data-theme"] });
}
