import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "#core/store/database.ts";
import { schemaPicture } from "#core/store/schema-picture.ts";

const folder = mkdtempSync(join(tmpdir(), "zhishou-schema-"));
const opened = openDatabase(join(folder, "desk.db"));
if (!opened.ok) throw new Error(opened.error.id);
writeFileSync(join(import.meta.dirname, "../electron/core/store/schema.sql"), schemaPicture(opened.value.db));
opened.value.db.close();
rmSync(folder, { recursive: true });
