// A stream that passes through, piece by piece, and whose end is noticed whatever it is. What the
// pieces mean is not known here.

/** How a stream ended: all of it, broken off where it came from, or left by whoever read it. */
export type End = "complete" | "broken" | "left";

/** Who looks on. */
export interface Watcher<T> {
  /** A piece comes; what is to go on in its place, if anything. */
  pass(piece: T): T | undefined;
  /** What was kept back, once all is there. */
  rest?(): T | undefined;
  /** It has ended; a complete one ends for its reader after this. */
  ended(end: End, error?: unknown): void | Promise<void>;
}

/** The stream as its reader sees it. Nothing is read ahead of them. */
export function watched<T>(
  source: ReadableStream<T>,
  watcher: Watcher<T>,
  signal?: AbortSignal,
): ReadableStream<T> {
  const reader = source.getReader();
  let over = false;
  const end = async (how: End, error?: unknown) => {
    if (over) return;
    over = true;
    signal?.removeEventListener("abort", leave);
    await watcher.ended(how, error);
  };
  const leave = () => {
    void Promise.allSettled([end("left"), reader.cancel(signal?.reason)]);
  };
  signal?.addEventListener("abort", leave, { once: true });
  return new ReadableStream<T>(
    {
      async pull(controller) {
        for (;;) {
          let next: ReadableStreamReadResult<T>;
          try {
            next = await reader.read();
          } catch (error) {
            await end("broken", error);
            throw error;
          }
          if (next.done) return finish(controller, watcher, end);
          const piece = watcher.pass(next.value);
          if (piece !== undefined) return controller.enqueue(piece);
        }
      },
      async cancel(reason) {
        await Promise.allSettled([end("left"), reader.cancel(reason)]);
      },
    },
    { highWaterMark: 0 },
  );
}

async function finish<T>(
  controller: ReadableStreamDefaultController<T>,
  watcher: Watcher<T>,
  end: (how: End) => Promise<void>,
): Promise<void> {
  await end("complete");
  const rest = watcher.rest?.();
  if (rest !== undefined) controller.enqueue(rest);
  controller.close();
}
