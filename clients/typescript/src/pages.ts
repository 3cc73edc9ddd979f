/** A listing: iterate over its items, or over its pages. Each iteration asks the server anew. */
export class Pages<Page extends { readonly nextPageToken: string }, Item> implements AsyncIterable<Item> {
  constructor(
    private readonly fetch: (pageToken: string) => Promise<Page>,
    private readonly itemsOf: (page: Page) => readonly Item[],
  ) {}

  /** The answers of the server, one after another. A page may be short, even empty, and not be the last. */
  async *pages(): AsyncGenerator<Page, void, undefined> {
    let pageToken = '';
    do {
      const page = await this.fetch(pageToken);
      yield page;
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* this.itemsOf(page);
  }

  /** All items, or the first `max`. */
  async toArray(max = Infinity): Promise<Item[]> {
    const items: Item[] = [];
    if (max <= 0) return items;
    for await (const item of this) {
      items.push(item);
      if (items.length >= max) break;
    }
    return items;
  }
}
