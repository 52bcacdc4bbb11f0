/** Whether the work ends in time; it goes on either way, and its failure is its own. */
export async function withinTime(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let alarm: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    alarm = setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(alarm);
  }
}
