/**
 * `node --import ./scripts/stand/hold-listen.ts server.ts`: the process starts completely, but listens only after SIGUSR2. So a second
 * web process can stand ready for the port that the first one still has.
 */
import net from "node:net";

const listen = net.Server.prototype.listen as (...args: unknown[]) => net.Server;
net.Server.prototype.listen = function heldListen(this: net.Server, ...args: unknown[]) {
  const waiting = setInterval(() => {}, 60_000); // else a process with nothing to do ends
  process.once("SIGUSR2", () => {
    clearInterval(waiting);
    listen.apply(this, args);
  });
  console.error("held until SIGUSR2");
  return this;
} as typeof net.Server.prototype.listen;
