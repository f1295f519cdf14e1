import type { App } from '../kernel/http.ts';
import { mountMediaApi } from './api.ts';
import { type Entitlement, mountDelivery } from './delivery.ts';
import { mountEncoderApi } from './encoder_api.ts';
import { watchExternals } from './external_watch.ts';
import { defineJobs } from './jobs.ts';
import { mountPackageDelivery } from './package_delivery.ts';
import { forgetUploadsOfTheErased } from './packages.ts';
import { definePackaging } from './packaging.ts';
import { mountRehearsals } from './rehearsals_api.ts';
import { mountUploads } from './uploads_api.ts';

/**
 * Events: `upload.received`, `package.ready`, `package.refused` {refusal}, `stream.started`, `stream.resumed` (a run's first segment), `stream.silent` (none for a minute), `stream.finished` (a playlist elsewhere says that it is over).
 * @param may_watch asked for every byte of a protected stream; without it only the owner sees one
 */
export function mountMedia(app: App, may_watch: Entitlement = async () => false): void {
  mountMediaApi(app);
  mountEncoderApi(app);
  mountRehearsals(app);
  mountDelivery(app, may_watch);
  mountUploads(app);
  mountPackageDelivery(app);
  definePackaging(app.souk);
  forgetUploadsOfTheErased(app.souk);
  defineJobs(app.souk);
  watchExternals(app);
}
