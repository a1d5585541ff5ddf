// For developers: loads the page again when the server or the built pages are new.
let known;
async function look() {
  try {
    const reply = await fetch('/dev/build', { cache: 'no-store' });
    const build = await reply.text();
    if (reply.ok && known && build !== known) location.reload();
    if (reply.ok) known = build;
  } catch {
    // The server is restarting: look again.
  }
  setTimeout(look, 1000);
}
look();
