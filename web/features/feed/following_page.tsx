import { useText } from '../../text.ts';
import { useTitle } from '../../ui/index.ts';
import { FeedOf } from './feed_page.tsx';

/** `/following`: what those whom one follows posted, the latest first. */
export default function FollowingPage() {
  const { t } = useText();
  useTitle(t('feed.following'));
  return <FeedOf name="following" />;
}
