// What the game sounds like, and how the phone's motor beats: four voices, made once sound may be
// heard, and the scores that the game hands over at its start (client/sound says what is in them).
{
  const ff = globalThis.fivefold;
  const scores = [];
  const voices = [];
  const root = 220; // Hz, what a voice is made at; other tones are it, played faster or slower
  const rate = 22050; // samples a second: enough for these, and half the work
  let audio;
  let out;

  // sing makes a voice of some seconds, of the samples that make(t, i) gives.
  const sing = (seconds, make) => {
    const buffer = audio.createBuffer(1, rate * seconds, rate);
    const data = buffer.getChannelData(0);
    for (let i = 0; i < data.length; i++) data[i] = make(i / rate, i) * Math.min(1, (data.length - i) / 1000);
    return buffer;
  };
  const noise = () => Math.random() * 2 - 1;
  // A sum of sines that die away: [times the root, loudness, how fast it dies].
  const strike = (...partials) => (t) =>
    partials.reduce((sum, [times, loud, dies]) => sum + loud * Math.sin(2 * Math.PI * root * times * t) * Math.exp(-dies * t), 0);
  const made = [
    // A string (Karplus and Strong, 1983): a loop of noise that grows softer each time round.
    () => {
      const loop = Float32Array.from({ length: Math.round(rate / root) }, noise);
      for (let i = 1; i < loop.length; i++) loop[i] = 0.5 * loop[i] + 0.5 * loop[i - 1]; // a finger, not a nail
      return sing(1.6, (t, i) => {
        const at = i % loop.length;
        const y = loop[at];
        loop[at] = 0.4975 * (y + loop[(at + 1) % loop.length]);
        return y;
      });
    },
    () => sing(2.2, strike([1, 0.6, 2.2], [2.01, 0.3, 3.4], [3.02, 0.16, 5], [5.4, 0.1, 9])), // a small bell
    () => sing(0.3, (t) => Math.sin(2 * Math.PI * root * (t + 0.02 * (1 - Math.exp(-t * 40)))) * Math.exp(-t * 19)), // a drum
    // Breath: air and paper.
    () => {
      let low = 0;
      return sing(0.5, (t) => (low += 0.3 * (noise() - low)) * 1.8 * Math.sin(Math.PI * Math.min(1, t / 0.5)) ** 2);
    },
  ];

  const note = (voice, hz, at, gain) => {
    const source = audio.createBufferSource();
    const volume = audio.createGain();
    source.buffer = voices[voice] ??= made[voice]();
    source.playbackRate.value = hz / root;
    volume.gain.value = gain;
    source.connect(volume).connect(out);
    source.start(audio.currentTime + at);
  };

  // score takes what a moment sounds like: notes one after another, voice, Hz, seconds, gain; and the
  // beats of the motor, on and off in turn, in ms.
  ff.score = (moment, notes, beats) => (scores[moment] = { notes, beats });

  // play plays a moment, all of it higher or lower and louder or softer.
  ff.play = (moment, pitch, gain) => {
    const { notes, beats } = scores[moment];
    if (ff.muted) return;
    if (beats.length && !ff.still) navigator.vibrate?.(beats.map((ms, i) => (i % 2 ? ms : Math.round(ms * gain))));
    if (audio?.state !== 'running') return;
    for (let i = 0; i < notes.length; i += 4) note(notes[i], notes[i + 1] * pitch, notes[i + 2], notes[i + 3] * gain);
  };

  // wake lets sound be heard; browsers want that asked for inside a tap.
  ff.wake = () => {
    if (!audio && globalThis.AudioContext) {
      audio = new AudioContext({ latencyHint: 'interactive' });
      out = audio.createDynamicsCompressor(); // a storm of wins is no louder than one
      out.connect(audio.destination);
      // Not in the tap that asks: one after another, when nothing else is to be done.
      made.forEach((make, i) => setTimeout(() => (voices[i] ??= make()), 40 * (i + 1)));
    }
    if (audio && audio.state !== 'running') audio.resume();
  };
}
