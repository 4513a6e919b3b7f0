/** What the Electron shell does for the wall display; a browser opens a window of its own. */
interface WallShell {
  openWall(): Promise<void>;
}

/** The same pages at another address. */
const wallAddress = "/?wall";
const wallName = "zhishou-wall";

/** Whether this page is the wall display. */
export const isWall = (): boolean => new URLSearchParams(location.search).has("wall");

let wall: Window | null = null;

/** Opens the wall display, or brings forward the one that is open. In a browser it begins with this tab's token, as every tab that a tab opens. */
export function openWall(): void {
  const shell = (globalThis as { desk?: Partial<WallShell> }).desk;
  if (shell) void shell.openWall?.();
  else if (wall && !wall.closed) wall.focus();
  else wall = window.open(wallAddress, wallName);
}
