/** One key, one job: calls what a key stands for unless somebody is typing. */

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** An action for `svelte:window onkeydown`. Keys with Ctrl, Alt or Meta are left to the browser. */
export function onKeys(jobs: Readonly<Record<string, (event: KeyboardEvent) => void>>): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (isTyping(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    // Enter and Space belong to the button or link in focus.
    if ((event.key === 'Enter' || event.key === ' ') && (event.target as HTMLElement).closest?.('button, a, summary')) return;
    const job = jobs[event.key];
    if (!job) return;
    event.preventDefault();
    job(event);
  };
}
