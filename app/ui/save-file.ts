/**
 * Fetches a file and hands it to the person. A link opened outside the admin's frame would have no session. Throws when the answer is
 * something else than a file of this type.
 */
export async function saveFile(address: string, file: { type: string; name: string }): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok || !(answer.headers.get("content-type") ?? "").startsWith(file.type)) throw new Error("no file");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}
