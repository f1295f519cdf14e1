/** What rooms above the catalog ask it, each through a port of its own. */
import type { Context } from '../kernel/context.ts';
import { nameOwners } from '../ledger/index.ts';
import { onErasure } from '../people/index.ts';
import { describeProducts } from './card.ts';
import { showStock } from './live.ts';
import { ownerNames } from './merchants.ts';
import { unpublishAllOf } from './queries.ts';
import { tellRelations } from './relations.ts';

export function fillPorts(ctx: Context): void {
  onErasure(ctx, { forget: (tx, person_id) => unpublishAllOf(tx, person_id, ctx.clock.now()) });
  showStock(ctx);
  tellRelations(ctx);
  describeProducts(ctx);
  nameOwners(ownerNames);
}
