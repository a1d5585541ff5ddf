// What the player's hand does: how it moves the phone, and how a finger or the mouse drags. All goes to
// the game as flat numbers.
{
  const ff = globalThis.fivefold;
  const [MOTION, DRAG, DROP] = [2, 8, 9];
  const send = (...args) => ff.on && ff.on(...args);

  // A sensor's null must not reach the game as a number, nor end it. The axes are the phone's; ours are
  // the page's, which may lie across.
  const num = (v) => v ?? NaN;
  const turned = (v) => {
    const x = num(v?.x);
    const y = num(v?.y);
    switch (screen.orientation?.angle ?? globalThis.orientation ?? 0) {
      case 90: return [-y, x, num(v?.z)];
      case 180: return [-x, -y, num(v?.z)];
      case 270: case -90: return [y, -x, num(v?.z)];
    }
    return [x, y, num(v?.z)];
  };
  const moved = (e) => {
    const sample = [num(e.timeStamp), ...turned(e.acceleration), ...turned(e.accelerationIncludingGravity)];
    send(MOTION, ...sample);
    ff.trace?.(sample);
  };
  const sense = () => {
    removeEventListener('devicemotion', moved);
    addEventListener('devicemotion', moved);
  };
  sense();
  // On iOS the sensor may only be asked for inside a tap.
  let asked;
  ff.feel = () => {
    if (asked) return;
    asked = true;
    globalThis.DeviceMotionEvent?.requestPermission?.().then((said) => said === 'granted' && sense(), () => (asked = false));
  };

  // One finger at a time drags; it has gone down on the stage, where play.js has counted it as a tap.
  let finger;
  addEventListener('pointerdown', (e) => {
    if (e.button || finger !== undefined || !e.target.closest?.('#stage')) return;
    finger = e.pointerId;
    send(DRAG, e.clientX, e.clientY, e.timeStamp);
  });
  addEventListener('pointermove', (e) => e.pointerId === finger && send(DRAG, e.clientX, e.clientY, e.timeStamp));
  for (const kind of ['pointerup', 'pointercancel', 'blur']) {
    addEventListener(kind, (e) => {
      if (finger === undefined || (e.pointerId ?? finger) !== finger) return;
      finger = undefined;
      send(DROP);
    });
  }

  // For whoever wants to know how a phone shakes: ?trace records it.
  if (/[?&]trace\b/.test(location.search)) {
    const load = document.createElement('script');
    load.src = document.querySelector('script[data-trace]').dataset.trace;
    document.head.append(load);
  }
}
