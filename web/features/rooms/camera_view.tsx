import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../../text.ts';
import { Button, cx, Icon, Spinner } from '../../ui/index.ts';
import type { Camera } from '../media/use_camera.ts';

/** What the camera sees, cut as viewers get it. The host's front camera is a mirror; viewers see it unmirrored. */
export function CameraView({
  camera,
  className,
  children,
}: {
  camera: Camera;
  className?: string;
  children?: ReactNode;
}) {
  const { t } = useText();
  const ref = useRef<HTMLVideoElement>(null);
  const { stream, fault } = camera;
  useEffect(() => {
    if (ref.current) ref.current.srcObject = stream;
  }, [stream]);

  return (
    <div className={cx('relative isolate overflow-hidden bg-black text-white', className)}>
      <video
        ref={ref}
        muted
        playsInline
        autoPlay
        aria-label={t('golive.preview')}
        className={cx(
          'size-full',
          camera.screen === 'shown' ? 'object-contain' : 'object-cover',
          camera.facing === 'user' && camera.screen !== 'shown' && '-scale-x-100',
        )}
      />
      {!stream && (
        <div
          role="status"
          className="absolute inset-0 grid place-content-center justify-items-center gap-3 p-6 text-center"
        >
          {fault ? <Icon name="alert" className="size-8" /> : <Spinner className="size-8" />}
          <p className="max-w-64">{t(fault ? `golive.camera_${fault}` : 'golive.camera_opening')}</p>
          {fault && fault !== 'insecure' && (
            <Button tone="glass" onClick={camera.retry}>
              {t('golive.camera_again')}
            </Button>
          )}
        </div>
      )}
      {children}
    </div>
  );
}
