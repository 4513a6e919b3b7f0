export const typeRooms = [
  "shared/tsconfig.json",
  "electron/tsconfig.json",
  "electron/shell/tsconfig.json",
  "renderer/tsconfig.json",
  "district/tsconfig.json",
  "test/tsconfig.json",
  "tools/tsconfig.json",
];
