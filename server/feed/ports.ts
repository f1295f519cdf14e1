/** What rooms and steps below the ranking may add: between diversity and serving stands the budget of commerce. */
import type { Context, Principal } from '../kernel/context.ts';
import type { VideoView } from '../videos/index.ts';
import type { Before, Chosen } from './diversity.ts';

/** A video that is about to be served. */
export interface Offered extends Chosen {
  view: VideoView;
  replay: boolean;
}

/** Who it is served to, and what they were served before, the latest last. */
export interface Served {
  me: Principal | null;
  viewer_id: string;
  before: (Before & { thing_id: string })[];
}

/** Decides what of a page may sell. It keeps the order; over budget the link hides and the content stays. */
export type CommerceStep = (offered: Offered[], to: Served) => Promise<Offered[]>;

const steps = new WeakMap<Context, CommerceStep>();

/** Filled once by whoever keeps the budget; without it nothing is changed. */
export const defineCommerce = (ctx: Context, step: CommerceStep): unknown => steps.set(ctx, step);

export const insertCommerce = async (ctx: Context, offered: Offered[], to: Served): Promise<Offered[]> =>
  (await steps.get(ctx)?.(offered, to)) ?? offered;
