/**
 * Loaded ahead of each process `npm start` starts: when the starter goes, however it goes, this one stops as well,
 * so that a crash leaves no server behind that holds the port.
 */
process.channel?.unref();
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
