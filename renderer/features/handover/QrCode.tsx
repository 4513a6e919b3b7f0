import QRCode from "qrcode";

/** A text as a QR code, drawn as one path: the same text is the same picture. */
export function QrCode({ text }: { text: string }) {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  let path = "";
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`;
  return (
    <svg className="sheet-qr" viewBox={`-2 -2 ${modules.size + 4} ${modules.size + 4}`} role="img" aria-label="QR">
      <rect x="-2" y="-2" width={modules.size + 4} height={modules.size + 4} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
