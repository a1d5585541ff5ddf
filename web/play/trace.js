// Records what the motion sensor says, for client/motion/testdata; loaded by ?trace alone. A button in
// the corner counts the samples, and saves them as CSV.
{
  const names = 't_ms,x,y,z,gx,gy,gz';
  const lines = [];
  const button = document.createElement('button');
  button.style.cssText = 'position:fixed;z-index:9;left:8px;top:50%;font:14px monospace;padding:8px';
  button.textContent = '0';
  document.body.append(button);
  globalThis.fivefold.trace = ([at, ...rest]) => {
    lines.push([at.toFixed(2), ...rest.map((v) => (Number.isNaN(v) ? '' : v.toFixed(3)))].join());
    if (lines.length % 30 === 0) button.textContent = lines.length;
  };
  button.addEventListener('click', () => {
    const link = document.createElement('a');
    const head = `# ${navigator.userAgent}\n# recorded ${new Date().toISOString()}\n${names}\n`;
    link.href = URL.createObjectURL(new Blob([head + lines.join('\n') + '\n'], { type: 'text/csv' }));
    link.download = 'trace.csv';
    link.click();
    lines.length = 0;
    button.textContent = '0';
  });
}
