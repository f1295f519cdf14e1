export interface Batchers {
  drain(): Promise<void>;
}
export const createBatchers = (_: unknown): Batchers => ({ drain: async () => {} });
