import { writeSync } from "node:fs";
import { createCore } from "#core/core.ts";
import { filePieceMost, type ImportState, importChoicesSchema } from "#shared/contract.ts";
import { realPorts } from "../real-ports.ts";

/** Lines among the assets. */
const killedRoads = 100;

/** An officer who imports many assets, in a process that will be killed: `import-writer <profile> <resources> <rows>`. */
const [, , profileDir = "", resourcesDir = "", rows = "0"] = process.argv;
const core = await createCore({
  profileDir,
  resourcesDir,
  version: "test",
  ...realPorts,
  demoStreet: "500118004",
});
async function call<T>(name: string, input: unknown = {}): Promise<T> {
  const outcome = await core.call(name, input);
  if (!outcome.ok) throw new Error(`${name}: ${outcome.error.id}`);
  return outcome.value as T;
}
await call("session.signIn", { pin: "2580" });
const features = Array.from({ length: Number(rows) }, (_, i) => ({
  properties: { 编号: `K-${i}`, 类别: "消火栓", 名称: `击杀${i}` },
  geometry: { type: "Point", coordinates: [105.8 + (i % 300) * 0.0004, 29.3 + Math.floor(i / 300) * 0.0004] },
}));
const roads = Array.from({ length: killedRoads }, (_, i) => ({
  properties: { 编号: `KL-${i}`, 类别: "防火隔离带", 名称: `击杀线${i}` },
  geometry: {
    type: "LineString",
    coordinates: [
      [105.8, 29.3 + i * 0.0004],
      [105.81, 29.3 + i * 0.0004],
    ],
  },
}));
const bytes = Buffer.from(JSON.stringify({ features: [...roads, ...features] }));
const { fileId } = await call<{ fileId: string }>("file.begin", { fileName: "k.geojson", bytes: bytes.length });
for (let offset = 0; offset < bytes.length; offset += filePieceMost)
  await call("file.piece", {
    fileId,
    offset,
    base64: bytes.subarray(offset, offset + filePieceMost).toString("base64"),
  });
const { importId } = await call<ImportState>("import.open", { fileId });
const state = async () => (await call<{ state: ImportState | null }>("import.state")).state;
const ready = async () => {
  for (let now = await state(); now?.phase !== "ready"; now = await state()) {
    if (now?.phase === "failed") throw new Error(JSON.stringify(now.error));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
await ready();
await call("import.choose", { importId, choices: importChoicesSchema.parse({ system: "wgs84" }) });
await ready();
await call("import.take", { importId });
for (;;) {
  const now = await state();
  writeSync(1, `${now?.phase} ${now?.done ?? 0}\n`);
  if (now?.phase === "done") break;
  await new Promise((resolve) => setTimeout(resolve, 2));
}
await new Promise((resolve) => setTimeout(resolve, 60_000));
