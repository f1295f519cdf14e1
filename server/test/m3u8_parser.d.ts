/** What the tests use of `m3u8-parser`, which brings no types. */
declare module 'm3u8-parser' {
  export class Parser {
    manifest: { endList?: boolean; segments?: { uri: string; duration: number }[] };
    push(text: string): void;
    end(): void;
  }
}
