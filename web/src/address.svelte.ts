/** Where the reader is: path and filters, all of it in the address so that a view can be sent to a colleague. */

class Address {
  path = $state(location.pathname);
  search = $state(location.search);
  query = $derived(new URLSearchParams(this.search));

  constructor() {
    addEventListener('popstate', () => this.#follow());
    document.addEventListener('click', (event) => {
      const link = (event.target as Element).closest?.('a[href]') as HTMLAnchorElement | null;
      if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || link.target) return;
      if (link.origin !== location.origin || link.pathname.startsWith('/api/') || link.hasAttribute('download')) return;
      event.preventDefault();
      this.go(link.pathname + link.search);
    });
  }

  #follow() {
    this.path = location.pathname;
    this.search = location.search;
  }

  go(to: string, replace = false) {
    if (to === this.path + this.search) return;
    const samePage = to.split('?')[0] === this.path;
    history[replace ? 'replaceState' : 'pushState'](null, '', to);
    this.#follow();
    if (!samePage) document.getElementById('page')?.scrollTo(0, 0);
  }

  /** Changes some filters; empty ones leave the address. */
  set(changes: Record<string, string | null | undefined>, replace = false) {
    const query = new URLSearchParams(this.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value) query.set(name, value);
      else query.delete(name);
    }
    const text = query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
    this.go(this.path + (text ? `?${text}` : ''), replace);
  }
}

export const address = new Address();

export const articleLink = (article: string, event?: string) =>
  `/article/${encodeURIComponent(article)}${event ? `?finding=${encodeURIComponent(event)}` : ''}`;
export const storyLink = (story: string) => `/story/${encodeURIComponent(story)}`;
