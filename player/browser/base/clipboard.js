// A text goes into the clipboard: in the old way too, because over plain http there is no clipboard API.

/** Whether it went there. `within` is what a field may stand in: in a page whose dialog is open, the dialog. */
export async function toClipboard(text, within = document.body) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const before = document.activeElement;
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    field.style.cssText = "position:fixed;opacity:0";
    within.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    before?.focus({ preventScroll: true });
    return copied;
  }
}
