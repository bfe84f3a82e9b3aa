/** What TypeScript needs to know of files that only the bundler understands. */
declare module '*.svelte' {
  import type { Component } from 'svelte';

  const component: Component<Record<string, unknown>>;
  export default component;
}
declare module '*.css';
declare module '*?url' {
  const address: string;
  export default address;
}
declare module '*.topojson?url' {
  const address: string;
  export default address;
}
