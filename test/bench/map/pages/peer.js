/* global L, bench */
// The peers' page: Leaflet with nothing, with a blank sheet, with markercluster, or with supercluster in a worker and one canvas.
const design = new URLSearchParams(location.search).get("design");
const map = L.map("map", {
  zoomControl: false,
  zoomAnimation: false,
  fadeAnimation: false,
  inertia: false,
  preferCanvas: true,
  maxZoom: 19,
}).setView([29.25, 105.9], 12);
globalThis.peer = { map, done: () => true, pan: (x, y) => map.panBy([x, y], { animate: false }) };

async function points() {
  const bytes = await (await fetch("/points")).arrayBuffer();
  const view = new DataView(bytes);
  return Array.from({ length: bytes.byteLength / 12 }, (_none, i) => [
    view.getFloat32(i * 12 + 4, true),
    view.getFloat32(i * 12, true),
    view.getUint8(i * 12 + 8),
  ]);
}

if (design === "blank") {
  const canvas = L.DomUtil.create("canvas", "", map.getPane("markerPane"));
  const to = canvas.getContext("2d");
  const paint = () => {
    const size = map.getSize();
    if (canvas.width !== size.x) [canvas.width, canvas.height] = [size.x, size.y];
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    to.clearRect(0, 0, size.x, size.y);
  };
  map.on("move", () => requestAnimationFrame(paint));
  paint();
}

if (design === "markercluster") {
  peer.load = async () => {
    const group = L.markerClusterGroup({ chunkedLoading: false, animate: false, maxClusterRadius: 64 });
    const markers = (await points()).map(([lat, lng]) => L.marker([lat, lng]));
    group.addLayers(markers);
    map.addLayer(group);
    peer.status = () => group.refreshClusters(markers[7]);
  };
}

if (design === "supercluster") {
  const worker = new Worker("/supercluster-worker.js");
  const canvas = L.DomUtil.create("canvas", "", map.getPane("markerPane"));
  let turn = 0;
  let come = 0;
  let marks = new Float32Array(0);
  const ask = (kind, more = {}) => {
    const box = map.getBounds().pad(0.1);
    worker.postMessage({
      ...more,
      kind,
      turn: ++turn,
      zoom: Math.floor(map.getZoom()),
      bounds: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()],
    });
  };
  const paint = () => {
    const size = map.getSize();
    if (canvas.width !== size.x) [canvas.width, canvas.height] = [size.x, size.y];
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const to = canvas.getContext("2d");
    to.clearRect(0, 0, size.x, size.y);
    to.font = "600 12px sans-serif";
    to.textAlign = "center";
    for (let i = 0; i < marks.length; i += 4) {
      const { x, y } = map.latLngToContainerPoint([marks[i + 1], marks[i]]);
      to.fillStyle = marks[i + 3] > 0 ? "#b00" : "#fff";
      to.fillRect(x - 16, y - 10, 32, 20);
      to.fillStyle = "#000";
      to.fillText(String(marks[i + 2]), x, y + 4);
    }
  };
  worker.onmessage = ({ data }) => {
    marks = data.marks;
    requestAnimationFrame(() => {
      paint();
      come = data.turn;
    });
  };
  map.on("move", () => {
    requestAnimationFrame(paint);
    ask("look");
  });
  peer.done = () => come === turn;
  peer.load = async () => ask("load");
  peer.status = () => ask("status", { at: 7 });
}
