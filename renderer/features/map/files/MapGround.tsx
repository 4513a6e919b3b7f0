import { BasemapLayer } from "../ground/BasemapLayer.tsx";
import { Measure } from "../ground/Measure.tsx";
import { ImportPins } from "./ImportPins.tsx";

/** What the map draws of files: the basemap below, the pins of an import above, what is measured. */
export const MapGround = () => (
  <>
    <BasemapLayer />
    <ImportPins />
    <Measure />
  </>
);
