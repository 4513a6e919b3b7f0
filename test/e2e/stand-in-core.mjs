// Stands in for core.mjs where the test runtime's Node is too old for the database: answers every call that there is no desk.
const log = (line) => process.parentPort.postMessage({ kind: "log", line });
process.parentPort.on("message", ({ data, ports }) => {
  if (data.kind === "init") log(`stand-in began with ${Object.keys(data.values).sort().join(" ")}`);
  if (data.kind === "end") {
    log("stand-in ended in order");
    setTimeout(() => process.exit(0), 50);
  }
  if (data.kind !== "connect") return;
  const [port] = ports;
  port.on("message", ({ data: call }) => {
    log(`stand-in heard ${call.name}`);
    port.postMessage({ id: call.id, outcome: { ok: false, error: { kind: "stop", id: "profile.broken" } } });
  });
  port.start();
});
