import type { ImportField } from "#shared/contract.ts";

/** Headings as they stand in sheets of streets and makers of devices; the first that fits names the field. */
const headings: readonly [ImportField, RegExp][] = [
  ["lng", /^(lng|lon|long|longitude|x|x坐标|经度.*|.*经度|东经|坐标x|gps_?lng|bd_?lng|gcj_?lng)$/i],
  ["lat", /^(lat|latitude|y|y坐标|纬度.*|.*纬度|北纬|坐标y|gps_?lat|bd_?lat|gcj_?lat)$/i],
  ["point", /^(坐标|经纬度|位置坐标|gps|gps坐标|location|geometry|wkt|coordinates?)$/i],
  ["code", /^(code|id|fid|no|sn|编号|编码|代码|设备编号|设备编码|资源编号|国标编码|序列号|.*编号|.*编码)$/i],
  ["kind", /^(kind|type|category|class|类别|类型|种类|分类|资源类型|设备类型|.*类型|.*类别)$/i],
  ["status", /^(status|state|状态|运行状态|设备状态|在线状态|是否在线)$/i],
  ["grid", /^(grid|网格|所属网格|网格名称|所在网格)$/i],
  ["remark", /^(remark|remarks|note|notes|desc|description|cmt|备注|说明|描述|补充说明)$/i],
  ["name", /^(name|title|名称|名字|设备名称|资源名称|点位名称|点位|地点|.*名称)$/i],
];

export function fieldOf(heading: string): ImportField | undefined {
  const bare = heading.normalize("NFKC").replace(/[\s*:：（(].*$|[\s*]/g, "");
  return headings.find(([, pattern]) => pattern.test(bare))?.[0];
}

/** Which column is which field, by its heading; a field is taken once, by the first column that names it. */
export function guessColumns(columns: readonly string[]): Partial<Record<ImportField, number>> {
  const found: Partial<Record<ImportField, number>> = {};
  for (const [index, heading] of columns.entries()) {
    const field = fieldOf(heading);
    if (field && found[field] === undefined) found[field] = index;
  }
  if (found.lng !== undefined && found.lat !== undefined) delete found.point;
  return found;
}
