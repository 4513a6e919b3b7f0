export function IntakeDialog() {
  return null;
}
