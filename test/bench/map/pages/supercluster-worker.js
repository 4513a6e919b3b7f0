/* global Supercluster */
importScripts("/supercluster.js");
let index;
let points;
self.onmessage = async ({ data }) => {
  if (data.kind === "load") {
    const bytes = await (await fetch("/points")).arrayBuffer();
    const count = bytes.byteLength / 12;
    const view = new DataView(bytes);
    points = new Array(count);
    for (let i = 0; i < count; i++)
      points[i] = {
        type: "Feature",
        properties: { status: view.getUint8(i * 12 + 8) },
        geometry: {
          type: "Point",
          coordinates: [view.getFloat32(i * 12, true), view.getFloat32(i * 12 + 4, true)],
        },
      };
  }
  if (data.kind === "load" || data.kind === "status") {
    if (data.kind === "status") points[data.at].properties.status = 1;
    // There is no other way to change what is counted.
    index = new Supercluster({
      radius: 64,
      maxZoom: 16,
      map: (properties) => ({ fault: properties.status === 1 ? 1 : 0 }),
      reduce: (sum, one) => {
        sum.fault += one.fault;
      },
    }).load(points);
  }
  const found = index.getClusters(data.bounds, data.zoom);
  const out = new Float32Array(found.length * 4);
  found.forEach((one, i) => {
    out[i * 4] = one.geometry.coordinates[0];
    out[i * 4 + 1] = one.geometry.coordinates[1];
    out[i * 4 + 2] = one.properties.point_count ?? 1;
    out[i * 4 + 3] = one.properties.fault ?? one.properties.status;
  });
  postMessage({ turn: data.turn, marks: out }, [out.buffer]);
};
