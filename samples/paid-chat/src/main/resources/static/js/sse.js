/** The data of server-sent events, from a response that was asked for by POST. */

export async function* events(body) {
	const reader = body.pipeThrough(new TextDecoderStream()).getReader();
	let pending = "";
	for (;;) {
		const { value, done } = await reader.read();
		pending += value ?? "";
		const blocks = pending.split(/\r?\n\r?\n/);
		pending = done ? "" : blocks.pop();
		for (const block of blocks) {
			const data = block.split(/\r?\n/).filter((line) => line.startsWith("data:")).map((line) => line.slice(5).replace(/^ /, ""));
			if (data.length) {
				yield data.join("\n");
			}
		}
		if (done) {
			return;
		}
	}
}
